import { Knex } from 'knex';
import { EventStore } from '../audit/EventStore';
import { Transaction } from '../database/connect';
import { TaskRow, toDate, toOptionalDate } from '../database/rows';
import { holdsRunSlot, mayGo } from '../policy/taskStates';
import { stringifyRepositoryRef } from '@agent-tasks/plugin-agent-tasks-node';
import { isSettled } from '@agent-tasks/plugin-agent-tasks-common';
import { NewTask, StoredTask, TaskStore, TaskTransition } from './TaskStore';

const insertChunk = 500;
const portalSlots = { kind: 'running', key: 'portal' };

function toTask(row: TaskRow): StoredTask {
  return {
    id: row.id,
    campaignId: row.campaign_id,
    template: row.template,
    templateRevisionId: row.template_revision_id,
    team: row.team,
    requester: row.requester,
    provider: row.provider,
    repository: {
      host: row.repository_host,
      owner: row.repository_owner,
      name: row.repository_name,
    },
    repositoryUrl: row.repository_url,
    prompt: JSON.parse(row.prompt),
    state: row.state,
    stateReason: row.state_reason ?? undefined,
    stateSince: toDate(row.state_since),
    runSlot: Boolean(row.run_slot),
    cancelledBy: row.cancelled_by ?? undefined,
    createdAt: toDate(row.created_at),
    updatedAt: toDate(row.updated_at),
    settledAt: toOptionalDate(row.settled_at),
  };
}

export class DatabaseTaskStore implements TaskStore {
  readonly #knex: Knex;
  readonly #events: EventStore;

  private constructor(options: { knex: Knex; events: EventStore }) {
    this.#knex = options.knex;
    this.#events = options.events;
  }

  static create(options: {
    knex: Knex;
    events: EventStore;
  }): DatabaseTaskStore {
    return new DatabaseTaskStore(options);
  }

  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#knex.transaction(work);
  }

  async insert(tx: Transaction, tasks: NewTask[], at: Date): Promise<void> {
    await tx.batchInsert(
      'tasks',
      tasks.map(task => ({
        id: task.id,
        campaign_id: task.campaignId,
        template: task.template,
        template_revision_id: task.templateRevisionId,
        team: task.team,
        requester: task.requester,
        provider: task.provider,
        repository: stringifyRepositoryRef(task.repository),
        repository_host: task.repository.host,
        repository_owner: task.repository.owner,
        repository_name: task.repository.name,
        repository_url: task.repositoryUrl,
        prompt: JSON.stringify(task.prompt),
        state: 'queued',
        state_since: at,
        run_slot: false,
        created_at: at,
        updated_at: at,
      })),
      insertChunk,
    );
    await tx.batchInsert(
      'task_components',
      tasks.flatMap(task =>
        task.components.map(component => ({
          task_id: task.id,
          entity_ref: component.entityRef,
          path: component.path,
        })),
      ),
      insertChunk,
    );
  }

  async get(id: string): Promise<StoredTask | undefined> {
    const row = await this.#knex<TaskRow>('tasks').where({ id }).first();
    return row && toTask(row);
  }

  async lock(tx: Transaction, id: string): Promise<StoredTask | undefined> {
    const row = await tx<TaskRow>('tasks').where({ id }).forUpdate().first();
    return row && toTask(row);
  }

  async transition(
    tx: Transaction,
    transition: TaskTransition,
  ): Promise<StoredTask | undefined> {
    const { taskId, to, at, reason, event } = transition;
    const task = await this.lock(tx, taskId);
    if (!task || !mayGo(task.state, to)) {
      return undefined;
    }
    const runSlot = holdsRunSlot({ held: task.runSlot, to });
    const settledAt = isSettled(to) ? at : undefined;
    await tx<TaskRow>('tasks')
      .where({ id: taskId })
      .update({
        state: to,
        state_reason: reason ?? null,
        state_since: at,
        run_slot: runSlot,
        updated_at: at,
        settled_at: settledAt ?? null,
        stop_due_at: transition.stopDueAt ?? null,
        ...(transition.cancelledBy && { cancelled_by: transition.cancelledBy }),
      });
    if (runSlot !== task.runSlot) {
      await tx('limit_slots')
        .where(portalSlots)
        .increment('used', runSlot ? 1 : -1);
    }
    await this.#events.append(tx, [
      {
        ...event,
        at,
        taskId,
        campaignId: task.campaignId,
        fromState: task.state,
        toState: to,
      },
    ]);
    return {
      ...task,
      state: to,
      stateReason: reason,
      stateSince: at,
      runSlot,
      updatedAt: at,
      settledAt,
    };
  }

  async setReason(
    tx: Transaction,
    options: { taskId: string; reason: string | undefined; at: Date },
  ): Promise<void> {
    await tx<TaskRow>('tasks')
      .where({ id: options.taskId })
      .update({
        state_reason: options.reason ?? null,
        updated_at: options.at,
      });
  }

  async lockQueue(
    tx: Transaction,
    options: { limit: number; exceptProviders: string[] },
  ): Promise<{ used: number | undefined; queued: string[] }> {
    const slots = await tx('limit_slots')
      .where(portalSlots)
      .forUpdate()
      .first();
    const query = tx<TaskRow>('tasks')
      .where('state', 'queued')
      .whereNotIn('provider', options.exceptProviders)
      .orderBy('id')
      .limit(options.limit)
      .select('id');
    if (tx.client.config.client === 'pg') {
      // A task that somebody is cancelling at this moment is not waited for.
      query.forUpdate().skipLocked();
    }
    const rows = await query;
    return { used: slots?.used, queued: rows.map(row => row.id) };
  }

  async claimStops(options: {
    now: Date;
    nextAt: Date;
    limit: number;
  }): Promise<StoredTask[]> {
    return this.transaction(async tx => {
      const query = tx<TaskRow>('tasks')
        .where('state', 'cancelling')
        .where('stop_due_at', '<=', options.now)
        .orderBy('stop_due_at')
        .limit(options.limit);
      if (tx.client.config.client === 'pg') {
        query.forUpdate().skipLocked();
      }
      const rows = await query;
      await tx<TaskRow>('tasks')
        .whereIn(
          'id',
          rows.map(row => row.id),
        )
        .update({ stop_due_at: options.nextAt });
      return rows.map(toTask);
    });
  }

  async setStopDue(
    tx: Transaction,
    options: { taskId: string; at: Date },
  ): Promise<void> {
    await tx<TaskRow>('tasks')
      .where({ id: options.taskId, state: 'cancelling' })
      .update({ stop_due_at: options.at });
  }

  async countQueue(): Promise<{ queued: number; used: number | undefined }> {
    const [{ count }] = await this.#knex('tasks')
      .where('state', 'queued')
      .count({ count: '*' });
    const slots = await this.#knex('limit_slots').where(portalSlots).first();
    return { queued: Number(count), used: slots?.used };
  }

  async positionOf(id: string): Promise<number> {
    const [{ count }] = await this.#knex('tasks')
      .where('state', 'queued')
      .where('id', '<', id)
      .count({ count: '*' });
    return Number(count) + 1;
  }

  async listSlotHolders(limit: number): Promise<StoredTask[]> {
    const rows = await this.#knex<TaskRow>('tasks')
      .where('run_slot', true)
      .orderBy('id')
      .limit(limit);
    return rows.map(toTask);
  }
}
