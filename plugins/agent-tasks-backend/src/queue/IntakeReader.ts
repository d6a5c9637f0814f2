import { Knex } from 'knex';
import { Transaction } from '../database/connect';
import { TimeValue, toDate } from '../database/rows';
import { checksIntake, Intake, reviewIntake } from '../policy/intake';
import { LimitSettings, maxOf } from '../policy/limits';
import { limitKey } from '../policy/slots';
import { Lowered, LoweredReader } from './LimitReader';

/** For how long what was read serves, in milliseconds. */
const freshMs = 60_000;

/** A transaction takes what is older rather than to wait for a read, which the next round makes before it begins. */
const usableMs = 2 * freshMs;

/** How many of the last reviews are looked at: those of all teams, and those of one. */
const lastReviews = 2_000;
const lastOfTeam = 30;

const checksKey = limitKey({ kind: 'checks', scope: 'portal', subject: '' });

/** Since when changes wait, in milliseconds since 1970. */
interface Waits {
  /** The changes of each team that wait for a review. */
  reviews: ReadonlyMap<string, readonly number[]>;
  /** How long the last reviews of each team took, in milliseconds. */
  lastReviews: ReadonlyMap<string, readonly number[]>;
  /** The changes whose checks are pending. */
  checks: readonly number[];
}

/**
 * Lowers the limits on open changes where reviews stall, and the one on pending checks where checks do.
 *
 * @remarks
 *
 * Each replica looks at the open changes once a minute. How long they wait, and what is set, is reckoned on each read, so
 * that a new setting holds at once.
 */
export class IntakeReader implements LoweredReader {
  readonly #knex: Knex;
  readonly #checks: boolean;
  #known?: { readAt: number; waits: Waits };

  private constructor(options: IntakeReaderOptions) {
    this.#knex = options.knex;
    this.#checks = options.checks;
  }

  static create(options: IntakeReaderOptions): IntakeReader {
    return new IntakeReader(options);
  }

  /** Looks at the changes where that was a minute ago, so that a transaction that begins now need not. */
  async refresh(at: Date): Promise<void> {
    await this.#waits(at, freshMs, this.#knex);
  }

  async read(options: {
    at: Date;
    settings: LimitSettings;
    tx?: Transaction;
  }): Promise<ReadonlyMap<string, Lowered>> {
    const { at, settings, tx } = options;
    // SQLite has one connection: within a transaction nothing may wait for another.
    const waits = tx
      ? await this.#waits(at, usableMs, tx)
      : await this.#waits(at, freshMs, this.#knex);
    const waited = (since: readonly number[]) =>
      since.map(one => at.getTime() - one);

    const lowered = new Map<string, Lowered>();
    const lower = (key: string, { limit, reason }: Intake) => {
      if (reason !== undefined) {
        lowered.set(key, { max: limit, message: reason });
      }
    };
    for (const [team, since] of waits.reviews) {
      const key = limitKey({ kind: 'changes', scope: 'team', subject: team });
      const budget = maxOf(key, settings);
      if (budget !== undefined) {
        const lastMs = waits.lastReviews.get(team) ?? [];
        const reviews = { waitingMs: waited(since), lastMs };
        lower(key, reviewIntake({ team, budget, reviews }));
      }
    }
    const pendingChecks = maxOf(checksKey, settings);
    if (pendingChecks !== undefined && waits.checks.length) {
      // How long checks take is not measured, so that what holds where nothing is known does.
      const checks = { waitingMs: waited(waits.checks), lastMs: [] };
      lower(checksKey, checksIntake({ pendingChecks, checks }));
    }
    return lowered;
  }

  /** Not shared while it is read: a transaction would wait for one that waits for its connection. */
  async #waits(at: Date, maxAgeMs: number, knex: Knex): Promise<Waits> {
    const known = this.#known;
    if (known && at.getTime() - known.readAt < maxAgeMs) {
      return known.waits;
    }
    // One after the other: a transaction has one connection.
    const reviews = await readReviews(knex);
    const waits = {
      reviews,
      lastReviews: reviews.size ? await readLastReviews(knex) : new Map(),
      checks: this.#checks ? await readChecks(knex) : [],
    };
    this.#known = { readAt: at.getTime(), waits };
    return waits;
  }
}

async function readReviews(knex: Knex): Promise<Map<string, number[]>> {
  // Begins with the open changes, of which there are few, not with the tasks.
  const rows: { team: string; since: TimeValue }[] = await knex('changes')
    .join('tasks', 'tasks.id', 'changes.task_id')
    .where('changes.state', 'open')
    .where('changes.draft', false)
    .where('tasks.review_slot', true)
    .select('tasks.team', {
      since: knex.raw(
        'coalesce(changes.offered_at, changes.opened_at, changes.created_at)',
      ),
    });
  return groupByName(
    rows.map(row => [row.team, toDate(row.since).getTime()] as const),
  );
}

async function readLastReviews(knex: Knex): Promise<Map<string, number[]>> {
  const rows: { name: string; seconds: number }[] = await knex('measured_times')
    .where({ kind: 'review' })
    .orderBy('sequence', 'desc')
    .limit(lastReviews)
    .select('name', 'seconds');
  const byTeam = groupByName(
    rows.map(row => [row.name, row.seconds * 1000] as const),
  );
  return new Map(
    [...byTeam].map(([team, list]) => [team, list.slice(0, lastOfTeam)]),
  );
}

async function readChecks(knex: Knex): Promise<number[]> {
  const rows: { since: TimeValue }[] = await knex('changes')
    .join('tasks', 'tasks.id', 'changes.task_id')
    .where('changes.state', 'open')
    .where('changes.checks', 'pending')
    .where('tasks.checks_slot', true)
    .select({
      // A push has checks begin anew, without them ever having been anything but pending.
      since: knex.raw(
        `coalesce((select max(events.at) from events where events.task_id = changes.task_id and events.change_id = changes.id and events.type in ('change.checks_pending', 'change.pushed')), changes.opened_at, changes.created_at)`,
      ),
    });
  return rows.map(row => toDate(row.since).getTime());
}

function groupByName(
  pairs: (readonly [name: string, value: number])[],
): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const [name, value] of pairs) {
    const group = groups.get(name) ?? [];
    group.push(value);
    groups.set(name, group);
  }
  return groups;
}

export interface IntakeReaderOptions {
  knex: Knex;
  /** Whether there is a limit on pending checks. */
  checks: boolean;
}
