import { GithubSimulator } from '../GithubSimulator';
import { CheckConclusion, PullRequest } from '../state';
import { openTestPullRequest } from '../testing/openTestPullRequest';
import { testSeed } from '../testing/testSeed';

describe('the pages', () => {
  let simulator: GithubSimulator;
  let pullRequest: PullRequest;

  beforeEach(async () => {
    simulator = await GithubSimulator.start({ seed: testSeed });
    pullRequest = openTestPullRequest(simulator, { draft: false });
  });
  afterEach(() => simulator.close());

  async function show(
    path: string,
    cookie = '',
  ): Promise<{ status: number; html: string; headers: Headers }> {
    const response = await fetch(`${simulator.url}${path}`, {
      headers: { cookie },
    });
    return {
      status: response.status,
      html: await response.text(),
      headers: response.headers,
    };
  }

  /** Sends a form as somebody, as a browser does from a page of the simulator; tells what the next page says. */
  async function submit(
    persona: string,
    action: string,
    fields: Record<string, string> = {},
    headers: Record<string, string> = { origin: simulator.url },
  ): Promise<{ status: number; notice?: string; bad?: boolean }> {
    const response = await fetch(
      `${simulator.url}/acme/shop/pull/1/${action}`,
      {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie: `simulator_persona=${persona}`, ...headers },
        body: new URLSearchParams(fields),
      },
    );
    const [, value] =
      /simulator_notice=([^;]+)/.exec(
        response.headers.get('set-cookie') ?? '',
      ) ?? [];
    const { text, bad } = value
      ? JSON.parse(Buffer.from(value, 'base64url').toString())
      : { text: undefined, bad: undefined };
    return { status: response.status, notice: text, bad };
  }

  function settleChecks(conclusion: CheckConclusion): void {
    const { world } = simulator;
    for (const name of ['build', 'test']) {
      world.checks.setCheck({
        repository: world.pullRequests.repositoryOf(pullRequest),
        sha: pullRequest.headSha,
        name,
        status: 'completed',
        conclusion,
      });
    }
  }

  it.each([
    ['/', ['acme/shop', 'acme/attic', 'archived']],
    ['/acme/shop', ['Fix &lt;the&gt; readme', 'src/index.js']],
    ['/ACME/Shop/pull/1', ['Fix &lt;the&gt; readme', 'Sells many things.']],
    ['/acme/shop/blob/main/README.md', ['Sells things.']],
    ['/tasks', ['No task was started yet']],
  ])('show %s', async (path, texts) => {
    const { status, html } = await show(path);
    expect(status).toBe(200);
    for (const text of texts) {
      expect(html).toContain(text);
    }
  });

  it('show where html_url points to', async () => {
    const { world, context } = simulator;
    const repository = world.pullRequests.repositoryOf(pullRequest);
    const task = context.agent.startTask({
      repository,
      creator: world.accounts.getByLogin('robot')!,
      prompt: 'Bump lodash to 4.17.21 <please>',
    });
    const commit = await show(`/acme/shop/commit/${pullRequest.headSha}`);
    expect(commit.html).toContain('Fix the readme');
    const page = await show(`/acme/shop/copilot/tasks/${task.id}`);
    expect(page.html).toContain('Bump lodash to 4.17.21 &lt;please&gt;');
  });

  it('have a picture of each account', async () => {
    const { id } = simulator.world.accounts.getByLogin('ada')!;
    const { html, headers } = await show(`/_avatars/${id}`);
    expect(headers.get('content-type')).toContain('image/svg+xml');
    expect(html).toMatch(/>\s*A\s*<\/text>/);
  });

  it.each([
    '/acme/nowhere',
    '/acme/shop/pull/99',
    '/acme/shop/commit/0000000',
    '/acme/shop/blob/main/nothing',
    '/tasks/none',
  ])('say that %s does not exist', async path => {
    const { status, html } = await show(path);
    expect(status).toBe(404);
    expect(html).toContain('There is no such page');
  });

  it('let no script of others run', async () => {
    const { headers } = await show('/acme/shop/pull/1');
    const policy = headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("frame-ancestors 'none'");
  });

  it('carry an approval and a merge', async () => {
    settleChecks('success');
    expect(await submit('ada', 'review', { state: 'APPROVED' })).toEqual({
      status: 303,
      notice: 'ada approved these changes.',
      bad: false,
    });
    expect(
      await submit('ada', 'merge', { sha: pullRequest.headSha }),
    ).toMatchObject({ notice: 'ada merged it.' });
    expect(pullRequest).toMatchObject({ merged: true });
    expect((await show('/acme/shop/pull/1')).html).toContain('merged by ada');
  });

  it('revert what is merged', async () => {
    expect(await submit('ben', 'revert')).toMatchObject({ bad: true });
    settleChecks('success');
    await submit('ada', 'review', { state: 'APPROVED' });
    await submit('ada', 'merge', { sha: pullRequest.headSha });
    expect((await show('/acme/shop/pull/1')).html).toMatch(
      /action="\/acme\/shop\/pull\/1\/revert"/,
    );
    expect(await submit('ben', 'revert')).toMatchObject({
      notice: 'ben opened #2, which takes it back once it is merged.',
      bad: false,
    });
    expect((await show('/acme/shop/pull/2')).html).toContain(
      'Reverts acme/shop#1',
    );
  });

  it('say why a pull request cannot be merged', async () => {
    settleChecks('failure');
    const { html } = await show('/acme/shop/pull/1');
    expect(html).toMatch(/Required status check &quot;test&quot; is failing\./);
    expect(html).toMatch(
      /disabled\s+title="[^"]*At least 1 approving[^"]*"[^>]*>\s*Merge pull request/,
    );
    expect(
      await submit('ada', 'merge', { sha: pullRequest.headSha }),
    ).toMatchObject({ bad: true, notice: expect.stringMatching(/failing/) });
    expect(pullRequest.merged).toBe(false);
  });

  it('merge nothing but the head that was shown', async () => {
    settleChecks('success');
    await submit('ada', 'review', { state: 'APPROVED' });
    expect(await submit('ada', 'merge', { sha: '0'.repeat(40) })).toMatchObject(
      {
        bad: true,
        notice: 'Head branch was modified. Review and try the merge again.',
      },
    );
  });

  it('refuse the approval of whoever asked the agent', async () => {
    expect(
      await submit('robot', 'review', { state: 'APPROVED' }),
    ).toMatchObject({
      bad: true,
      notice: expect.stringMatching(/would not count/),
    });
    expect(simulator.world.reviews.list(pullRequest)).toEqual([]);
    const { html } = await show('/acme/shop/pull/1', 'simulator_persona=robot');
    expect(html).toMatch(/disabled\s+title="You asked[^>]*>\s*Approve/);
  });

  it('carry everything else that a person does', async () => {
    await submit('ben', 'review', {
      state: 'CHANGES_REQUESTED',
      body: 'No <b>.',
    });
    expect(simulator.world.reviews.list(pullRequest)).toMatchObject([
      { state: 'CHANGES_REQUESTED', body: 'No <b>.' },
    ]);
    await submit('ben', 'draft');
    expect(pullRequest.draft).toBe(true);
    await submit('ben', 'ready');
    expect(pullRequest.draft).toBe(false);
    const before = pullRequest.headSha;
    await submit('ben', 'push');
    expect(pullRequest.headSha).not.toBe(before);
    await submit('ben', 'checks', { name: 'test', conclusion: 'failure' });
    expect(
      simulator.world.checks.outcome({
        repository: simulator.world.pullRequests.repositoryOf(pullRequest),
        sha: pullRequest.headSha,
        context: 'test',
      }),
    ).toBe('failure');
    await submit('ben', 'close');
    expect(pullRequest.state).toBe('closed');
    await submit('ben', 'reopen');
    expect(pullRequest.state).toBe('open');
  });

  it.each([
    ['another site', { origin: 'https://evil.example' }],
    [
      'another site that hides',
      { origin: 'null', 'sec-fetch-site': 'cross-site' },
    ],
    ['nowhere', {} as Record<string, string>],
  ])('refuse a form that comes from %s', async (_where, headers) => {
    const { status } = await submit('ada', 'close', {}, headers);
    expect(status).toBe(403);
    expect(pullRequest.state).toBe('open');
  });

  it('refuse actions that they do not have', async () => {
    expect((await submit('ada', 'constructor')).status).toBe(404);
    expect(
      await submit('ada', 'checks', { name: 'test', conclusion: 'maybe' }),
    ).toMatchObject({ bad: true });
  });

  it('change who one is, and come back to a page of this site alone', async () => {
    const choose = async (back: string) => {
      const response = await fetch(`${simulator.url}/_be`, {
        method: 'POST',
        redirect: 'manual',
        headers: { origin: simulator.url },
        body: new URLSearchParams({ login: 'ben', back }),
      });
      return {
        to: response.headers.get('location'),
        cookie: response.headers.get('set-cookie'),
      };
    };
    expect(await choose('/acme/shop')).toMatchObject({
      to: '/acme/shop',
      cookie: expect.stringMatching(/simulator_persona=ben;.*HttpOnly/),
    });
    for (const elsewhere of [
      'https://evil.example',
      '//evil.example',
      '/\\e',
    ]) {
      expect(await choose(elsewhere)).toMatchObject({ to: '/' });
    }
  });
});
