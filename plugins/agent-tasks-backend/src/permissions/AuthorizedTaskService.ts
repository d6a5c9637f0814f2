import {
  agentTaskCancelPermission,
  agentTaskReadPermission,
  ResolveStartRequest,
  RunningTaskList,
  TaskDetails,
  TaskEventList,
  TaskList,
  TaskListQuery,
} from '@agent-tasks/plugin-agent-tasks-common';
import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { matchesTaskFilter, TaskFilter } from '../queue/TaskFilter';
import { TaskService } from '../queue/TaskService';
import {
  findPermittedTasks,
  PermittedTasks,
  permits,
  TaskPermission,
} from './permittedTasks';
import { PermissionTask } from './taskPermissions';

/**
 * Lets callers see and do what they are permitted, whatever route they come by.
 */
export class AuthorizedTaskService implements TaskService {
  readonly #inner: TaskService;
  readonly #permissions: PermissionsService;

  private constructor(options: {
    inner: TaskService;
    permissions: PermissionsService;
  }) {
    this.#inner = options.inner;
    this.#permissions = options.permissions;
  }

  static create(options: {
    inner: TaskService;
    permissions: PermissionsService;
  }): AuthorizedTaskService {
    return new AuthorizedTaskService(options);
  }

  async list(options: {
    credentials: BackstageCredentials;
    query: Omit<TaskListQuery, 'limit'> & { limit: number };
  }): Promise<TaskList> {
    const { credentials, query } = options;
    return this.#inner.list({
      credentials,
      query,
      permitted: await this.#visible(credentials),
    });
  }

  async listRunning(options: {
    credentials: BackstageCredentials;
    limit: number;
    cursor?: string;
  }): Promise<RunningTaskList> {
    return this.#inner.listRunning({
      ...options,
      permitted: await this.#visible(options.credentials),
    });
  }

  async get(options: {
    credentials: BackstageCredentials;
    id: string;
  }): Promise<TaskDetails> {
    const { details } = await this.#read(options);
    return this.#withPermissions(details, options.credentials);
  }

  async listEvents(options: {
    credentials: BackstageCredentials;
    id: string;
    limit: number;
    cursor?: string;
  }): Promise<TaskEventList> {
    await this.#read(options);
    return this.#inner.listEvents(options);
  }

  async resolveStart(options: {
    credentials: BackstageCredentials;
    id: string;
    actor: string;
    request: ResolveStartRequest;
  }): Promise<TaskDetails> {
    const { credentials } = options;
    const { details, permitted } = await this.#read(options);
    const { task } = details;
    if (!(await this.#may(agentTaskCancelPermission, credentials, task))) {
      throw notAllowed(
        agentTaskCancelPermission,
        'say whether this task started',
      );
    }
    return this.#withPermissions(
      await this.#inner.resolveStart({ ...options, permitted }),
      credentials,
    );
  }

  async retry(options: {
    credentials: BackstageCredentials;
    ids: readonly string[];
    actor: string;
    reason?: string;
  }): Promise<{ taskId: string; error?: Error }[]> {
    const { credentials } = options;
    const permitted = await this.#visible(credentials);
    const allowed = await this.#find(agentTaskCancelPermission, credentials);
    if (allowed === 'none') {
      throw notAllowed(agentTaskCancelPermission, 'try tasks again');
    }
    return this.#inner.retry({
      ...options,
      permitted,
      allowed: allowed === 'all' ? undefined : allowed,
    });
  }

  async cancel(options: {
    credentials: BackstageCredentials;
    id: string;
    actor: string;
    reason?: string;
  }): Promise<TaskDetails> {
    const { credentials } = options;
    const { details, permitted } = await this.#read(options);
    const { task } = details;
    if (!(await this.#may(agentTaskCancelPermission, credentials, task))) {
      throw notAllowed(agentTaskCancelPermission, 'cancel this task');
    }
    return this.#withPermissions(
      await this.#inner.cancel({ ...options, permitted }),
      credentials,
    );
  }

  /** A task that may not be seen is answered like one that does not exist. */
  async #read(options: {
    credentials: BackstageCredentials;
    id: string;
  }): Promise<{ details: TaskDetails; permitted: TaskFilter | undefined }> {
    const { credentials, id } = options;
    const permitted = await this.#visible(credentials);
    const details = await this.#inner.get({ credentials, id, permitted });
    if (permitted && !matchesTaskFilter(details.task, permitted)) {
      throw new NotFoundError(`There is no task '${id}'.`);
    }
    return { details, permitted };
  }

  async #withPermissions(
    details: TaskDetails,
    credentials: BackstageCredentials,
  ): Promise<TaskDetails> {
    const { retry, ...rest } = details;
    // Both ask for the same permission.
    const may =
      (details.permissions.cancel || retry !== undefined) &&
      (await this.#may(agentTaskCancelPermission, credentials, details.task));
    return {
      ...rest,
      ...(retry && may && { retry }),
      permissions: {
        ...details.permissions,
        cancel: details.permissions.cancel && may,
      },
    };
  }

  async #may(
    permission: TaskPermission,
    credentials: BackstageCredentials,
    task: PermissionTask,
  ): Promise<boolean> {
    return permits(await this.#find(permission, credentials), task);
  }

  /** The tasks that the caller may see; `undefined`: all. */
  async #visible(
    credentials: BackstageCredentials,
  ): Promise<TaskFilter | undefined> {
    const permitted = await this.#find(agentTaskReadPermission, credentials);
    if (permitted === 'none') {
      throw notAllowed(agentTaskReadPermission, 'see agent tasks');
    }
    return permitted === 'all' ? undefined : permitted;
  }

  #find(
    permission: TaskPermission,
    credentials: BackstageCredentials,
  ): Promise<PermittedTasks> {
    const permissions = this.#permissions;
    return findPermittedTasks({ permissions, permission, credentials });
  }
}

function notAllowed(
  permission: { name: string },
  what: string,
): NotAllowedError {
  return new NotAllowedError(
    `You may not ${what}. A platform admin can grant the permission ${permission.name}.`,
  );
}
