import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { connect } from '../harness/connect';

/** The database of a backend, as a bench writes to it directly. */
export interface Database {
  name: 'sqlite' | 'postgresql';
  /** Runs statements that return nothing. */
  run(sql: string): Promise<void>;
  /** The indexes of a table that can be made anew: those that no constraint made. */
  indexesOf(table: string): Promise<{ name: string; sql: string }[]>;
  close(): Promise<void>;
  /** An expression: a whole number as text of a fixed length, filled up with zeros. */
  padded(expression: string, length: number): string;
  /** A table with one column `i`, the whole numbers from 1 to `count`. */
  numbers(count: number): string;
  /** An expression: the time that is some seconds before now. */
  secondsAgo(expression: string): string;
}

/** PostgreSQL, without the checks of foreign keys: what a bench loads is right. */
export async function openPostgres(
  connectionString: string,
): Promise<Database> {
  const client = await connect(connectionString);
  await client.query('set session_replication_role = replica');
  return {
    name: 'postgresql',
    run: async sql => {
      await client.query(sql);
    },
    indexesOf: async table => {
      const { rows } = await client.query(
        `select i.indexname as name, i.indexdef as sql from pg_indexes i
         where i.tablename = $1 and i.schemaname = current_schema()
           and not exists (select 1 from pg_constraint c where c.conindid = format('%I.%I', i.schemaname, i.indexname)::regclass)`,
        [table],
      );
      return rows;
    },
    close: () => client.end(),
    padded: (expression, length) =>
      `lpad((${expression})::text, ${length}, '0')`,
    numbers: count => `(select i from generate_series(1, ${count}) i)`,
    secondsAgo: expression =>
      `date_trunc('milliseconds', now() - make_interval(secs => ${expression}))`,
  };
}

/** The file of the plugin in the folder of a backend's SQLite databases. */
export async function openSqlite(directory: string): Promise<Database> {
  const file = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.sqlite'))
    .find(name => name.includes('agent-tasks'));
  if (!file) {
    throw new Error(`The backend left no database in ${directory}`);
  }
  const database = new DatabaseSync(join(directory, file));
  database.exec(
    'pragma foreign_keys = off; pragma synchronous = off; pragma cache_size = -200000',
  );
  return {
    name: 'sqlite',
    run: async sql => {
      database.exec(sql);
    },
    indexesOf: async table =>
      database
        .prepare(
          `select name, sql from sqlite_master where type = 'index' and tbl_name = ? and sql is not null`,
        )
        .all(table)
        .map(({ name, sql }) => ({ name: String(name), sql: String(sql) })),
    close: async () => {
      database.close();
    },
    padded: (expression, length) => `printf('%0${length}d', ${expression})`,
    numbers: count =>
      `(with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count}) select i from n)`,
    secondsAgo: expression =>
      `(cast(strftime('%s', 'now') as integer) - ${expression}) * 1000`,
  };
}
