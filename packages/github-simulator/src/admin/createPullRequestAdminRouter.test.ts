import { GithubSimulator } from '../GithubSimulator';
import { testSeed } from '../testing/testSeed';

describe('/_simulator/repos', () => {
  let simulator: GithubSimulator;

  beforeEach(async () => {
    simulator = await GithubSimulator.start({ seed: testSeed, limits: false });
  });
  afterEach(() => simulator.close());

  async function open(path: string, body: object) {
    const response = await fetch(`${simulator.url}/_simulator/repos/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  }

  it('opens a pull request as another agent does', async () => {
    const { world } = simulator;
    const { status, body } = await open('acme/shop/pulls', {
      login: 'devin-ai-integration',
      branch: 'devin/1',
      title: 'Add tests',
      files: { 'a.test.ts': 'one\ntwo\n' },
    });
    expect(status).toBe(201);
    const pullRequest = world.pullRequests.getByNodeId(body.nodeId)!;
    expect(pullRequest).toMatchObject({
      number: body.number,
      title: 'Add tests',
      state: 'open',
      draft: false,
      additions: 2,
    });
    expect(world.accounts.require(pullRequest.authorId)).toMatchObject({
      type: 'Bot',
      login: 'devin-ai-integration[bot]',
      graphqlLogin: 'devin-ai-integration',
    });
    // The App is there now, and does not come twice.
    const again = await open('acme/shop/pulls', {
      login: 'devin-ai-integration',
      branch: 'devin/2',
    });
    expect(world.pullRequests.getByNodeId(again.body.nodeId)!.authorId).toBe(
      pullRequest.authorId,
    );
  });

  it('refuses what cannot be opened', async () => {
    const body = { login: 'claude', branch: 'claude/1' };
    expect((await open('acme/nowhere/pulls', body)).status).toBe(404);
    expect((await open('acme/shop/pulls', { login: 'claude' })).status).toBe(
      400,
    );
    await open('acme/shop/pulls', body);
    expect((await open('acme/shop/pulls', body)).status).toBe(422);
  });
});
