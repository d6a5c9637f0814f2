import {
  agentTaskApprovePermission,
  agentTaskBrakePermission,
  agentTaskCancelPermission,
  agentTaskCreatePermission,
  agentTaskLimitsLowerPermission,
  agentTaskLimitsManagePermission,
  agentTaskReadPermission,
  agentTaskTemplateReadPermission,
  agentTaskTriggerManagePermission,
  agentTaskTriggerReadPermission,
  agentTasksPermissions,
} from '@agent-tasks/plugin-agent-tasks-common';
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  catalogEntityDeletePermission,
  catalogEntityReadPermission,
  catalogLocationReadPermission,
} from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  createPermission,
  Permission,
} from '@backstage/plugin-permission-common';
import { Role, RoleHolder } from './CatalogRoles';
import { RolePolicy } from './RolePolicy';

const unknownPermission = createPermission({
  name: 'something.else',
  attributes: {},
});

const credentials = mockCredentials.user('user:default/dana');

function decide(
  permission: Permission,
  holder: Partial<RoleHolder> | undefined,
) {
  const policy = RolePolicy.create({
    roles: {
      find: async () =>
        holder && {
          userEntityRef: 'user:default/dana',
          ownershipEntityRefs: [
            'user:default/dana',
            'group:default/team-payments',
          ],
          ...holder,
        },
    },
  });
  return policy.handle(
    { permission },
    {
      credentials,
      info: { userEntityRef: 'user:default/dana', ownershipEntityRefs: [] },
    },
  );
}

const allow = { result: AuthorizeResult.ALLOW };
const deny = { result: AuthorizeResult.DENY };

const cancelOwn = {
  resourceType: 'agent-task',
  rule: 'IS_REQUESTER',
  params: { claims: ['user:default/dana'] },
};

describe('RolePolicy', () => {
  describe.each<Role>(['developer', 'lead'])('for a %s', role => {
    it.each([
      catalogEntityReadPermission,
      catalogLocationReadPermission,
      agentTaskReadPermission,
      agentTaskTemplateReadPermission,
      agentTaskTriggerReadPermission,
    ])('allows $name', async permission => {
      await expect(decide(permission, { role })).resolves.toEqual(allow);
    });

    it('allows to launch on what the person or their groups own', async () => {
      await expect(
        decide(agentTaskCreatePermission, { role }),
      ).resolves.toEqual({
        result: AuthorizeResult.CONDITIONAL,
        pluginId: 'catalog',
        resourceType: 'catalog-entity',
        conditions: {
          resourceType: 'catalog-entity',
          rule: 'IS_ENTITY_OWNER',
          params: {
            claims: ['user:default/dana', 'group:default/team-payments'],
          },
        },
      });
    });

    it.each([
      agentTaskLimitsManagePermission,
      agentTaskTriggerManagePermission,
      catalogEntityDeletePermission,
      unknownPermission,
    ])('denies $name', async permission => {
      await expect(decide(permission, { role })).resolves.toEqual(deny);
    });
  });

  it('allows a developer to cancel their own launches', async () => {
    await expect(
      decide(agentTaskCancelPermission, { role: 'developer' }),
    ).resolves.toEqual({
      result: AuthorizeResult.CONDITIONAL,
      pluginId: 'agent-tasks',
      resourceType: 'agent-task',
      conditions: { anyOf: [cancelOwn] },
    });
  });

  it("allows a lead to cancel their teams' tasks as well", async () => {
    await expect(
      decide(agentTaskCancelPermission, { role: 'lead' }),
    ).resolves.toEqual({
      result: AuthorizeResult.CONDITIONAL,
      pluginId: 'agent-tasks',
      resourceType: 'agent-task',
      conditions: {
        anyOf: [
          cancelOwn,
          {
            resourceType: 'agent-task',
            rule: 'HAS_TEAM',
            params: { teams: ['group:default/team-payments'] },
          },
        ],
      },
    });
  });

  it.each([
    agentTaskApprovePermission,
    agentTaskBrakePermission,
    agentTaskLimitsLowerPermission,
  ])(
    'allows a lead $name on their teams, and a developer on none',
    async permission => {
      await expect(decide(permission, { role: 'lead' })).resolves.toEqual({
        result: AuthorizeResult.CONDITIONAL,
        pluginId: 'agent-tasks',
        resourceType: 'agent-task',
        conditions: {
          resourceType: 'agent-task',
          rule: 'HAS_TEAM',
          params: { teams: ['group:default/team-payments'] },
        },
      });
      await expect(decide(permission, { role: 'developer' })).resolves.toEqual(
        deny,
      );
    },
  );

  it.each([
    ...agentTasksPermissions,
    catalogEntityReadPermission,
    catalogEntityDeletePermission,
    unknownPermission,
  ])('allows an admin $name', async permission => {
    await expect(decide(permission, { role: 'admin' })).resolves.toEqual(allow);
  });

  describe('for a user without a role', () => {
    it('allows to read the catalog', async () => {
      await expect(decide(catalogEntityReadPermission, {})).resolves.toEqual(
        allow,
      );
    });

    it.each([...agentTasksPermissions, unknownPermission])(
      'denies $name',
      async permission => {
        await expect(decide(permission, {})).resolves.toEqual(deny);
      },
    );
  });

  it('denies everything to those who are not signed in', async () => {
    await expect(
      decide(catalogEntityReadPermission, undefined),
    ).resolves.toEqual(deny);
    const policy = RolePolicy.create({ roles: { find: jest.fn() } });
    await expect(
      policy.handle({ permission: catalogEntityReadPermission }),
    ).resolves.toEqual(deny);
  });
});
