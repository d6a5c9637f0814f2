import { Knex } from 'knex';
import { insertRows, isPostgres } from '../database/bulk';
import { Transaction } from '../database/connect';
import { parseLimitKey, portalKey } from '../policy/slots';
import { SlotCounts } from './TaskStore';

/** A change of a counter. */
export type CounterChange = readonly [key: string, by: number];

/** The kind under which the tasks admitted on a day are counted; UTC. */
function dayKind(at: Date): string {
  return `day ${at.toISOString().slice(0, 10)}`;
}

function columnsOf(key: string, at: Date): { kind: string; key: string } {
  const { kind, scope, subject } = parseLimitKey(key);
  return {
    kind: kind === 'day' ? dayKind(at) : kind,
    key: subject ? `${scope}:${subject}` : scope,
  };
}

/**
 * Takes the portal's counter. Whoever changes counters or lines holds it first, so that two transactions that change
 * several of them never wait for each other in a circle.
 *
 * @returns false: the counters are not known
 */
export async function lockCounters(tx: Transaction): Promise<boolean> {
  const { kind, key } = columnsOf(portalKey, new Date(0));
  const portal = await tx('limit_slots')
    .where({ kind, key })
    .forUpdate()
    .first('used');
  return portal !== undefined;
}

/**
 * Reads how many slots are taken.
 *
 * @param options.repositories - whose counters are read beside those of portal, providers, accounts and teams; default:
 *   those of all
 */
export async function readCounts(
  knex: Knex,
  options: { at: Date; repositories?: readonly string[] },
): Promise<SlotCounts> {
  const today = dayKind(options.at);
  const query = knex('limit_slots')
    .select('kind', 'key', 'used')
    .where(kinds =>
      kinds.whereNot('kind', 'like', 'day %').orWhere('kind', today),
    );
  if (options.repositories) {
    const keys = options.repositories.map(one => `repository:${one}`);
    query.where(own =>
      own.whereNot('key', 'like', 'repository:%').orWhereIn('key', keys),
    );
  }
  const rows: { kind: string; key: string; used: number }[] = await query;
  const taken = new Map<string, number>();
  for (const row of rows) {
    const colon = row.key.indexOf(':');
    const scope = colon < 0 ? row.key : row.key.slice(0, colon);
    const subject = colon < 0 ? '' : row.key.slice(colon + 1);
    const kind = row.kind === today ? 'day' : row.kind;
    taken.set(`${kind} ${scope} ${subject}`, row.used);
  }
  return { known: taken.has(portalKey), taken };
}

/**
 * Changes counters; the caller holds the portal's.
 *
 * @param options.evenZero - writes counters that do not change, so that they are there
 */
export async function addToCounters(
  tx: Transaction,
  options: {
    changes: Iterable<CounterChange>;
    at: Date;
    evenZero?: boolean;
  },
): Promise<void> {
  const sums = new Map<string, number>();
  for (const [key, by] of options.changes) {
    sums.set(key, (sums.get(key) ?? 0) + by);
  }
  const rows = [...sums]
    .filter(([, by]) => by !== 0 || options.evenZero)
    .map(([key, by]) => ({ ...columnsOf(key, options.at), used: by }));
  if (!rows.length) {
    return;
  }
  await insertRows(tx, {
    table: 'limit_slots',
    columns: { kind: 'text', key: 'text', used: 'integer' },
    rows,
    onConflict:
      '(kind, key) do update set used = limit_slots.used + excluded.used',
  });
}

/** Forgets the days that are over and the counters that count nothing. */
export async function removeIdleCounters(
  tx: Transaction,
  at: Date,
): Promise<void> {
  await tx('limit_slots')
    .where(idle =>
      idle
        .where('used', 0)
        .orWhere(day =>
          day.where('kind', 'like', 'day %').where('kind', '<', dayKind(at)),
        ),
    )
    .whereNot(columnsOf(portalKey, at))
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
      `${count} from attempts join tasks on tasks.id = attempts.task_id where attempts.number = 1 and attempts.created_at >= ? group by 3`,
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
