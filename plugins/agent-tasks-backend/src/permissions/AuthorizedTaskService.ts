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
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { matchesTaskFilter, TaskFilter } from '../queue/TaskFilter';
import { TaskService } from '../queue/TaskService';
import { PermissionTask, toTaskFilter } from './taskPermissions';

type TaskPermission =
  typeof agentTaskReadPermission | typeof agentTaskCancelPermission;

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
    const decision = await this.#decide(agentTaskReadPermission, credentials);
    if (decision === 'deny') {
      throw notAllowed(agentTaskReadPermission, 'see agent tasks');
    }
    return this.#inner.list({
      credentials,
      query,
      permitted: decision === 'allow' ? undefined : decision,
    });
  }

  async listRunning(options: {
    credentials: BackstageCredentials;
    limit: number;
    cursor?: string;
  }): Promise<RunningTaskList> {
    const { credentials } = options;
    const decision = await this.#decide(agentTaskReadPermission, credentials);
    if (decision === 'deny') {
      throw notAllowed(agentTaskReadPermission, 'see agent tasks');
    }
    return this.#inner.listRunning({
      ...options,
      permitted: decision === 'allow' ? undefined : decision,
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
    const visible = await this.#decide(agentTaskReadPermission, credentials);
    if (visible === 'deny') {
      throw notAllowed(agentTaskReadPermission, 'see agent tasks');
    }
    const allowed = await this.#decide(agentTaskCancelPermission, credentials);
    if (allowed === 'deny') {
      throw notAllowed(agentTaskCancelPermission, 'try tasks again');
    }
    return this.#inner.retry({
      ...options,
      permitted: visible === 'allow' ? undefined : visible,
      allowed: allowed === 'allow' ? undefined : allowed,
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
    const decision = await this.#decide(agentTaskReadPermission, credentials);
    if (decision === 'deny') {
      throw notAllowed(agentTaskReadPermission, 'see agent tasks');
    }
    const permitted = decision === 'allow' ? undefined : decision;
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
    const cancel =
      details.permissions.cancel &&
      (await this.#may(agentTaskCancelPermission, credentials, details.task));
    const { retry, ...rest } = details;
    const again =
      retry &&
      (await this.#may(agentTaskCancelPermission, credentials, details.task));
    return {
      ...rest,
      ...(again && { retry }),
      permissions: { ...details.permissions, cancel },
    };
  }

  async #may(
    permission: TaskPermission,
    credentials: BackstageCredentials,
    task: PermissionTask,
  ): Promise<boolean> {
    const decision = await this.#decide(permission, credentials);
    return (
      decision === 'allow' ||
      (decision !== 'deny' && matchesTaskFilter(task, decision))
    );
  }

  async #decide(
    permission: TaskPermission,
    credentials: BackstageCredentials,
  ): Promise<'allow' | 'deny' | TaskFilter> {
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission }],
      { credentials },
    );
    switch (decision.result) {
      case AuthorizeResult.ALLOW:
        return 'allow';
      case AuthorizeResult.CONDITIONAL:
        return toTaskFilter(decision.conditions) as TaskFilter;
      default:
        return 'deny';
    }
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
