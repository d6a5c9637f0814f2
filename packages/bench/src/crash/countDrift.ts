import { Client } from 'pg';

/** A counter that does not agree with what it counts. */
export interface Drift {
  kind: string;
  key: string;
  counter: number;
  counted: number;
}

const RUNNING_STATES = `('starting', 'undecided', 'running', 'needs_input')`;
const SETTLED_STATES = `('merged', 'closed', 'no_change', 'failed', 'cancelled')`;

/**
 * The slots that are taken, counted from the tasks, beside the counters; and tasks that hold a slot which their state
 * does not allow, or miss one that it demands. One statement: all of it is of one moment.
 */
const DRIFT = `
  with counted as (
    select 'running' as kind, 'portal' as key, count(*) as used from tasks where run_slot
    union all select 'running', 'provider:' || provider, count(*) from tasks where run_slot group by provider
    union all select 'running', 'account:' || account, count(*) from tasks where run_slot group by account
    union all select 'running', 'repository:' || repository, count(*) from tasks where run_slot group by repository
    union all select 'running', 'team:' || team, count(*) from tasks where run_slot group by team
    union all select 'changes', 'repository:' || repository, count(*) from tasks where review_slot group by repository
    union all select 'changes', 'team:' || team, count(*) from tasks where review_slot group by team
    union all select 'minutes', 'team:' || team, sum(review_minutes) from tasks where review_slot group by team
    union all select 'auto', 'repository:' || repository, count(*) from tasks where auto_slot group by repository
    union all select 'auto', 'team:' || team, count(*) from tasks where auto_slot group by team
    union all select 'checks', 'portal', count(*) from tasks where checks_slot
    union all select 'queued', 'team:' || team, count(*) from tasks where state = 'queued' and not braked group by team
  ),
  wrong as (
    select kind, key, coalesce(s.used, 0) as counter, coalesce(c.used, 0) as counted
      from counted c
      full join (select kind, key, used from limit_slots
                  where kind in ('running', 'changes', 'minutes', 'auto', 'checks', 'queued')) s
     using (kind, key)
     where coalesce(s.used, 0) <> coalesce(c.used, 0)
  )
  select kind, key, counter::integer, counted::integer from wrong
  union all
  select 'task', id || ' ' || state, 0, 1 from tasks t
   where (state in ${RUNNING_STATES} and not run_slot)
      or (state in ${SETTLED_STATES} and run_slot)
      or (state = 'queued' and (run_slot or review_slot or auto_slot or checks_slot))
      or (state in ${RUNNING_STATES} and not (review_slot or auto_slot))
      or (state in ${SETTLED_STATES} and (review_slot or auto_slot)
          and not exists (select from changes where task_id = t.id and state in ('found', 'open')))`;

/** Compares the counters of slots with a full count, independently of the code that keeps them. */
export async function countDrift(client: Client): Promise<Drift[]> {
  const { rows } = await client.query<Drift>(DRIFT);
  return rows;
}
