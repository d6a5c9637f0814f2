import { AgentTasksClient } from './AgentTasksClient';

const discoveryApi = {
  getBaseUrl: async (pluginId: string) =>
    `https://portal.example/api/${pluginId}`,
};

/** A client whose requests are answered by a function, and the requests that it made. */
function createClient(
  answer: () => Response = () => Response.json({ items: [] }),
) {
  const requests: { url: URL; init: RequestInit }[] = [];
  const client = AgentTasksClient.create({
    discoveryApi,
    fetchApi: {
      fetch: async (input, init) => {
        requests.push({ url: new URL(String(input)), init: init ?? {} });
        return answer();
      },
    },
  });
  return { client, requests };
}

describe('AgentTasksClient', () => {
  it('repeats the name of a filter for each of its values, and leaves out what is undefined', async () => {
    const { client, requests } = createClient();
    await client.listTasks({
      team: ['group:default/shop', 'group:default/a&b=c'],
      state: ['queued'],
      template: [],
      limit: 50,
      cursor: undefined,
    });
    const { url, init } = requests[0];
    expect(url.pathname).toBe('/api/agent-tasks/tasks');
    expect([...url.searchParams]).toEqual([
      ['team', 'group:default/shop'],
      ['team', 'group:default/a&b=c'],
      ['state', 'queued'],
      ['limit', '50'],
    ]);
    expect(init.method).toBe('GET');
    expect(init.body).toBeUndefined();
    expect(init.headers).toEqual({});
  });

  it('asks for a list without filters without a query', async () => {
    const { client, requests } = createClient();
    await client.listTasks();
    expect(requests[0].url.href).toBe(
      'https://portal.example/api/agent-tasks/tasks',
    );
  });

  it('sends the idempotency key of a launch beside its body', async () => {
    const campaign = { id: 'camp_1' };
    const { client, requests } = createClient(() =>
      Response.json(campaign, { status: 201 }),
    );
    const request = {
      template: 'bump',
      components: ['component:default/shop'],
      parameters: { version: '1' },
    };
    await expect(client.launch(request, 'key-0001')).resolves.toEqual(campaign);
    const { url, init } = requests[0];
    expect(url.pathname).toBe('/api/agent-tasks/campaigns');
    expect(init).toMatchObject({
      method: 'POST',
      headers: {
        'Idempotency-Key': 'key-0001',
        'Content-Type': 'application/json',
      },
    });
    expect(JSON.parse(String(init.body))).toEqual(request);
  });

  it('names a team by the parts of its entity ref', async () => {
    const { client, requests } = createClient();
    await client.getTeam('group:default/a b');
    await client.setTeamLimits('payments', {
      expectedVersion: 2,
      running: null,
    });
    await client.pauseTeam('group:other/shop', { reason: 'Release.' });
    await client.resumeTeam('group:other/shop');
    expect(
      requests.map(({ url, init }) => [
        init.method,
        url.pathname.replace('/api/agent-tasks', ''),
        init.body,
      ]),
    ).toEqual([
      ['GET', '/teams/group/default/a%20b', undefined],
      [
        'PUT',
        '/teams/group/default/payments/limits',
        '{"expectedVersion":2,"running":null}',
      ],
      ['POST', '/teams/group/other/shop/pause', '{"reason":"Release."}'],
      ['POST', '/teams/group/other/shop/resume', '{}'],
    ]);
  });

  it('writes templates, and asks for their revisions', async () => {
    const { client, requests } = createClient();
    await client.listTemplates({ archived: true });
    await client.getTemplateSchema();
    await client.createTemplate({ yaml: 'a' });
    await client.reviseTemplate('teams/x', {
      yaml: 'b',
      expectedRevision: 2,
      draft: true,
    });
    await client.validateTemplate('c');
    await client.previewTemplate({
      name: 'x',
      component: 'component:default/shop',
      parameters: {},
    });
    await client.listTemplateRevisions('x');
    await client.getTemplateRevision('x', 3);
    await client.pauseTemplate('x', { reason: 'Release.' });
    await client.resumeTemplate('x');
    await client.archiveTemplate('x');
    await client.restoreTemplate('x');
    expect(
      requests.map(({ url, init }) =>
        [
          init.method,
          url.pathname.replace('/api/agent-tasks', '') + url.search,
          init.body,
        ].join(' '),
      ),
    ).toEqual([
      'GET /templates?archived=true ',
      'GET /templates/schema ',
      'POST /templates {"yaml":"a"}',
      'PUT /templates/teams%2Fx {"yaml":"b","expectedRevision":2,"draft":true}',
      'POST /templates/validate {"yaml":"c"}',
      'POST /templates/preview {"name":"x","component":"component:default/shop","parameters":{}}',
      'GET /templates/x/revisions ',
      'GET /templates/x/revisions/3 ',
      'POST /templates/x/pause {"reason":"Release."}',
      'POST /templates/x/resume {}',
      'POST /templates/x/archive {}',
      'POST /templates/x/restore {}',
    ]);
  });

  it('passes a token and a signal on', async () => {
    const { client, requests } = createClient();
    const { signal } = new AbortController();
    await client.getStatus({ token: 'a-token', signal });
    expect(requests[0].init.headers).toEqual({
      Authorization: 'Bearer a-token',
    });
    expect(requests[0].init.signal).toBe(signal);
  });

  it.each<[string, (client: AgentTasksClient) => Promise<unknown>, string]>([
    ['listTemplates', c => c.listTemplates(), 'GET /templates'],
    [
      'getTemplate',
      c => c.getTemplate('teams/bump'),
      'GET /templates/teams%2Fbump',
    ],
    [
      'plan',
      c => c.plan({ template: 't', components: ['c'], parameters: {} }),
      'POST /plans',
    ],
    ['getCampaign', c => c.getCampaign('camp_1'), 'GET /campaigns/camp_1'],
    ['getTask', c => c.getTask('../status'), 'GET /tasks/..%2Fstatus'],
    [
      'listTaskEvents',
      c => c.listTaskEvents('task_1', { limit: 2, cursor: '17' }),
      'GET /tasks/task_1/events?limit=2&cursor=17',
    ],
    ['cancelTask', c => c.cancelTask('task_1'), 'POST /tasks/task_1/cancel'],
    ['retryTask', c => c.retryTask('task_1'), 'POST /tasks/task_1/retry'],
    ['getStatus', c => c.getStatus(), 'GET /status'],
  ])('%s asks for its own path', async (_name, call, expected) => {
    const { client, requests } = createClient();
    await call(client);
    const { url, init } = requests[0];
    expect(
      `${init.method} ${url.pathname.replace('/api/agent-tasks', '')}${url.search}`,
    ).toBe(expected);
  });

  it('cancels with the reason, and with an empty body where there is none', async () => {
    const { client, requests } = createClient();
    await client.cancelTask('task_1', { reason: 'wrong version' });
    await client.cancelTask('task_1');
    expect(requests.map(({ init }) => init.body)).toEqual([
      '{"reason":"wrong version"}',
      '{}',
    ]);
  });

  it('throws what the backend says where it refuses', async () => {
    const { client } = createClient(() =>
      Response.json(
        {
          error: { name: 'ConflictError', message: 'The task has ended.' },
          request: { method: 'POST', url: '/tasks/task_1/cancel' },
          response: { statusCode: 409 },
        },
        { status: 409, statusText: 'Conflict' },
      ),
    );
    await expect(client.cancelTask('task_1')).rejects.toMatchObject({
      name: 'ResponseError',
      statusCode: 409,
      body: { error: { message: 'The task has ended.' } },
      cause: { name: 'ConflictError', message: 'The task has ended.' },
    });
  });

  it('adds components to a campaign once for a key, and exports it as text', async () => {
    const { client, requests } = createClient(() => new Response('{"id":1}'));
    await client.addCampaignComponents(
      'camp/1',
      { components: ['component:default/a'] },
      'key-0001',
    );
    expect(requests[0].url.pathname).toBe(
      '/api/agent-tasks/campaigns/camp%2F1/components',
    );
    expect(requests[0].init.headers).toMatchObject({
      'Idempotency-Key': 'key-0001',
    });
    await expect(client.exportCampaign('camp_1')).resolves.toBe('{"id":1}');
    await client.approveCampaignWave('camp_1', 2);
    expect(requests[2].url.pathname).toBe(
      '/api/agent-tasks/campaigns/camp_1/waves/2/approve',
    );
    await client.listTasks({ campaign: ['camp_1'], wave: [1, 2] });
    expect(requests[3].url.search).toBe('?campaign=camp_1&wave=1&wave=2');
  });

  it('throws where something else than the backend answers', async () => {
    const { client } = createClient(
      () => new Response('<html>', { status: 502, statusText: 'Bad Gateway' }),
    );
    await expect(client.getStatus()).rejects.toMatchObject({
      name: 'ResponseError',
      statusCode: 502,
    });
  });

  it('uses the fetch of the platform where it is given none', async () => {
    const original = globalThis.fetch;
    const called: string[] = [];
    globalThis.fetch = async function fetch(this: unknown, input) {
      // Browsers refuse a fetch that is called as a method of something else.
      expect(this === undefined || this === globalThis).toBe(true);
      called.push(String(input));
      return Response.json({ items: [] });
    };
    try {
      await AgentTasksClient.create({ discoveryApi }).listTemplates();
    } finally {
      globalThis.fetch = original;
    }
    expect(called).toEqual([
      'https://portal.example/api/agent-tasks/templates',
    ]);
  });
});
