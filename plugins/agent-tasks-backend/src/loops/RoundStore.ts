import { Knex } from 'knex';
import { newId } from '../database/ids';
import { TimeValue } from '../database/rows';

interface RoundRow {
  name: string;
  lease_id: string | null;
  lease_until: TimeValue | null;
  due_at: TimeValue | null;
  cursor: string | null;
  begun: number;
}

/** A round that this replica alone runs until the lease ends. */
export interface ClaimedRound {
  name: string;
  leaseId: string;
  cursor?: string;
}

/** Sees to it that of all replicas one runs a round, and keeps where the rounds are. */
export interface RoundStore {
  /** `undefined`: another replica runs it, or it is not due. */
  claim(options: {
    name: string;
    now: Date;
    leaseUntil: Date;
  }): Promise<ClaimedRound | undefined>;

  /** Ends a round. Without `cursor` the cursor stays. */
  finish(options: {
    round: ClaimedRound;
    dueAt: Date;
    cursor?: string;
  }): Promise<void>;

  /** How many rounds have begun, and whether one is under way. Tells whether one ran beside something else. */
  progress(name: string): Promise<{ begun: number; underWay: boolean }>;

  /** Makes a round due at a time, unless it is due earlier. */
  makeDue(name: string, at: Date): Promise<void>;
}

export class DatabaseRoundStore implements RoundStore {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static create(options: { knex: Knex }): DatabaseRoundStore {
    return new DatabaseRoundStore(options.knex);
  }

  async claim(options: {
    name: string;
    now: Date;
    leaseUntil: Date;
  }): Promise<ClaimedRound | undefined> {
    const { name, now, leaseUntil } = options;
    await this.#knex('rounds').insert({ name }).onConflict('name').ignore();
    const leaseId = newId('lease');
    const claimed = await this.#knex<RoundRow>('rounds')
      .where({ name })
      .where(due => due.whereNull('due_at').orWhere('due_at', '<=', now))
      .where(free =>
        free.whereNull('lease_until').orWhere('lease_until', '<=', now),
      )
      .update({
        lease_id: leaseId,
        lease_until: leaseUntil,
        begun: this.#knex.raw('begun + 1'),
      });
    if (!claimed) {
      return undefined;
    }
    const row = await this.#knex<RoundRow>('rounds').where({ name }).first();
    return { name, leaseId, cursor: row?.cursor ?? undefined };
  }

  async finish(options: {
    round: ClaimedRound;
    dueAt: Date;
    cursor?: string;
  }): Promise<void> {
    const { round, dueAt, cursor } = options;
    await this.#knex<RoundRow>('rounds')
      .where({ name: round.name, lease_id: round.leaseId })
      .update({
        lease_id: null,
        lease_until: null,
        due_at: dueAt,
        ...(cursor !== undefined && { cursor }),
      });
  }

  async progress(name: string): Promise<{ begun: number; underWay: boolean }> {
    const row = await this.#knex<RoundRow>('rounds').where({ name }).first();
    return { begun: row?.begun ?? 0, underWay: Boolean(row?.lease_id) };
  }

  async makeDue(name: string, at: Date): Promise<void> {
    await this.#knex<RoundRow>('rounds')
      .where({ name })
      .where('due_at', '>', at)
      .update({ due_at: at });
  }
}
