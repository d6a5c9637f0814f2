import {
  isSettled,
  ResolveStartRequest,
  RunningTaskList,
  TaskDetails,
  TaskEventList,
  TaskList,
  TaskListQuery,
} from '@agent-tasks/plugin-agent-tasks-common';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { cancelTransition } from './cancelTransition';
import { EventStore } from '../audit/EventStore';
import { CampaignStore } from '../campaigns/CampaignStore';
import { Clock } from '../loops/Clock';
import { Wakeups } from '../loops/Wakeups';
import { StartResolver } from '../runs/StartResolver';
import { TaskRetrier } from '../runs/TaskRetrier';
import { Holds } from './Holds';
import { RunningTaskReader } from './RunningTaskReader';
import { TaskFeed } from './TaskFeed';
import { TaskFilter } from './TaskFilter';
import { TaskReader } from './TaskReader';
import { TaskService } from './TaskService';
import { StoredTask, TaskStore } from './TaskStore';

export class DefaultTaskService implements TaskService {
  readonly #options: TaskServiceOptions;

  private constructor(options: TaskServiceOptions) {
    this.#options = options;
  }

  static create(options: TaskServiceOptions): DefaultTaskService {
    return new DefaultTaskService(options);
  }

  async list(options: {
    query: Omit<TaskListQuery, 'limit'> & { limit: number };
    permitted?: TaskFilter;
  }): Promise<TaskList> {
    const page = await this.#options.reader.list({
      query: options.query,
      permitted: options.permitted,
    });
    return {
      items: page.tasks,
      ...(page.next && { nextCursor: page.next }),
      ...(page.previous && { previousCursor: page.previous }),
    };
  }

  async get(options: {
    id: string;
    permitted?: TaskFilter;
  }): Promise<TaskDetails> {
    const { reader, tasks, campaigns, holds, retrier } = this.#options;
    const [read, stored] = await Promise.all([
      reader.get(options.id),
      tasks.get(options.id),
    ]);
    if (!read || !stored) {
      throw noSuchTask(options.id);
    }
    const [campaign, hold, retry] = await Promise.all([
      campaigns.get(stored.campaignId),
      holds.explain(stored, options.permitted),
      isSettled(stored.state) ? retrier.outlook(stored) : undefined,
    ]);
    return {
      task: read.task,
      parameters: campaign?.parameters ?? {},
      prompt: stored.prompt,
      ...(hold && { hold }),
      ...(retry && { retry }),
      attempts: read.attempts,
      permissions: { cancel: mayBeCancelled(stored) },
    };
  }

  async listEvents(options: {
    id: string;
    limit: number;
    cursor?: string;
  }): Promise<TaskEventList> {
    const { tasks, events } = this.#options;
    if (options.cursor !== undefined && !/^\d{1,18}$/.test(options.cursor)) {
      throw new InputError(
        "The 'cursor' is not one that this list returned. Leave it out to begin with the first page.",
      );
    }
    if (!(await tasks.get(options.id))) {
      throw noSuchTask(options.id);
    }
    const page = await events.listByTask({
      taskId: options.id,
      limit: options.limit,
      after: options.cursor,
    });
    return {
      items: page.events,
      ...(page.next && { nextCursor: page.next }),
    };
  }

  async listRunning(options: {
    limit: number;
    cursor?: string;
    permitted?: TaskFilter;
  }): Promise<RunningTaskList> {
    const { limit, cursor, permitted } = options;
    return this.#options.running.list({ limit, cursor, permitted });
  }

  async resolveStart(options: {
    id: string;
    actor: string;
    request: ResolveStartRequest;
    permitted?: TaskFilter;
  }): Promise<TaskDetails> {
    const { id, actor, request, permitted } = options;
    await this.#options.starts.resolve({ taskId: id, actor, request });
    return this.get({ id, permitted });
  }

  async retry(options: {
    ids: readonly string[];
    actor: string;
    reason?: string;
    permitted?: TaskFilter;
    allowed?: TaskFilter;
  }): Promise<{ taskId: string; error?: Error }[]> {
    return this.#options.retrier.retry(options);
  }

  async cancel(options: {
    id: string;
    actor: string;
    reason?: string;
    permitted?: TaskFilter;
  }): Promise<TaskDetails> {
    const { id, actor, reason } = options;
    const { tasks, clock, feed, wakeups } = this.#options;
    const at = clock.now();
    await tasks.transaction(async tx => {
      const task = await tasks.lock(tx, id);
      if (!task) {
        throw noSuchTask(id);
      }
      const transition = cancelTransition(task, { actor, reason, at });
      if (typeof transition === 'string') {
        throw new ConflictError(transition);
      }
      if (transition) {
        await tasks.transition(tx, transition);
      }
    });
    feed.publish([id]);
    wakeups.wake('stops', 'starts', 'admission');
    return this.get({ id, permitted: options.permitted });
  }
}

function mayBeCancelled(task: StoredTask): boolean {
  return !isSettled(task.state) && task.state !== 'cancelling';
}

function noSuchTask(id: string): NotFoundError {
  return new NotFoundError(`There is no task '${id}'.`);
}

export interface TaskServiceOptions {
  tasks: TaskStore;
  reader: TaskReader;
  running: RunningTaskReader;
  starts: StartResolver;
  retrier: TaskRetrier;
  campaigns: CampaignStore;
  events: EventStore;
  holds: Holds;
  clock: Clock;
  feed: TaskFeed;
  wakeups: Wakeups;
}
