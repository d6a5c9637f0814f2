import { TaskState } from '@agent-tasks/plugin-agent-tasks-common';
import { Knex } from 'knex';
import { Transaction } from '../database/connect';
import { newId } from '../database/ids';
import { AttemptRow, toOptionalDate } from '../database/rows';
import {
  AttemptStore,
  ClaimedAttempt,
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

  async insertIntent(
    tx: Transaction,
    attempt: { id: string; taskId: string; number: number; provider: string },
    at: Date,
  ): Promise<void> {
    await tx('attempts').insert({
      id: attempt.id,
      task_id: attempt.taskId,
      number: attempt.number,
      provider: attempt.provider,
      state: 'intended',
      due_at: at,
      created_at: at,
    });
  }

  async claimStarts(options: {
    now: Date;
    leaseUntil: Date;
    limit: number;
  }): Promise<ClaimedAttempt[]> {
    const { now, leaseUntil, limit } = options;
    return this.#knex.transaction(async tx => {
      const query = tx<AttemptRow>('attempts')
        .whereIn('attempts.state', ['intended', 'requested'])
        .where('attempts.due_at', '<=', now)
        .where(free =>
          free
            .whereNull('attempts.lease_until')
            .orWhere('attempts.lease_until', '<=', now),
        )
        .whereExists(
          tx('tasks')
            .select(tx.raw('1'))
            .whereRaw('tasks.id = attempts.task_id')
            .whereIn('tasks.state', startingStates),
        )
        .orderBy('attempts.due_at')
        .limit(limit);
      if (tx.client.config.client === 'pg') {
        query.forUpdate().skipLocked();
      }
      const rows: AttemptRow[] = await query;
      const claimed: ClaimedAttempt[] = rows.map(row => ({
        ...toAttempt(row),
        leaseId: newId('lease'),
        leaseUntil,
      }));
      for (const attempt of claimed) {
        await tx<AttemptRow>('attempts')
          .where({ id: attempt.id })
          .update({ lease_id: attempt.leaseId, lease_until: leaseUntil });
      }
      return claimed;
    });
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
    options: { id: string; providerTaskId: string; url?: string; at: Date },
  ): Promise<boolean> {
    const count = await tx<AttemptRow>('attempts')
      .where({ id: options.id })
      .whereIn('state', ['intended', 'requested'])
      .update({
        state: 'confirmed',
        provider_task_id: options.providerTaskId,
        url: options.url ?? null,
        confirmed_at: options.at,
        seen_at: options.at,
        problems: 0,
        problem: null,
        lease_id: null,
        lease_until: null,
      });
    return count === 1;
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

  async markSeen(
    tx: Transaction,
    options: { id: string; at: Date; branch?: string; aiCredits?: number },
  ): Promise<void> {
    await tx<AttemptRow>('attempts')
      .where({ id: options.id })
      .update({
        seen_at: options.at,
        ...(options.branch !== undefined && { branch: options.branch }),
        ...(options.aiCredits !== undefined && {
          ai_credits: options.aiCredits,
        }),
      });
  }

  async end(
    tx: Transaction,
    options: { id: string; at: Date; problem?: string },
  ): Promise<void> {
    await tx<AttemptRow>('attempts')
      .where({ id: options.id, state: 'confirmed' })
      .update({
        state: 'ended',
        ended_at: options.at,
        problem: options.problem ?? null,
      });
  }

  async #watched(query: Knex.QueryBuilder): Promise<WatchedAttempt[]> {
    const rows: (AttemptRow & { task_state: TaskState })[] = await query
      .join('tasks', 'tasks.id', 'attempts.task_id')
      .select('attempts.*', { task_state: 'tasks.state' });
    return rows.map(row => ({ ...toAttempt(row), taskState: row.task_state }));
  }
}
