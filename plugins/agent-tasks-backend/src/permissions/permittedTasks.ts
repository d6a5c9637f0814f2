import {
  agentTaskApprovePermission,
  agentTaskBrakePermission,
  agentTaskCancelPermission,
  agentTaskLimitsLowerPermission,
  agentTaskReadPermission,
} from '@agent-tasks/plugin-agent-tasks-common';
import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { matchesTaskFilter, TaskFilter } from '../queue/TaskFilter';
import { coversTeam } from './coversTeam';
import { PermissionTask, toTaskFilter } from './taskPermissions';

/** The permissions that policies can restrict to some tasks. */
export type TaskPermission =
  | typeof agentTaskReadPermission
  | typeof agentTaskCancelPermission
  | typeof agentTaskApprovePermission
  | typeof agentTaskBrakePermission
  | typeof agentTaskLimitsLowerPermission;

/** The tasks with which somebody may do something: all, none, or some. */
export type PermittedTasks = 'all' | 'none' | TaskFilter;

/** Asks the policy with which tasks the caller may do something. */
export async function findPermittedTasks(options: {
  permissions: PermissionsService;
  permission: TaskPermission;
  credentials: BackstageCredentials;
}): Promise<PermittedTasks> {
  const { permissions, permission, credentials } = options;
  const [decision] = await permissions.authorizeConditional([{ permission }], {
    credentials,
  });
  switch (decision.result) {
    case AuthorizeResult.ALLOW:
      return 'all';
    case AuthorizeResult.CONDITIONAL:
      return toTaskFilter(decision.conditions) as TaskFilter;
    default:
      return 'none';
  }
}

/** Whether a task is among those that are permitted. */
export function permits(
  permitted: PermittedTasks,
  task: PermissionTask,
): boolean {
  return (
    permitted === 'all' ||
    (permitted !== 'none' && matchesTaskFilter(task, permitted))
  );
}

/** Whether all tasks of a team are among those that are permitted. */
export function permitsTeam(permitted: PermittedTasks, team: string): boolean {
  return (
    permitted === 'all' ||
    (permitted !== 'none' && coversTeam(permitted, team) === true)
  );
}
