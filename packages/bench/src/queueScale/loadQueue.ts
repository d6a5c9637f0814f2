import { Client } from 'pg';

/** How the queue of a size is made. */
export interface QueueWorld {
  teams: number;
  repositories: number;
}

const TASKS_PER_CAMPAIGN = 1_000;

/** Tables with indexes that are made after the rows. */
const TABLES = ['tasks', 'task_keys', 'task_components'];

const PROMPT = JSON.stringify({ text: `Do nothing. ${'x'.repeat(500)}` });

/**
 * Queues tasks as launches would have, in the tables as the migrations define them: the tasks, what lists and admission
 * know of them, and the counters. The repositories and teams are those of `createInstantCatalog`, in turn.
 *
 * Launching a million over HTTP would take too long. That the rows are right is proved by the backend itself: it compares
 * all counters and lines with a full count every minute, and writes down what was wrong; see `wrongCounters`.
 */
export async function loadQueue(options: {
  client: Client;
  world: QueueWorld;
  queued: number;
  template: string;
  provider: string;
}): Promise<void> {
  const { client, world, queued, template, provider } = options;
  const run = (sql: string) => client.query(sql);
  await run('set session_replication_role = replica');
  const indexes = await client.query<{ name: string; sql: string }>(
    `select i.indexname as name, i.indexdef as sql from pg_indexes i
     where i.tablename = any($1) and i.schemaname = current_schema()
       and not exists (select 1 from pg_constraint c where c.conindid = format('%I.%I', i.schemaname, i.indexname)::regclass)`,
    [TABLES],
  );
  for (const { name } of indexes.rows) {
    await run(`drop index "${name}"`);
  }
  const {
    rows: [{ revision }],
  } = await client.query(
    'select revision_id as revision from templates where name = $1',
    [template],
  );
  const campaigns = Math.ceil(queued / TASKS_PER_CAMPAIGN);
  await run(
    `insert into campaigns (id, template_revision_id, parameters, requester, idempotency_key, request_hash, excluded, created_at)
     select 'camp_' || lpad(i::text, 26, '0'), '${revision}', '{}', 'external:bench', 'loaded-' || i, '-', '[]', now()
     from generate_series(1, ${campaigns}) i`,
  );
  // One row for each task, of which the tables take what they need.
  await run(
    `create temporary table loaded as
     select i, 'task_' || lpad(i::text, 26, '0') as id,
       'camp_' || lpad(((i - 1) / ${TASKS_PER_CAMPAIGN} + 1)::text, 26, '0') as campaign_id,
       'service-' || lpad((i % ${world.repositories} + 1)::text, 4, '0') as name,
       'group:default/team-' || lpad((i % ${world.repositories} % ${world.teams} + 1)::text, 3, '0') as team,
       (extract(epoch from date_trunc('milliseconds', now())) * 1000000)::bigint + i as rank
     from generate_series(1, ${queued}) i`,
  );
  await run('alter table loaded add repository text, add line_id text');
  await run(
    `update loaded set repository = lines.repository, line_id = lines.id
     from (select name, repository, left(encode(sha256(convert_to(
         concat_ws(chr(10), team, repository, '${provider}', '${provider}', 'review'), 'UTF8')), 'hex'), 24) as id
       from (select distinct name, team, 'github.com/acme/' || name as repository from loaded) named) lines
     where lines.name = loaded.name`,
  );
  await run(
    `insert into tasks (id, campaign_id, template, template_revision_id, team, requester, provider, account,
       repository, repository_host, repository_owner, repository_name, repository_url, prompt, lane, priority, rank,
       review_minutes, line_id, state, state_since, run_slot, review_slot, created_at, updated_at)
     select id, campaign_id, '${template}', '${revision}', team, 'external:bench', '${provider}', '${provider}',
       repository, 'github.com', 'acme', name, 'https://github.com/acme/' || name, '${PROMPT}', 'review', 'normal', rank,
       20, line_id, 'queued', now(), false, false, now(), now()
     from loaded order by i`,
  );
  await run(
    `insert into task_keys (task_id, team, template, campaign_id, requester)
     select id, team, '${template}', campaign_id, 'external:bench' from loaded order by i`,
  );
  await run(
    `insert into task_components (task_id, entity_ref)
     select id, 'component:default/' || name from loaded order by i`,
  );
  await run(
    `insert into queue_lines (id, team, repository, provider, account, lane, queued, head_rank)
     select line_id, team, repository, '${provider}', '${provider}', 'review', count(*), min(rank)
     from loaded group by line_id, team, repository`,
  );
  await run(
    `insert into slot_counters (key, queued) select 'team:' || team, count(*) from loaded group by team`,
  );
  await run('drop table loaded');
  for (const { sql } of indexes.rows) {
    await run(sql);
  }
  await run('set session_replication_role = default');
  await run('vacuum analyze');
}

/** How often the backend found that counters or lines were wrong. */
export async function wrongCounters(client: Client): Promise<number> {
  const { rows } = await client.query(
    `select count(*)::int as count from events where type = 'limits.repaired'`,
  );
  return rows[0].count;
}
