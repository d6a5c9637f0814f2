import { Client } from 'pg';
import { StoredTask } from './judgeCrash';

/** All tasks with their components and attempts. */
export async function readStoredTasks(client: Client): Promise<StoredTask[]> {
  const { rows } = await client.query<StoredTask>(`
    select id, state, campaign_id as "campaignId",
           array(select entity_ref::text from task_components where task_id = t.id) as components,
           array(select id::text from attempts where task_id = t.id order by number) as attempts
      from tasks t`);
  return rows;
}

/** How many tasks have not settled. */
export async function countUnsettled(client: Client): Promise<number> {
  const { rows } = await client.query<{ count: string }>(
    'select count(*) from tasks where settled_at is null',
  );
  return Number(rows[0].count);
}
