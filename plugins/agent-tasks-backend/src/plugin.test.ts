import { createHmac } from 'node:crypto';
import {
  agentTasksPermissions,
  agentTaskTemplateSchema,
} from '@agent-tasks/plugin-agent-tasks-common';
import {
  AgentProvider,
  agentTasksCodeHostsExtensionPoint,
  agentTasksProvidersExtensionPoint,
} from '@agent-tasks/plugin-agent-tasks-node';
import {
  createBackendModule,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { JsonObject } from '@backstage/types';
import request from 'supertest';
import {
  createAgentTaskConditionalDecision,
  agentTaskConditions,
} from './index';
import { agentTasksPlugin } from './plugin';
import { component } from './__testUtils__/createStages';
import { InMemoryCodeHost } from './__testUtils__/InMemoryCodeHost';
import { InMemoryProvider } from './__testUtils__/InMemoryProvider';
import { policyOf } from './__testUtils__/policyOf';
import { ResponseContract } from './__testUtils__/ResponseContract';

jest.setTimeout(60_000);

const base = '/api/agent-tasks';
const contract = ResponseContract.create();

const entities: Entity[] = [
  component('shop-1'),
  component('shop-2'),
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name: 'shop' },
    spec: { type: 'team', children: [] },
  },
  {
    apiVersion: 'agent-tasks.io/v1alpha1',
    kind: 'AgentTaskTemplate',
    metadata: {
      name: 'bump',
      title: 'Bump a dependency',
      description: 'Raises one dependency.',
      tags: ['npm'],
    },
    spec: {
      type: 'dependency',
      owner: 'group:default/shop',
      parameters: {
        type: 'object',
        required: ['version'],
        properties: { version: { type: 'string' } },
      },
      prompt: 'Bump left-pad to ${{ parameters.version }}.',
    },
  },
];

const plan = {
  template: 'bump',
  components: ['component:default/shop-1'],
  parameters: { version: '1.3.0' },
};

function idsOf(page: { items: { id: string }[] }): string[] {
  return page.items.map(({ id }) => id);
}

async function startPortal(
  options: {
    agentTasks?: JsonObject;
    providers?: AgentProvider[];
    permissions?: PermissionsService;
  } = {},
) {
  const provider = new InMemoryProvider({ now: () => new Date() });
  const codeHost = new InMemoryCodeHost();
  const { providers = [provider] } = options;
  const logger = mockServices.rootLogger.mock();
  logger.child.mockReturnValue(logger);
  const backend = await startTestBackend({
    features: [
      agentTasksPlugin,
      createBackendModule({
        pluginId: 'agent-tasks',
        moduleId: 'in-memory',
        register(env) {
          env.registerInit({
            deps: {
              agents: agentTasksProvidersExtensionPoint,
              hosts: agentTasksCodeHostsExtensionPoint,
            },
            async init({ agents, hosts }) {
              providers.forEach(one => agents.addProvider(one));
              hosts.addCodeHost(codeHost);
            },
          });
        },
      }),
      catalogServiceMock.factory({ entities }),
      mockServices.rootConfig.factory({
        data: { agentTasks: options.agentTasks ?? {} },
      }),
      mockServices.rootLogger.mock({ child: () => logger }).factory,
      ...(options.permissions
        ? [mockServices.permissions.mock(options.permissions).factory]
        : []),
    ],
  });

  /** Sends a request, and checks the answer against the document. */
  const send = async (
    method: 'get' | 'post' | 'put' | 'delete',
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ) => {
    const sent = request(backend.server)[method](`${base}${path}`).set(headers);
    const answer = await (body ? sent.send(body) : sent);
    contract.check({
      method: method.toUpperCase(),
      path: path.split('?')[0],
      status: answer.status,
      body: answer.body,
    });
    return answer;
  };
  const get = (path: string, headers?: Record<string, string>) =>
    send('get', path, undefined, headers);
  const post = (path: string, body: object, headers?: Record<string, string>) =>
    send('post', path, body, headers);

  const put = (path: string, body: object) => send('put', path, body);

  /** Asks again until the answer is as a test wants it: the loops run beside. */
  const until = async (
    path: string,
    holds: (body: any) => boolean,
  ): Promise<any> => {
    const deadline = Date.now() + 20_000;
    for (;;) {
      const { body } = await get(path);
      if (holds(body)) {
        return body;
      }
      if (Date.now() > deadline) {
        throw new Error(`${path} still answers ${JSON.stringify(body)}`);
      }
    }
  };
  await until('/templates', body => body.error || body.items.length > 0);
  return { backend, logger, provider, codeHost, send, get, post, put, until };
}

describe('the plugin', () => {
  let portal: Awaited<ReturnType<typeof startPortal>>;
  let keys = 0;

  beforeAll(async () => {
    portal = await startPortal();
  });

  const launch = async (body: object = plan) => {
    keys += 1;
    return portal.post('/campaigns', body, {
      'Idempotency-Key': `key-${keys}-0000`,
    });
  };

  it('lists templates and shows one', async () => {
    const { body } = await portal.get('/templates');
    expect(body.items).toEqual([
      {
        name: 'bump',
        entityRef: 'agenttasktemplate:default/bump',
        title: 'Bump a dependency',
        description: 'Raises one dependency.',
        type: 'dependency',
        owner: 'group:default/shop',
        tags: ['npm'],
        revision: 1,
        parameters: expect.objectContaining({ required: ['version'] }),
        prompt: 'Bump left-pad to ${{ parameters.version }}.',
        origin: 'catalog',
        updatedAt: expect.any(String),
        statistics: expect.objectContaining({ merged: 0 }),
      },
    ]);
    expect((await portal.get('/templates/bump')).body).toEqual(body.items[0]);
  });

  it('plans, launches and shows the task, and repeats a launch', async () => {
    const planned = await portal.post('/plans', {
      ...plan,
      components: ['shop-1', 'gone'],
    });
    expect(planned.status).toBe(200);
    expect(planned.body.tasks).toHaveLength(1);
    expect(planned.body.excluded).toMatchObject([
      { component: 'gone', reason: 'unknown-component' },
    ]);

    const body = { ...plan, expected: planned.body.outline };
    const launched = await portal.post('/campaigns', body, {
      'Idempotency-Key': 'one-launch',
    });
    expect(launched.status).toBe(201);
    const repeated = await portal.post('/campaigns', body, {
      'Idempotency-Key': 'one-launch',
    });
    expect(repeated.status).toBe(200);
    expect(repeated.body.id).toBe(launched.body.id);
    const other = await portal.post('/campaigns', plan, {
      'Idempotency-Key': 'one-launch',
    });
    expect(other.status).toBe(409);
    expect(other.body.error.name).toBe('ConflictError');

    const [id] = launched.body.tasks;
    const details = await portal.until(
      `/tasks/${id}`,
      ({ task }) => task.state === 'running',
    );
    expect(details).toMatchObject({
      task: { requester: 'user:default/mock', team: 'group:default/shop' },
      parameters: { version: '1.3.0' },
      attempts: [{ number: 1, state: 'confirmed' }],
      permissions: { cancel: true },
    });
    expect(
      (await portal.get(`/campaigns/${launched.body.id}`)).body,
    ).toMatchObject({
      id: launched.body.id,
      tasks: [id],
      states: { running: 1 },
      can: { cancel: true, approve: true, create: true },
    });
    const events = await portal.get(`/tasks/${id}/events?limit=2`);
    expect(events.body.items).toHaveLength(2);
    const rest = await portal.get(
      `/tasks/${id}/events?cursor=${events.body.nextCursor}`,
    );
    expect(rest.body.items[0].type).toBe('start.confirmed');
  });

  it('plans and launches what a selection finds', async () => {
    const own = await startPortal();
    const selection = {
      filter: [{ 'relations.ownedBy': ['group:default/shop'] }],
      search: 'shop',
      exclude: ['shop-2'],
    };
    const { components: _, ...rest } = plan;
    const request_ = {
      ...rest,
      selection,
      priority: 'low',
      rollout: { waves: [1, '100%'] },
    };
    const planned = await own.post('/plans', {
      ...request_,
      promptsFor: ['github.com/acme/shop-1'],
    });
    expect(planned.status).toBe(200);
    expect(planned.body).toMatchObject({
      summary: {
        components: 1,
        tasks: 1,
        excluded: 0,
        waves: [{ number: 1, tasks: 1 }],
        teams: [{ team: 'group:default/shop', reviewMinutes: 20 }],
      },
      tasks: [
        {
          identity: { requester: 'user:default/mock', account: 'in-memory' },
          gates: [{ gate: 'review' }],
          wave: 1,
          prompt: { text: expect.stringContaining('left-pad') },
        },
      ],
    });
    const launched = await own.post(
      '/campaigns',
      { ...request_, expected: planned.body.outline },
      { 'Idempotency-Key': 'one-selection' },
    );
    expect(launched.status).toBe(201);
    expect(launched.body).toMatchObject({
      selection: { selection },
      priority: 'low',
      tasks: [expect.any(String)],
    });
    await own.backend.stop();
  });

  it.each<[string, object, string]>([
    ['nothing', {}, 'Exactly one of components and selection'],
    [
      'a list and a selection',
      { components: ['shop-1'], selection: { search: 'shop' } },
      'Exactly one of components and selection',
    ],
    ['0 components', { components: [] }, 'this one is for 0'],
    [
      '50,001 components',
      { components: Array.from({ length: 50_001 }, (_, i) => `c${i}`) },
      'at most 50,000 components; this one is for 50,001',
    ],
    [
      'a selection of nothing',
      { selection: { search: 'nowhere' } },
      '0 components: none matches',
    ],
    [
      'a filter that can never match',
      { selection: { filter: [{ owner: ['shop'] }] } },
      "Did you mean 'relations.ownedBy'?",
    ],
  ])('refuses to plan and to launch for %s', async (_what, chosen, said) => {
    const { components: _, ...rest } = plan;
    const body = { ...rest, ...chosen };
    for (const answer of [
      await portal.post('/plans', body),
      await launch(body),
    ]) {
      expect(answer.status).toBe(400);
      expect(answer.body.error).toMatchObject({
        name: 'InputError',
        message: expect.stringContaining(said),
      });
    }
  });

  it('shows campaigns, and changes them', async () => {
    const own = await startPortal();
    // Nothing starts, so that what is cancelled has not begun.
    await own.post('/brakes', { scope: 'portal', reason: 'Test' });
    const { body } = await own.post(
      '/campaigns',
      {
        ...plan,
        components: ['shop-1', 'shop-2'],
        rollout: { waves: [1, '100%'], continue: 'approval' },
      },
      { 'Idempotency-Key': 'key-waves' },
    );
    const campaign = `/campaigns/${body.id}`;
    const [first, second] = body.tasks;
    expect(idsOf((await own.get('/campaigns?state=running')).body)).toContain(
      body.id,
    );
    expect(
      idsOf((await own.get(`/tasks?campaign=${body.id}&wave=2`)).body),
    ).toEqual([second]);
    expect((await own.get(`/tasks/${second}`)).body.hold).toEqual({
      limit: 'wave',
      message: 'It waits for wave 2 of its campaign.',
    });
    const paused = await own.post(`${campaign}/pause`, { reason: 'Freeze' });
    expect(paused.body).toMatchObject({
      state: 'paused',
      paused: { reason: 'Freeze' },
    });
    expect((await own.post(`${campaign}/resume`, {})).status).toBe(200);
    expect(
      (await own.post(`${campaign}/priority`, { priority: 'high' })).body
        .priority,
    ).toBe('high');
    expect(
      (
        await own.post(
          `${campaign}/components`,
          { components: ['shop-1'] },
          { 'Idempotency-Key': 'key-added' },
        )
      ).body.taskCount,
    ).toBe(3);
    const cancelled = await own.post('/tasks/bulk', {
      action: 'cancel',
      tasks: [first],
      reason: 'Not needed',
    });
    expect(cancelled.body).toEqual({ results: [{ taskId: first, ok: true }] });
    const waiting = await own.until(
      campaign,
      one => one.state === 'waiting_for_approval',
    );
    expect(waiting.waves[1].state).toBe('waiting_for_approval');
    const approved = await own.post(`${campaign}/waves/2/approve`, {});
    expect(approved.body.waves[1].approvedBy).toBe('user:default/mock');
    expect((await own.post(`${campaign}/continue`, { reason: 'x' })).status)
      // No rule has stopped it.
      .toBe(409);
    expect((await own.get(`${campaign}/burndown`)).body.points[0].open).toBe(3);
    const csv = await own.get(`${campaign}/export`);
    expect(csv.headers['content-type']).toContain('text/csv');
    expect(csv.text.split('\r\n')).toHaveLength(5);
    expect(
      (await own.post(`${campaign}/cancel`, { reason: 'Done' })).body.state,
    ).toBe('cancelled');
    const again = await own.post(`${campaign}/retry`, { tasks: [first] });
    expect(again.body.results).toMatchObject([{ taskId: first }]);
  });

  it('goes on with a campaign that a rule has stopped', async () => {
    const own = await startPortal();
    own.provider.faults = ['refused'];
    const { body } = await own.post(
      '/campaigns',
      {
        ...plan,
        components: ['shop-1', 'shop-2'],
        rollout: { waves: [1, '100%'], stopOn: { failedPercent: 0 } },
      },
      { 'Idempotency-Key': 'key-stop' },
    );
    const campaign = `/campaigns/${body.id}`;
    const stopped = await own.until(
      campaign,
      ({ state }) => state === 'stopped',
    );
    expect(stopped.waves[0].stop).toMatchObject({
      rule: 'failed',
      evidence: [{ taskId: body.tasks[0] }],
    });
    const on = await own.post(`${campaign}/continue`, { reason: 'Fixed.' });
    expect(on.body).toMatchObject({
      state: 'running',
      waves: [{ continuedBy: 'user:default/mock' }, { state: 'running' }],
    });
    await own.post(`${campaign}/cancel`, { reason: 'Done' });
  });

  it('cancels, once', async () => {
    const { body } = await launch();
    const [id] = body.tasks;
    const cancelled = await portal.post(`/tasks/${id}/cancel`, {
      reason: 'wrong version',
    });
    expect(cancelled.status).toBe(200);
    await portal.until(
      `/tasks/${id}`,
      ({ task }) => task.state === 'cancelled',
    );
    const again = await portal.post(`/tasks/${id}/cancel`, {});
    expect(again.status).toBe(409);

    expect((await portal.get(`/tasks/${id}`)).body.retry).toMatchObject({
      attempt: expect.any(Number),
      will: 'start_anew',
    });
    const retried = await portal.post(`/tasks/${id}/retry`, {
      reason: 'It was right after all.',
    });
    expect(retried.status).toBe(200);
    // Others may hold the slots of its repository.
    expect(['queued', 'starting', 'running']).toContain(
      retried.body.task.state,
    );
    const twice = await portal.post(`/tasks/${id}/retry`, {});
    expect(twice.status).toBe(409);
    expect((await portal.post('/tasks/task_none/retry', {})).status).toBe(404);
  });

  it('pages and filters tasks', async () => {
    await launch();
    const shop2 = await launch({
      ...plan,
      components: ['component:default/shop-2'],
    });
    const first = await portal.get('/tasks?limit=1');
    expect(first.body.items).toHaveLength(1);
    const second = await portal.get(
      `/tasks?limit=1&cursor=${first.body.nextCursor}`,
    );
    expect(second.body.items[0].id < first.body.items[0].id).toBe(true);
    const back = await portal.get(
      `/tasks?limit=1&cursor=${second.body.previousCursor}`,
    );
    expect(idsOf(back.body)).toEqual(idsOf(first.body));
    const filtered = await portal.get(
      '/tasks?component=component:default/shop-2&template=bump&team=group:default/shop',
    );
    expect(idsOf(filtered.body)).toEqual(shop2.body.tasks);
    const none = await portal.get('/tasks?team=group:default/nobody');
    expect(none.body).toEqual({ items: [] });
  });

  it.each([
    ['/templates/bumb', "There is no template 'bumb'."],
    ['/tasks/task_1', "There is no task 'task_1'."],
    ['/tasks/task_1/events', "There is no task 'task_1'."],
    ['/campaigns/camp_1', "There is no campaign 'camp_1'."],
  ])('answers %s with 404 and a sentence', async (path, message) => {
    const answer = await portal.get(path);
    expect(answer.status).toBe(404);
    expect(answer.body.error).toEqual({ name: 'NotFoundError', message });
  });

  it.each([
    [
      'an unknown template',
      { template: 'bumb' },
      404,
      "There is no template 'bumb'. GET /templates lists those that there are.",
    ],
    [
      'an unknown parameter',
      { parameters: { version: '1', verson: '2' } },
      400,
      "The parameters do not fit the template 'Bump a dependency': 'verson' is not a parameter of this template.",
    ],
    [
      'a missing parameter',
      { parameters: {} },
      400,
      "The parameters do not fit the template 'Bump a dependency': 'version' is required.",
    ],
    [
      'what is no entity ref',
      { components: ['component:'] },
      400,
      "Not an entity ref: 'component:'. Write it as component:default/name.",
    ],
    [
      'nothing that could be launched',
      { components: ['gone'] },
      400,
      'Nothing would be launched: gone: The catalog holds no such component, or you may not see it. Check the spelling of the entity ref, such as component:default/name.',
    ],
  ])('refuses to launch %s', async (_what, change, status, message) => {
    const answer = await launch({ ...plan, ...change });
    expect(answer.status).toBe(status);
    expect(answer.body.error.message).toBe(message);
    expect(answer.text).not.toContain('    at ');
  });

  it.each(['nonsense', 'eyJhZnRlciI6MX0', 'bnVsbA', '%00'])(
    'refuses the cursor %s of tasks',
    async cursor => {
      const answer = await portal.get(`/tasks?cursor=${cursor}`);
      expect(answer.status).toBe(400);
      expect(answer.body.error.name).toBe('InputError');
    },
  );

  it('refuses a cursor that is none of the events of a task', async () => {
    const { body } = await launch();
    const answer = await portal.get(
      `/tasks/${body.tasks[0]}/events?cursor=last`,
    );
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain("The 'cursor' is not one");
  });

  it('tells all that happened, by what it is asked for', async () => {
    const { body: campaign } = await launch();
    const all = await portal.get(`/events?campaign=${campaign.id}&limit=1`);
    expect(all.status).toBe(200);
    expect(all.body.items).toHaveLength(1);
    const { body } = await portal.get(
      `/events?campaign=${campaign.id}&type=campaign&from=2020-01-01T00:00:00Z`,
    );
    expect(body.items).toEqual([
      expect.objectContaining({
        type: 'campaign.launched',
        actor: campaign.requester,
        campaignId: campaign.id,
      }),
    ]);
    const later = await portal.get(
      `/events?campaign=${campaign.id}&cursor=${all.body.nextCursor}`,
    );
    expect(idsOf(later.body)).not.toContain(all.body.items[0].id);
    expect(later.body.items.length).toBeGreaterThan(0);
    const actor = encodeURIComponent(campaign.requester);
    const mine = await portal.get(
      `/events?actor=${actor}&task=${campaign.tasks[0]}`,
    );
    expect(mine.body.items).toEqual([
      expect.objectContaining({
        type: 'task.launched',
        team: 'group:default/shop',
      }),
    ]);
  });

  it.each([
    ['cursor=last', "The 'cursor' is not one"],
    ['type=task.launched%27', 'query.type'],
    ['from=yesterday', 'query.from'],
    ['limit=1000', 'query.limit'],
  ])('says what is wrong with %s in the audit', async (query, message) => {
    const answer = await portal.get(`/events?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain(message);
  });

  it('lets nobody in who is not signed in', async () => {
    for (const path of ['/templates', '/tasks', '/status', '/openapi.json']) {
      const answer = await request(portal.backend.server)
        .get(`${base}${path}`)
        .set('Authorization', mockCredentials.none.header());
      expect(answer.status).toBe(401);
    }
    const answer = await request(portal.backend.server)
      .post(`${base}/campaigns`)
      .set('Authorization', mockCredentials.none.header())
      .set('Idempotency-Key', 'key-none')
      .send(plan);
    expect(answer.status).toBe(401);
  });

  it('lets a service launch under its own name', async () => {
    const { body } = await portal.post('/campaigns', plan, {
      'Idempotency-Key': 'key-service',
      Authorization: mockCredentials.service.header(),
    });
    expect(body.requester).toBe('external:test-service');
  });

  it('tells that remotes answer, and how full the queue is', async () => {
    const status = await portal.until('/status', ({ remotes }) =>
      remotes.some((one: { state: string }) => one.state === 'available'),
    );
    expect(status).toMatchObject({
      remotes: [
        { id: 'in-memory', role: 'provider', title: 'In-memory agent' },
        { id: 'in-memory', role: 'code-host', title: 'In-memory host' },
      ],
    });
  });

  it('names its permissions and rules to the permission backend', async () => {
    const { body } = await request(portal.backend.server).get(
      `${base}/.well-known/backstage/permissions/metadata`,
    );
    expect(
      body.permissions
        .map((permission: { name: string }) => permission.name)
        .sort(),
    ).toEqual(agentTasksPermissions.map(({ name }) => name).sort());
    expect(body.rules.map((rule: { name: string }) => rule.name)).toEqual([
      'IS_REQUESTER',
      'HAS_TEAM',
    ]);
  });

  it('applies its rules to a task for the permission backend', async () => {
    const { body: campaign } = await launch();
    const ask = async (rule: string, params: object, resourceRef: string) => {
      const { body } = await request(portal.backend.server)
        .post(`${base}/.well-known/backstage/permissions/apply-conditions`)
        .set('Authorization', mockCredentials.service.header())
        .send({
          items: [
            {
              id: '1',
              resourceRef,
              resourceType: 'agent-task',
              conditions: { rule, resourceType: 'agent-task', params },
            },
          ],
        });
      return body.items[0].result;
    };
    const [id] = campaign.tasks;
    const mine = { claims: ['user:default/mock'] };
    expect(await ask('IS_REQUESTER', mine, id)).toBe('ALLOW');
    expect(await ask('IS_REQUESTER', { claims: ['x'] }, id)).toBe('DENY');
    expect(await ask('HAS_TEAM', { teams: ['group:default/shop'] }, id)).toBe(
      'ALLOW',
    );
    expect(await ask('IS_REQUESTER', mine, 'task_gone')).toBe('DENY');
  });

  it('tells of the queue, and holds it back by a brake', async () => {
    const pulled = await portal.post('/brakes', {
      scope: 'portal',
      reason: 'Release day.',
      until: new Date(Date.now() + 3_600_000).toISOString(),
    });
    expect(pulled.status).toBe(201);
    expect(pulled.body).toMatchObject({ active: true, mayRelease: true });
    const { body: campaign } = await launch();
    expect((await portal.get('/brakes')).body).toMatchObject({
      items: [{ id: pulled.body.id }],
      mayPull: { everything: true },
    });
    expect((await portal.get('/queue')).body).toMatchObject({
      known: true,
      brakes: [{ id: pulled.body.id, reason: 'Release day.' }],
      holds: [{ limit: 'brake', tasks: expect.any(Number) }],
    });
    expect(
      (await portal.get(`/tasks/${campaign.tasks[0]}`)).body.hold,
    ).toMatchObject({ limit: 'brake' });
    const release = `/brakes/${pulled.body.id}/release`;
    const released = await portal.post(release, {});
    expect(released.body).toMatchObject({ active: false });
    expect((await portal.post(release, {})).body).toEqual(released.body);
    const unknown = await portal.post('/brakes/brake_none/release', {});
    expect(unknown.status).toBe(404);
  });

  it.each<[object, string]>([
    [{ scope: 'portal' }, 'body.reason is missing'],
    [{ scope: 'moon', reason: 'x' }, 'body.scope must be equal to one of'],
    [{ scope: 'portal', reason: '  ' }, "'reason' is empty"],
    [
      { scope: 'portal', subject: 'x', reason: 'x' },
      "A brake on the portal has no 'subject'",
    ],
    [{ scope: 'template', reason: 'x' }, "'subject' must name a template"],
    [
      { scope: 'provider', subject: 'other', reason: 'x' },
      "'subject' must name a provider. There are: in-memory.",
    ],
    [{ scope: 'portal', reason: 'x', until: 'noon' }, 'body.until must match'],
    [
      { scope: 'portal', reason: 'x', until: '2020-01-01T00:00:00Z' },
      "'until' must be a time within the next year",
    ],
  ])('refuses the brake %j', async (body, message) => {
    const answer = await portal.post('/brakes', body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain(message);
    expect((await portal.get('/brakes')).body.items).toEqual([]);
  });

  it('lets a person say whether an agent started, where nobody else can', async () => {
    const provider = new InMemoryProvider(
      { now: () => new Date() },
      {
        start: 'neither',
        cancel: false,
      },
    );
    provider.faults.push('answer-lost', 'answer-lost');
    const other = await startPortal({
      providers: [provider],
      agentTasks: { watch: { tasksSeconds: 1 } },
    });
    const { body } = await other.post('/campaigns', plan, {
      'Idempotency-Key': 'key-0001',
    });
    const path = `/tasks/${body.tasks[0]}`;
    const undecided = ({ task }: { task: { state: string } }) =>
      task.state === 'undecided';
    const { hold } = await other.until(path, undecided);
    expect(hold.choices).toHaveLength(2);
    const resolve = (choice: object) =>
      other.post(`${path}/resolve-start`, choice);
    expect((await resolve({ choice: 'perhaps' })).status).toBe(400);
    expect((await resolve({ choice: 'started' })).status).toBe(400);
    const again = await resolve({ choice: 'not-started' });
    expect(again.status).toBe(200);
    await other.until(
      path,
      details => undecided(details) && details.attempts.length === 2,
    );
    const { body: found } = await resolve({
      choice: 'started',
      providerTaskId: 'agent-2',
    });
    expect(found.task.state).toBe('running');
    expect((await resolve({ choice: 'not-started' })).status).toBe(409);
  });

  it('tells of what runs, and how deep the queue was', async () => {
    await launch();
    const { items } = await portal.until(
      '/queue/running?limit=1',
      ({ items: running }) => running.length > 0,
    );
    expect(items[0].team).toBe('group:default/shop');
    const history = await portal.until(
      '/queue/history?hours=1',
      ({ samples }) => samples.length > 0,
    );
    expect(history.samples[0].byTeam).toHaveLength(history.teams.length);
    for (const refused of ['hours=0', 'hours=1441', 'hours=x']) {
      const answer = await portal.get(`/queue/history?${refused}`);
      expect(answer.status).toBe(400);
    }
    expect((await portal.get('/queue/running?cursor=x')).status).toBe(400);
  });

  it('writes, revises, tries, pauses and archives a template', async () => {
    const text = (prompt: string) => `apiVersion: agent-tasks.io/v1alpha1
kind: AgentTaskTemplate
metadata:
  name: tidy
  title: Tidy
  description: Tidies.
spec:
  type: cleanup
  owner: group:default/shop
  parameters: { type: object }
  prompt: ${prompt}
`;
    const yaml = text('Tidy.');
    const { body: schema } = await portal.get('/templates/schema');
    expect(schema).toEqual(agentTaskTemplateSchema);
    expect(
      (await portal.post('/templates/validate', { yaml: '{' })).body.problems,
    ).toEqual([expect.objectContaining({ severity: 'error' })]);
    const created = await portal.post('/templates', { yaml });
    expect(created.status).toBe(201);
    expect((await portal.post('/templates', { yaml })).status).toBe(409);
    expect(
      (await portal.post('/templates', { yaml: 'a: b' })).body.error,
    ).toEqual({
      name: 'InputError',
      message: expect.stringMatching(
        /^The template has \d problems\. Line 1:1: /,
      ),
    });
    const large = await portal.post('/templates', {
      yaml: `${yaml}# ${'x'.repeat(300 * 1024)}`,
    });
    expect(large.status).toBe(400);
    expect(large.body.error.message).toContain(
      'Line 1:1: The text has 301 kB; a template has at most 256 kB.',
    );
    const huge = await portal.post('/templates/validate', {
      yaml: 'x'.repeat(1024 * 1024),
    });
    expect(huge.status).toBe(413);
    const revised = await portal.put('/templates/tidy', {
      yaml: text('Tidy ${{ repository.name }}.'),
      expectedRevision: 1,
    });
    expect(revised.body).toMatchObject({ number: 2, current: true });
    const stale = await portal.put('/templates/tidy', {
      yaml,
      expectedRevision: 1,
    });
    expect(stale.status).toBe(409);
    const readOnly = await portal.put('/templates/bump', {
      yaml: yaml.replace('name: tidy', 'name: bump'),
      expectedRevision: 1,
    });
    expect(readOnly.status).toBe(403);
    const { body: revisions } = await portal.get('/templates/tidy/revisions');
    expect(revisions.items.map(({ number }: any) => number)).toEqual([2, 1]);
    const { body: first } = await portal.get('/templates/tidy/revisions/1');
    expect(first.yaml).toBe(yaml);
    const { body: preview } = await portal.post('/templates/preview', {
      name: 'tidy',
      component: plan.components[0],
      parameters: {},
    });
    expect(preview.prompt.text).toMatch(/^Tidy \w+/);
    const paused = await portal.post('/templates/tidy/pause', {
      reason: 'It loops.',
    });
    expect(paused.body.paused.reason).toBe('It loops.');
    const resumed = await portal.post('/templates/tidy/resume', {});
    expect(resumed.body.paused).toBeUndefined();
    const archived = await portal.post('/templates/tidy/archive', {});
    expect(archived.body.archivedAt).toEqual(expect.any(String));
    const { body: list } = await portal.get('/templates?archived=true');
    expect(list.items.map(({ name }: any) => name)).toEqual(['bump', 'tidy']);
    const restored = await portal.post('/templates/tidy/restore', {});
    expect(restored.body.archivedAt).toBeUndefined();
    await portal.post('/templates/tidy/archive', {});
  });

  describe('the limits of a team', () => {
    const path = '/teams/group/default/shop';

    it('are told, changed, and held by a pause', async () => {
      await launch();
      const list = await portal.get('/teams');
      expect(list.body).toMatchObject({
        known: true,
        items: [{ team: 'group:default/shop', isParent: false }],
      });
      const before = await portal.get(path);
      expect(before.body).toMatchObject({
        version: 0,
        settings: { running: { value: 10, from: 'default' } },
        permissions: { lower: true, raise: true, pause: true },
      });
      const changed = await portal.put(`${path}/limits`, {
        expectedVersion: 0,
        running: 3,
        weight: 2.5,
        reviewMinutes: null,
      });
      expect(changed.body).toMatchObject({
        version: 1,
        settings: {
          running: { value: 3, from: 'set', by: 'user:default/mock' },
          weight: { value: 2.5 },
        },
      });
      const late = await portal.put(`${path}/limits`, {
        expectedVersion: 0,
        running: 4,
      });
      expect(late.status).toBe(409);
      expect(late.body.error.message).toContain('since you read them');

      const paused = await portal.post(`${path}/pause`, {
        reason: 'Release day.',
        until: new Date(Date.now() + 3_600_000).toISOString(),
      });
      expect(paused.body.pause).toMatchObject({ reason: 'Release day.' });
      const { body: campaign } = await launch();
      await portal.until(`/tasks/${campaign.tasks[0]}`, ({ hold }) =>
        hold?.limits.some(
          (one: { limit: string }) => one.limit === 'team-paused',
        ),
      );
      const resumed = await portal.post(`${path}/resume`, {});
      expect(resumed.body).not.toHaveProperty('pause');
      await portal.put(`${path}/limits`, {
        expectedVersion: resumed.body.version,
        running: null,
        weight: null,
      });
    });

    it.each<[string, object, number, string]>([
      ['limits', {}, 400, 'body.expectedVersion is missing'],
      [
        'limits',
        { expectedVersion: 0, running: -1 },
        400,
        "'running' must be a whole number from 0 to 10,000, and is -1.",
      ],
      [
        'limits',
        { expectedVersion: 0, weight: 0 },
        400,
        'To let nothing start, pause the team.',
      ],
      [
        'limits',
        { expectedVersion: 0, running: '3' },
        400,
        'body.running must be number',
      ],
      [
        'limits',
        { expectedVersion: 0, runing: 3 },
        400,
        'body.runing is not a field of this request',
      ],
      ['pause', {}, 400, 'body.reason is missing'],
      ['pause', { reason: ' ' }, 400, "'reason' is empty"],
    ])('refuse %s %j', async (what, body, status, message) => {
      const answer = await (what === 'limits'
        ? portal.put(`${path}/${what}`, body)
        : portal.post(`${path}/${what}`, body));
      expect(answer.status).toBe(status);
      expect(answer.body.error.message).toContain(message);
    });

    it.each([
      ['/teams/group/default/none', 404, 'There is no group'],
      ['/teams/user/default/mock', 400, 'Limits are those of groups'],
    ])('answer %s with %d', async (wrong, status, message) => {
      const answer = await portal.get(wrong);
      expect(answer.status).toBe(status);
      expect(answer.body.error.message).toContain(message);
    });
  });

  describe('triggers', () => {
    const secret = 'what-the-scanner-signs-with';
    const schedule = {
      name: 'weekly-bump',
      type: 'schedule',
      owner: 'group:default/shop',
      template: 'bump',
      parameters: { version: '1.3.0' },
      components: ['component:default/shop-1'],
      scope: 'owned',
      caps: { tasksPerHour: 5, openAtOnce: 5 },
      schedule: {
        cron: '0 6 * * 1',
        timeZone: 'Europe/Vienna',
        jitterSeconds: 60,
        missedRuns: 'skip',
        overlap: 'skip',
      },
    };
    const key = { 'Idempotency-Key': 'run-number-1' };
    let triggers: Awaited<ReturnType<typeof startPortal>>;
    let id: string;

    beforeAll(async () => {
      triggers = await startPortal({
        agentTasks: { triggers: { secrets: { scanner: secret } } },
      });
      ({
        body: { id },
      } = await triggers.post('/triggers', schedule));
    });

    it('are made, run, paused, changed and removed', async () => {
      const { get, post, put, send } = triggers;
      expect((await get('/triggers')).body).toMatchObject({
        items: [{ id, name: 'weekly-bump', mayManage: true }],
        mayCreate: true,
        secrets: ['scanner'],
      });
      const run = await post(`/triggers/${id}/run`, {}, key);
      expect(run.body).toMatchObject({ outcome: 'launched', tasks: 1 });
      const again = await post(`/triggers/${id}/run`, {}, key);
      expect(again.body).toEqual(run.body);
      expect((await get(`/triggers/${id}/runs?limit=1`)).body.items).toEqual([
        run.body,
      ]);
      const campaign = await get(`/campaigns/${run.body.campaignId}`);
      expect(campaign.body).toMatchObject({
        requester: 'trigger:weekly-bump',
        trigger: { id, name: 'weekly-bump', owner: 'group:default/shop' },
      });
      await post(`/triggers/${id}/pause`, { reason: 'Freeze' });
      expect((await get(`/triggers/${id}`)).body.paused.reason).toBe('Freeze');
      const { version } = (await post(`/triggers/${id}/resume`, {})).body;
      const changed = await put(`/triggers/${id}`, {
        ...schedule,
        title: 'Each Monday',
        expectedVersion: version,
      });
      expect(changed.body.title).toBe('Each Monday');
      const made = await post('/triggers', { ...schedule, name: 'other' });
      expect(made.status).toBe(201);
      const path = `/triggers/${made.body.id}`;
      expect((await send('delete', path)).status).toBe(204);
      expect((await get(path)).status).toBe(404);
    });

    it.each<[object, string]>([
      [{ caps: { tasksPerHour: 0, openAtOnce: 1 } }, 'tasksPerHour'],
      [{ name: 'Not A Name' }, 'body.name'],
      [{ scope: 'everything' }, 'body.scope'],
      [
        { schedule: { ...schedule.schedule, cron: '* * * * * *' } },
        'more often than once a minute',
      ],
      [
        { schedule: { ...schedule.schedule, cron: '0 0 30 2 *' } },
        'never fires',
      ],
    ])('refuse %j', async (change, message) => {
      const answer = await triggers.post('/triggers', {
        ...schedule,
        name: 'wrong',
        ...change,
      });
      expect(answer.status).toBe(400);
      expect(answer.body.error.message).toContain(message);
    });

    it('take webhooks in without a token, and only signed ones', async () => {
      const { post, until } = triggers;
      const made = await post('/triggers', {
        ...schedule,
        name: 'on-scan',
        type: 'webhook',
        schedule: undefined,
        parameters: {},
        webhook: {
          source: 'generic',
          secret: 'scanner',
          parameters: { version: 'event.version' },
        },
      });
      expect(made.status).toBe(201);
      const { hookPath } = made.body;
      const at = String(Math.floor(Date.now() / 1000));
      const body = { version: '2.0.0' };
      const headers = {
        // Not even who is not signed in is needed.
        authorization: mockCredentials.none.header(),
        'x-agent-tasks-timestamp': at,
        'x-agent-tasks-signature': `sha256=${createHmac('sha256', secret)
          .update(`${at}.${JSON.stringify(body)}`)
          .digest('hex')}`,
      };
      const taken = await post(hookPath, body, headers);
      expect(taken.status).toBe(202);
      expect(taken.body).toEqual({ accepted: true });
      const other = await post(hookPath, { version: '3.0.0' }, headers);
      expect(other.status).toBe(403);
      expect(other.body).toEqual({
        error: { name: 'NotAllowedError', message: 'Refused.' },
        response: { statusCode: 403 },
      });
      const { items } = await until(
        `/triggers/${made.body.id}/runs`,
        page => page.items[0]?.outcome === 'launched',
      );
      expect(items).toHaveLength(1);
    });
  });

  // Stands last: by then every operation was asked for.
  it('has answered every operation of the document as the document says', () => {
    expect(contract.unseen()).toEqual([]);
  });
});

describe('the plugin with permissions', () => {
  it.each([
    [
      'agent-tasks.template.read',
      {
        '/templates': 'You may not see templates.',
        '/templates/bump': 'You may not see templates.',
        '/status': 'You may not see the status of agent tasks.',
      },
    ],
    [
      'agent-tasks.task.read',
      {
        '/tasks': 'You may not see agent tasks.',
        '/tasks/task_1': 'You may not see agent tasks.',
        '/tasks/task_1/events': 'You may not see agent tasks.',
        '/campaigns/camp_1': 'You may not see campaigns.',
      },
    ],
    ['agent-tasks.audit.read', { '/events': 'You may not read the audit.' }],
  ])(
    'refuses everything that needs %s, and names it',
    async (name, refused) => {
      const portal = await startPortal({
        permissions: policyOf({
          [name]: { result: AuthorizeResult.DENY },
        }),
      });
      for (const [path, message] of Object.entries(refused)) {
        const answer = await portal.get(path);
        expect(answer.status).toBe(403);
        expect(answer.body.error.message).toBe(
          `${message} A platform admin can grant the permission ${name}.`,
        );
      }
    },
  );

  it('leaves out what the caller may not launch on', async () => {
    const portal = await startPortal({
      permissions: policyOf({
        'agent-tasks.task.create': { result: AuthorizeResult.DENY },
      }),
    });
    const { body } = await portal.post('/plans', plan);
    expect(body.tasks).toEqual([]);
    expect(body.excluded).toMatchObject([{ reason: 'not-permitted' }]);
  });

  it('shows to somebody the own tasks alone', async () => {
    const portal = await startPortal({
      permissions: policyOf({
        'agent-tasks.task.read': createAgentTaskConditionalDecision(
          {
            type: 'resource',
            resourceType: 'agent-task',
            name: 'agent-tasks.task.read',
            attributes: {},
          },
          agentTaskConditions.isRequester({ claims: ['user:default/mock'] }),
        ),
      }),
    });
    const mine = await portal.post('/campaigns', plan, {
      'Idempotency-Key': 'key-mine',
    });
    const theirs = await portal.post('/campaigns', plan, {
      'Idempotency-Key': 'key-theirs',
      Authorization: mockCredentials.user.header('user:default/lee'),
    });
    const { body } = await portal.get('/tasks');
    expect(idsOf(body)).toEqual(mine.body.tasks);
    const [id] = theirs.body.tasks;
    for (const path of [
      `/tasks/${id}`,
      `/tasks/${id}/events`,
      `/campaigns/${theirs.body.id}`,
    ]) {
      expect((await portal.get(path)).status).toBe(404);
    }
    expect((await portal.post(`/tasks/${id}/cancel`, {})).status).toBe(404);
  });
});

describe('the start of the plugin', () => {
  it('stops at a setting that there is not', async () => {
    await expect(
      startPortal({ agentTasks: { limits: { runing: 5 } } }),
    ).rejects.toThrow('agentTasks.limits.runing is not a setting');
  });

  it('stops at two providers with one id', async () => {
    await expect(
      startPortal({
        providers: [
          new InMemoryProvider({ now: () => new Date() }),
          new InMemoryProvider({ now: () => new Date() }),
        ],
      }),
    ).rejects.toThrow("Two providers have the id 'in-memory'");
  });

  it('goes on without a provider, and says so at the first plan', async () => {
    const portal = await startPortal({ providers: [] });
    const answer = await portal.post('/plans', plan);
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toMatch(/^No provider is installed\./);
  });

  it('goes on while the provider does not answer, says so, and catches up', async () => {
    const provider = new InMemoryProvider({ now: () => new Date() });
    provider.unreachable = true;
    const portal = await startPortal({
      providers: [provider],
      agentTasks: { watch: { tasksSeconds: 1 } },
    });
    const stateOf = (body: { remotes: { role: string; state: string }[] }) =>
      body.remotes.find(({ role }) => role === 'provider')?.state;
    const down = await portal.until(
      '/status',
      body => stateOf(body) === 'unavailable',
    );
    expect(down.remotes[0].message).toBe('In-memory agent cannot be reached.');
    const { body } = await portal.post('/campaigns', plan, {
      'Idempotency-Key': 'key-0001',
    });
    const [id] = body.tasks;
    expect((await portal.get(`/tasks/${id}`)).body).toMatchObject({
      task: { state: 'queued' },
      hold: { limit: 'provider-unavailable' },
    });
    provider.unreachable = false;
    await portal.until(`/tasks/${id}`, ({ task }) => task.state === 'running');
  });
});
