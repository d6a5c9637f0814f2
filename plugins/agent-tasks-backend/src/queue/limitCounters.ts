import { Knex } from 'knex';
import { insertRows, isPostgres } from '../database/bulk';
import { Transaction } from '../database/connect';
import { pipeline } from '../database/pipeline';
import {
  countedScopes,
  parseLimitKey,
  portalKey,
  SlotHolder,
  SlotKind,
  SlotScope,
} from '../policy/slots';
import { SlotCounts } from './TaskStore';

/** The counters that a row has, by the kind of slot. */
const kinds = [
  'running',
  'changes',
  'minutes',
  'auto',
  'checks',
  'queued',
] as const;

type Kind = (typeof kinds)[number];

/** A row of counters: all that is counted for the portal, a team, a repository, … */
type CounterRow = Record<Kind, number> & {
  key: string;
  day: string | null;
  day_count: number;
  last_admission: number | string | null;
};

/** What is added to the counters of a row. */
type CounterRowChange = Record<Exclude<SlotKind, 'starts'>, number>;

/** Changes of counters, added up: hundreds of tasks change few rows. */
export class CounterChanges {
  readonly #rows = new Map<SlotScope, Map<string, CounterRowChange>>();

  /** Changes by the keys of limits. A change of nothing writes the counter, so that it is there. */
  static of(changes: Iterable<readonly [key: string, by: number]>) {
    const result = new CounterChanges();
    for (const [key, by] of changes) {
      const { kind, scope, subject } = parseLimitKey(key);
      if (kind !== 'starts') {
        result.#row(scope, subject)[kind] += by;
      }
    }
    return result;
  }

  /** Changes all counters in which a task counts with slots of a kind. */
  add(kind: Exclude<SlotKind, 'starts'>, holder: SlotHolder, by: number): void {
    for (const scope of countedScopes[kind]) {
      this.#row(scope, scope === 'portal' ? '' : holder[scope])[kind] += by;
    }
  }

  /** The rows with what is added to each, by their keys. */
  *rows(): Iterable<readonly [key: string, CounterRowChange]> {
    for (const [scope, rows] of this.#rows) {
      for (const [subject, row] of rows) {
        yield [subject ? `${scope}:${subject}` : scope, row];
      }
    }
  }

  /** Whether nothing is added to any counter. */
  isEmpty(): boolean {
    for (const [, row] of this.rows()) {
      if (!isUnchanged(row)) {
        return false;
      }
    }
    return true;
  }

  #row(scope: SlotScope, subject: string): CounterRowChange {
    let rows = this.#rows.get(scope);
    if (!rows) {
      rows = new Map();
      this.#rows.set(scope, rows);
    }
    let row = rows.get(subject);
    if (!row) {
      row = {
        running: 0,
        changes: 0,
        minutes: 0,
        auto: 0,
        checks: 0,
        queued: 0,
        day: 0,
      };
      rows.set(subject, row);
    }
    return row;
  }
}

function isUnchanged(row: CounterRowChange): boolean {
  return row.day === 0 && kinds.every(kind => row[kind] === 0);
}

/** UTC. */
function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** The key of the portal's row. */
const portalRow: SlotScope = 'portal';

/**
 * Takes the portal's counter. Whoever changes counters or lines holds it first, so that two transactions that change
 * several of them never wait for each other in a circle.
 *
 * @returns false: the counters are not known
 */
export async function lockCounters(tx: Transaction): Promise<boolean> {
  const portal = await tx('slot_counters')
    .where({ key: portalRow })
    .forUpdate()
    .first('key');
  return portal !== undefined;
}

/**
 * Takes the portal's counter, and reads meanwhile what must not be older than that.
 *
 * @returns `undefined`: the counters are not known
 */
export async function lockCountersAndRead<T>(
  tx: Transaction,
  read: () => Promise<T>,
): Promise<T | undefined> {
  if (!isPostgres(tx)) {
    return (await lockCounters(tx)) ? read() : undefined;
  }
  const connection = await pipeline(tx);
  // Sent before anything that is read, and past the query builder, which promises no order.
  const [locked, result] = await Promise.all([
    connection.query(
      'select key from slot_counters where key = $1 for update',
      [portalRow],
    ),
    read(),
  ]);
  return locked.rowCount ? result : undefined;
}

/**
 * Reads how many slots are taken.
 *
 * @param options.at - asked once the counters are read, which may have waited for others
 * @param options.repositories - whose counters are read beside those of portal, providers, accounts and teams; default:
 *   those of all
 */
export async function readCounts(
  knex: Knex,
  options: { at: () => Date; repositories?: readonly string[] },
): Promise<SlotCounts> {
  const query = knex<CounterRow>('slot_counters').select(
    ...kinds,
    'key',
    'day',
    'day_count',
    'last_admission',
  );
  if (options.repositories) {
    query.whereNot('key', 'like', 'repository:%').orWhereIn(
      'key',
      options.repositories.map(one => `repository:${one}`),
    );
  }
  const taken = new Map<string, number>();
  const lastAdmissions = new Map<string, number>();
  const rows: CounterRow[] = await query;
  const today = dayOf(options.at());
  for (const row of rows) {
    const colon = row.key.indexOf(':');
    const whose =
      colon < 0
        ? `${row.key} `
        : `${row.key.slice(0, colon)} ${row.key.slice(colon + 1)}`;
    for (const kind of kinds) {
      if (row[kind] || row.key === portalRow) {
        taken.set(`${kind} ${whose}`, row[kind]);
      }
    }
    if (row.last_admission !== null) {
      lastAdmissions.set(row.key.slice(colon + 1), Number(row.last_admission));
    }
    if (row.day === today && row.day_count) {
      taken.set(`day ${whose}`, row.day_count);
    }
  }
  return { known: taken.has(portalKey), taken, lastAdmissions };
}

/**
 * Changes counters; the caller holds the portal's.
 *
 * @param options.evenZero - writes counters that do not change, so that they are there
 */
export async function addToCounters(
  tx: Transaction,
  options: {
    changes: CounterChanges;
    at: Date;
    evenZero?: boolean;
  },
): Promise<void> {
  const { changes, at, evenZero } = options;
  const changed = [];
  for (const [key, { day, ...row }] of changes.rows()) {
    if (evenZero || day !== 0 || kinds.some(kind => row[kind] !== 0)) {
      changed.push({
        key,
        ...row,
        day_count: day,
        // What is admitted is counted for its day.
        day: day === 0 ? undefined : dayOf(at),
        last_admission: day === 0 ? undefined : at.getTime(),
      });
    }
  }
  if (!changed.length) {
    return;
  }
  await insertRows(tx, {
    table: 'slot_counters',
    columns: {
      key: 'text',
      running: 'integer',
      changes: 'integer',
      minutes: 'integer',
      auto: 'integer',
      checks: 'integer',
      queued: 'integer',
      day: 'text',
      day_count: 'integer',
      last_admission: 'bigint',
    },
    rows: changed,
    onConflict: `(key) do update set ${kinds
      .map(kind => `${kind} = slot_counters.${kind} + excluded.${kind}`)
      .join(', ')},
      day_count = case
        when excluded.day is null then slot_counters.day_count
        when excluded.day = slot_counters.day then slot_counters.day_count + excluded.day_count
        else excluded.day_count end,
      day = coalesce(excluded.day, slot_counters.day),
      last_admission = coalesce(excluded.last_admission, slot_counters.last_admission)`,
  });
}

/** Forgets counters that count nothing. */
export async function removeIdleCounters(
  tx: Transaction,
  at: Date,
): Promise<void> {
  await tx('slot_counters')
    .where(Object.fromEntries(kinds.map(kind => [kind, 0])))
    .where(over =>
      over
        .whereNull('day')
        .orWhere('day', '<', dayOf(at))
        .orWhere('day_count', 0),
    )
    .whereNot({ key: portalRow })
    .delete();
}

/** The counters as they would be if the tasks that hold slots were counted now, in one statement. */
export async function countSlots(
  knex: Knex,
  at: Date,
): Promise<Map<string, number>> {
  const midnight = new Date(at.toISOString().slice(0, 10));
  const part = (kind: string, scope: string, subject: string, rest: string) =>
    `select '${kind}' as kind, '${scope}' as scope, ${subject} as subject, ${rest}`;
  const count = 'count(*) as used';
  const parts = [
    ...[
      ['portal', "''"],
      ['provider', 'provider'],
      ['account', 'account'],
      ['repository', 'repository'],
      ['team', 'team'],
    ].map(([scope, subject]) =>
      part(
        'running',
        scope,
        subject,
        `${count} from tasks where run_slot group by 3`,
      ),
    ),
    ...(['changes', 'auto'] as const).flatMap(kind =>
      ['repository', 'team'].map(scope =>
        part(
          kind,
          scope,
          scope,
          `${count} from tasks where ${
            kind === 'auto' ? 'auto_slot' : 'review_slot'
          } group by 3`,
        ),
      ),
    ),
    part(
      'minutes',
      'team',
      'team',
      'sum(review_minutes) as used from tasks where review_slot group by 3',
    ),
    part('checks', 'portal', "''", `${count} from tasks where checks_slot`),
    part(
      'queued',
      'team',
      'team',
      `${count} from tasks where state = 'queued' and not braked group by 3`,
    ),
    part(
      'day',
      'team',
      'tasks.team',
      `${count} from attempts join tasks on tasks.id = attempts.task_id where attempts.created_at >= ? and (attempts.number = 1 or exists (
        select 1 from retries where retries.task_id = attempts.task_id and retries.attempt_number = attempts.number
      )) group by 3`,
    ),
  ];
  const result = await knex.raw(parts.join(' union all '), [
    isPostgres(knex) ? midnight.toISOString() : midnight.getTime(),
  ]);
  const rows: {
    kind: string;
    scope: string;
    subject: string;
    used: number | string;
  }[] = Array.isArray(result) ? result : result.rows;
  const counted = new Map<string, number>([[portalKey, 0]]);
  for (const row of rows) {
    const key = `${row.kind} ${row.scope} ${row.subject}`;
    counted.set(key, Number(row.used));
  }
  return counted;
}
