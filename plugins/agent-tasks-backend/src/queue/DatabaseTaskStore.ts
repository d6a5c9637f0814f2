import { Prompt, TaskState } from '@agent-tasks/plugin-agent-tasks-common';
import { stringifyRepositoryRef } from '@agent-tasks/plugin-agent-tasks-node';
import { Knex } from 'knex';
import { EventStore } from '../audit/EventStore';
import { insertRows, isOneOf, isPostgres } from '../database/bulk';
import { Transaction } from '../database/connect';
import { pipeline } from '../database/pipeline';
import { TaskRow, TimeValue, toDate } from '../database/rows';
import { BrakeTarget } from '../policy/brakes';
import { rankOf } from '../policy/rank';
import { limitKey, parseLimitKey } from '../policy/slots';
import { DatabaseTaskBatch } from './DatabaseTaskBatch';
import {
  addToCounters,
  CounterChanges,
  lockCounters,
  readCounts,
} from './limitCounters';
import { addToLines, LineKey, lineIdOf } from './queueLines';
import { TaskFilter } from './TaskFilter';
import { recordColumns, RecordRow, toRecord } from './taskRows';
import {
  NewTask,
  SlotCounts,
  StoredTask,
  TaskBatch,
  TaskRecord,
  TaskStore,
  TaskTransition,
} from './TaskStore';
import { whereMatches } from './whereMatches';

/** Places in a team's queue are counted up to here; beyond, how many exactly are before it tells nobody anything. */
const placesCounted = 1_000;

/** The oldest of a team's queued tasks is searched among those that go first: urgent ones may be younger than the rest. */
const oldestAmong = 200;

/** What the slots of each kind are held by. */
const slotColumns: Record<string, string> = {
  running: 'run_slot',
  changes: 'review_slot',
  minutes: 'review_slot',
  auto: 'auto_slot',
  checks: 'checks_slot',
};

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
    return this.#knex.transaction(async tx => {
      if (isPostgres(tx)) {
        await pipeline(tx);
      }
      return work(tx);
    });
  }

  async insert(tx: Transaction, tasks: NewTask[], at: Date): Promise<void> {
    const all = tasks.map((task, index) => ({
      ...task,
      repository: stringifyRepositoryRef(task.repository),
      ref: task.repository,
      // In microseconds: those of one launch go in the order in which it names them.
      rank:
        rankOf({ queuedAt: at, priority: task.priority }) * 1_000 +
        Math.min(index, 999),
    }));
    await insertRows(tx, {
      table: 'tasks',
      columns: {
        id: 'text',
        campaign_id: 'text',
        template: 'text',
        template_revision_id: 'text',
        team: 'text',
        requester: 'text',
        provider: 'text',
        account: 'text',
        repository: 'text',
        repository_host: 'text',
        repository_owner: 'text',
        repository_name: 'text',
        repository_url: 'text',
        prompt: 'text',
        lane: 'text',
        priority: 'text',
        rank: 'bigint',
        review_minutes: 'integer',
        line_id: 'text',
        wave: 'integer',
        held_until: 'timestamptz',
        state: 'text',
        state_reason: 'text',
        state_since: 'timestamptz',
        run_slot: 'boolean',
        created_at: 'timestamptz',
        updated_at: 'timestamptz',
      },
      rows: all.map(task => ({
        id: task.id,
        campaign_id: task.campaignId,
        template: task.template,
        template_revision_id: task.templateRevisionId,
        team: task.team,
        requester: task.requester,
        provider: task.provider,
        account: task.account,
        repository: task.repository,
        repository_host: task.ref.host,
        repository_owner: task.ref.owner,
        repository_name: task.ref.name,
        repository_url: task.repositoryUrl,
        prompt: JSON.stringify(task.prompt),
        lane: task.lane,
        priority: task.priority,
        rank: task.rank,
        review_minutes: task.reviewMinutes,
        line_id: lineIdOf(task),
        wave: task.wave,
        held_until: task.held?.until,
        state: task.held ? 'held' : 'queued',
        state_reason: task.held?.reason,
        state_since: at,
        run_slot: false,
        created_at: at,
        updated_at: at,
      })),
    });
    await insertRows(tx, {
      table: 'task_keys',
      columns: {
        task_id: 'text',
        team: 'text',
        template: 'text',
        campaign_id: 'text',
        requester: 'text',
      },
      rows: tasks.map(task => ({
        task_id: task.id,
        team: task.team,
        template: task.template,
        campaign_id: task.campaignId,
        requester: task.requester,
      })),
    });
    await insertRows(tx, {
      table: 'task_components',
      columns: { task_id: 'text', entity_ref: 'text', path: 'text' },
      rows: tasks.flatMap(task =>
        task.components.map(component => ({
          task_id: task.id,
          entity_ref: component.entityRef,
          path: component.path,
        })),
      ),
    });
    const queued = all.filter(task => !task.held);
    if (!queued.length) {
      return;
    }
    const known = await lockCounters(tx);
    await addToLines(tx, queued);
    if (known) {
      await addToCounters(tx, {
        changes: CounterChanges.of(
          queued.map(({ team }) => [
            limitKey({ kind: 'queued', scope: 'team', subject: team }),
            1,
          ]),
        ),
        at,
      });
    }
  }

  async get(id: string): Promise<StoredTask | undefined> {
    return (await this.getMany([id])).get(id);
  }

  async getMany(ids: readonly string[]): Promise<Map<string, StoredTask>> {
    if (!ids.length) {
      return new Map();
    }
    const rows: (RecordRow & { prompt: string })[] = await this.#knex('tasks')
      .where(isOneOf(this.#knex, 'id', ids))
      .select(...recordColumns, 'prompt');
    return new Map(
      rows.map(row => [
        row.id,
        { ...toRecord(row), prompt: JSON.parse(row.prompt) },
      ]),
    );
  }

  async readPrompts(
    tx: Transaction,
    ids: readonly string[],
  ): Promise<Map<string, Prompt>> {
    if (!ids.length) {
      return new Map();
    }
    const rows: { id: string; prompt: string }[] = await tx('tasks')
      .where(isOneOf(tx, 'id', ids))
      .select('id', 'prompt');
    return new Map(rows.map(row => [row.id, JSON.parse(row.prompt)]));
  }

  async lock(tx: Transaction, id: string): Promise<TaskRecord | undefined> {
    return (await this.open(tx, [id])).get(id);
  }

  adopt(tx: Transaction, tasks: TaskRecord[]): TaskBatch {
    return DatabaseTaskBatch.create({
      tx,
      events: this.#events,
      tasks,
      countersLocked: true,
    });
  }

  async open(tx: Transaction, ids: readonly string[]): Promise<TaskBatch> {
    // In one order for all, so that two that lock several never wait for each other in a circle.
    const rows: RecordRow[] = await tx('tasks')
      .where(isOneOf(tx, 'id', ids))
      .orderBy('id')
      .forUpdate()
      .select(...recordColumns);
    return DatabaseTaskBatch.create({
      tx,
      events: this.#events,
      tasks: rows.map(toRecord),
    });
  }

  async transition(
    tx: Transaction,
    transition: TaskTransition,
  ): Promise<TaskRecord | undefined> {
    const batch = await this.open(tx, [transition.taskId]);
    if (!batch.go(transition)) {
      return undefined;
    }
    await batch.flush();
    return batch.get(transition.taskId);
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

  async readCounts(at: Date): Promise<SlotCounts> {
    return readCounts(this.#knex, { at: () => at });
  }

  async claimStops(options: {
    now: Date;
    nextAt: Date;
    limit: number;
  }): Promise<StoredTask[]> {
    return this.transaction(async tx => {
      const query = tx('tasks')
        .where('state', 'cancelling')
        .where('stop_due_at', '<=', options.now)
        .orderBy('stop_due_at')
        .limit(options.limit);
      if (isPostgres(tx)) {
        query.forUpdate().skipLocked();
      }
      const rows: (RecordRow & { prompt: string })[] = await query;
      if (!rows.length) {
        return [];
      }
      await tx<TaskRow>('tasks')
        .whereIn(
          'id',
          rows.map(row => row.id),
        )
        .update({ stop_due_at: options.nextAt });
      return rows.map(row => ({
        ...toRecord(row),
        prompt: JSON.parse(row.prompt),
      }));
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

  async summarizeQueue(): Promise<(LineKey & { queued: number })[]> {
    return this.#knex('queue_lines')
      .where('queued', '>', 0)
      .select('team', 'repository', 'provider', 'account', 'lane', 'queued');
  }

  async summarizeBraked(): Promise<{ team: string; queued: number }[]> {
    const rows: { team: string; queued: number | string }[] = await this.#knex(
      'tasks',
    )
      .where({ state: 'queued', braked: true })
      .groupBy('team')
      .select('team')
      .count({ queued: '*' });
    return rows.map(row => ({ team: row.team, queued: Number(row.queued) }));
  }

  async oldestQueued(teams: readonly string[]): Promise<Map<string, Date>> {
    const first = `select min(created_at) as created_at from (
      select created_at from tasks
      where team = w.team and state = 'queued' order by rank, id limit ${oldestAmong}
    ) as front`;
    const result = await this.#knex.raw(
      isPostgres(this.#knex)
        ? `select w.team, t.created_at from json_array_elements_text(?::json) as w(team) cross join lateral (${first}) t`
        : `select w.value as team, (${first.replace('w.team', 'w.value')}) as created_at from json_each(?) as w`,
      [JSON.stringify(teams)],
    );
    const rows: { team: string; created_at: TimeValue | null }[] =
      Array.isArray(result) ? result : result.rows;
    return new Map(
      rows.flatMap(row =>
        row.created_at === null ? [] : [[row.team, toDate(row.created_at)]],
      ),
    );
  }

  async listTeams(): Promise<string[]> {
    // From one team to the next: as many steps through the index as there are teams, however many tasks.
    const result = await this.#knex.raw(`
      with recursive teams(team) as (
        select min(team) from task_keys
        union all
        select (select min(task_keys.team) from task_keys where task_keys.team > teams.team)
        from teams where teams.team is not null
      )
      select team from teams where team is not null order by team`);
    const rows: { team: string }[] = Array.isArray(result)
      ? result
      : result.rows;
    return rows.map(row => row.team);
  }

  async listWorking(brake: BrakeTarget): Promise<string[]> {
    const rows = await this.#knex<TaskRow>('tasks')
      .whereRaw('run_slot')
      .whereNot('state', 'cancelling')
      .where(held => whereHeldBack(held, [brake]))
      .orderBy('id')
      .select('id');
    return rows.map(row => row.id);
  }

  async countQueued(): Promise<number> {
    const [{ sum }] = await this.#knex('queue_lines')
      .where('queued', '>', 0)
      .sum({ sum: 'queued' });
    return Number(sum ?? 0);
  }

  async positionOf(task: {
    id: string;
    team: string;
    rank: number;
  }): Promise<number> {
    const before = this.#knex('tasks')
      .where({ state: 'queued', team: task.team })
      .where(earlier =>
        earlier
          .where('rank', '<', task.rank)
          .orWhere(same =>
            same.where('rank', task.rank).where('id', '<', task.id),
          ),
      )
      .select('id')
      .limit(placesCounted - 1);
    const [{ count }] = await this.#knex
      .from(before.as('earlier'))
      .count({ count: '*' });
    return Number(count) + 1;
  }

  async listSlotHolders(options: {
    limitKey: string;
    limit: number;
    visible: TaskFilter | undefined;
    teams?: readonly string[];
  }): Promise<{ id: string; team: string; repository: string }[]> {
    const { kind, scope, subject } = parseLimitKey(options.limitKey);
    const { visible, teams } = options;
    const column = slotColumns[kind];
    if (!column) {
      return [];
    }
    const query = this.#knex<TaskRow>('tasks')
      // As the index has it, which SQLite uses only so.
      .whereRaw(column)
      .orderBy('id')
      .limit(options.limit)
      .select('id', 'team', 'repository');
    if (teams) {
      query.whereIn('team', teams);
    } else if (scope !== 'portal') {
      query.where(scope, subject);
    }
    if (visible) {
      query.where(inner => whereMatches(inner, visible));
    }
    return query;
  }
}

/** The condition that one of some brakes holds a task back; without brakes it never holds. */
function whereHeldBack(query: Knex.QueryBuilder, brakes: BrakeTarget[]): void {
  query.whereRaw('1 = 0');
  for (const { scope, subject } of brakes) {
    if (scope === 'portal') {
      query.orWhereRaw('1 = 1');
    } else {
      query.orWhere(scope === 'campaign' ? 'campaign_id' : scope, subject);
    }
  }
}
