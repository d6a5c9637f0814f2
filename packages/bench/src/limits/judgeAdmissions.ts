import { Client } from 'pg';
import { Excess, Holder, judgeHolders } from './judgeHolders';
import { LimitBook } from './LimitBook';

const MINUTE_MS = 60_000;

/** A task that was admitted. Times are in milliseconds since 1970, by the database's clock. */
export interface Admitted {
  id: string;
  team: string;
  at: number;
  /** When it was first asked of the provider. */
  requestedAt?: number;
}

/** All admissions so far. */
export async function readAdmissions(client: Client): Promise<Admitted[]> {
  const { rows } = await client.query<{
    id: string;
    team: string;
    created_at: Date;
    first_requested_at: Date | null;
  }>(
    `select t.id, t.team, a.created_at, a.first_requested_at
       from attempts a join tasks t on t.id = a.task_id where a.number = 1`,
  );
  return rows.map(row => ({
    id: row.id,
    team: row.team,
    at: row.created_at.getTime(),
    ...(row.first_requested_at && {
      requestedAt: row.first_requested_at.getTime(),
    }),
  }));
}

/** Judges what is counted over a time: launches of a team within a day of UTC, and starts within any minute. */
export function judgeAdmissions(options: {
  admitted: readonly Admitted[];
  book: LimitBook;
  account: string;
}): { excesses: Excess[]; mostPerDay: number; mostStartsPerMinute: number } {
  const { admitted, book, account } = options;
  const days = new Map<string, Map<string, Holder[]>>();
  for (const { id, team, at } of admitted) {
    const day = new Date(at).toISOString().slice(0, 10);
    const teams = days.get(day) ?? new Map<string, Holder[]>();
    days.set(day, teams);
    const key = `day team ${team}`;
    const holders = teams.get(key) ?? [];
    teams.set(key, holders);
    holders.push({ id, since: at, amount: 1 });
  }
  const perDay = [...days.values()];
  const starts = judgeStarts({ admitted, book, account });
  return {
    excesses: [
      ...perDay.flatMap(holders => judgeHolders({ holders, book })),
      ...starts.excesses,
    ],
    mostPerDay: Math.max(
      0,
      ...perDay.flatMap(teams => [...teams.values()].map(of => of.length)),
    ),
    mostStartsPerMinute: starts.most,
  };
}

function judgeStarts(options: {
  admitted: readonly Admitted[];
  book: LimitBook;
  account: string;
}): { excesses: Excess[]; most: number } {
  const { admitted, book, account } = options;
  const key = `starts account ${account}`;
  const starts = admitted
    .flatMap(({ id, requestedAt }) =>
      requestedAt === undefined ? [] : [{ id, at: requestedAt }],
    )
    .sort((a, b) => a.at - b.at);
  let most = 0;
  let first = 0;
  let worst: Excess | undefined;
  starts.forEach(({ id, at }, index) => {
    while (at - starts[first].at >= MINUTE_MS) {
      first += 1;
    }
    const count = index - first + 1;
    most = Math.max(most, count);
    const allowed = book.highestAt(key, at);
    if (count - allowed > (worst?.by ?? 0)) {
      worst = { key, by: count - allowed, allowed, task: id };
    }
  });
  return { excesses: worst ? [worst] : [], most };
}
