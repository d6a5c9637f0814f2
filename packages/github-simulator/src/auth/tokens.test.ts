import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/rest';
import { generateKeyPairSync } from 'crypto';
import { GithubSimulator } from '../GithubSimulator';
import { appJwt } from '../testing/appJwt';
import { startTestSimulator, TestCall } from '../testing/startTestSimulator';
import {
  EXPIRING_TOKEN,
  OTHER_TOKEN,
  READER_TOKEN,
  REFRESH_TOKEN,
  TEST_APP_ID,
  TEST_APP_KEY,
  TEST_INSTALLATION_ID,
  USER_TOKEN,
} from '../testing/testSeed';

const MINT = `POST /app/installations/${TEST_INSTALLATION_ID}/access_tokens`;
const START = 'POST /agents/repos/acme/shop/tasks';

describe('tokens', () => {
  let simulator: GithubSimulator;
  let call: TestCall;

  beforeEach(async () => {
    ({ simulator, call } = await startTestSimulator());
  });

  afterEach(() => simulator.close());

  const seconds = () => Math.floor(simulator.clock.now() / 1000);

  async function mint(body?: unknown): Promise<string> {
    const token = await appJwt({ now: seconds() });
    const answer = await call(MINT, body, { token });
    expect(answer.status).toBe(201);
    return answer.body.token;
  }

  it('refuses a token that is unknown, and a request without one', async () => {
    const unknown = await call('GET /user', undefined, { token: 'ghp_none' });
    expect(unknown.status).toBe(401);
    expect(unknown.body).toEqual({
      message: 'Bad credentials',
      documentation_url: expect.any(String),
      status: '401',
    });
    const anonymous = await fetch(`${simulator.apiUrl}/user`);
    expect(anonymous.status).toBe(401);
  });

  it('refuses a fine-grained token from the moment it expires', async () => {
    const start = () => call(START, { prompt: 'x' }, { token: EXPIRING_TOKEN });
    expect((await start()).status).toBe(201);
    simulator.clock.advance(24 * 3_600_000 - 1);
    expect((await start()).status).toBe(201);
    simulator.clock.advance(1);
    expect((await start()).status).toBe(401);
  });

  it('answers 403 where the permission is missing and 404 for another repository', async () => {
    const reader = await call(START, { prompt: 'x' }, { token: READER_TOKEN });
    expect(reader.status).toBe(403);
    expect(reader.body.message).toBe(
      'Resource not accessible by personal access token',
    );
    expect(reader.headers['x-accepted-github-permissions']).toBe(
      'agent_tasks=write',
    );
    const other = await call(START, { prompt: 'x' }, { token: OTHER_TOKEN });
    expect(other.status).toBe(404);
    expect(simulator.counters.values.refusals).toEqual([
      {
        route: 'POST /agents/repos/{owner}/{repo}/tasks',
        repository: 'acme/shop',
        permission: 'agent_tasks=write',
        status: 403,
      },
      expect.objectContaining({ repository: 'acme/shop', status: 404 }),
    ]);
    expect(simulator.world.tasks.size).toBe(0);
  });

  it('shows only the tasks of repositories that the token covers', async () => {
    const started = await call(
      'POST /agents/repos/acme/blog/tasks',
      { prompt: 'x' },
      { token: OTHER_TOKEN },
    );
    const narrow = (path: string) =>
      call(`GET ${path}`, undefined, { token: OTHER_TOKEN });
    expect((await narrow('/agents/tasks')).body.tasks).toHaveLength(1);
    const shop = simulator.world.repositories.getByFullName('acme/shop')!;
    const task = simulator.world.tasks.get(started.body.id)!;
    task.repositoryId = shop.id;
    expect((await narrow('/agents/tasks')).body.tasks).toHaveLength(0);
    expect((await narrow(`/agents/tasks/${task.id}`)).status).toBe(404);
  });

  it('refuses installation tokens for agent tasks, whatever they may', async () => {
    const token = await mint();
    const shop = simulator.world.repositories.getByFullName('acme/shop')!;
    for (const route of [
      START,
      'GET /agents/repos/acme/shop/tasks',
      'GET /agents/tasks',
    ]) {
      const answer = await call(
        route,
        route === START ? { prompt: 'x' } : undefined,
        { token },
      );
      expect([route, answer.status]).toEqual([route, 403]);
      expect(answer.body.message).toBe(
        'Resource not accessible by integration',
      );
    }
    expect([...simulator.world.tasks.list({ repository: shop })]).toHaveLength(
      0,
    );
  });

  it('narrows installation tokens to repositories and permissions', async () => {
    const token = await mint({
      repositories: ['shop'],
      permissions: { pull_requests: 'read' },
    });
    const status = async (route: string, body?: unknown) =>
      (await call(route, body, { token })).status;
    expect(await status('GET /repos/acme/shop/pulls')).toBe(200);
    expect(await status('GET /repos/acme/shop')).toBe(200);
    expect(await status('GET /repos/acme/shop/branches')).toBe(403);
    expect(
      await status('POST /repos/acme/shop/pulls', {
        head: 'a',
        base: 'main',
      }),
    ).toBe(403);
    expect(await status('GET /repos/acme/blog/pulls')).toBe(404);
    expect(simulator.counters.values.tokensMinted).toEqual([
      {
        token: expect.stringMatching(/^ghs:[0-9a-f]{12}$/),
        installationId: TEST_INSTALLATION_ID,
        repositories: ['acme/shop'],
        permissions: { pull_requests: 'read', metadata: 'read' },
      },
    ]);
    simulator.clock.advance(3_600_000);
    expect(await status('GET /repos/acme/shop')).toBe(401);
  });

  it('mints no token with more than the installation has', async () => {
    const token = await appJwt({ now: seconds() });
    for (const body of [
      { permissions: { administration: 'write' } },
      { repositories: ['closed'] },
      { repositories: ['none'] },
      { repositories: Array.from({ length: 501 }, () => 'shop') },
    ]) {
      const answer = await call(MINT, body, { token });
      expect(answer.status).toBe(422);
    }
    expect(simulator.counters.values.tokensMinted).toHaveLength(0);
  });

  it('verifies the JWT of an App: signature, age, lifetime', async () => {
    const now = seconds();
    const strange = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    }).privateKey;
    const answers = async (options: Partial<Parameters<typeof appJwt>[0]>) =>
      (
        await call('GET /app', undefined, {
          token: await appJwt({ now, ...options }),
        })
      ).status;
    expect(await answers({})).toBe(200);
    expect(await answers({ issuer: 'Iv1.0123456789abcdef' })).toBe(200);
    expect(await answers({ expiresAt: now + 600 })).toBe(200);
    expect(await answers({ expiresAt: now + 661 })).toBe(401);
    expect(await answers({ expiresAt: now - 1 })).toBe(401);
    expect(await answers({ issuedAt: now + 61 })).toBe(401);
    expect(await answers({ key: strange })).toBe(401);
    expect(await answers({ issuer: '1' })).toBe(404);
  });

  it('works with the client that Octokit has for Apps', async () => {
    simulator.clock.unfreeze();
    simulator.clock.advance(Math.max(0, Date.now() - simulator.clock.now()));
    const auth = createAppAuth({
      appId: TEST_APP_ID,
      privateKey: TEST_APP_KEY,
      request: new Octokit({ baseUrl: simulator.apiUrl }).request,
    });
    const { token } = await auth({
      type: 'installation',
      installationId: TEST_INSTALLATION_ID,
      repositoryNames: ['shop'],
      permissions: { contents: 'read' },
    });
    const answer = await call('GET /repos/acme/shop/branches', undefined, {
      token,
    });
    expect(answer.status).toBe(200);
  });

  it('trades a refresh token once, and ends the old token', async () => {
    const trade = async (refreshToken: string) => {
      const response = await fetch(
        `${simulator.url}/login/oauth/access_token`,
        {
          method: 'POST',
          headers: { accept: 'application/json' },
          body: new URLSearchParams({
            client_id: 'Iv1.0123456789abcdef',
            client_secret: 'client-secret',
            grant_type: 'refresh_token',
            refresh_token: refreshToken,
          }),
        },
      );
      return response.json();
    };
    const started = (token: string) =>
      call(START, { prompt: 'x' }, { token }).then(answer => answer.status);
    expect(await started(USER_TOKEN)).toBe(201);
    const traded = await trade(REFRESH_TOKEN);
    expect(traded).toEqual({
      access_token: expect.stringMatching(/^ghu_/),
      expires_in: 28_800,
      refresh_token: expect.stringMatching(/^ghr_/),
      refresh_token_expires_in: 15_811_200,
      token_type: 'bearer',
      scope: '',
    });
    expect(await started(USER_TOKEN)).toBe(401);
    expect(await started(traded.access_token)).toBe(201);
    expect((await trade(REFRESH_TOKEN)).error).toBe('bad_refresh_token');
    simulator.clock.advance(8 * 3_600_000);
    expect(await started(traded.access_token)).toBe(401);
  });

  it('refuses versions of the API that it does not know', async () => {
    const answer = await call('GET /user', undefined, {
      headers: { 'x-github-api-version': '2019-01-01' },
    });
    expect(answer.status).toBe(410);
    const older = await call('GET /user', undefined, {
      headers: { 'x-github-api-version': '2022-11-28' },
    });
    expect(older.status).toBe(200);
  });

  it('answers 404 with the body of GitHub for what it does not serve', async () => {
    const answer = await call('GET /repos/acme/shop/stargazers');
    expect(answer.status).toBe(404);
    expect(answer.body).toEqual({
      message: 'Not Found',
      documentation_url: expect.any(String),
      status: '404',
    });
  });
});
