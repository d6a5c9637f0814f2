import { TaskState } from '@agent-tasks/plugin-agent-tasks-common';
import { Knex } from 'knex';
import { Transaction } from '../database/connect';
import { newId } from '../database/ids';
import { AttemptRow, toOptionalDate } from '../database/rows';
import { insertRows, isPostgres, updateRows } from '../database/bulk';
import {
  AttemptReport,
  AttemptStore,
  ClaimedAttempt,
  Continuation,
  StoredAttempt,
  WatchedAttempt,
} from './AttemptStore';

function toAttempt(row: AttemptRow): StoredAttempt {
  return {
    id: row.id,
    taskId: row.task_id,
    number: row.number,
    state: row.state,
    provider: row.provider,
    providerTaskId: row.provider_task_id ?? undefined,
    branch: row.branch ?? undefined,
    requests: row.requests,
    problem: row.problem ?? undefined,
    problems: row.problems,
    requestedAt: toOptionalDate(row.requested_at),
    firstRequestedAt: toOptionalDate(row.first_requested_at),
    seenAt: toOptionalDate(row.seen_at),
    continuation: row.continuation ? JSON.parse(row.continuation) : undefined,
  };
}

/** States of tasks whose unconfirmed attempt is still to be decided. */
const startingStates: TaskState[] = ['starting', 'undecided', 'cancelling'];
const runningStates: TaskState[] = ['running', 'needs_input', 'cancelling'];

export class DatabaseAttemptStore implements AttemptStore {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static create(options: { knex: Knex }): DatabaseAttemptStore {
    return new DatabaseAttemptStore(options.knex);
  }

  async insertIntents(
    tx: Transaction,
    attempts: {
      id: string;
      taskId: string;
      number: number;
      provider: string;
      dueAt?: Date;
      continuation?: Continuation;
    }[],
    at: Date,
  ): Promise<void> {
    await insertRows(tx, {
      table: 'attempts',
      columns: {
        id: 'text',
        task_id: 'text',
        number: 'integer',
        provider: 'text',
        state: 'text',
        due_at: 'timestamptz',
        created_at: 'timestamptz',
        continuation: 'text',
        requests: 'integer',
        problems: 'integer',
      },
      rows: attempts.map(attempt => ({
        id: attempt.id,
        task_id: attempt.taskId,
        number: attempt.number,
        provider: attempt.provider,
        state: 'intended',
        due_at: attempt.dueAt ?? at,
        created_at: at,
        continuation:
          attempt.continuation && JSON.stringify(attempt.continuation),
        requests: 0,
        problems: 0,
      })),
    });
  }

  async lockDue(
    tx: Transaction,
    options: {
      now: Date;
      limit: number;
      provider: string | { except: string[] };
    },
  ): Promise<ClaimedAttempt[]> {
    const { now, limit, provider } = options;
    const query = tx('attempts')
      .join('tasks', 'tasks.id', 'attempts.task_id')
      .whereIn('attempts.state', ['intended', 'requested'])
      .where('attempts.due_at', '<=', now)
      .where(free =>
        free
          .whereNull('attempts.lease_until')
          .orWhere('attempts.lease_until', '<=', now),
      )
      .whereIn('tasks.state', startingStates)
      .orderBy('attempts.due_at')
      .limit(limit)
      .select('attempts.*', {
        task_state: 'tasks.state',
        account: 'tasks.account',
        campaign_id: 'tasks.campaign_id',
      });
    if (typeof provider === 'string') {
      query.where('attempts.provider', provider);
    } else {
      query.whereNotIn('attempts.provider', provider.except);
    }
    if (isPostgres(tx)) {
      query.forUpdate('attempts').skipLocked();
    }
    const rows: (AttemptRow & {
      task_state: TaskState;
      account: string;
      campaign_id: string;
    })[] = await query;
    return rows.map(row => ({
      ...toAttempt(row),
      leaseId: newId('lease'),
      leaseUntil: now,
      taskState: row.task_state,
      account: row.account,
      campaignId: row.campaign_id,
    }));
  }

  async lease(
    tx: Transaction,
    options: {
      attempts: (ClaimedAttempt & { request: boolean })[];
      at: Date;
      leaseUntil: Date;
    },
  ): Promise<void> {
    const { attempts, at, leaseUntil } = options;
    await updateRows(tx, {
      table: 'attempts',
      key: 'id',
      columns: {
        id: 'text',
        lease_id: 'text',
        lease_until: 'timestamptz',
        state: 'text',
        requested_at: 'timestamptz',
        first_requested_at: 'timestamptz',
        requests: 'integer',
      },
      rows: attempts.map(attempt => ({
        id: attempt.id,
        lease_id: attempt.leaseId,
        lease_until: leaseUntil,
        state: attempt.request ? 'requested' : attempt.state,
        requested_at: attempt.request ? at : attempt.requestedAt,
        first_requested_at:
          attempt.firstRequestedAt ?? (attempt.request ? at : undefined),
        requests: attempt.requests + (attempt.request ? 1 : 0),
      })),
    });
  }

  async putOff(
    tx: Transaction,
    options: { ids: string[]; until: Date },
  ): Promise<void> {
    await tx<AttemptRow>('attempts')
      .whereIn('id', options.ids)
      .update({ due_at: options.until });
  }

  async markRequested(
    tx: Transaction,
    attempt: ClaimedAttempt,
    at: Date,
  ): Promise<boolean> {
    const count = await tx<AttemptRow>('attempts')
      .where({
        id: attempt.id,
        lease_id: attempt.leaseId,
        state: attempt.state,
      })
      .update({
        state: 'requested',
        requested_at: at,
        first_requested_at: attempt.firstRequestedAt ?? at,
        requests: attempt.requests + 1,
      });
    return count === 1;
  }

  async confirm(
    tx: Transaction,
    confirmations: {
      id: string;
      providerTaskId: string;
      url?: string;
      at: Date;
    }[],
  ): Promise<string[]> {
    return updateRows(tx, {
      table: 'attempts',
      key: 'id',
      columns: {
        id: 'text',
        provider_task_id: 'text',
        url: 'text',
        at: 'timestamptz',
      },
      rows: confirmations.map(one => ({
        id: one.id,
        provider_task_id: one.providerTaskId,
        url: one.url,
        at: one.at,
      })),
      set: {
        state: `'confirmed'`,
        provider_task_id: 'r.provider_task_id',
        url: 'r.url',
        confirmed_at: 'r.at',
        seen_at: 'r.at',
        problems: '0',
        problem: 'null',
        lease_id: 'null',
        lease_until: 'null',
      },
      where: `t.state in ('intended', 'requested')`,
    });
  }

  async close(
    tx: Transaction,
    options: {
      id: string;
      state: 'refused' | 'withdrawn';
      from?: ('intended' | 'requested')[];
      leaseId?: string;
      problem?: string;
      at: Date;
    },
  ): Promise<boolean> {
    const count = await tx<AttemptRow>('attempts')
      .where({
        id: options.id,
        ...(options.leaseId !== undefined && { lease_id: options.leaseId }),
      })
      .whereIn('state', options.from ?? ['intended', 'requested'])
      .update({
        state: options.state,
        problem: options.problem ?? null,
        ended_at: options.at,
        lease_id: null,
        lease_until: null,
      });
    return count === 1;
  }

  async release(
    tx: Transaction,
    options: {
      attempt: ClaimedAttempt;
      state: 'intended' | 'requested';
      dueAt: Date;
      problem?: string;
    },
  ): Promise<void> {
    const { attempt, state, dueAt, problem } = options;
    await tx<AttemptRow>('attempts')
      .where({ id: attempt.id, lease_id: attempt.leaseId })
      .whereIn('state', ['intended', 'requested'])
      .update({
        state,
        due_at: dueAt,
        ...(problem !== undefined && {
          problem,
          problems: attempt.problems + 1,
        }),
        lease_id: null,
        lease_until: null,
      });
  }

  async newestOf(
    taskId: string,
    tx?: Transaction,
  ): Promise<StoredAttempt | undefined> {
    const row = await (tx ?? this.#knex)<AttemptRow>('attempts')
      .where({ task_id: taskId })
      .orderBy('number', 'desc')
      .first();
    return row && toAttempt(row);
  }

  async findByProviderTaskIds(options: {
    provider: string;
    ids: string[];
  }): Promise<WatchedAttempt[]> {
    return this.#watched(
      this.#knex('attempts')
        .where('attempts.provider', options.provider)
        .whereIn('attempts.provider_task_id', options.ids),
    );
  }

  async listProviderTaskIds(options: {
    provider: string;
    repository: string;
  }): Promise<Set<string>> {
    const rows: { provider_task_id: string }[] = await this.#knex('attempts')
      .join('tasks', 'tasks.id', 'attempts.task_id')
      .where('attempts.provider', options.provider)
      .where('tasks.repository', options.repository)
      .whereNotNull('attempts.provider_task_id')
      .select('attempts.provider_task_id');
    return new Set(rows.map(row => row.provider_task_id));
  }

  async listUnseen(options: {
    provider: string;
    seenBefore: Date;
    limit: number;
  }): Promise<WatchedAttempt[]> {
    return this.#watched(
      this.#knex('attempts')
        .where('attempts.provider', options.provider)
        .where('attempts.state', 'confirmed')
        .where('attempts.seen_at', '<', options.seenBefore)
        .whereIn('tasks.state', runningStates)
        .orderBy('attempts.seen_at')
        .limit(options.limit),
    );
  }

  async countUnderWay(provider: string): Promise<number> {
    const [{ count }] = await this.#knex('attempts')
      .join('tasks', 'tasks.id', 'attempts.task_id')
      .where('attempts.provider', provider)
      .where('attempts.state', 'confirmed')
      .whereIn('tasks.state', runningStates)
      .count({ count: '*' });
    return Number(count);
  }

  async report(tx: Transaction, reports: AttemptReport[]): Promise<void> {
    await updateRows(tx, {
      table: 'attempts',
      key: 'id',
      columns: {
        id: 'text',
        at: 'timestamptz',
        branch: 'text',
        ai_credits: 'real',
        ended: 'boolean',
        problem: 'text',
      },
      rows: reports.map(report => ({
        id: report.id,
        at: report.at,
        branch: report.branch,
        ai_credits: report.aiCredits,
        ended: report.ended ?? false,
        problem: report.problem,
      })),
      set: {
        seen_at: 'r.at',
        branch: 'coalesce(r.branch, t.branch)',
        ai_credits: 'coalesce(r.ai_credits, t.ai_credits)',
        state: `case when r.ended then 'ended' else t.state end`,
        ended_at: 'case when r.ended then r.at end',
        problem: 'case when r.ended then r.problem else t.problem end',
      },
      where: `t.state = 'confirmed'`,
    });
  }

  async #watched(query: Knex.QueryBuilder): Promise<WatchedAttempt[]> {
    const rows: (AttemptRow & { task_state: TaskState })[] = await query
      .join('tasks', 'tasks.id', 'attempts.task_id')
      .select('attempts.*', { task_state: 'tasks.state' });
    return rows.map(row => ({ ...toAttempt(row), taskState: row.task_state }));
  }
}
