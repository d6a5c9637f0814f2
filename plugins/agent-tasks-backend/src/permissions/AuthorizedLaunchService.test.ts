import {
  agentTaskApprovePermission,
  agentTaskCreatePermission,
  agentTaskTemplateManagePermission,
  agentTaskTemplateReadPermission,
  Campaign,
  LaunchRequest,
} from '@agent-tasks/plugin-agent-tasks-common';
import { mockCredentials } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { LaunchService } from '../launch/LaunchService';
import { PermittedComponents } from '../launch/Planner';
import { PlanService } from '../launch/PlanService';
import { policyOf } from '../__testUtils__/policyOf';
import { AuthorizedLaunchService } from './AuthorizedLaunchService';
import {
  agentTaskConditions,
  createAgentTaskConditionalDecision,
} from './taskPermissions';

const credentials = mockCredentials.user('user:default/dana');
const caller = { credentials, requester: 'user:default/dana' };
const deny: PolicyDecision = { result: AuthorizeResult.DENY };
const request: LaunchRequest = {
  template: 'bump',
  components: ['component:default/shop'],
  parameters: {},
};
const campaign = { id: 'camp_1' } as Campaign;

/** As a policy decides that lets owners launch: the catalog looks at each component. */
const ifOwner: PolicyDecision = {
  result: AuthorizeResult.CONDITIONAL,
  pluginId: 'catalog',
  resourceType: 'catalog-entity',
  conditions: {
    rule: 'IS_ENTITY_OWNER',
    resourceType: 'catalog-entity',
    params: { claims: ['user:default/dana'] },
  },
};

function setUp(
  options: {
    decisions?: Record<string, PolicyDecision>;
    permittedRefs?: string[];
  } = {},
) {
  const asked: PermittedComponents[] = [];
  const plans = {
    plan: jest.fn<
      ReturnType<PlanService['plan']>,
      Parameters<PlanService['plan']>
    >(async ({ permitted }) => {
      asked.push(permitted);
      return {} as never;
    }),
  };
  const inner = {
    launch: jest.fn(async ({ permitted }) => {
      asked.push(permitted);
      return { campaign, repeated: false };
    }),
    addComponents: jest.fn(async ({ permitted }) => {
      asked.push(permitted);
      return campaign;
    }),
  } satisfies LaunchService;
  const permissions = policyOf(
    options.decisions ?? {},
    new Set(options.permittedRefs),
  );
  const authorize = jest.spyOn(permissions, 'authorize');
  const service = AuthorizedLaunchService.create({
    inner,
    plans,
    permissions,
  });
  return {
    inner,
    plans,
    asked,
    service,
    authorize,
    plan: () => service.plan({ caller, request }),
    launch: () =>
      service.launch({ caller, request, idempotencyKey: 'key-0001' }),
    /** Which of some components a plan may use. */
    permitted: async (refs: string[]) => {
      await service.plan({ caller, request });
      authorize.mockClear();
      return [...(await asked[0](refs))];
    },
  };
}

describe('AuthorizedLaunchService', () => {
  it('plans and launches for those who may see templates', async () => {
    const { inner, plans, plan, launch } = setUp();
    await plan();
    expect(plans.plan).toHaveBeenCalledWith({
      caller,
      request,
      permitted: expect.any(Function),
    });
    await expect(launch()).resolves.toEqual({ campaign, repeated: false });
    expect(inner.launch).toHaveBeenCalledWith({
      caller,
      request,
      idempotencyKey: 'key-0001',
      permitted: expect.any(Function),
    });
  });

  it('plans and launches nothing for those who may not see templates', async () => {
    const { inner, plans, plan, launch } = setUp({
      decisions: { [agentTaskTemplateReadPermission.name]: deny },
    });
    for (const call of [plan, launch]) {
      await expect(call()).rejects.toMatchObject({
        name: 'NotAllowedError',
        message:
          'You may not plan with templates. A platform admin can grant the permission agent-tasks.template.read.',
      });
    }
    expect(plans.plan).not.toHaveBeenCalled();
    expect(inner.launch).not.toHaveBeenCalled();
  });

  describe('permits', () => {
    const refs = ['component:default/shop', 'component:default/pay'];

    it('all components, with one question, where the policy looks at none', async () => {
      const { permitted, authorize } = setUp();
      expect(await permitted(refs)).toEqual(refs);
      expect(authorize).not.toHaveBeenCalled();
    });

    it('none where the policy denies', async () => {
      const { permitted } = setUp({
        decisions: { [agentTaskCreatePermission.name]: deny },
      });
      expect(await permitted(refs)).toEqual([]);
    });

    it('those that meet the conditions of the policy', async () => {
      const { permitted } = setUp({
        decisions: { [agentTaskCreatePermission.name]: ifOwner },
        permittedRefs: ['component:default/pay'],
      });
      expect(await permitted(refs)).toEqual(['component:default/pay']);
    });

    it('those that meet conditions that the components at hand can tell', async () => {
      const { plan, asked, authorize } = setUp({
        decisions: { [agentTaskCreatePermission.name]: ifOwner },
      });
      await plan();
      authorize.mockClear();
      const ownedBy = (targetRef: string): Entity => ({
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: 'x' },
        relations: [{ type: 'ownedBy', targetRef }],
      });
      const permitted = await asked[0](
        [...refs, 'component:default/unread'],
        new Map([
          [refs[0], ownedBy('user:default/lee')],
          [refs[1], ownedBy('user:default/dana')],
        ]),
      );
      expect([...permitted]).toEqual([refs[1]]);
      expect(authorize).not.toHaveBeenCalled();
    });

    it.each<[string, Record<string, PolicyDecision>, boolean]>([
      ['all', {}, true],
      ['nobody', { [agentTaskApprovePermission.name]: deny }, false],
      [
        'a lead, for the own team',
        {
          [agentTaskApprovePermission.name]: createAgentTaskConditionalDecision(
            agentTaskApprovePermission,
            agentTaskConditions.hasTeam({ teams: ['group:default/shop'] }),
          ),
        },
        true,
      ],
      [
        'a lead, for another team',
        {
          [agentTaskApprovePermission.name]: createAgentTaskConditionalDecision(
            agentTaskApprovePermission,
            agentTaskConditions.hasTeam({ teams: ['group:default/pay'] }),
          ),
        },
        false,
      ],
    ])('to raise the priority: %s', async (_, decisions, expected) => {
      const { plan, asked } = setUp({ decisions });
      await plan();
      await expect(asked[0].mayRaise?.(['group:default/shop'])).resolves.toBe(
        expected,
      );
    });

    it('to choose the revision to those who manage templates', async () => {
      const chosen = { ...request, revision: 2 };
      const allowed = setUp();
      await allowed.service.plan({ caller, request: chosen });
      expect(allowed.plans.plan).toHaveBeenCalled();
      const denied = setUp({
        decisions: { [agentTaskTemplateManagePermission.name]: deny },
      });
      await denied.service.plan({ caller, request });
      for (const call of [
        () => denied.service.plan({ caller, request: chosen }),
        () =>
          denied.service.launch({
            caller,
            request: chosen,
            idempotencyKey: 'key-0001',
          }),
      ]) {
        await expect(call()).rejects.toMatchObject({
          name: 'NotAllowedError',
          message: expect.stringContaining('agent-tasks.template.manage'),
        });
      }
      expect(denied.inner.launch).not.toHaveBeenCalled();
    });

    it('none of none, without a question', async () => {
      const { permitted, authorize } = setUp({
        decisions: { [agentTaskCreatePermission.name]: ifOwner },
      });
      expect(await permitted([])).toEqual([]);
      expect(authorize).not.toHaveBeenCalled();
    });

    it('some of 1,000 with requests that the permission backend can read', async () => {
      const many = Array.from(
        { length: 1000 },
        (_, index) =>
          `component:${'a'.repeat(63)}/${'b'.repeat(59)}${1000 + index}`,
      );
      const half = many.filter((_, index) => index % 2);
      const { permitted, authorize } = setUp({
        decisions: { [agentTaskCreatePermission.name]: ifOwner },
        permittedRefs: half,
      });
      expect(await permitted(many)).toEqual(half);
      const asked = authorize.mock.calls.flatMap(([requests]) =>
        requests.map(one => one.resourceRef),
      );
      expect(asked).toEqual(many);
      // The catalog gets the conditions with each component; a user may well be in 50 groups.
      const claims = Array(50).fill(`group:default/${'c'.repeat(40)}`);
      for (const [requests] of authorize.mock.calls) {
        const items = requests.map(one => ({
          id: '00000000-0000-0000-0000-000000000000',
          ...one,
          conditions: { ...ifOwner.conditions, params: { claims } },
        }));
        expect(JSON.stringify({ items }).length).toBeLessThan(100 * 1024);
      }
    });
  });
});
