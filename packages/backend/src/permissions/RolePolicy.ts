import {
  agentTaskConditions,
  createAgentTaskConditionalDecision,
} from '@agent-tasks/plugin-agent-tasks-backend';
import {
  agentTaskApprovePermission,
  agentTaskBrakePermission,
  agentTaskCancelPermission,
  agentTaskCreatePermission,
  agentTaskLimitsLowerPermission,
  agentTaskReadPermission,
  agentTaskTemplateReadPermission,
  agentTaskTriggerReadPermission,
} from '@agent-tasks/plugin-agent-tasks-common';
import { parseEntityRef } from '@backstage/catalog-model';
import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import {
  catalogEntityReadPermission,
  catalogLocationReadPermission,
} from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  isPermission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { CatalogRoles, RoleHolder } from './CatalogRoles';

const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };

/**
 * The portal's permissions. What is not named here is denied.
 *
 * | | no role | developer | lead | admin |
 * |---|---|---|---|---|
 * | read the catalog | yes | yes | yes | yes |
 * | read tasks, templates and triggers | | yes | yes | yes |
 * | launch on an entity | | own | own | yes |
 * | cancel a task | | own launches | own launches and own teams' tasks | yes |
 * | approve waves, raise priorities | | | own teams | yes |
 * | pull the brake | | | own teams | yes |
 * | lower limits, pause | | | own teams | yes |
 * | everything else | | | | yes |
 */
export class RolePolicy implements PermissionPolicy {
  static create(options: { roles: Pick<CatalogRoles, 'find'> }): RolePolicy {
    return new RolePolicy(options.roles);
  }

  readonly #roles: Pick<CatalogRoles, 'find'>;

  private constructor(roles: Pick<CatalogRoles, 'find'>) {
    this.#roles = roles;
  }

  async handle(
    request: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const holder = user && (await this.#roles.find(user.credentials));
    if (!holder) {
      return DENY;
    }
    if (holder.role === 'admin') {
      return ALLOW;
    }
    const { permission } = request;
    if (
      isPermission(permission, catalogEntityReadPermission) ||
      isPermission(permission, catalogLocationReadPermission)
    ) {
      return ALLOW;
    }
    if (holder.role === undefined) {
      return DENY;
    }
    if (
      isPermission(permission, agentTaskReadPermission) ||
      isPermission(permission, agentTaskTemplateReadPermission) ||
      isPermission(permission, agentTaskTriggerReadPermission)
    ) {
      return ALLOW;
    }
    if (isPermission(permission, agentTaskCreatePermission)) {
      return createCatalogConditionalDecision(
        permission,
        catalogConditions.isEntityOwner({ claims: holder.ownershipEntityRefs }),
      );
    }
    if (isPermission(permission, agentTaskCancelPermission)) {
      return createAgentTaskConditionalDecision(permission, {
        anyOf: [
          agentTaskConditions.isRequester({ claims: [holder.userEntityRef] }),
          ...(holder.role === 'lead'
            ? [agentTaskConditions.hasTeam({ teams: groupsOf(holder) })]
            : []),
        ],
      });
    }
    if (
      (isPermission(permission, agentTaskApprovePermission) ||
        isPermission(permission, agentTaskBrakePermission) ||
        isPermission(permission, agentTaskLimitsLowerPermission)) &&
      holder.role === 'lead'
    ) {
      return createAgentTaskConditionalDecision(
        permission,
        agentTaskConditions.hasTeam({ teams: groupsOf(holder) }),
      );
    }
    return DENY;
  }
}

function groupsOf(holder: RoleHolder): string[] {
  return holder.ownershipEntityRefs.filter(
    ref => parseEntityRef(ref).kind === 'group',
  );
}
