import { TaskState } from '@agent-tasks/plugin-agent-tasks-common';
import { Knex } from 'knex';
import { Transaction } from '../database/connect';
import { newId } from '../database/ids';
import { AttemptRow, toOptionalDate } from '../database/rows';
import { changeRows, insertRows, isOneOf, isPostgres } from '../database/bulk';
import {
  AttemptRef,
  AttemptReport,
  AttemptStore,
  ClaimedAttempt,
  Confirmed,
  Continuation,
  NewAttempt,
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

/** Attempts are found by their task; there are few of each. */
const byTask = {
  table: 'attempts',
  key: 'task_id',
} as const;

const keyColumns = { task_id: 'text', id: 'text' } as const;

const sameAttempt = 't.id = r.id';

const reportColumns = {
  at: 'timestamptz',
  branch: 'text',
  ai_credits: 'real',
  ended: 'boolean',
  problem: 'text',
} as const;

function toReportRow(report: AttemptReport) {
  return {
    task_id: report.taskId,
    id: report.id,
    at: report.at,
    branch: report.branch,
    ai_credits: report.aiCredits,
    ended: report.ended ?? false,
    problem: report.problem,
  };
}

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
    attempts: NewAttempt[],
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
        lease_id: 'text',
        lease_until: 'timestamptz',
        requested_at: 'timestamptz',
        first_requested_at: 'timestamptz',
      },
      rows: attempts.map(attempt => ({
        id: attempt.id,
        task_id: attempt.taskId,
        number: attempt.number,
        provider: attempt.provider,
        state: attempt.lease ? 'requested' : 'intended',
        due_at: attempt.dueAt ?? at,
        created_at: at,
        continuation:
          attempt.continuation && JSON.stringify(attempt.continuation),
        requests: attempt.lease ? 1 : 0,
        problems: 0,
        ...(attempt.lease && {
          lease_id: attempt.lease.id,
          lease_until: attempt.lease.until,
          requested_at: at,
          first_requested_at: at,
        }),
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
    const query = tx<AttemptRow>('attempts')
      .whereIn('state', ['intended', 'requested'])
      .where('due_at', '<=', now)
      .where(free =>
        free.whereNull('lease_until').orWhere('lease_until', '<=', now),
      )
      .orderBy('due_at')
      .limit(limit);
    if (typeof provider === 'string') {
      query.where('provider', provider);
    } else {
      query.whereNotIn('provider', provider.except);
    }
    if (isPostgres(tx)) {
      query.forUpdate().skipLocked();
    }
    const rows: AttemptRow[] = await query;
    const tasks: {
      id: string;
      state: TaskState;
      account: string;
      campaign_id: string;
    }[] = rows.length
      ? await tx('tasks')
          .whereIn(
            'id',
            rows.map(row => row.task_id),
          )
          .select('id', 'state', 'account', 'campaign_id')
      : [];
    const taskOf = new Map(tasks.map(task => [task.id, task]));
    return rows.flatMap(row => {
      const task = taskOf.get(row.task_id);
      return task && startingStates.includes(task.state)
        ? [
            {
              ...toAttempt(row),
              leaseId: newId('lease'),
              leaseUntil: now,
              taskState: task.state,
              account: task.account,
              campaignId: task.campaign_id,
            },
          ]
        : [];
    });
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
    await changeRows(tx, {
      ...byTask,
      columns: {
        ...keyColumns,
        lease_id: 'text',
        lease_until: 'timestamptz',
        state: 'text',
        requested_at: 'timestamptz',
        first_requested_at: 'timestamptz',
        requests: 'integer',
      },
      where: sameAttempt,
      rows: attempts.map(attempt => ({
        task_id: attempt.taskId,
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
    options: { attempts: AttemptRef[]; until: Date },
  ): Promise<void> {
    await changeRows(tx, {
      ...byTask,
      columns: { ...keyColumns, due_at: 'timestamptz' },
      where: sameAttempt,
      rows: options.attempts.map(attempt => ({
        task_id: attempt.taskId,
        id: attempt.id,
        due_at: options.until,
      })),
    });
  }

  async markRequested(
    tx: Transaction,
    attempt: ClaimedAttempt,
    at: Date,
  ): Promise<boolean> {
    const count = await tx<AttemptRow>('attempts')
      .where({
        task_id: attempt.taskId,
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

  async lockUnconfirmed(
    tx: Transaction,
    attempts: readonly AttemptRef[],
  ): Promise<Set<string>> {
    return this.#lockIn(tx, attempts, ['intended', 'requested']);
  }

  async lockConfirmed(
    tx: Transaction,
    attempts: readonly AttemptRef[],
  ): Promise<Set<string>> {
    return this.#lockIn(tx, attempts, ['confirmed']);
  }

  async #lockIn(
    tx: Transaction,
    attempts: readonly AttemptRef[],
    states: AttemptRow['state'][],
  ): Promise<Set<string>> {
    const rows: { id: string }[] = await tx<AttemptRow>('attempts')
      .where(
        isOneOf(
          tx,
          'task_id',
          attempts.map(attempt => attempt.taskId),
        ),
      )
      .whereIn('state', states)
      .forUpdate()
      .select('id');
    return new Set(rows.map(row => row.id));
  }

  async confirm(tx: Transaction, confirmations: Confirmed[]): Promise<void> {
    await changeRows(tx, {
      ...byTask,
      columns: {
        ...keyColumns,
        provider_task_id: 'text',
        url: 'text',
        ...reportColumns,
      },
      where: sameAttempt,
      rows: confirmations.map(one => ({
        provider_task_id: one.providerTaskId,
        url: one.url,
        ...toReportRow(one),
      })),
      set: {
        provider_task_id: 'r.provider_task_id',
        url: 'r.url',
        confirmed_at: 'r.at',
        problems: '0',
        lease_id: 'null',
        lease_until: 'null',
        seen_at: 'r.at',
        branch: 'r.branch',
        ai_credits: 'r.ai_credits',
        state: `case when r.ended then 'ended' else 'confirmed' end`,
        ended_at: 'case when r.ended then r.at end',
        problem: 'case when r.ended then r.problem end',
      },
    });
  }

  async close(
    tx: Transaction,
    options: AttemptRef & {
      state: 'refused' | 'withdrawn';
      from?: ('intended' | 'requested')[];
      leaseId?: string;
      problem?: string;
      at: Date;
    },
  ): Promise<boolean> {
    const count = await tx<AttemptRow>('attempts')
      .where({
        task_id: options.taskId,
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
      .where({
        task_id: attempt.taskId,
        id: attempt.id,
        lease_id: attempt.leaseId,
      })
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

  async newestOfMany(
    tx: Transaction,
    taskIds: readonly string[],
  ): Promise<Map<string, StoredAttempt>> {
    const rows: AttemptRow[] = await tx<AttemptRow>('attempts')
      .whereIn('task_id', [...taskIds])
      .orderBy('number');
    return new Map(rows.map(row => [row.task_id, toAttempt(row)]));
  }

  async insertRetries(
    tx: Transaction,
    options: {
      retries: readonly {
        taskId: string;
        number: number;
        continuation?: Continuation;
      }[];
      actor: string;
      reason?: string;
      at: Date;
    },
  ): Promise<void> {
    await insertRows(tx, {
      table: 'retries',
      columns: {
        task_id: 'text',
        attempt_number: 'integer',
        at: 'timestamptz',
        requested_by: 'text',
        reason: 'text',
        continuation: 'text',
      },
      rows: options.retries.map(({ taskId, number, continuation }) => ({
        task_id: taskId,
        attempt_number: number,
        at: options.at,
        requested_by: options.actor,
        reason: options.reason,
        continuation: continuation && JSON.stringify(continuation),
      })),
      // One that was cancelled while it waited has had no attempt since.
      onConflict: `(task_id, attempt_number) do update set at = excluded.at, requested_by = excluded.requested_by,
        reason = excluded.reason, continuation = excluded.continuation`,
    });
  }

  async continuationsOf(
    tx: Transaction,
    tasks: readonly { id: string; attemptsBefore: number }[],
  ): Promise<Map<string, Continuation>> {
    const retried = tasks.filter(task => task.attemptsBefore > 0);
    if (!retried.length) {
      return new Map();
    }
    const rows: { task_id: string; continuation: string | null }[] = await tx(
      'retries',
    )
      .whereIn(
        ['task_id', 'attempt_number'],
        retried.map(task => [task.id, task.attemptsBefore + 1]),
      )
      .select('task_id', 'continuation');
    return new Map(
      rows.flatMap(row =>
        row.continuation ? [[row.task_id, JSON.parse(row.continuation)]] : [],
      ),
    );
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

  async countWaiting(tx?: Transaction): Promise<Map<string, number>> {
    const rows: { account: string; count: number | string }[] = await (
      tx ?? this.#knex
    )('attempts')
      .join('tasks', 'tasks.id', 'attempts.task_id')
      // The first is what the index is on.
      .whereRaw("attempts.state in ('intended', 'requested')")
      .where('attempts.state', 'intended')
      .groupBy('tasks.account')
      .select('tasks.account')
      .count({ count: '*' });
    return new Map(rows.map(row => [row.account, Number(row.count)]));
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
    await changeRows(tx, {
      ...byTask,
      columns: { ...keyColumns, ...reportColumns },
      rows: reports.map(toReportRow),
      set: {
        seen_at: 'r.at',
        branch: 'coalesce(r.branch, t.branch)',
        ai_credits: 'coalesce(r.ai_credits, t.ai_credits)',
        state: `case when r.ended then 'ended' else t.state end`,
        ended_at: 'case when r.ended then r.at end',
        problem: 'case when r.ended then r.problem else t.problem end',
      },
      where: `${sameAttempt} and t.state = 'confirmed'`,
    });
  }

  async #watched(query: Knex.QueryBuilder): Promise<WatchedAttempt[]> {
    const rows: (AttemptRow & { task_state: TaskState })[] = await query
      .join('tasks', 'tasks.id', 'attempts.task_id')
      .select('attempts.*', { task_state: 'tasks.state' });
    return rows.map(row => ({ ...toAttempt(row), taskState: row.task_state }));
  }
}
