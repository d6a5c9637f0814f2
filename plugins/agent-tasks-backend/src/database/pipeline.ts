import { Transaction } from './connect';

/** What is used of a connection of node-postgres. */
interface PostgresConnection {
  /** See https://node-postgres.com, which calls it pipeline mode. */
  pipeline?: boolean;
  query(
    sql: string,
    bindings: readonly string[],
  ): Promise<{ rowCount: number | null }>;
}

/**
 * The connection of a transaction on PostgreSQL, which from now on sends each statement at once instead of after the
 * answer to the one before. The database still works on one after the other, each of which sees what those before it
 * did: statements that do not need each other's answers wait for one answer instead of one each.
 */
export async function pipeline(tx: Transaction): Promise<PostgresConnection> {
  const connection: PostgresConnection = await tx.client.acquireConnection();
  connection.pipeline = true;
  return connection;
}
