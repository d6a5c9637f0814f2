import { TriggerRun } from '@agent-tasks/plugin-agent-tasks-common';
import { Knex } from 'knex';
import { Transaction } from '../database/connect';
import { newId } from '../database/ids';
import { TimeValue, toDate, toOptionalDate } from '../database/rows';
import { TriggerUsage } from '../policy/triggerCaps';
import {
  ClaimedRun,
  NewTriggerRun,
  RunOutcome,
  TriggerRunStore,
} from './TriggerRunStore';

interface RunRow {
  id: string;
  trigger_id: string;
  run_key: string;
  cause: TriggerRun['cause'];
  outcome: TriggerRun['outcome'];
  reason: string | null;
  due_at: TimeValue | null;
  created_at: TimeValue;
  finished_at: TimeValue | null;
  campaign_id: string | null;
  tasks: number | null;
  requested_by: string | null;
  event: string | null;
  delivery_id: string | null;
  subject: string | null;
  happened_at: TimeValue | null;
  payload: string | null;
  tries: number;
  try_at: TimeValue;
  lease_id: string | null;
  lease_until: TimeValue | null;
}

const hourMs = 3_600_000;

function toRun(row: RunRow): TriggerRun {
  const dueAt = toOptionalDate(row.due_at);
  return {
    id: row.id,
    at: toDate(row.created_at).toISOString(),
    cause: row.cause,
    outcome: row.outcome,
    ...(row.reason !== null && { reason: row.reason }),
    ...(row.campaign_id !== null && { campaignId: row.campaign_id }),
    ...(row.tasks !== null && { tasks: row.tasks }),
    ...(row.delivery_id !== null && { deliveryId: row.delivery_id }),
    ...(row.event !== null && { event: row.event }),
    ...(dueAt && { dueAt: dueAt.toISOString() }),
    ...(row.requested_by !== null && { requestedBy: row.requested_by }),
  };
}

export class DatabaseTriggerRunStore implements TriggerRunStore {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static create(options: { knex: Knex }): DatabaseTriggerRunStore {
    return new DatabaseTriggerRunStore(options.knex);
  }

  async insert(
    tx: Transaction | undefined,
    run: NewTriggerRun,
  ): Promise<boolean> {
    const inserted = await (tx ?? this.#knex)('trigger_runs')
      .insert({
        id: run.id,
        trigger_id: run.triggerId,
        run_key: run.key,
        cause: run.cause,
        outcome: run.outcome ?? 'pending',
        reason: run.reason ?? null,
        due_at: run.dueAt ?? null,
        created_at: run.at,
        finished_at: run.outcome ? run.at : null,
        requested_by: run.requestedBy ?? null,
        event: run.event ?? null,
        delivery_id: run.deliveryId ?? null,
        subject: run.subject ?? null,
        happened_at: run.happenedAt ?? null,
        payload: run.payload ?? null,
        try_at: run.at,
        lease_id: run.lease?.id ?? null,
        lease_until: run.lease?.until ?? null,
      })
      .onConflict(['trigger_id', 'run_key'])
      .ignore()
      .returning('id');
    return inserted.length === 1;
  }

  async claim(options: {
    now: Date;
    leaseUntil: Date;
  }): Promise<ClaimedRun | undefined> {
    const { now, leaseUntil } = options;
    const free = (query: Knex.QueryBuilder) =>
      query
        .where('outcome', 'pending')
        .where('try_at', '<=', now)
        .where(lease =>
          lease.whereNull('lease_until').orWhere('lease_until', '<=', now),
        );
    const candidates: RunRow[] = await free(this.#knex('trigger_runs'))
      .orderBy('try_at')
      .orderBy('id')
      .limit(20);
    for (const row of candidates) {
      const leaseId = newId('lease');
      const claimed = await free(
        this.#knex('trigger_runs').where('id', row.id),
      ).update({ lease_id: leaseId, lease_until: leaseUntil });
      if (claimed) {
        return {
          id: row.id,
          triggerId: row.trigger_id,
          leaseId,
          cause: row.cause,
          tries: row.tries,
          event: row.event ?? undefined,
          subject: row.subject ?? undefined,
          happenedAt: toOptionalDate(row.happened_at),
          payload: row.payload ?? undefined,
        };
      }
    }
    return undefined;
  }

  async settle(
    tx: Transaction,
    options: {
      run: ClaimedRun;
      outcome: RunOutcome;
      at: Date;
      reason?: string;
      campaignId?: string;
      tasks?: number;
    },
  ): Promise<boolean> {
    const { run, outcome, at, reason, campaignId, tasks } = options;
    const settled = await tx('trigger_runs')
      .where({ id: run.id, outcome: 'pending', lease_id: run.leaseId })
      .update({
        outcome,
        reason: reason ?? null,
        campaign_id: campaignId ?? null,
        tasks: tasks ?? null,
        finished_at: at,
        lease_id: null,
        lease_until: null,
        // It may hold what is nobody's business any more.
        payload: null,
      });
    return settled === 1;
  }

  async retry(options: { run: ClaimedRun; at: Date }): Promise<void> {
    const { run, at } = options;
    await this.#knex('trigger_runs')
      .where({ id: run.id, outcome: 'pending', lease_id: run.leaseId })
      .update({
        tries: run.tries + 1,
        try_at: at,
        lease_id: null,
        lease_until: null,
      });
  }

  async list(options: {
    triggerId: string;
    limit: number;
    before?: string;
  }): Promise<{ runs: TriggerRun[]; next?: string }> {
    const query = this.#knex<RunRow>('trigger_runs')
      .where('trigger_id', options.triggerId)
      .orderBy('id', 'desc')
      .limit(options.limit + 1);
    if (options.before !== undefined) {
      query.where('id', '<', options.before);
    }
    const rows = await query;
    const page = rows.slice(0, options.limit);
    return {
      runs: page.map(toRun),
      ...(rows.length > page.length && { next: page[page.length - 1].id }),
    };
  }

  async get(id: string): Promise<TriggerRun | undefined> {
    const row = await this.#knex<RunRow>('trigger_runs').where({ id }).first();
    return row && toRun(row);
  }

  async findByKey(options: {
    triggerId: string;
    key: string;
  }): Promise<TriggerRun | undefined> {
    const row = await this.#knex<RunRow>('trigger_runs')
      .where({ trigger_id: options.triggerId, run_key: options.key })
      .first();
    return row && toRun(row);
  }

  async listLast(): Promise<Map<string, TriggerRun>> {
    const rows: RunRow[] = await this.#knex('trigger_runs').whereIn(
      'id',
      this.#knex('trigger_runs').groupBy('trigger_id').max('id'),
    );
    return new Map(rows.map(row => [row.trigger_id, toRun(row)]));
  }

  async usage(
    tx: Transaction | undefined,
    options: {
      triggerId: string;
      requester: string;
      now: Date;
      apartFrom?: string;
    },
  ): Promise<TriggerUsage> {
    const { triggerId, requester, now, apartFrom } = options;
    const knex = tx ?? this.#knex;
    const [launched] = await knex('trigger_runs')
      .where({ trigger_id: triggerId, outcome: 'launched' })
      .where('finished_at', '>', new Date(now.getTime() - hourMs))
      .where(query => {
        if (apartFrom !== undefined) {
          query.whereNot('campaign_id', apartFrom);
        }
      })
      .sum({ tasks: 'tasks' });
    // The condition on the name is that of the index, for databases that do not see it in the one beside it.
    const [open] = await knex('tasks')
      .where({ requester })
      .where('requester', 'like', 'trigger:%')
      .whereNull('settled_at')
      .where(query => {
        if (apartFrom !== undefined) {
          query.whereNot('campaign_id', apartFrom);
        }
      })
      .count({ count: '*' });
    return {
      tasksLastHour: Number(launched.tasks ?? 0),
      openTasks: Number(open.count),
    };
  }

  async hasNewer(options: {
    triggerId: string;
    subject: string;
    happenedAt: Date;
  }): Promise<boolean> {
    const row = await this.#knex('trigger_runs')
      .where({ trigger_id: options.triggerId, subject: options.subject })
      .where('happened_at', '>', options.happenedAt)
      .first('id');
    return row !== undefined;
  }

  async countPending(triggerId: string): Promise<number> {
    const [{ count }] = await this.#knex('trigger_runs')
      .where({ trigger_id: triggerId, outcome: 'pending' })
      .count({ count: '*' });
    return Number(count);
  }

  async removeOld(before: Date): Promise<void> {
    await this.#knex('trigger_runs')
      .whereNot('outcome', 'pending')
      .where('finished_at', '<', before)
      .delete();
  }
}
