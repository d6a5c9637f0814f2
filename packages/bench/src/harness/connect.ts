import { Client } from 'pg';

/**
 * Connects to PostgreSQL. A server that is stopped ends its connections, which is no error by itself: what was asked of
 * it fails on its own.
 */
export async function connect(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString });
  client.on('error', () => {});
  await client.connect();
  return client;
}
