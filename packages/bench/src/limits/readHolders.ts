import { Client } from 'pg';
import { Holder } from './judgeHolders';

interface HolderRow {
  id: string;
  team: string;
  repository: string;
  provider: string;
  account: string;
  run_slot: boolean;
  review_slot: boolean;
  auto_slot: boolean;
  checks_slot: boolean;
  review_minutes: number;
  first_at: Date;
  last_at: Date;
}

/**
 * All tasks that hold slots, read in one statement, and so as they stood in one moment. A task was first admitted when
 * its first attempt was written down, and holds its run slot since its last one was.
 */
const HOLDERS = `
  select t.id, t.team, t.repository, t.provider, t.account,
         t.run_slot, t.review_slot, t.auto_slot, t.checks_slot, t.review_minutes,
         a.first_at, a.last_at
    from tasks t
   cross join lateral (
           select min(created_at) as first_at, max(created_at) as last_at
             from attempts where task_id = t.id
         ) a
   where t.run_slot or t.review_slot or t.auto_slot or t.checks_slot`;

/** Group of each team, or its cohort, by entity refs. */
export type GroupOf = ReadonlyMap<string, string>;

/** Who holds slots of which limits, reckoned from the tasks and not from the counters that admission uses. */
export async function readHolders(
  client: Client,
  groupOf: GroupOf,
  cohortOf: GroupOf,
): Promise<Map<string, Holder[]>> {
  const { rows } = await client.query<HolderRow>(HOLDERS);
  return toHolders(rows, groupOf, cohortOf);
}

function toHolders(
  rows: readonly HolderRow[],
  groupOf: GroupOf,
  cohortOf: GroupOf,
): Map<string, Holder[]> {
  const holders = new Map<string, Holder[]>();
  const add = (key: string, holder: Holder) => {
    const of = holders.get(key);
    if (of) {
      of.push(holder);
    } else {
      holders.set(key, [holder]);
    }
  };
  for (const row of rows) {
    const group = groupOf.get(row.team);
    const cohort = cohortOf.get(row.team);
    const ran = { id: row.id, since: row.last_at.getTime(), amount: 1 };
    const came = { id: row.id, since: row.first_at.getTime(), amount: 1 };
    if (row.run_slot) {
      add('running portal', ran);
      add(`running provider ${row.provider}`, ran);
      add(`running account ${row.account}`, ran);
      add(`running repository ${row.repository}`, ran);
      add(`running team ${row.team}`, ran);
      if (group) {
        add(`running group ${group}`, ran);
      }
      if (cohort) {
        add(`running cohort ${cohort}`, ran);
      }
    }
    if (row.review_slot) {
      const minutes = { ...came, amount: row.review_minutes };
      add(`changes repository ${row.repository}`, came);
      add(`changes team ${row.team}`, came);
      add(`minutes team ${row.team}`, minutes);
      if (group) {
        add(`changes group ${group}`, came);
        add(`minutes group ${group}`, minutes);
      }
    }
    if (row.auto_slot) {
      add(`auto repository ${row.repository}`, came);
      add(`auto team ${row.team}`, came);
    }
    if (row.checks_slot) {
      add('checks portal', ran);
    }
  }
  return holders;
}
