import { Client } from 'pg';
import { Suspicion } from './AgentWitness';
import { Excess } from './judgeHolders';
import { LimitBook } from './LimitBook';

/**
 * Decides on starts in doubt: one was too many where no limit that may have been in force since it was admitted allows as
 * many as the agent had when it came: others may have been admitted after it and have come before it. A start that nobody
 * admitted is too many in any case.
 */
export async function judgeSuspicions(options: {
  client: Client;
  suspicions: readonly Suspicion[];
  book: LimitBook;
}): Promise<Excess[]> {
  const { client, suspicions, book } = options;
  const { rows } = await client.query<{ id: string; created_at: Date }>(
    'select id, created_at from attempts where id = any($1)',
    [[...new Set(suspicions.map(({ marker }) => marker))]],
  );
  const admittedAt = new Map(
    rows.map(row => [row.id, row.created_at.getTime()]),
  );
  return suspicions.flatMap(({ key, marker, count, at }) => {
    const since = admittedAt.get(marker);
    const allowed =
      since === undefined ? 0 : book.highestBetween(key, since, at);
    return count > allowed
      ? [{ key, by: count - allowed, allowed, task: marker }]
      : [];
  });
}
