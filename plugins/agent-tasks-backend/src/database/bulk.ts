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

/** A statement that changes rows, and whose result nobody looks at. */
interface Write {
  sql: string;
  bindings: readonly Knex.RawBinding[];
}

/** Writes of a transaction that gathers them. */
interface Gathered {
  waiting: Write[];
  /** Those that were sent, and may not be answered yet. */
  sent: Promise<unknown>[];
}

const gathered = new WeakMap<Knex, Gathered>();

/**
 * Sends what is written meanwhile by {@link insertRows} and {@link changeRows} in one statement: each one by itself waits
 * for an answer of the database. All of it sees the rows as they were before; no row may be written twice. What must see
 * what was written follows {@link sendWrites}. On SQLite, whose answers take no time, nothing waits.
 */
export async function together<T>(
  tx: Knex,
  work: () => Promise<T>,
): Promise<T> {
  if (!isPostgres(tx) || gathered.has(tx)) {
    return work();
  }
  const writes: Gathered = { waiting: [], sent: [] };
  gathered.set(tx, writes);
  try {
    const result = await work();
    sendWrites(tx);
    await Promise.all(writes.sent);
    return result;
  } catch (error) {
    // What fails first makes all that follows fail: it is the reason.
    await Promise.all(writes.sent);
    throw error;
  } finally {
    gathered.delete(tx);
  }
}

/** Sends the writes that have been gathered so far. What the transaction is asked next sees them; {@link together} waits. */
export function sendWrites(tx: Knex): void {
  const all = gathered.get(tx);
  const writes = all?.waiting.splice(0) ?? [];
  if (all && writes.length) {
    const bindings = writes.flatMap(one => one.bindings);
    const parts = writes.map(({ sql }, index) => `w${index} as (${sql})`);
    const answer = tx
      .raw(
        writes.length === 1
          ? writes[0].sql
          : `with ${parts.join(', ')} select 1`,
        bindings,
      )
      .then(() => undefined);
    all.sent.push(answer);
    // Where another statement fails first, nobody waits for this one any more.
    answer.catch(() => undefined);
  }
}

async function write(knex: Knex, statement: Write): Promise<void> {
  const all = gathered.get(knex);
  if (all) {
    all.waiting.push(statement);
  } else {
    await knex.raw(statement.sql, statement.bindings);
  }
}

/**
 * A set of rows, to be joined with as `r`: a statement that names each value by itself costs the query builder and the
 * database more than the work itself. What differs between the rows is one parameter; what all have in common is told once.
 */
function rowSet(
  knex: Knex,
  columns: Columns,
  rows: Record<string, Value>[],
): { sql: string; bindings: Knex.RawBinding[] } {
  const postgres = isPostgres(knex);
  const names = Object.keys(columns);
  const first = rows[0];
  const same = new Set(
    names.filter(name => rows.every(row => isSame(row[name], first[name]))),
  );
  const different = names.filter(name => !same.has(name));
  const stored = createStoredValues(postgres);
  const list = JSON.stringify(
    rows.map(row => {
      const values: Record<string, unknown> = {};
      for (const name of different) {
        values[name] = stored(row[name]);
      }
      return values;
    }),
  );
  const selected = names
    .map(name => {
      if (same.has(name)) {
        return `${postgres ? `?::${columns[name]}` : '?'} as "${name}"`;
      }
      return postgres
        ? `v."${name}"`
        : `json_extract(value, '$.${name}') as "${name}"`;
    })
    .join(', ');
  const typed = different.map(name => `"${name}" ${columns[name]}`).join(', ');
  const recordset = different.length
    ? `json_to_recordset(?::json) as v(${typed})`
    : 'json_array_elements(?::json) as v';
  return {
    sql: `(select ${selected} from ${postgres ? recordset : 'json_each(?)'}) as r`,
    bindings: [
      ...names
        .filter(name => same.has(name))
        .map(name => stored(first[name]) ?? null),
      list,
    ],
  };
}

function isSame(a: Value, b: Value): boolean {
  return a instanceof Date && b instanceof Date
    ? a.getTime() === b.getTime()
    : a === b;
}

/** Values as they stand in JSON. Times are milliseconds on SQLite, as the query builder stores them there. */
function createStoredValues(
  postgres: boolean,
): (value: Value) => string | number | boolean | undefined {
  // Most rows of a set are of the same moment.
  const times = new Map<number, string>();
  return value => {
    if (value instanceof Date) {
      const at = value.getTime();
      if (!postgres) {
        return at;
      }
      let text = times.get(at);
      if (text === undefined) {
        text = value.toISOString();
        times.set(at, text);
      }
      return text;
    }
    return value;
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
    await write(knex, {
      // The condition keeps SQLite from reading the conflict as one of a join.
      sql: `insert into ${table} (${names}) select ${names} from ${set.sql} where true${
        onConflict ? ` on conflict ${onConflict}` : ''
      }`,
      bindings: set.bindings,
    });
  }
}

/** Rows to change, each in its own way. */
export interface RowChanges {
  table: string;
  /** The column that tells which row of the table a given row is for. */
  key: string;
  columns: Columns;
  rows: Record<string, Value>[];
  /**
   * Expressions; `r` is the given row and `t` the one in the table. Without it all given columns are stored as they are.
   */
  set?: Record<string, string>;
  /** A further condition. */
  where?: string;
}

/** Statements of at most so many rows each that change rows. */
function changesOf(knex: Knex, changes: RowChanges): Write[] {
  const { table, key, columns, rows, where } = changes;
  const set =
    changes.set ??
    Object.fromEntries(
      Object.keys(columns)
        .filter(name => name !== key)
        .map(name => [name, `r."${name}"`]),
    );
  const assignments = Object.entries(set)
    .map(([name, expression]) => `"${name}" = ${expression}`)
    .join(', ');
  const statements: Write[] = [];
  for (let from = 0; from < rows.length; from += rowsPerStatement) {
    const source = rowSet(
      knex,
      columns,
      rows.slice(from, from + rowsPerStatement),
    );
    statements.push({
      sql: `update ${table} as t set ${assignments} from ${source.sql} where t."${key}" = r."${key}"${
        where ? ` and (${where})` : ''
      }`,
      bindings: source.bindings,
    });
  }
  return statements;
}

/** Changes many rows in one statement. */
export async function changeRows(
  knex: Knex,
  changes: RowChanges,
): Promise<void> {
  for (const statement of changesOf(knex, changes)) {
    await write(knex, statement);
  }
}

/**
 * Changes many rows in one statement, and tells which were changed.
 *
 * @param returning - the column that is told of them; default: the key
 */
export async function updateRows(
  knex: Knex,
  changes: RowChanges & { returning?: string },
): Promise<string[]> {
  const { returning = changes.key } = changes;
  const changed: string[] = [];
  for (const { sql, bindings } of changesOf(knex, changes)) {
    const result = await knex.raw(
      `${sql} returning ${isPostgres(knex) ? 't.' : ''}"${returning}" as k`,
      bindings,
    );
    const returned: { k: string }[] = Array.isArray(result)
      ? result
      : result.rows;
    changed.push(...returned.map(row => row.k));
  }
  return changed;
}

/** The condition that a column has one of many values; a binding for each would cost more than the search. */
export function isOneOf(
  knex: Knex,
  column: string,
  values: readonly string[],
): Knex.Raw {
  return knex.raw(
    `?? in (select value from ${
      isPostgres(knex)
        ? 'json_array_elements_text(?::json) as value'
        : 'json_each(?)'
    })`,
    [column, JSON.stringify(values)],
  );
}

/** Whether the database is PostgreSQL; else it is SQLite. */
export function isPostgres(knex: Knex): boolean {
  return knex.client.config.client === 'pg';
}
