import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JsonObject } from '@backstage/types';
import { knex, Knex } from 'knex';
import { Place } from './Canaries';

/** A database for one backend that begins empty, and of which everything can be read. */
export interface TestDatabase {
  /** The setting `backend.database`. */
  config: JsonObject;
  /** The password that the backend connects with. */
  password?: string;
  /** All that was ever written, as far as it is still there. */
  read(): Promise<Place[]>;
  remove(): Promise<void>;
}

/** SQLite in files. */
export function createSqliteDatabase(): TestDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'agent-tasks-e2e-'));
  return {
    config: { client: 'better-sqlite3', connection: { directory: folder } },
    // The bytes of the files: deleted rows are in them too, until something takes their place.
    read: async () =>
      readdirSync(folder).map(name => ({
        name: `database ${name}`,
        text: readFileSync(join(folder, name), 'latin1'),
      })),
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/**
 * PostgreSQL with a user of its own, whose password is a secret to look for.
 *
 * @param options.connectionString - of a user who may create users and databases
 */
export async function createPostgresDatabase(options: {
  connectionString: string;
}): Promise<TestDatabase> {
  const { connectionString } = options;
  const name = `e2e_${randomBytes(6).toString('hex')}`;
  const prefix = `${name}_`;
  const password = randomBytes(24).toString('hex');
  const admin = connect(connectionString);
  await admin.raw(`CREATE ROLE ${name} LOGIN CREATEDB PASSWORD '${password}'`);
  const { hostname, port } = new URL(connectionString);
  const listDatabases = async (): Promise<string[]> => {
    const { rows } = await admin.raw<{ rows: { datname: string }[] }>(
      'SELECT datname FROM pg_database WHERE starts_with(datname, ?)',
      [prefix],
    );
    return rows.map(({ datname }) => datname);
  };
  return {
    config: {
      client: 'pg',
      prefix,
      connection: {
        host: hostname,
        port: Number(port || 5432),
        user: name,
        password,
      },
    },
    password,
    async read() {
      const places: Place[] = [];
      for (const database of await listDatabases()) {
        const url = new URL(connectionString);
        url.pathname = `/${database}`;
        const client = connect(url.href);
        places.push(
          ...(await readTables(client)).map(table => ({
            ...table,
            name: `table ${database.slice(prefix.length)}.${table.name}`,
          })),
        );
        await client.destroy();
      }
      return places;
    },
    async remove() {
      for (const database of await listDatabases()) {
        await admin.raw(`DROP DATABASE "${database}" WITH (FORCE)`);
      }
      await admin.raw(`DROP ROLE ${name}`);
      await admin.destroy();
    },
  };
}

function connect(connectionString: string): Knex {
  return knex({
    client: 'pg',
    connection: connectionString,
    pool: { min: 0, max: 1 },
  });
}

async function readTables(client: Knex): Promise<Place[]> {
  const tables = await client('information_schema.tables')
    .select({ schema: 'table_schema', name: 'table_name' })
    .where({ table_type: 'BASE TABLE' })
    .whereNotIn('table_schema', ['pg_catalog', 'information_schema']);
  const places: Place[] = [];
  for (const { schema, name } of tables) {
    const { rows } = await client.raw<{ rows: { row: string }[] }>(
      'SELECT t::text AS row FROM ??.?? AS t',
      [schema, name],
    );
    places.push({ name, text: rows.map(({ row }) => row).join('\n') });
  }
  return places;
}
