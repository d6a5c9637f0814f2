import { Knex } from 'knex';
import { Transaction } from '../database/connect';
import { TimeValue, toDate, toOptionalDate } from '../database/rows';
import { BrakeStore, StoredBrake } from './BrakeStore';

interface BrakeRow {
  id: string;
  scope: StoredBrake['scope'];
  subject: string | null;
  reason: string;
  pulled_by: string;
  pulled_at: TimeValue;
  until: TimeValue | null;
  released_by: string | null;
  released_at: TimeValue | null;
}

function toBrake(row: BrakeRow): StoredBrake {
  return {
    id: row.id,
    scope: row.scope,
    subject: row.subject ?? undefined,
    reason: row.reason,
    pulledBy: row.pulled_by,
    pulledAt: toDate(row.pulled_at),
    until: toOptionalDate(row.until),
    releasedBy: row.released_by ?? undefined,
    releasedAt: toOptionalDate(row.released_at),
  };
}

export class DatabaseBrakeStore implements BrakeStore {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static create(options: { knex: Knex }): DatabaseBrakeStore {
    return new DatabaseBrakeStore(options.knex);
  }

  async insert(tx: Transaction, brake: StoredBrake): Promise<void> {
    await tx('brakes').insert({
      id: brake.id,
      scope: brake.scope,
      subject: brake.subject,
      reason: brake.reason,
      pulled_by: brake.pulledBy,
      pulled_at: brake.pulledAt,
      until: brake.until,
    });
  }

  async get(id: string): Promise<StoredBrake | undefined> {
    const row = await this.#knex<BrakeRow>('brakes').where({ id }).first();
    return row && toBrake(row);
  }

  async listActive(now: Date, tx?: Transaction): Promise<StoredBrake[]> {
    const rows = await (tx ?? this.#knex)<BrakeRow>('brakes')
      .whereNull('released_at')
      .where(ends => ends.whereNull('until').orWhere('until', '>', now))
      .orderBy('id', 'desc');
    return rows.map(toBrake);
  }

  async release(
    tx: Transaction,
    options: { id: string; by: string; at: Date },
  ): Promise<boolean> {
    const count = await tx<BrakeRow>('brakes')
      .where({ id: options.id })
      .whereNull('released_at')
      .update({ released_by: options.by, released_at: options.at });
    return count === 1;
  }
}
