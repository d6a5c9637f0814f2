import {
  ResolveStartRequest,
  RunningTaskList,
  TaskDetails,
  TaskEventList,
  TaskList,
  TaskListQuery,
} from '@agent-tasks/plugin-agent-tasks-common';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { TaskFilter } from './TaskFilter';

/** Reads tasks and acts on them. */
export interface TaskService {
  list(options: {
    credentials: BackstageCredentials;
    query: Omit<TaskListQuery, 'limit'> & { limit: number };
    /** What the caller may see; `undefined`: everything. */
    permitted?: TaskFilter;
  }): Promise<TaskList>;

  /** @throws NotFoundError */
  get(options: {
    credentials: BackstageCredentials;
    id: string;
    /** Other tasks that the caller may see; `undefined`: all. */
    permitted?: TaskFilter;
  }): Promise<TaskDetails>;

  /** @throws NotFoundError */
  listEvents(options: {
    credentials: BackstageCredentials;
    id: string;
    limit: number;
    cursor?: string;
  }): Promise<TaskEventList>;

  /** One page of the tasks that hold a run slot, the oldest first. */
  listRunning(options: {
    credentials: BackstageCredentials;
    limit: number;
    cursor?: string;
    /** What the caller may see; `undefined`: everything. */
    permitted?: TaskFilter;
  }): Promise<RunningTaskList>;

  /**
   * Says whether the agent of an undecided task started.
   *
   * @throws NotFoundError
   * @throws InputError where the task at the provider is not named, or is not there
   * @throws ConflictError where there is nothing to decide, or no more
   */
  resolveStart(options: {
    credentials: BackstageCredentials;
    id: string;
    /** Who decides: entity ref of the user, or of the service. */
    actor: string;
    request: ResolveStartRequest;
    permitted?: TaskFilter;
  }): Promise<TaskDetails>;

  /**
   * Tries tasks again that failed, were cancelled, were closed or changed nothing: they go back to the queue.
   *
   * @returns for each, in the same order, why it was not done: NotFoundError, NotAllowedError, ConflictError where it is in
   *   another state, ServiceUnavailableError where its open change could not be closed first
   */
  retry(options: {
    credentials: BackstageCredentials;
    /** At most 1,000. */
    ids: readonly string[];
    /** Who asks for it: entity ref of the user, or of the service. */
    actor: string;
    reason?: string;
    /** What the caller may see; `undefined`: everything. */
    permitted?: TaskFilter;
    /** What the caller may try again; `undefined`: everything. */
    allowed?: TaskFilter;
  }): Promise<{ taskId: string; error?: Error }[]>;

  /**
   * Cancels a task: one that waits at once, one that works as soon as it could be stopped.
   *
   * @throws NotFoundError
   * @throws ConflictError where it has settled
   */
  cancel(options: {
    credentials: BackstageCredentials;
    id: string;
    /** Who asks for it: entity ref of the user, or of the service. */
    actor: string;
    reason?: string;
    permitted?: TaskFilter;
  }): Promise<TaskDetails>;
}
