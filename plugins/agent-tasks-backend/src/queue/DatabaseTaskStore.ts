import { Knex } from 'knex';
import { EventStore } from '../audit/EventStore';
import { Transaction } from '../database/connect';
import { TaskRow, TimeValue, toDate, toOptionalDate } from '../database/rows';
import { BrakedTask, BrakeTarget } from '../policy/brakes';
import {
  limitKey,
  parseLimitKey,
  SlotKind,
  SlotScope,
  slotsOf,
  portalKey,
} from '../policy/slots';
import { holdsReviewSlot, holdsRunSlot, mayGo } from '../policy/taskStates';
import { stringifyRepositoryRef } from '@agent-tasks/plugin-agent-tasks-node';
import { isSettled, TaskState } from '@agent-tasks/plugin-agent-tasks-common';
import { TaskFilter } from './TaskFilter';
import { whereMatches } from './whereMatches';
import {
  NewTask,
  SlotCounts,
  StoredTask,
  TaskStore,
  TaskTransition,
} from './TaskStore';

const insertChunk = 500;
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
    reviewSlot: Boolean(row.review_slot),
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
    const settled = isSettled(to);
    const settledAt = settled ? at : undefined;
    const reviewSlot = holdsReviewSlot({
      to,
      changeOpen:
        settled && task.reviewSlot && (await hasOpenChange(tx, taskId)),
    });
    await tx<TaskRow>('tasks')
      .where({ id: taskId })
      .update({
        state: to,
        state_reason: reason ?? null,
        state_since: at,
        run_slot: runSlot,
        review_slot: reviewSlot,
        updated_at: at,
        settled_at: settledAt ?? null,
        stop_due_at: transition.stopDueAt ?? null,
        ...(transition.cancelledBy && { cancelled_by: transition.cancelledBy }),
      });
    const holder = {
      team: task.team,
      repository: stringifyRepositoryRef(task.repository),
    };
    await addToCounters(tx, [
      ...slotsOf('running', holder).map(
        key => [key, Number(runSlot) - Number(task.runSlot)] as const,
      ),
      ...slotsOf('changes', holder).map(
        key => [key, Number(reviewSlot) - Number(task.reviewSlot)] as const,
      ),
    ]);
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
      reviewSlot,
      updatedAt: at,
      settledAt,
    };
  }

  async setReason(
    tx: Transaction,
    options: {
      taskId: string;
      reason: string | undefined;
      at: Date;
      whileIn: TaskState[];
    },
  ): Promise<void> {
    await tx<TaskRow>('tasks')
      .where({ id: options.taskId })
      .whereIn('state', options.whileIn)
      .update({
        state_reason: options.reason ?? null,
        updated_at: options.at,
      });
  }

  async releaseReviewSlot(tx: Transaction, taskId: string): Promise<void> {
    const task = await this.lock(tx, taskId);
    if (!task?.reviewSlot) {
      return;
    }
    await tx<TaskRow>('tasks')
      .where({ id: taskId })
      .update({ review_slot: false });
    await addToCounters(
      tx,
      slotsOf('changes', {
        team: task.team,
        repository: stringifyRepositoryRef(task.repository),
      }).map(key => [key, -1] as const),
    );
  }

  async lockQueue(
    tx: Transaction,
    options: {
      limit: number;
      perLine: number;
      providers: string[];
      brakes: BrakeTarget[];
    },
  ) {
    await lockCounters(tx);
    const counts = await readCounts(tx);
    const lines = tx<TaskRow>('tasks')
      .where('state', 'queued')
      .whereIn('provider', options.providers)
      .whereNot(braked => whereHeldBack(braked, options.brakes))
      .select('id', 'team', 'repository')
      .rowNumber('place', line =>
        line.partitionBy(['team', 'repository']).orderBy('id'),
      );
    const turns = tx
      .select('id', 'team', 'repository')
      .from(lines.as('lines'))
      .where('place', '<=', options.perLine)
      .rowNumber('turn', team => team.partitionBy('team').orderBy('id'));
    const queued: { id: string; team: string; repository: string }[] = await tx
      .select('id', 'team', 'repository')
      .from(turns.as('turns'))
      .orderBy([{ column: 'turn' }, { column: 'id' }])
      .limit(options.limit);
    return { counts, queued };
  }

  async readCounts(): Promise<SlotCounts> {
    return readCounts(this.#knex);
  }

  async reconcileCounts(
    tx: Transaction,
  ): Promise<{ key: string; counter: number; counted: number }[]> {
    await lockCounters(tx);
    const { taken } = await readCounts(tx);
    const counted = new Map<string, number>([[portalKey, 0]]);
    for (const [kind, column] of [
      ['running', 'run_slot'],
      ['changes', 'review_slot'],
    ] as const) {
      const rows: { team: string; repository: string; count: number }[] =
        await tx('tasks')
          .where(column, true)
          .groupBy('team', 'repository')
          .select('team', 'repository')
          .count({ count: '*' });
      for (const row of rows) {
        for (const key of slotsOf(kind, row)) {
          counted.set(key, (counted.get(key) ?? 0) + Number(row.count));
        }
      }
    }
    const wrong = [...new Set([...taken.keys(), ...counted.keys()])]
      .map(key => ({
        key,
        counter: taken.get(key) ?? 0,
        counted: counted.get(key) ?? 0,
      }))
      .filter(
        one =>
          one.counter !== one.counted ||
          (one.key === portalKey && !taken.has(portalKey)),
      );
    await addToCounters(
      tx,
      wrong.map(one => [one.key, one.counted - one.counter] as const),
      { evenZero: true },
    );
    return wrong;
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

  async summarizeQueue() {
    const rows: (BrakedTask & {
      repository: string;
      queued: number | string;
      oldest_at: TimeValue;
    })[] = await this.#knex('tasks')
      .where('state', 'queued')
      .groupBy('team', 'repository', 'provider', 'template')
      .select('team', 'repository', 'provider', 'template')
      .count({ queued: '*' })
      .min({ oldest_at: 'created_at' });
    return rows.map(({ oldest_at, queued, ...line }) => ({
      ...line,
      queued: Number(queued),
      oldestAt: toDate(oldest_at),
    }));
  }

  async listTeams(): Promise<string[]> {
    const rows = await this.#knex<TaskRow>('tasks')
      .distinct('team')
      .orderBy('team');
    return rows.map(row => row.team);
  }

  async listWorking(brake: BrakeTarget): Promise<string[]> {
    const rows = await this.#knex<TaskRow>('tasks')
      .where('run_slot', true)
      .whereNot('state', 'cancelling')
      .where(held => whereHeldBack(held, [brake]))
      .orderBy('id')
      .select('id');
    return rows.map(row => row.id);
  }

  async countQueued(): Promise<number> {
    const [{ count }] = await this.#knex('tasks')
      .where('state', 'queued')
      .count({ count: '*' });
    return Number(count);
  }

  async positionOf(task: { id: string; team: string }): Promise<number> {
    const [{ count }] = await this.#knex('tasks')
      .where({ state: 'queued', team: task.team })
      .where('id', '<', task.id)
      .count({ count: '*' });
    return Number(count) + 1;
  }

  async listSlotHolders(options: {
    limitKey: string;
    limit: number;
    visible: TaskFilter | undefined;
  }): Promise<{ id: string; team: string; repository: string }[]> {
    const { kind, scope, subject } = parseLimitKey(options.limitKey);
    const { visible } = options;
    const query = this.#knex<TaskRow>('tasks')
      .where(kind === 'running' ? 'run_slot' : 'review_slot', true)
      .where(scope === 'portal' ? {} : { [scope]: subject })
      .orderBy('id')
      .limit(options.limit)
      .select('id', 'team', 'repository');
    if (visible) {
      query.where(inner => whereMatches(inner, visible));
    }
    return query;
  }
}

function columnsOf(key: string): { kind: string; key: string } {
  const { kind, scope, subject } = parseLimitKey(key);
  return { kind, key: subject ? `${scope}:${subject}` : scope };
}

/** False: the counters are not known. */
async function lockCounters(tx: Transaction): Promise<boolean> {
  const portal = await tx('limit_slots')
    .where(columnsOf(portalKey))
    .forUpdate()
    .first();
  return portal !== undefined;
}

async function readCounts(knex: Knex): Promise<SlotCounts> {
  const rows: { kind: SlotKind; key: string; used: number }[] = await knex(
    'limit_slots',
  ).select('kind', 'key', 'used');
  const taken = new Map(
    rows.map(row => {
      const [scope, ...subject] = row.key.split(':');
      return [
        limitKey({
          kind: row.kind,
          scope: scope as SlotScope,
          subject: subject.join(':'),
        }),
        row.used,
      ];
    }),
  );
  return { known: taken.has(portalKey), taken };
}

/**
 * Changes counters. Whoever does so holds the portal's counter first, so that two transactions that change several
 * counters never wait for each other in a circle.
 */
async function addToCounters(
  tx: Transaction,
  changes: (readonly [key: string, by: number])[],
  options?: { evenZero: boolean },
): Promise<void> {
  const rows = changes
    .filter(([, by]) => by !== 0 || options?.evenZero)
    .map(([key, by]) => ({ ...columnsOf(key), used: by }));
  if (rows.length) {
    const known = await lockCounters(tx);
    if (!known && !options?.evenZero) {
      // Counting on from nothing would make an unknown count look like a known one. The reconciler counts in full.
      return;
    }
    await tx('limit_slots')
      .insert(rows)
      .onConflict(['kind', 'key'])
      .merge({ used: tx.raw('limit_slots.used + excluded.used') });
  }
}

/** The condition that one of some brakes holds a task back; without brakes it never holds. */
function whereHeldBack(query: Knex.QueryBuilder, brakes: BrakeTarget[]): void {
  query.whereRaw('1 = 0');
  for (const { scope, subject } of brakes) {
    if (scope === 'portal') {
      query.orWhereRaw('1 = 1');
    } else {
      query.orWhere(scope, subject);
    }
  }
}

async function hasOpenChange(
  tx: Transaction,
  taskId: string,
): Promise<boolean> {
  const open = await tx('changes')
    .where({ task_id: taskId })
    .whereIn('state', ['found', 'open'])
    .first('id');
  return open !== undefined;
}
