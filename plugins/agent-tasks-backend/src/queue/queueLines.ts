import { createHash } from 'node:crypto';
import { Knex } from 'knex';
import { changeRows, insertRows, updateRows } from '../database/bulk';
import { Transaction } from '../database/connect';
import { Lane } from '../policy/slots';

/** What the queued tasks of a line have in common. The same limits hold them all. */
export interface LineKey {
  team: string;
  /** `host/owner/name` */
  repository: string;
  provider: string;
  account: string;
  lane: Lane;
}

/** The id of a line: what makes it one, hashed. */
export function lineIdOf(line: LineKey): string {
  return createHash('sha256')
    .update(
      [line.team, line.repository, line.provider, line.account, line.lane].join(
        '\n',
      ),
    )
    .digest('hex')
    .slice(0, 24);
}

/** Puts tasks at their places; the caller holds the portal's counter. */
export async function addToLines(
  tx: Transaction,
  tasks: readonly (LineKey & { rank: number })[],
): Promise<void> {
  const lines = new Map<
    string,
    Record<keyof LineKey, string> & {
      id: string;
      queued: number;
      head_rank: number;
    }
  >();
  for (const { team, repository, provider, account, lane, rank } of tasks) {
    const key = { team, repository, provider, account, lane };
    const id = lineIdOf(key);
    const line = lines.get(id);
    if (line) {
      line.queued += 1;
      line.head_rank = Math.min(line.head_rank, rank);
    } else {
      lines.set(id, { id, ...key, queued: 1, head_rank: rank });
    }
  }
  await insertRows(tx, {
    table: 'queue_lines',
    columns: {
      id: 'text',
      team: 'text',
      repository: 'text',
      provider: 'text',
      account: 'text',
      lane: 'text',
      queued: 'integer',
      head_rank: 'bigint',
    },
    rows: [...lines.values()],
    onConflict: `(id) do update set
      head_rank = case when queue_lines.queued > 0 and queue_lines.head_rank < excluded.head_rank
        then queue_lines.head_rank else excluded.head_rank end,
      queued = queue_lines.queued + excluded.queued`,
  });
}

/** The rank of the first task that waits in a line `t`. */
const headOf = `(select min(tasks.rank) from tasks where tasks.line_id = t.id and tasks.state = 'queued' and not tasks.braked)`;

/**
 * Takes tasks out of their lines, after their own rows were changed; the caller holds the portal's counter.
 *
 * @param lineIds - one for each task
 */
export async function removeFromLines(
  tx: Transaction,
  lineIds: readonly string[],
): Promise<void> {
  const gone = new Map<string, number>();
  for (const id of lineIds) {
    gone.set(id, (gone.get(id) ?? 0) + 1);
  }
  await changeRows(tx, {
    table: 'queue_lines',
    key: 'id',
    columns: { id: 'text', gone: 'integer' },
    rows: [...gone].map(([id, count]) => ({ id, gone: count })),
    set: { queued: 't.queued - r.gone', head_rank: headOf },
  });
}

/** Lines whose count or head is not that of the tasks that wait in them; one statement, so that both are of one moment. */
export async function findWrongLines(knex: Knex): Promise<string[]> {
  const result = await knex.raw(`
    select coalesce(counted.line_id, lines.id) as id
    from (select id, queued, head_rank from queue_lines where queued <> 0) as lines
    full outer join (
      select line_id, count(*) as queued, min(rank) as head_rank
      from tasks where state = 'queued' and not braked group by line_id
    ) as counted on counted.line_id = lines.id
    where lines.id is null or counted.line_id is null
      or lines.queued <> counted.queued or lines.head_rank <> counted.head_rank`);
  const rows: { id: string }[] = Array.isArray(result) ? result : result.rows;
  return rows.map(row => row.id);
}

/** Sets lines right from the tasks that wait in them; the caller holds the portal's counter. */
export async function repairLines(
  tx: Transaction,
  ids: readonly string[],
): Promise<void> {
  const rows = ids.map(id => ({ id }));
  const known = await updateRows(tx, {
    table: 'queue_lines',
    key: 'id',
    columns: { id: 'text' },
    rows,
    set: {
      queued: `(select count(*) from tasks where tasks.line_id = t.id and tasks.state = 'queued' and not tasks.braked)`,
      head_rank: headOf,
    },
  });
  const missing = ids.filter(id => !known.includes(id));
  if (missing.length) {
    const tasks: (LineKey & { rank: number | string })[] = await tx('tasks')
      .whereIn('line_id', missing)
      .where({ state: 'queued', braked: false })
      .select('team', 'repository', 'provider', 'account', 'lane', 'rank');
    await addToLines(
      tx,
      tasks.map(task => ({ ...task, rank: Number(task.rank) })),
    );
  }
}
