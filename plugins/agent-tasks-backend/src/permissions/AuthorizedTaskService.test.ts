import {
  agentTaskCancelPermission,
  agentTaskReadPermission,
  TaskDetails,
} from '@agent-tasks/plugin-agent-tasks-common';
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { TaskService } from '../queue/TaskService';
import { policyOf } from '../__testUtils__/policyOf';
import { AuthorizedTaskService } from './AuthorizedTaskService';
import {
  agentTaskConditions,
  createAgentTaskConditionalDecision,
} from './taskPermissions';

const credentials = mockCredentials.user('user:default/dana');
const actor = 'user:default/dana';
const deny: PolicyDecision = { result: AuthorizeResult.DENY };

function when(
  permission: typeof agentTaskReadPermission,
  conditions: Parameters<typeof createAgentTaskConditionalDecision>[1],
): PolicyDecision {
  return createAgentTaskConditionalDecision(permission, conditions);
}

const mine = agentTaskConditions.isRequester({ claims: [actor] });
const ofShop = agentTaskConditions.hasTeam({ teams: ['group:default/shop'] });
const ofPay = agentTaskConditions.hasTeam({ teams: ['group:default/pay'] });

/** A task of dana's in the team shop, as the service below tells of it. */
function details(cancel: boolean): TaskDetails {
  return {
    task: { id: 'task_1', requester: actor, team: 'group:default/shop' },
    permissions: { cancel },
  } as TaskDetails;
}

function setUp(
  decisions: { read?: PolicyDecision; cancel?: PolicyDecision },
  options: { cancellable?: boolean } = {},
) {
  const answer = details(options.cancellable ?? true);
  const inner = {
    list: jest.fn(async () => ({ items: [] })),
    get: jest.fn(async () => answer),
    listEvents: jest.fn(async () => ({ items: [] })),
    cancel: jest.fn(async () => answer),
    retry: jest.fn(async () => [{ taskId: 'task_1' }]),
    listRunning: jest.fn(async () => ({ items: [] })),
    resolveStart: jest.fn(async () => answer),
  } satisfies TaskService;
  const service = AuthorizedTaskService.create({
    inner,
    permissions: policyOf({
      ...(decisions.read && { [agentTaskReadPermission.name]: decisions.read }),
      ...(decisions.cancel && {
        [agentTaskCancelPermission.name]: decisions.cancel,
      }),
    }),
  });
  return {
    inner,
    retry: (ids = ['task_1']) => service.retry({ credentials, ids, actor }),
    list: () => service.list({ credentials, query: { limit: 10 } }),
    get: () => service.get({ credentials, id: 'task_1' }),
    listEvents: () =>
      service.listEvents({ credentials, id: 'task_1', limit: 10 }),
    cancel: () =>
      service.cancel({ credentials, id: 'task_1', actor, reason: 'late' }),
    listRunning: () => service.listRunning({ credentials, limit: 10 }),
    resolveStart: () =>
      service.resolveStart({
        credentials,
        id: 'task_1',
        actor,
        request: { choice: 'not-started' },
      }),
  };
}

const notAllowed = {
  name: 'NotAllowedError',
  message:
    'You may not see agent tasks. A platform admin can grant the permission agent-tasks.task.read.',
};
const notFound = {
  name: 'NotFoundError',
  message: "There is no task 'task_1'.",
};

describe('AuthorizedTaskService', () => {
  it('shows everything to those who may see everything', async () => {
    const { inner, list, get, listEvents, cancel } = setUp({});
    await list();
    expect(inner.list).toHaveBeenCalledWith({
      credentials,
      query: { limit: 10 },
      permitted: undefined,
    });
    await expect(get()).resolves.toEqual(details(true));
    await expect(listEvents()).resolves.toEqual({ items: [] });
    await expect(cancel()).resolves.toEqual(details(true));
    expect(inner.cancel).toHaveBeenCalledWith({
      credentials,
      id: 'task_1',
      actor,
      reason: 'late',
    });
  });

  it('shows nothing to those who may see nothing', async () => {
    const { inner, ...service } = setUp({ read: deny });
    for (const call of Object.values(service)) {
      await expect(call()).rejects.toMatchObject(notAllowed);
    }
    for (const method of Object.values(inner)) {
      expect(method).not.toHaveBeenCalled();
    }
  });

  it('restricts lists to what the conditions allow', async () => {
    const { inner, list, listRunning } = setUp({
      read: when(agentTaskReadPermission, {
        anyOf: [mine, { not: ofPay }],
      }),
    });
    await list();
    await listRunning();
    for (const method of [inner.list, inner.listRunning]) {
      expect(method).toHaveBeenCalledWith(
        expect.objectContaining({
          permitted: {
            anyOf: [
              { property: 'requester', values: [actor] },
              { not: { property: 'team', values: ['group:default/pay'] } },
            ],
          },
        }),
      );
    }
  });

  it.each<[string, Parameters<typeof when>[1]]>([
    ['the requester', mine],
    ['the team', ofShop],
    ['not another team', { not: ofPay }],
    ['the requester or another team', { anyOf: [ofPay, mine] }],
  ])('by %s lets a task be seen', async (_what, conditions) => {
    const { get, listEvents, cancel } = setUp({
      read: when(agentTaskReadPermission, conditions),
    });
    await expect(get()).resolves.toEqual(details(true));
    await expect(listEvents()).resolves.toEqual({ items: [] });
    await expect(cancel()).resolves.toEqual(details(true));
  });

  it.each<[string, Parameters<typeof when>[1]]>([
    ['another team', ofPay],
    ['the requester and another team', { allOf: [mine, ofPay] }],
    ['neither of both', { not: { anyOf: [mine, ofPay] } }],
  ])('by %s answers as if there were no task', async (_what, conditions) => {
    const { inner, get, listEvents, cancel, resolveStart } = setUp({
      read: when(agentTaskReadPermission, conditions),
    });
    for (const call of [get, listEvents, cancel, resolveStart]) {
      await expect(call()).rejects.toMatchObject(notFound);
    }
    expect(inner.listEvents).not.toHaveBeenCalled();
    expect(inner.cancel).not.toHaveBeenCalled();
    expect(inner.resolveStart).not.toHaveBeenCalled();
  });

  it.each<[string, PolicyDecision]>([
    ['may not', deny],
    ['may on tasks of others', when(agentTaskCancelPermission, ofPay)],
  ])(
    'cancels and decides nothing for those who %s, and says so',
    async (_what, decision) => {
      const { inner, get, cancel, resolveStart } = setUp({ cancel: decision });
      await expect(resolveStart()).rejects.toMatchObject({
        name: 'NotAllowedError',
        message:
          'You may not say whether this task started. A platform admin can grant the permission agent-tasks.task.cancel.',
      });
      expect(inner.resolveStart).not.toHaveBeenCalled();
      await expect(cancel()).rejects.toMatchObject({
        name: 'NotAllowedError',
        message:
          'You may not cancel this task. A platform admin can grant the permission agent-tasks.task.cancel.',
      });
      expect(inner.cancel).not.toHaveBeenCalled();
      await expect(get()).resolves.toMatchObject({
        permissions: { cancel: false },
      });
    },
  );

  it('tries again what the caller may see and cancel', async () => {
    const ids = ['task_1', 'task_2'];
    const all = setUp({});
    await all.retry(ids);
    expect(all.inner.retry).toHaveBeenCalledWith(
      expect.objectContaining({ permitted: undefined, allowed: undefined }),
    );
    const some = setUp({
      read: when(agentTaskReadPermission, ofShop),
      cancel: when(agentTaskCancelPermission, mine),
    });
    await some.retry(ids);
    expect(some.inner.retry).toHaveBeenCalledWith(
      expect.objectContaining({
        permitted: { property: 'team', values: ['group:default/shop'] },
        allowed: { property: 'requester', values: [actor] },
      }),
    );
    const none = setUp({ cancel: deny });
    await expect(none.retry(ids)).rejects.toMatchObject({
      name: 'NotAllowedError',
      message:
        'You may not try tasks again. A platform admin can grant the permission agent-tasks.task.cancel.',
    });
    expect(none.inner.retry).not.toHaveBeenCalled();
  });

  it('tells what a retry would do to those alone who may have it done', async () => {
    const retry = { attempt: 2, will: 'start_anew' } as const;
    for (const [cancel, told] of [
      [undefined, retry],
      [deny, undefined],
    ] as const) {
      const { inner, get } = setUp({ cancel });
      inner.get.mockResolvedValueOnce({ ...details(false), retry });
      expect((await get()).retry).toEqual(told);
    }
  });

  it('cancels for those who may on tasks like this one', async () => {
    const { inner, get, cancel, resolveStart } = setUp({
      cancel: when(agentTaskCancelPermission, mine),
    });
    await expect(get()).resolves.toMatchObject({
      permissions: { cancel: true },
    });
    await cancel();
    expect(inner.cancel).toHaveBeenCalledTimes(1);
    await expect(resolveStart()).resolves.toEqual(details(true));
    expect(inner.resolveStart).toHaveBeenCalledTimes(1);
  });

  it('does not offer to cancel what cannot be cancelled', async () => {
    const { get } = setUp({}, { cancellable: false });
    await expect(get()).resolves.toMatchObject({
      permissions: { cancel: false },
    });
  });
});
