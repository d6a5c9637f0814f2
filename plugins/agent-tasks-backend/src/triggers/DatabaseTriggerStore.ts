import { Knex } from 'knex';
import { isPostgres } from '../database/bulk';
import { Transaction } from '../database/connect';
import { TimeValue, toDate, toOptionalDate } from '../database/rows';
import { NextRun } from '../policy/scheduleRuns';
import { StoredTrigger, TriggerStore } from './TriggerStore';

interface TriggerRow {
  id: string;
  name: string;
  type: StoredTrigger['type'];
  owner: string;
  template: string;
  definition: string;
  paused_reason: string | null;
  paused_by: string | null;
  paused_at: TimeValue | null;
  due_at: TimeValue | null;
  run_at: TimeValue | null;
  created_by: string;
  created_at: TimeValue;
  updated_by: string;
  updated_at: TimeValue;
  version: number;
}

function toTrigger(row: TriggerRow): StoredTrigger {
  const dueAt = toOptionalDate(row.due_at);
  const runAt = toOptionalDate(row.run_at);
  return {
    ...JSON.parse(row.definition),
    id: row.id,
    name: row.name,
    type: row.type,
    owner: row.owner,
    template: row.template,
    ...(row.paused_at !== null && {
      paused: {
        reason: row.paused_reason,
        by: row.paused_by,
        since: toDate(row.paused_at),
      },
    }),
    ...(dueAt && runAt && { next: { dueAt, runAt } }),
    createdBy: row.created_by,
    createdAt: toDate(row.created_at),
    updatedBy: row.updated_by,
    updatedAt: toDate(row.updated_at),
    version: row.version,
  };
}

function toRow(trigger: StoredTrigger) {
  const {
    title,
    description,
    parameters,
    components,
    selection,
    scope,
    caps,
    rollout,
    schedule,
    webhook,
    paused,
    next,
  } = trigger;
  return {
    owner: trigger.owner,
    template: trigger.template,
    definition: JSON.stringify({
      title,
      description,
      parameters,
      components,
      selection,
      scope,
      caps,
      rollout,
      schedule,
      webhook,
    }),
    paused_reason: paused?.reason ?? null,
    paused_by: paused?.by ?? null,
    paused_at: paused?.since ?? null,
    due_at: next?.dueAt ?? null,
    run_at: next?.runAt ?? null,
    updated_by: trigger.updatedBy,
    updated_at: trigger.updatedAt,
    version: trigger.version,
  };
}

export class DatabaseTriggerStore implements TriggerStore {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static create(options: { knex: Knex }): DatabaseTriggerStore {
    return new DatabaseTriggerStore(options.knex);
  }

  async list(): Promise<StoredTrigger[]> {
    const rows = await this.#knex<TriggerRow>('triggers').orderBy('name');
    return rows.map(toTrigger);
  }

  async get(id: string): Promise<StoredTrigger | undefined> {
    const row = await this.#knex<TriggerRow>('triggers').where({ id }).first();
    return row && toTrigger(row);
  }

  async listDue(now: Date, limit: number): Promise<StoredTrigger[]> {
    const rows = await this.#knex<TriggerRow>('triggers')
      .where('run_at', '<=', now)
      .orderBy('run_at')
      .limit(limit);
    return rows.map(toTrigger);
  }

  async insert(tx: Transaction, trigger: StoredTrigger): Promise<boolean> {
    const inserted = await tx('triggers')
      .insert({
        id: trigger.id,
        name: trigger.name,
        type: trigger.type,
        created_by: trigger.createdBy,
        created_at: trigger.createdAt,
        ...toRow(trigger),
      })
      .onConflict('name')
      .ignore()
      .returning('id');
    return inserted.length === 1;
  }

  async update(
    tx: Transaction,
    trigger: StoredTrigger,
    expectedVersion: number,
  ): Promise<boolean> {
    const updated = await tx('triggers')
      .where({ id: trigger.id, version: expectedVersion })
      .update(toRow(trigger));
    return updated === 1;
  }

  async remove(tx: Transaction, id: string): Promise<boolean> {
    await tx('trigger_runs').where('trigger_id', id).delete();
    return (await tx('triggers').where({ id }).delete()) === 1;
  }

  async advance(
    tx: Transaction,
    options: { trigger: StoredTrigger; next: NextRun | undefined },
  ): Promise<boolean> {
    const { trigger, next } = options;
    const advanced = await tx('triggers')
      .where({
        id: trigger.id,
        version: trigger.version,
        due_at: trigger.next?.dueAt ?? null,
      })
      .update({ due_at: next?.dueAt ?? null, run_at: next?.runAt ?? null });
    return advanced === 1;
  }

  async lock(tx: Transaction, id: string): Promise<StoredTrigger | undefined> {
    const query = tx<TriggerRow>('triggers').where({ id }).first();
    // SQLite has one transaction at a time.
    const row = await (isPostgres(this.#knex) ? query.forUpdate() : query);
    return row && toTrigger(row as TriggerRow);
  }
}
