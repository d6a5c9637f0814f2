import { agentTaskConditions } from '@agent-tasks/plugin-agent-tasks-backend';
import {
  BackstageCredentials,
  BackstageServicePrincipal,
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  DefinitivePolicyDecision,
  isResourcePermission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { InstantReader } from './InstantSetup';

/** Permissions without a policy: everybody may do everything, but for readers, who see what is theirs. */
export function createReadersPermissions(readers: InstantReader[]) {
  const decide = (
    credentials: BackstageCredentials,
    permission: { type: string; resourceType?: string },
  ): PolicyDecision => {
    const { subject } =
      credentials.principal as Partial<BackstageServicePrincipal>;
    const reader = readers.find(one => subject === `external:${one.subject}`);
    if (!reader || !('resourceType' in permission)) {
      return { result: AuthorizeResult.ALLOW };
    }
    return {
      result: AuthorizeResult.CONDITIONAL,
      pluginId: 'agent-tasks',
      resourceType: permission.resourceType!,
      conditions: {
        anyOf: [
          agentTaskConditions.hasTeam({ teams: reader.teams }),
          agentTaskConditions.isRequester({ claims: reader.requesters }),
        ],
      },
    };
  };
  return createServiceFactory({
    service: coreServices.permissions,
    deps: {},
    factory: () => ({
      authorize: async (requests: unknown[]) =>
        requests.map((): DefinitivePolicyDecision => ({
          result: AuthorizeResult.ALLOW,
        })),
      authorizeConditional: async (
        requests: { permission: Parameters<typeof isResourcePermission>[0] }[],
        options: { credentials: BackstageCredentials },
      ) =>
        requests.map(({ permission }) =>
          decide(options.credentials, permission),
        ),
    }),
  });
}
