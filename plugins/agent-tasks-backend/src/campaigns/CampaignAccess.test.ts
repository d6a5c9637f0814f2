import { agentTaskReadPermission } from '@agent-tasks/plugin-agent-tasks-common';
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { policyOf } from '../__testUtils__/policyOf';
import {
  agentTaskConditions,
  createAgentTaskConditionalDecision,
} from '../permissions/taskPermissions';
import { CampaignAccess } from './CampaignAccess';

const shop = { requester: 'user:default/lee', team: 'group:default/shop' };
const pay = { requester: 'user:default/lee', team: 'group:default/pay' };

const ofTeams = (...teams: string[]) =>
  createAgentTaskConditionalDecision(
    agentTaskReadPermission,
    agentTaskConditions.hasTeam({ teams }),
  );

function setUp(
  decision: PolicyDecision = { result: AuthorizeResult.ALLOW },
  owners = [shop, pay],
) {
  const listOwners = jest.fn(async () => owners);
  const access = CampaignAccess.create({
    campaigns: { listOwners },
    permissions: policyOf({ [agentTaskReadPermission.name]: decision }),
  });
  const credentials = mockCredentials.user('user:default/dana');
  return {
    listOwners,
    requireVisible: () => access.requireVisible('camp_1', credentials),
  };
}

describe('CampaignAccess shows a campaign', () => {
  it('to those who may see all tasks', async () => {
    const { requireVisible } = setUp();
    await expect(requireVisible()).resolves.toEqual([shop, pay]);
  });

  it('not to those who may see none', async () => {
    const { requireVisible, listOwners } = setUp({
      result: AuthorizeResult.DENY,
    });
    await expect(requireVisible()).rejects.toMatchObject({
      name: 'NotAllowedError',
      message:
        'You may not see campaigns. A platform admin can grant the permission agent-tasks.task.read.',
    });
    expect(listOwners).not.toHaveBeenCalled();
  });

  it('to those who may see each of its tasks', async () => {
    const { requireVisible } = setUp(
      ofTeams('group:default/shop', 'group:default/pay'),
    );
    await expect(requireVisible()).resolves.toEqual([shop, pay]);
  });

  it.each([
    ['not to those who may not see one of them', [shop, pay]],
    ['not where it was never launched', []],
  ])('%s', async (_, owners) => {
    const { requireVisible } = setUp(ofTeams('group:default/shop'), owners);
    await expect(requireVisible()).rejects.toMatchObject({
      name: 'NotFoundError',
      message: "There is no campaign 'camp_1'.",
    });
  });
});
