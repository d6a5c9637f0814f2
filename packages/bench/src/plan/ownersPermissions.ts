import { agentTaskCreatePermission } from '@agent-tasks/plugin-agent-tasks-common';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  DefinitivePolicyDecision,
  Permission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';

/** A policy like that of most portals: tasks may be launched on components of one's own groups, the rest is allowed. */
export function createOwnersPermissions(claims: string[]) {
  const decide = ({ name }: Permission): PolicyDecision =>
    name === agentTaskCreatePermission.name
      ? {
          result: AuthorizeResult.CONDITIONAL,
          pluginId: 'catalog',
          resourceType: 'catalog-entity',
          conditions: {
            rule: 'IS_ENTITY_OWNER',
            resourceType: 'catalog-entity',
            params: { claims },
          },
        }
      : { result: AuthorizeResult.ALLOW };
  return createServiceFactory({
    service: coreServices.permissions,
    deps: {},
    factory: () => ({
      // Whoever asks for one component after another is let down here, and seen by the result.
      authorize: async (requests: { permission: Permission }[]) =>
        requests.map(({ permission }): DefinitivePolicyDecision => {
          const { result } = decide(permission);
          return {
            result:
              result === AuthorizeResult.CONDITIONAL
                ? AuthorizeResult.DENY
                : result,
          };
        }),
      authorizeConditional: async (requests: { permission: Permission }[]) =>
        requests.map(({ permission }) => decide(permission)),
    }),
  });
}
