import {
  agentTaskApprovePermission,
  agentTaskBrakePermission,
  agentTaskCancelPermission,
  agentTaskLimitsLowerPermission,
  agentTaskReadPermission,
  RESOURCE_TYPE_AGENT_TASK,
} from '@agent-tasks/plugin-agent-tasks-common';
import {
  createConditionExports,
  createConditionTransformer,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { z } from 'zod';
import { TaskFilter } from '../queue/TaskFilter';

/** What permission rules look at in a task. */
export interface PermissionTask {
  requester: string;
  team: string;
}

export const taskResourceRef = createPermissionResourceRef<
  PermissionTask,
  TaskFilter
>().with({ pluginId: 'agent-tasks', resourceType: RESOURCE_TYPE_AGENT_TASK });

const isRequester = createPermissionRule({
  name: 'IS_REQUESTER',
  description: 'The task was launched by one of these users or services',
  resourceRef: taskResourceRef,
  paramsSchema: z.object({
    claims: z
      .array(z.string())
      .describe('Entity refs, such as those that a user has ownership through'),
  }),
  apply: (task, { claims }) => claims.includes(task.requester),
  toQuery: ({ claims }) => ({ property: 'requester', values: claims }),
});

const hasTeam = createPermissionRule({
  name: 'HAS_TEAM',
  description: 'The task belongs to one of these teams',
  resourceRef: taskResourceRef,
  paramsSchema: z.object({
    teams: z.array(z.string()).describe('Entity refs of groups'),
  }),
  apply: (task, { teams }) => teams.includes(task.team),
  toQuery: ({ teams }) => ({ property: 'team', values: teams }),
});

/** The rules that policies can restrict tasks by. */
export const taskPermissionRules = { isRequester, hasTeam };

/** The permissions that are about single tasks. */
export const taskPermissions = [
  agentTaskReadPermission,
  agentTaskCancelPermission,
  agentTaskApprovePermission,
  agentTaskBrakePermission,
  agentTaskLimitsLowerPermission,
];

const { conditions, createConditionalDecision } = createConditionExports({
  resourceRef: taskResourceRef,
  rules: taskPermissionRules,
});

/**
 * Conditions on tasks for permission policies.
 *
 * @public
 */
export const agentTaskConditions = conditions;

/**
 * Makes a conditional decision on a permission about tasks.
 *
 * @public
 */
export const createAgentTaskConditionalDecision = createConditionalDecision;

/** Turns the conditions of a decision into a filter. */
export const toTaskFilter = createConditionTransformer(
  Object.values(taskPermissionRules),
);
