import { RESOURCE_TYPE_CATALOG_ENTITY } from '@backstage/plugin-catalog-common/alpha';
import { createPermission } from '@backstage/plugin-permission-common';

/**
 * The resource type of tasks in permission decisions.
 *
 * @public
 */
export const RESOURCE_TYPE_AGENT_TASK = 'agent-task';

/**
 * Allows to launch a task on a catalog entity; the catalog's own rules serve, such as `IS_ENTITY_OWNER`.
 *
 * @public
 */
export const agentTaskCreatePermission = createPermission({
  name: 'agent-tasks.task.create',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * Allows to see a task, its prompt, its events and its change.
 *
 * @public
 */
export const agentTaskReadPermission = createPermission({
  name: 'agent-tasks.task.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_AGENT_TASK,
});

/**
 * Allows to cancel a task and to try one again that has ended; of a campaign whose tasks are all covered, also to pause and
 * resume it and to add components.
 *
 * @public
 */
export const agentTaskCancelPermission = createPermission({
  name: 'agent-tasks.task.cancel',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_AGENT_TASK,
});

/**
 * Allows to approve the next wave of a campaign, to let one go on that was stopped, and to raise the priority of tasks.
 * Decisions that depend on the team allow it for tasks of these teams.
 *
 * @public
 */
export const agentTaskApprovePermission = createPermission({
  name: 'agent-tasks.task.approve',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_AGENT_TASK,
});

/**
 * Allows to see templates and to plan with them.
 *
 * @public
 */
export const agentTaskTemplateReadPermission = createPermission({
  name: 'agent-tasks.template.read',
  attributes: { action: 'read' },
});

/**
 * Allows to write, try, pause, archive and restore templates, and to launch a draft of one.
 *
 * @public
 */
export const agentTaskTemplateManagePermission = createPermission({
  name: 'agent-tasks.template.manage',
  attributes: { action: 'update' },
});

/**
 * Allows to hold back tasks by a brake, and to release one. Decisions that depend on the team allow it for brakes on these
 * teams; a brake on anything else needs an unconditional one.
 *
 * @public
 */
export const agentTaskBrakePermission = createPermission({
  name: 'agent-tasks.brake.manage',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_AGENT_TASK,
});

/**
 * Allows to lower the limits of a team, and to pause it. Decisions that depend on the team allow it for these teams; limits
 * of a parent group hold for many teams, and need {@link agentTaskLimitsManagePermission}.
 *
 * @public
 */
export const agentTaskLimitsLowerPermission = createPermission({
  name: 'agent-tasks.limits.lower',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_AGENT_TASK,
});

/**
 * Allows to set any limit of any group: to raise it, to choose weights and cohorts, and to limit parent groups.
 *
 * @public
 */
export const agentTaskLimitsManagePermission = createPermission({
  name: 'agent-tasks.limits.manage',
  attributes: { action: 'update' },
});

/**
 * Allows to see triggers, their runs, and why one did not run.
 *
 * @public
 */
export const agentTaskTriggerReadPermission = createPermission({
  name: 'agent-tasks.trigger.read',
  attributes: { action: 'read' },
});

/**
 * Allows to make, change, pause, run and remove triggers that launch on components of groups that the caller owns through;
 * who may launch on every component may do so with all triggers.
 *
 * @public
 */
export const agentTaskTriggerManagePermission = createPermission({
  name: 'agent-tasks.trigger.manage',
  attributes: { action: 'update' },
});

/**
 * Allows to read the audit: all that happened, of everybody and every team.
 *
 * @public
 */
export const agentTaskAuditReadPermission = createPermission({
  name: 'agent-tasks.audit.read',
  attributes: { action: 'read' },
});

/**
 * Allows to manage the service accounts that agents are started under.
 *
 * @public
 */
export const agentTaskAccountManagePermission = createPermission({
  name: 'agent-tasks.account.manage',
  attributes: { action: 'update' },
});

/**
 * All permissions of Agent Tasks.
 *
 * @public
 */
export const agentTasksPermissions = [
  agentTaskCreatePermission,
  agentTaskReadPermission,
  agentTaskCancelPermission,
  agentTaskApprovePermission,
  agentTaskBrakePermission,
  agentTaskLimitsLowerPermission,
  agentTaskLimitsManagePermission,
  agentTaskTemplateReadPermission,
  agentTaskTemplateManagePermission,
  agentTaskTriggerReadPermission,
  agentTaskTriggerManagePermission,
  agentTaskAuditReadPermission,
  agentTaskAccountManagePermission,
];
