import { Knex } from 'knex';
import { Transaction } from '../database/connect';
import { TimeValue, toDate, toOptionalDate } from '../database/rows';
import { LimitVersionStore, TeamLimitStore } from './TeamLimitStore';
import { StoredTeamLimits, TeamValues } from './TeamSettings';

interface TeamLimitRow {
  team: string;
  running: number | null;
  borrow: number | null;
  cohort: string | null;
  open_changes: number | null;
  review_minutes: number | null;
  auto_changes: number | null;
  launches_per_day: number | null;
  weight: number | null;
  origins: string;
  paused_reason: string | null;
  paused_by: string | null;
  paused_at: TimeValue | null;
  paused_until: TimeValue | null;
  paused_by_manager: boolean | number;
  version: number;
  updated_by: string;
  updated_at: TimeValue;
}

const columns = {
  running: 'running',
  borrow: 'borrow',
  cohort: 'cohort',
  openChanges: 'open_changes',
  reviewMinutes: 'review_minutes',
  autoChanges: 'auto_changes',
  launchesPerDay: 'launches_per_day',
  weight: 'weight',
} as const satisfies Record<keyof TeamValues, keyof TeamLimitRow>;

function toLimits(row: TeamLimitRow): StoredTeamLimits {
  const values = Object.fromEntries(
    Object.entries(columns)
      .map(([name, column]) => [name, row[column]])
      .filter(([, value]) => value !== null),
  );
  return {
    team: row.team,
    values,
    origins: JSON.parse(row.origins),
    ...(row.paused_reason !== null && {
      pause: {
        reason: row.paused_reason,
        by: row.paused_by!,
        at: toDate(row.paused_at!),
        until: toOptionalDate(row.paused_until),
        byManager: Boolean(row.paused_by_manager),
      },
    }),
    version: row.version,
    updatedBy: row.updated_by,
    updatedAt: toDate(row.updated_at),
  };
}

function toRow(limits: StoredTeamLimits) {
  const { values, pause } = limits;
  return {
    team: limits.team,
    ...Object.fromEntries(
      Object.entries(columns).map(([name, column]) => [
        column,
        values[name as keyof TeamValues] ?? null,
      ]),
    ),
    origins: JSON.stringify(limits.origins),
    paused_reason: pause?.reason ?? null,
    paused_by: pause?.by ?? null,
    paused_at: pause?.at ?? null,
    paused_until: pause?.until ?? null,
    paused_by_manager: pause?.byManager ?? false,
    version: limits.version,
    updated_by: limits.updatedBy,
    updated_at: limits.updatedAt,
  };
}

export class DatabaseTeamLimitStore implements TeamLimitStore {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static create(options: { knex: Knex }): DatabaseTeamLimitStore {
    return new DatabaseTeamLimitStore(options.knex);
  }

  async get(
    team: string,
    tx?: Transaction,
  ): Promise<StoredTeamLimits | undefined> {
    const row = await (tx ?? this.#knex)<TeamLimitRow>('team_limits')
      .where({ team })
      .first();
    return row && toLimits(row);
  }

  async list(tx?: Transaction): Promise<StoredTeamLimits[]> {
    const rows = await (tx ?? this.#knex)<TeamLimitRow>('team_limits');
    return rows.map(toLimits);
  }

  async save(tx: Transaction, limits: StoredTeamLimits): Promise<boolean> {
    const row = toRow(limits);
    if (limits.version === 1) {
      const inserted = await tx('team_limits')
        .insert(row)
        .onConflict('team')
        .ignore()
        .returning('team');
      return inserted.length === 1;
    }
    const updated = await tx('team_limits')
      .where({ team: limits.team, version: limits.version - 1 })
      .update(row);
    return updated === 1;
  }
}

export class DatabaseLimitVersionStore implements LimitVersionStore {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static create(options: { knex: Knex }): DatabaseLimitVersionStore {
    return new DatabaseLimitVersionStore(options.knex);
  }

  async read(tx?: Transaction): Promise<number> {
    const row = await (tx ?? this.#knex)('limit_version').first('version');
    return Number(row.version);
  }

  async increase(tx: Transaction): Promise<void> {
    await tx('limit_version').increment('version', 1);
  }
}
