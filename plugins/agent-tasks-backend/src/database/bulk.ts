import { Knex } from 'knex';

/** PostgreSQL's types of the columns that are written many rows at a time. */
export type ColumnType =
  'text' | 'integer' | 'bigint' | 'real' | 'boolean' | 'timestamptz';

/** The columns of a statement and their types. */
export type Columns = Record<string, ColumnType>;

/** A value of a row; `undefined` is stored as NULL. */
export type Value = string | number | boolean | Date | undefined;

/** SQLite takes a statement of a million bytes; larger sets are written in parts. */
const rowsPerStatement = 2_000;

/**
 * A set of rows as one parameter, to be joined with: a statement that names each value by itself costs the query builder
 * and the database more than the work itself.
 */
function rowSet(
  knex: Knex,
  columns: Columns,
  rows: Record<string, Value>[],
): { sql: string; bindings: [string] } {
  const names = Object.keys(columns);
  if (isPostgres(knex)) {
    return {
      sql: `json_to_recordset(?::json) as r(${names
        .map(name => `"${name}" ${columns[name]}`)
        .join(', ')})`,
      bindings: [JSON.stringify(rows)],
    };
  }
  return {
    sql: `(select ${names
      .map(name => `json_extract(value, '$.${name}') as "${name}"`)
      .join(', ')} from json_each(?)) as r`,
    // Times are milliseconds there, as the query builder stores them.
    bindings: [
      JSON.stringify(rows, function toMilliseconds(key, value) {
        const stored: unknown = this[key];
        return stored instanceof Date ? stored.getTime() : value;
      }),
    ],
  };
}

/**
 * Inserts many rows in one statement.
 *
 * @param options.onConflict - what follows `on conflict`
 */
export async function insertRows(
  knex: Knex,
  options: {
    table: string;
    columns: Columns;
    rows: Record<string, Value>[];
    onConflict?: string;
  },
): Promise<void> {
  const { table, columns, rows, onConflict } = options;
  const names = Object.keys(columns)
    .map(name => `"${name}"`)
    .join(', ');
  for (let from = 0; from < rows.length; from += rowsPerStatement) {
    const set = rowSet(
      knex,
      columns,
      rows.slice(from, from + rowsPerStatement),
    );
    await knex.raw(
      // The condition keeps SQLite from reading the conflict as one of a join.
      `insert into ${table} (${names}) select ${names} from ${set.sql} where true${
        onConflict ? ` on conflict ${onConflict}` : ''
      }`,
      set.bindings,
    );
  }
}

/**
 * Changes many rows, each in its own way, in one statement. Returns the column named by `returning` of those changed.
 *
 * @param options.key - the column that tells which row of the table a given row is for
 * @param options.set - expressions; `r` is the given row and `t` the one in the table. Without it all given columns are
 *   stored as they are.
 * @param options.where - a further condition
 */
export async function updateRows(
  knex: Knex,
  options: {
    table: string;
    key: string;
    columns: Columns;
    rows: Record<string, Value>[];
    set?: Record<string, string>;
    where?: string;
    /** Default: the key. */
    returning?: string;
  },
): Promise<string[]> {
  const { table, key, columns, rows, where, returning = key } = options;
  const set =
    options.set ??
    Object.fromEntries(
      Object.keys(columns)
        .filter(name => name !== key)
        .map(name => [name, `r."${name}"`]),
    );
  const assignments = Object.entries(set)
    .map(([name, expression]) => `"${name}" = ${expression}`)
    .join(', ');
  const changed: string[] = [];
  for (let from = 0; from < rows.length; from += rowsPerStatement) {
    const source = rowSet(
      knex,
      columns,
      rows.slice(from, from + rowsPerStatement),
    );
    const result = await knex.raw(
      `update ${table} as t set ${assignments} from ${source.sql} where t."${key}" = r."${key}"${
        where ? ` and (${where})` : ''
      } returning ${isPostgres(knex) ? 't.' : ''}"${returning}" as k`,
      source.bindings,
    );
    const returned: { k: string }[] = Array.isArray(result)
      ? result
      : result.rows;
    changed.push(...returned.map(row => row.k));
  }
  return changed;
}

/** Whether the database is PostgreSQL; else it is SQLite. */
export function isPostgres(knex: Knex): boolean {
  return knex.client.config.client === 'pg';
}
