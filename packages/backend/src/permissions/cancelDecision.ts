import { RESOURCE_TYPE_AGENT_TASK } from '@agent-tasks/plugin-agent-tasks-common';
import {
  AuthorizeResult,
  ConditionalPolicyDecision,
} from '@backstage/plugin-permission-common';

/**
 * Allows to cancel the tasks that a user asked for, and those of teams.
 *
 * @param options - the user as a full entity ref, and the teams as full entity refs of groups
 */
export function cancelDecision(options: {
  userEntityRef: string;
  teams: string[];
}): ConditionalPolicyDecision {
  const { userEntityRef, teams } = options;
  return {
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'agent-tasks',
    resourceType: RESOURCE_TYPE_AGENT_TASK,
    conditions: {
      anyOf: [
        {
          resourceType: RESOURCE_TYPE_AGENT_TASK,
          rule: 'IS_REQUESTER',
          params: { requester: userEntityRef },
        },
        ...(teams.length > 0
          ? [
              {
                resourceType: RESOURCE_TYPE_AGENT_TASK,
                rule: 'HAS_TEAM',
                params: { teams },
              },
            ]
          : []),
      ],
    },
  };
}
