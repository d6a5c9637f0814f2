import { PermissionsService } from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';

/**
 * Permissions as a policy decides them, by name; those that it does not name are allowed. A conditional decision on a
 * resource of another plugin is decided by `permittedRefs`.
 */
export function policyOf(
  decisions: Record<string, PolicyDecision>,
  permittedRefs: ReadonlySet<string> = new Set(),
): PermissionsService {
  const decide = (name: string): PolicyDecision =>
    decisions[name] ?? { result: AuthorizeResult.ALLOW };
  return {
    authorize: async requests =>
      requests.map(({ permission, resourceRef }) => {
        const { result } = decide(permission.name);
        if (result !== AuthorizeResult.CONDITIONAL) {
          return { result };
        }
        return {
          result:
            resourceRef && permittedRefs.has(resourceRef)
              ? AuthorizeResult.ALLOW
              : AuthorizeResult.DENY,
        };
      }),
    authorizeConditional: async requests =>
      requests.map(({ permission }) => decide(permission.name)),
  };
}
