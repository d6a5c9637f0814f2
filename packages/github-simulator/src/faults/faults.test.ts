import { connect } from 'net';
import { GithubSimulator } from '../GithubSimulator';
import { startTestSimulator, TestCall } from '../testing/startTestSimulator';
import { REFRESH_TOKEN, STARTER_TOKEN } from '../testing/testSeed';

const TASKS = 'POST /agents/repos/acme/shop/tasks';
const MARKER = 'att_01ARZ3NDEKTSV4RRFFQ69G5FAV';

describe('faults', () => {
  let simulator: GithubSimulator;
  let call: TestCall;

  beforeEach(async () => {
    ({ simulator, call } = await startTestSimulator());
  });

  afterEach(() => simulator.close());

  const start = () =>
    call(TASKS, { prompt: `Fix lint\n\nagent-task-marker: ${MARKER}` });

  it('answers 502 although the task was created', async () => {
    const fault = simulator.faults.add({
      route: 'POST /agents/repos/:owner/:repo/tasks',
      times: 1,
      fault: { kind: 'status', status: 502, when: 'after' },
    });
    expect((await start()).status).toBe(502);
    expect(simulator.world.tasks.size).toBe(1);
    expect(fault.hits).toBe(1);
    expect((await start()).status).toBe(201);
    expect(simulator.counters.values.tasksByMarker).toEqual({ [MARKER]: 2 });
    expect(simulator.counters.duplicateMarkers).toEqual([MARKER]);
  });

  it('answers 502 before the task is created', async () => {
    simulator.faults.add({
      route: TASKS,
      fault: { kind: 'status', status: 502, when: 'before' },
    });
    expect((await start()).status).toBe(502);
    expect(simulator.world.tasks.size).toBe(0);
  });

  it.each(['before', 'after'] as const)(
    'cuts the connection %s the effect',
    async when => {
      simulator.faults.add({ route: TASKS, fault: { kind: 'reset', when } });
      await expect(start()).rejects.toThrow('fetch failed');
      expect(simulator.world.tasks.size).toBe(when === 'after' ? 1 : 0);
    },
  );

  it('refuses with retry-after', async () => {
    simulator.faults.add({
      route: /^GET \/user$/,
      fault: { kind: 'status', status: 429, retryAfterSeconds: 7 },
    });
    const answer = await call('GET /user');
    expect(answer.status).toBe(429);
    expect(answer.headers['retry-after']).toBe('7');
    expect((await call('GET /rate_limit')).status).toBe(200);
  });

  it('sends a body that is no JSON', async () => {
    simulator.faults.add({ fault: { kind: 'malformed' } });
    const answer = await call('GET /user');
    expect(answer.status).toBe(200);
    expect(typeof answer.body).toBe('string');
  });

  it('holds an answer back', async () => {
    simulator.faults.add({ fault: { kind: 'latency', ms: 80 } });
    const begin = performance.now();
    await call('GET /user');
    expect(performance.now() - begin).toBeGreaterThanOrEqual(75);
  });

  it('writes an answer to the socket twice', async () => {
    simulator.faults.add({ times: 1, fault: { kind: 'duplicate' } });
    const { hostname, port } = new URL(simulator.url);
    const received = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () =>
        socket.write(
          `GET /api/v3/user HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${STARTER_TOKEN}\r\nconnection: close\r\n\r\n`,
        ),
      );
      let text = '';
      socket.on('data', chunk => {
        text += chunk;
      });
      socket.on('close', () => resolve(text));
      socket.on('error', reject);
    });
    expect(received.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
    expect(received.match(/"login":"robot"/g)).toHaveLength(2);
  });

  it('strikes by probability, the same with the same seed', async () => {
    const strikes = async () => {
      const run = await startTestSimulator({ random: 7, limits: false });
      run.simulator.faults.add({
        probability: 0.3,
        fault: { kind: 'status', status: 500 },
      });
      const statuses: number[] = [];
      for (let i = 0; i < 40; i++) {
        statuses.push((await run.call('GET /user')).status);
      }
      await run.simulator.close();
      return statuses;
    };
    const first = await strikes();
    expect(await strikes()).toEqual(first);
    const share = first.filter(status => status === 500).length / 40;
    expect(share).toBeGreaterThan(0.1);
    expect(share).toBeLessThan(0.6);
  });

  it('can be removed', async () => {
    const fault = simulator.faults.add({
      fault: { kind: 'status', status: 500 },
    });
    expect((await call('GET /user')).status).toBe(500);
    fault.remove();
    expect((await call('GET /user')).status).toBe(200);
  });

  it('strikes GraphQL and sign-in too', async () => {
    simulator.faults.add({
      route: /^POST \/(graphql|login)/,
      fault: { kind: 'status', status: 502, when: 'after' },
    });
    const post = (path: string) =>
      fetch(`${simulator.url}${path}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${STARTER_TOKEN}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          query: '{ viewer { login } }',
          client_id: 'Iv1.0123456789abcdef',
          client_secret: 'client-secret',
          grant_type: 'refresh_token',
          refresh_token: REFRESH_TOKEN,
        }),
      });
    expect((await post('/api/graphql')).status).toBe(502);
    expect(simulator.counters.values.graphqlRequests).toBe(1);
    expect((await post('/login/oauth/access_token')).status).toBe(502);
    simulator.faults.clear();
    const lost = await (await post('/login/oauth/access_token')).json();
    expect(lost.error).toBe('bad_refresh_token');
    const answered = await post('/api/graphql');
    expect((await answered.json()).data.viewer.login).toBe('robot');
    expect(answered.headers.get('x-ratelimit-resource')).toBe('graphql');
  });

  it('says nothing of a request whose client did not wait for it', async () => {
    // Express prints errors everywhere but in tests, and asks once whether it is in one.
    const environment = jest.replaceProperty(
      process.env,
      'NODE_ENV',
      'development',
    );
    const { simulator: outside } = await startTestSimulator();
    environment.restore();
    const printed = jest.spyOn(console, 'error').mockImplementation(() => {});
    const ask = (signal?: AbortSignal) =>
      fetch(`${outside.url}/api/graphql`, {
        method: 'POST',
        headers: { authorization: `Bearer ${STARTER_TOKEN}` },
        body: JSON.stringify({ query: '{ viewer { login } }' }),
        signal,
      });
    outside.faults.add({
      route: 'POST /graphql',
      fault: { kind: 'latency', ms: 100 },
    });
    await expect(ask(AbortSignal.timeout(50))).rejects.toThrow('timeout');
    // The one that was held back first is dealt with first.
    expect((await ask()).status).toBe(200);
    expect(printed).not.toHaveBeenCalled();
    expect(outside.counters.values.byStatus).toEqual({ 200: 1, 499: 1 });
    printed.mockRestore();
    await outside.close();
  });

  it('lets drills be the people on GitHub', async () => {
    const { body } = await start();
    simulator.clock.advance(600_000);
    const act = async (name: string, more: object = {}) =>
      (
        await fetch(
          `${simulator.url}/_simulator/repos/acme/shop/pulls/1/${name}`,
          {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ login: 'ada', ...more }),
          },
        )
      ).status;
    expect(await act('merge')).toBe(405);
    expect(await act('ready')).toBe(200);
    expect(await act('checks', { conclusion: 'failure' })).toBe(200);
    expect(await act('approve', { login: 'nobody' })).toBe(400);
    expect(await act('approve')).toBe(200);
    expect(await act('merge')).toBe(405);
    expect(await act('checks')).toBe(200);
    expect(await act('merge')).toBe(200);
    expect(await act('fly')).toBe(404);
    const task = simulator.world.tasks.get(body.id)!;
    expect(simulator.world.pullRequests.get(task.pullRequestId!)!.merged).toBe(
      true,
    );
  });

  it('is ordered over HTTP by drills in other processes', async () => {
    const admin = async (method: string, path: string, body?: unknown) => {
      const response = await fetch(`${simulator.url}/_simulator${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      const text = await response.text();
      return text ? JSON.parse(text) : undefined;
    };
    await admin('POST', '/faults', {
      route: TASKS.replace('acme/shop', ':owner/:repo'),
      times: 1,
      fault: { kind: 'status', status: 502, when: 'after' },
    });
    expect((await start()).status).toBe(502);
    expect(await admin('GET', '/counters')).toMatchObject({
      tasks: 1,
      tasksCreated: 1,
      tasksByMarker: { [MARKER]: 1 },
      duplicateMarkers: [],
    });
    expect(await admin('GET', '/tasks')).toEqual([
      expect.objectContaining({
        repository: 'acme/shop',
        creator: 'robot',
        state: 'queued',
        prompt: expect.stringContaining(MARKER),
      }),
    ]);
    await admin('POST', '/clock/advance', { seconds: 600 });
    expect((await admin('GET', '/tasks'))[0].state).toBe('completed');
    await admin('POST', '/reset-counters');
    expect(await admin('GET', '/counters')).toMatchObject({ tasksCreated: 0 });
    await admin('DELETE', '/faults');
    expect(simulator.faults.list()).toEqual([]);
  });
});
