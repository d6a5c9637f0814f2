import { mockCredentials } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { JsonObject } from '@backstage/types';
import { registerActions } from './registerActions';

const plan = {
  template: { name: 'bump', title: 'Bump', revision: 3 },
  summary: { tasks: 120, excluded: 1 },
  tasks: Array.from({ length: 120 }, (_, index) => ({
    repository: { ref: `github.com/acme/shop-${index}`, url: 'https://x' },
    team: 'group:default/shop',
    components: [{ entityRef: `component:default/shop-${index}` }],
    provider: 'Copilot',
    wave: 1,
    willStart: false,
    hold: { limit: 'portal-running', message: 'All slots are taken.' },
    prompt: { text: 'Do it.', segments: [] },
  })),
  excluded: [
    {
      component: 'component:default/fax',
      reason: 'no-repository',
      message: 'It has no repository.',
      remedy: 'Add one.',
    },
  ],
  warnings: ['GitHub did not answer.'],
  outline: { templateRevision: 3, digest: 'abc' },
};

const campaign = {
  id: 'camp_1',
  state: 'running',
  template: { name: 'bump', title: 'Bump', revision: 3 },
  requester: 'user:default/dana',
  createdAt: '2026-11-02T08:00:00.000Z',
  taskCount: 3,
  tasks: ['task_1'],
  states: { queued: 1, merged: 2 },
  excluded: [],
};

const task = {
  id: 'task_1',
  campaignId: 'camp_1',
  state: 'queued',
  template: { name: 'bump', title: 'Bump', revision: 3 },
  team: 'group:default/shop',
  repository: { ref: 'github.com/acme/shop', url: 'https://x' },
};

function setUp() {
  const registry = actionsRegistryServiceMock();
  const services = {
    launches: {
      plan: jest.fn().mockResolvedValue(plan),
      launch: jest.fn().mockResolvedValue({ campaign, repeated: false }),
    },
    campaigns: { get: jest.fn().mockResolvedValue(campaign) },
    tasks: {
      get: jest.fn().mockResolvedValue({ task }),
      listEvents: jest.fn().mockResolvedValue({ items: [] }),
    },
    status: {
      get: jest.fn().mockResolvedValue({ remotes: [], queue: { queued: 3 } }),
    },
  };
  registerActions({ registry, ...services });
  const credentials = mockCredentials.user('user:default/dana');
  const invoke = async (name: string, input: JsonObject) => {
    const { output } = await registry.invoke({
      id: `test:${name}`,
      input,
      credentials,
    });
    return output as JsonObject;
  };
  return { registry, services, invoke, credentials };
}

const request = {
  template: 'bump',
  components: ['component:default/shop'],
  parameters: { version: '2' },
};

describe('the actions of the registry', () => {
  it('says that a launch alone changes something', async () => {
    const { registry } = setUp();
    const { actions } = await registry.list();
    expect(
      Object.fromEntries(
        actions.map(({ name, attributes }) => [name, attributes]),
      ),
    ).toEqual({
      plan: { readOnly: true, destructive: false, idempotent: true },
      launch: { readOnly: false, destructive: true, idempotent: false },
      status: { readOnly: true, destructive: false, idempotent: true },
      explain: { readOnly: true, destructive: false, idempotent: true },
    });
  });

  it('has examples that its inputs take', async () => {
    const { registry, invoke } = setUp();
    const { actions } = await registry.list();
    for (const { name, examples } of actions) {
      expect(examples).not.toHaveLength(0);
      for (const { input } of examples!) {
        await expect(invoke(name, input)).resolves.toBeDefined();
      }
    }
  });

  it('plans as the caller, and names some of many tasks', async () => {
    const { services, invoke, credentials } = setUp();
    const output = await invoke('plan', request);
    expect(services.launches.plan).toHaveBeenCalledWith({
      caller: { credentials, requester: 'user:default/dana' },
      request,
    });
    expect(output.summary).toEqual(plan.summary);
    expect(output.outline).toEqual(plan.outline);
    expect(output.tasks).toHaveLength(50);
    expect(output.tasks).toContainEqual({
      repository: 'github.com/acme/shop-0',
      team: 'group:default/shop',
      components: ['component:default/shop-0'],
      wave: 1,
      willStart: false,
      hold: 'All slots are taken.',
    });
    expect(output.excluded).toEqual(plan.excluded);
  });

  it('launches what was planned as the caller, with the key that was given', async () => {
    const { services, invoke, credentials } = setUp();
    await expect(
      invoke('launch', {
        ...request,
        expected: plan.outline,
        idempotencyKey: 'key-of-the-caller',
      }),
    ).resolves.toEqual({
      campaignId: 'camp_1',
      repeated: false,
      tasks: 3,
      taskIds: ['task_1'],
      excluded: 0,
    });
    expect(services.launches.launch).toHaveBeenCalledWith({
      caller: { credentials, requester: 'user:default/dana' },
      request: { ...request, expected: plan.outline },
      idempotencyKey: 'key-of-the-caller',
    });
  });

  it('launches by a new key each time where none was given', async () => {
    const { services, invoke } = setUp();
    await invoke('launch', request);
    await invoke('launch', request);
    const keys = services.launches.launch.mock.calls.map(
      ([{ idempotencyKey }]) => idempotencyKey,
    );
    expect(new Set(keys).size).toBe(2);
  });

  it.each([
    ['neither components nor a selection', { template: 'bump' }],
    ['both', { ...request, selection: { search: 'shop' } }],
    ['an unknown field', { ...request, requester: 'user:default/ada' }],
    ['a NUL character', { ...request, parameters: { version: '\0' } }],
    ['a key with a space', { ...request, idempotencyKey: 'not a good key' }],
  ])('launches nothing for %s', async (_, input) => {
    const { services, invoke } = setUp();
    await expect(invoke('launch', input)).rejects.toThrow();
    expect(services.launches.launch).not.toHaveBeenCalled();
  });

  it('tells how far a campaign, a task and the portal are, as the caller may see it', async () => {
    const { services, invoke, credentials } = setUp();
    await expect(
      invoke('status', { campaignId: 'camp_1' }),
    ).resolves.toMatchObject({
      campaign: { state: 'running', tasks: 3, states: campaign.states },
    });
    expect(services.campaigns.get).toHaveBeenCalledWith(
      { credentials },
      'camp_1',
    );
    await expect(invoke('status', { taskId: 'task_1' })).resolves.toMatchObject(
      { task: { state: 'queued', repository: 'github.com/acme/shop' } },
    );
    expect(services.tasks.get).toHaveBeenCalledWith({
      credentials,
      id: 'task_1',
    });
    await expect(invoke('status', {})).resolves.toEqual({
      portal: { remotes: [], queue: { queued: 3 } },
    });
    expect(services.status.get).toHaveBeenCalledWith({ credentials });
    await expect(
      invoke('status', { campaignId: 'camp_1', taskId: 'task_1' }),
    ).rejects.toThrow('not both');
  });

  it('explains what holds a task and what happened last', async () => {
    const { services, invoke } = setUp();
    services.tasks.get.mockResolvedValue({
      task: { ...task, stateReason: 'It waits.' },
      hold: {
        limit: 'team-running',
        message: 'The team uses all of its slots.',
        position: 4,
        expectedStart: {
          at: '2026-11-02T09:00:00.000Z',
          assumption: 'Runs take 10 minutes.',
        },
        limits: [
          {
            limit: 'team-running',
            subject: 'group:default/shop',
            used: 2,
            max: 2,
            message: 'A slot is freed when an agent ends.',
            holders: [],
          },
        ],
      },
    });
    services.tasks.listEvents.mockResolvedValue({
      items: Array.from({ length: 30 }, (_, index) => ({
        id: `evt_${index}`,
        at: '2026-11-02T08:00:00.000Z',
        type: 'task.launched',
        actor: 'system',
        message: `Event ${index}.`,
        details: {},
      })),
    });
    const output = await invoke('explain', { taskId: 'task_1' });
    expect(output).toMatchObject({
      taskId: 'task_1',
      state: 'queued',
      reason: 'It waits.',
      hold: {
        limit: 'team-running',
        position: 4,
        expectedStart: '2026-11-02T09:00:00.000Z',
        assumption: 'Runs take 10 minutes.',
        limits: [
          {
            limit: 'team-running',
            subject: 'group:default/shop',
            used: 2,
            max: 2,
            message: 'A slot is freed when an agent ends.',
          },
        ],
      },
    });
    expect(output.events).toHaveLength(20);
    expect(output.events).toContainEqual({
      at: '2026-11-02T08:00:00.000Z',
      actor: 'system',
      message: 'Event 29.',
    });
  });
});
