import {
  Account,
  AgentTask,
  Repository,
  TaskSession,
  TaskState,
} from './entities';
import { UpdateLog } from './UpdateLog';
import type { World } from './World';

/** @public */
export interface TaskStoreData {
  tasks: AgentTask[];
}

/** States that a task does not leave. @public */
export const SETTLED_TASK_STATES: ReadonlySet<TaskState> = new Set<TaskState>([
  'completed',
  'failed',
  'timed_out',
  'cancelled',
]);

/** @public */
export interface TaskListOptions {
  repository?: Repository;
  /** Tasks of this account alone. */
  creator?: Account;
  /** Only with these ids of creators. */
  creatorIds?: number[];
  states?: TaskState[];
  archived?: boolean;
  /** Milliseconds: updated at that time or later. */
  since?: number;
  sort?: 'updated_at' | 'created_at';
  direction?: 'asc' | 'desc';
}

/** Agent tasks and their sessions. The agent itself, which moves them on, is elsewhere. @public */
export class TaskStore {
  readonly #world: World;
  readonly #tasks = new Map<string, AgentTask>();
  readonly #updates = new Map<string, UpdateLog<AgentTask>>();
  readonly #created = new Map<string, AgentTask[]>();

  private constructor(world: World) {
    this.#world = world;
  }

  static create(world: World): TaskStore {
    return new TaskStore(world);
  }

  get(id: string): AgentTask | undefined {
    return this.#tasks.get(id);
  }

  /** In the order of creation. */
  listAll(): AgentTask[] {
    return [...this.#tasks.values()];
  }

  get size(): number {
    return this.#tasks.size;
  }

  create(options: {
    repository: Repository;
    creator: Account;
    prompt: string;
    name: string;
    model: string;
    customAgent?: string;
    createPullRequest: boolean;
    baseRef: string;
    headRef?: string;
    pullRequestId?: number;
  }): AgentTask {
    const now = this.#world.clock.now();
    const session: TaskSession = {
      id: this.#world.random.uuid(),
      name: options.name,
      state: 'queued',
      prompt: options.prompt,
      headRef: options.headRef,
      baseRef: options.baseRef,
      model: options.model,
      createdAt: now,
      updatedAt: now,
    };
    const task: AgentTask = {
      id: this.#world.random.uuid(),
      repositoryId: options.repository.id,
      creatorId: options.creator.id,
      name: options.name,
      prompt: options.prompt,
      state: 'queued',
      model: options.model,
      customAgent: options.customAgent,
      createPullRequest: options.createPullRequest,
      baseRef: options.baseRef,
      headRef: options.headRef,
      pullRequestId: options.pullRequestId,
      sessions: [session],
      createdAt: now,
      updatedAt: now,
    };
    this.#add(task);
    this.#touchLogs(task);
    this.#world.events.emit('task', { action: 'created', task });
    return task;
  }

  /** Changes a task, and notes when. */
  update(options: {
    task: AgentTask;
    change: Partial<
      Omit<AgentTask, 'id' | 'repositoryId' | 'creatorId' | 'createdAt'>
    >;
  }): void {
    const { task, change } = options;
    Object.assign(task, change);
    task.updatedAt = this.#world.clock.now();
    this.#touchLogs(task);
    this.#world.events.emit('task', { action: 'updated', task });
  }

  /**
   * Tasks in the order asked for, one by one: whoever needs a page stops after it. The order by update is kept, not
   * sorted.
   */
  *list(options: TaskListOptions): Generator<AgentTask> {
    const { states, archived = false, since, creatorIds, repository } = options;
    const { sort = 'updated_at', direction = 'desc' } = options;
    const key = scopeKey(options);
    let tasks: Iterable<AgentTask>;
    if (sort === 'created_at') {
      const created = this.#created.get(key) ?? [];
      tasks = direction === 'asc' ? created : reversed(created);
    } else {
      const log = this.#updates.get(key);
      if (!log) {
        return;
      }
      tasks = direction === 'asc' ? log.oldestFirst() : log.newestFirst();
    }
    for (const task of tasks) {
      if (since !== undefined && task.updatedAt < since) {
        if (sort === 'updated_at' && direction === 'desc') {
          return;
        }
        continue;
      }
      if (
        (repository === undefined || task.repositoryId === repository.id) &&
        (task.archivedAt !== undefined) === archived &&
        (!states || states.includes(task.state)) &&
        (!creatorIds || creatorIds.includes(task.creatorId))
      ) {
        yield task;
      }
    }
  }

  /** Of a scope, archived or not. */
  count(options: { repository?: Repository; creator?: Account }): {
    active: number;
    archived: number;
  } {
    const created = this.#created.get(scopeKey(options)) ?? [];
    const archived =
      this.#archivedCount === 0
        ? 0
        : created.filter(task => task.archivedAt !== undefined).length;
    return { active: created.length - archived, archived };
  }

  #archivedCount = 0;

  archive(task: AgentTask): void {
    if (task.archivedAt === undefined) {
      this.#archivedCount++;
      this.update({ task, change: { archivedAt: this.#world.clock.now() } });
    }
  }

  load(data: TaskStoreData): void {
    data.tasks.forEach(task => this.#add(task));
    [...data.tasks]
      .sort((a, b) => a.updatedAt - b.updatedAt)
      .forEach(task => this.#touchLogs(task));
    this.#archivedCount = data.tasks.filter(
      task => task.archivedAt !== undefined,
    ).length;
  }

  toData(): TaskStoreData {
    return { tasks: this.listAll() };
  }

  #scopes(task: AgentTask): string[] {
    return ['', `r${task.repositoryId}`, `u${task.creatorId}`];
  }

  #add(task: AgentTask): void {
    this.#tasks.set(task.id, task);
    for (const scope of this.#scopes(task)) {
      const created = this.#created.get(scope);
      if (created) {
        created.push(task);
      } else {
        this.#created.set(scope, [task]);
      }
    }
  }

  #touchLogs(task: AgentTask): void {
    for (const scope of this.#scopes(task)) {
      let log = this.#updates.get(scope);
      if (!log) {
        log = UpdateLog.create<AgentTask>();
        this.#updates.set(scope, log);
      }
      log.touch(task);
    }
  }
}

function scopeKey(options: {
  repository?: Repository;
  creator?: Account;
}): string {
  if (options.creator) {
    return `u${options.creator.id}`;
  }
  return options.repository ? `r${options.repository.id}` : '';
}

function* reversed<T>(list: T[]): Generator<T> {
  for (let i = list.length - 1; i >= 0; i--) {
    yield list[i];
  }
}
