import { operations } from '../rest/operations';
import { GithubSimulator } from '../GithubSimulator';
import { appJwt } from '../testing/appJwt';
import { startTestSimulator, TestCall } from '../testing/startTestSimulator';
import { READER_TOKEN, TEST_INSTALLATION_ID } from '../testing/testSeed';
import { OpenApiContract } from './OpenApiContract';

// Compiling the schemas of all operations takes seconds on a busy machine.
jest.setTimeout(120_000);

/** What the calls need to know of the world they are made in. */
interface Scene {
  jwt: string;
  installationToken: string;
  taskId: string;
  headSha: string;
  headRef: string;
  commentId: number;
  runId: number;
  waitingRunId: number;
  deliveryId: number;
}

type Exchange = {
  request: string;
  body?: unknown;
  token?: string;
  status: number;
};

/** For each operation a request that succeeds and one that is refused, with their statuses. */
const exchanges: Record<string, (scene: Scene) => [Exchange, ...Exchange[]]> = {
  'POST /agents/repos/{owner}/{repo}/tasks': () => [
    {
      request: 'POST /agents/repos/acme/shop/tasks',
      body: { prompt: 'Fix lint', create_pull_request: true, model: 'm' },
      status: 201,
    },
    { request: 'POST /agents/repos/acme/shop/tasks', body: {}, status: 422 },
    {
      request: 'POST /agents/repos/acme/shop/tasks',
      body: { prompt: 7 },
      status: 422,
    },
    {
      request: 'POST /agents/repos/acme/closed/tasks',
      body: { prompt: 'x' },
      status: 403,
    },
  ],
  'GET /agents/repos/{owner}/{repo}/tasks': () => [
    {
      request: 'GET /agents/repos/acme/shop/tasks?per_page=1&sort=created_at',
      status: 200,
    },
    { request: 'GET /agents/repos/acme/none/tasks', status: 404 },
    { request: 'GET /agents/repos/acme/shop/tasks?state=x', status: 422 },
    { request: 'GET /agents/repos/acme/shop/tasks?per_page=101', status: 422 },
  ],
  'GET /agents/repos/{owner}/{repo}/tasks/{task_id}': ({ taskId }) => [
    { request: `GET /agents/repos/acme/shop/tasks/${taskId}`, status: 200 },
    { request: `GET /agents/repos/acme/blog/tasks/${taskId}`, status: 404 },
  ],
  'GET /agents/tasks': () => [
    { request: 'GET /agents/tasks?since=2026-01-01T00:00:00Z', status: 200 },
    { request: 'GET /agents/tasks?since=yesterday', status: 422 },
  ],
  'GET /agents/tasks/{task_id}': ({ taskId }) => [
    { request: `GET /agents/tasks/${taskId}`, status: 200 },
    { request: 'GET /agents/tasks/none', status: 404 },
  ],
  'GET /repos/{owner}/{repo}/agents/secrets': () => [
    { request: 'GET /repos/acme/shop/agents/secrets', status: 200 },
    {
      request: 'GET /repos/acme/shop/agents/secrets',
      token: READER_TOKEN,
      status: 403,
    },
  ],
  'GET /repos/{owner}/{repo}/agents/organization-secrets': () => [
    {
      request: 'GET /repos/acme/shop/agents/organization-secrets',
      status: 200,
    },
    {
      request: 'GET /repos/acme/none/agents/organization-secrets',
      status: 404,
    },
  ],
  'GET /repos/{owner}/{repo}/agents/variables': () => [
    { request: 'GET /repos/acme/shop/agents/variables', status: 200 },
    { request: 'GET /repos/acme/none/agents/variables', status: 404 },
  ],
  'GET /repos/{owner}/{repo}/agents/organization-variables': () => [
    {
      request: 'GET /repos/acme/shop/agents/organization-variables',
      status: 200,
    },
    {
      request: 'GET /repos/acme/none/agents/organization-variables',
      status: 404,
    },
  ],
  'GET /repos/{owner}/{repo}/copilot/cloud-agent/configuration': () => [
    {
      request: 'GET /repos/acme/shop/copilot/cloud-agent/configuration',
      status: 200,
    },
    {
      request: 'GET /repos/acme/shop/copilot/cloud-agent/configuration',
      token: READER_TOKEN,
      status: 403,
    },
  ],
  'GET /repos/{owner}/{repo}': () => [
    { request: 'GET /repos/acme/shop', status: 200 },
    { request: 'GET /repos/acme/none', status: 404 },
  ],
  'GET /repos/{owner}/{repo}/contents/{path}': () => [
    { request: 'GET /repos/acme/shop/contents/src/index.js', status: 200 },
    { request: 'GET /repos/acme/shop/contents/src?ref=main', status: 200 },
    { request: 'GET /repos/acme/shop/contents/', status: 200 },
    { request: 'GET /repos/acme/shop/contents/none.txt', status: 404 },
  ],
  'GET /repos/{owner}/{repo}/branches': () => [
    { request: 'GET /repos/acme/shop/branches?protected=true', status: 200 },
    { request: 'GET /repos/acme/none/branches', status: 404 },
  ],
  'GET /repos/{owner}/{repo}/branches/{branch}': ({ headRef }) => [
    { request: `GET /repos/acme/shop/branches/${headRef}`, status: 200 },
    { request: 'GET /repos/acme/shop/branches/main', status: 200 },
    { request: 'GET /repos/acme/shop/branches/none', status: 404 },
  ],
  'GET /repos/{owner}/{repo}/commits': () => [
    { request: 'GET /repos/acme/shop/commits?per_page=1', status: 200 },
    { request: 'GET /repos/acme/shop/commits?sha=none', status: 404 },
  ],
  'GET /repos/{owner}/{repo}/commits/{ref}': ({ headRef }) => [
    { request: `GET /repos/acme/shop/commits/${headRef}`, status: 200 },
    { request: 'GET /repos/acme/shop/commits/none', status: 404 },
    {
      request: `GET /repos/acme/shop/commits/${'0'.repeat(40)}`,
      status: 422,
    },
  ],
  'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls': ({ headSha }) => [
    { request: `GET /repos/acme/shop/commits/${headSha}/pulls`, status: 200 },
    { request: 'GET /repos/acme/none/commits/abcdefa/pulls', status: 404 },
  ],
  'GET /repos/{owner}/{repo}/commits/{ref}/check-runs': ({ headRef }) => [
    {
      request: `GET /repos/acme/shop/commits/${headRef}/check-runs`,
      status: 200,
    },
    { request: 'GET /repos/acme/shop/commits/none/check-runs', status: 404 },
  ],
  'GET /repos/{owner}/{repo}/commits/{ref}/status': ({ headSha }) => [
    { request: `GET /repos/acme/shop/commits/${headSha}/status`, status: 200 },
    { request: 'GET /repos/acme/shop/commits/none/status', status: 404 },
  ],
  'GET /repos/{owner}/{repo}/commits/{ref}/statuses': ({ headSha }) => [
    {
      request: `GET /repos/acme/shop/commits/${headSha}/statuses`,
      status: 200,
    },
    { request: 'GET /repos/acme/shop/commits/none/statuses', status: 404 },
  ],
  'GET /repos/{owner}/{repo}/rules/branches/{branch}': () => [
    { request: 'GET /repos/acme/shop/rules/branches/main', status: 200 },
    { request: 'GET /repos/acme/none/rules/branches/main', status: 404 },
  ],
  'POST /repos/{owner}/{repo}/statuses/{sha}': ({ headSha }) => [
    {
      request: `POST /repos/acme/shop/statuses/${headSha}`,
      body: {
        state: 'success',
        context: 'agent-tasks/gate',
        description: 'ok',
      },
      status: 201,
    },
    {
      request: `POST /repos/acme/shop/statuses/${headSha}`,
      body: { state: 'fine' },
      status: 422,
    },
  ],
  'POST /repos/{owner}/{repo}/check-runs': ({ headSha, installationToken }) => [
    {
      request: 'POST /repos/acme/shop/check-runs',
      token: installationToken,
      body: { name: 'gate', head_sha: headSha, status: 'in_progress' },
      status: 201,
    },
    {
      request: 'POST /repos/acme/shop/check-runs',
      body: { name: 'gate', head_sha: headSha },
      status: 403,
    },
  ],
  'GET /repos/{owner}/{repo}/pulls': ({ headRef }) => [
    {
      request: `GET /repos/acme/shop/pulls?state=all&head=acme:${headRef}`,
      status: 200,
    },
    { request: 'GET /repos/acme/shop/pulls?state=odd', status: 422 },
  ],
  'GET /repos/{owner}/{repo}/pulls/{pull_number}': () => [
    { request: 'GET /repos/acme/shop/pulls/1', status: 200 },
    { request: 'GET /repos/acme/shop/pulls/99', status: 404 },
    { request: 'GET /repos/acme/shop/pulls/one', status: 404 },
  ],
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/files': () => [
    { request: 'GET /repos/acme/shop/pulls/1/files', status: 200 },
    { request: 'GET /repos/acme/shop/pulls/99/files', status: 404 },
  ],
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/commits': () => [
    { request: 'GET /repos/acme/shop/pulls/1/commits', status: 200 },
    { request: 'GET /repos/acme/shop/pulls/99/commits', status: 404 },
  ],
  'POST /repos/{owner}/{repo}/pulls': ({ headRef }) => [
    {
      request: 'POST /repos/acme/shop/pulls',
      body: { title: 'Second', head: 'topic', base: 'main', body: 'b' },
      status: 201,
    },
    {
      request: 'POST /repos/acme/shop/pulls',
      body: { title: 'Again', head: headRef, base: 'main' },
      status: 422,
    },
  ],
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews': () => [
    { request: 'GET /repos/acme/shop/pulls/1/reviews', status: 200 },
    { request: 'GET /repos/acme/shop/pulls/99/reviews', status: 404 },
  ],
  'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews': () => [
    {
      request: 'POST /repos/acme/shop/pulls/1/reviews',
      body: { event: 'COMMENT', body: 'Hm.' },
      status: 200,
    },
    {
      request: 'POST /repos/acme/shop/pulls/1/reviews',
      body: { event: 'LOVE' },
      status: 422,
    },
  ],
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers': () => [
    {
      request: 'GET /repos/acme/shop/pulls/1/requested_reviewers',
      status: 200,
    },
    {
      request: 'GET /repos/acme/shop/pulls/99/requested_reviewers',
      status: 404,
    },
  ],
  'POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers': () => [
    {
      request: 'POST /repos/acme/shop/pulls/1/requested_reviewers',
      body: { reviewers: ['ada'], team_reviewers: ['payments'] },
      status: 201,
    },
    {
      request: 'POST /repos/acme/shop/pulls/1/requested_reviewers',
      body: { reviewers: ['nobody'] },
      status: 422,
    },
  ],
  'DELETE /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers':
    () => [
      {
        request: 'DELETE /repos/acme/shop/pulls/1/requested_reviewers',
        body: { reviewers: ['ada'] },
        status: 200,
      },
      {
        request: 'DELETE /repos/acme/shop/pulls/1/requested_reviewers',
        body: {},
        status: 422,
      },
    ],
  'PATCH /repos/{owner}/{repo}/pulls/{pull_number}': () => [
    {
      request: 'PATCH /repos/acme/shop/pulls/1',
      body: { title: 'Better', body: 'Described.' },
      status: 200,
    },
    {
      request: 'PATCH /repos/acme/shop/pulls/1',
      body: { state: 'merged' },
      status: 422,
    },
  ],
  'GET /repos/{owner}/{repo}/issues/{issue_number}/labels': () => [
    { request: 'GET /repos/acme/shop/issues/1/labels', status: 200 },
    { request: 'GET /repos/acme/shop/issues/99/labels', status: 404 },
  ],
  'POST /repos/{owner}/{repo}/issues/{issue_number}/labels': () => [
    {
      request: 'POST /repos/acme/shop/issues/1/labels',
      body: { labels: ['risk: low'] },
      status: 200,
    },
    {
      request: 'POST /repos/acme/shop/issues/99/labels',
      body: { labels: ['a'] },
      status: 404,
    },
  ],
  'DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}': () => [
    {
      request: 'DELETE /repos/acme/shop/issues/1/labels/risk%3A%20low',
      status: 200,
    },
    { request: 'DELETE /repos/acme/shop/issues/1/labels/none', status: 404 },
  ],
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments': () => [
    { request: 'GET /repos/acme/shop/issues/1/comments', status: 200 },
    { request: 'GET /repos/acme/shop/issues/99/comments', status: 404 },
  ],
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments': () => [
    {
      request: 'POST /repos/acme/shop/issues/1/comments',
      body: { body: 'Hello' },
      status: 201,
    },
    {
      request: 'POST /repos/acme/shop/issues/1/comments',
      body: {},
      status: 422,
    },
  ],
  'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}': ({
    commentId,
  }) => [
    {
      request: `PATCH /repos/acme/shop/issues/comments/${commentId}`,
      body: { body: 'Edited' },
      status: 200,
    },
    {
      request: 'PATCH /repos/acme/shop/issues/comments/1',
      body: { body: 'Edited' },
      status: 404,
    },
  ],
  'GET /repos/{owner}/{repo}/actions/runs': ({ headRef }) => [
    {
      request: `GET /repos/acme/shop/actions/runs?branch=${headRef}`,
      status: 200,
    },
    { request: 'GET /repos/acme/none/actions/runs', status: 404 },
  ],
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}': ({ runId }) => [
    { request: `GET /repos/acme/shop/actions/runs/${runId}`, status: 200 },
    { request: 'GET /repos/acme/shop/actions/runs/1', status: 404 },
  ],
  'POST /repos/{owner}/{repo}/actions/runs/{run_id}/approve': ({
    waitingRunId,
    runId,
  }) => [
    {
      request: `POST /repos/acme/shop/actions/runs/${waitingRunId}/approve`,
      status: 201,
    },
    {
      request: `POST /repos/acme/shop/actions/runs/${runId}/approve`,
      status: 403,
    },
  ],
  'POST /repos/{owner}/{repo}/actions/runs/{run_id}/cancel': ({ runId }) => [
    {
      request: `POST /repos/acme/shop/actions/runs/${runId}/cancel`,
      status: 202,
    },
    {
      request: `POST /repos/acme/shop/actions/runs/${runId}/cancel`,
      status: 409,
    },
  ],
  'PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge': () => [
    {
      request: 'PUT /repos/acme/blog/pulls/1/merge',
      body: { merge_method: 'squash' },
      status: 200,
    },
    {
      request: 'PUT /repos/acme/shop/pulls/1/merge',
      body: { sha: '0'.repeat(40) },
      status: 409,
    },
    { request: 'PUT /repos/acme/shop/pulls/1/merge', body: {}, status: 405 },
  ],
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/merge': () => [
    { request: 'GET /repos/acme/blog/pulls/1/merge', status: 204 },
    { request: 'GET /repos/acme/shop/pulls/1/merge', status: 404 },
  ],
  'DELETE /repos/{owner}/{repo}/git/refs/{ref}': ({ headRef }) => [
    {
      request: `DELETE /repos/acme/shop/git/refs/heads/${headRef}`,
      status: 204,
    },
    {
      request: `DELETE /repos/acme/shop/git/refs/heads/${headRef}`,
      status: 422,
    },
    { request: 'DELETE /repos/acme/shop/git/refs/heads/main', status: 422 },
  ],
  'GET /app': ({ jwt }) => [
    { request: 'GET /app', token: jwt, status: 200 },
    { request: 'GET /app', status: 401 },
  ],
  'GET /app/installations': ({ jwt }) => [
    { request: 'GET /app/installations', token: jwt, status: 200 },
    { request: 'GET /app/installations', status: 401 },
  ],
  'GET /app/installations/{installation_id}': ({ jwt }) => [
    {
      request: `GET /app/installations/${TEST_INSTALLATION_ID}`,
      token: jwt,
      status: 200,
    },
    { request: 'GET /app/installations/1', token: jwt, status: 404 },
  ],
  'GET /repos/{owner}/{repo}/installation': ({ jwt }) => [
    { request: 'GET /repos/acme/shop/installation', token: jwt, status: 200 },
    { request: 'GET /repos/acme/closed/installation', token: jwt, status: 404 },
  ],
  'GET /orgs/{org}/installation': ({ jwt }) => [
    { request: 'GET /orgs/acme/installation', token: jwt, status: 200 },
    { request: 'GET /orgs/none/installation', token: jwt, status: 404 },
  ],
  'POST /app/installations/{installation_id}/access_tokens': ({ jwt }) => [
    {
      request: `POST /app/installations/${TEST_INSTALLATION_ID}/access_tokens`,
      token: jwt,
      body: { repositories: ['shop'], permissions: { contents: 'read' } },
      status: 201,
    },
    {
      request: `POST /app/installations/${TEST_INSTALLATION_ID}/access_tokens`,
      token: jwt,
      body: { repositories: ['closed'] },
      status: 422,
    },
  ],
  'GET /installation/repositories': ({ installationToken }) => [
    {
      request: 'GET /installation/repositories',
      token: installationToken,
      status: 200,
    },
    { request: 'GET /installation/repositories', status: 403 },
  ],
  'GET /app/hook/deliveries': ({ jwt }) => [
    { request: 'GET /app/hook/deliveries?per_page=1', token: jwt, status: 200 },
    {
      request: 'GET /app/hook/deliveries?cursor=v1_1',
      token: jwt,
      status: 400,
    },
  ],
  'GET /app/hook/deliveries/{delivery_id}': ({ jwt, deliveryId }) => [
    {
      request: `GET /app/hook/deliveries/${deliveryId}`,
      token: jwt,
      status: 200,
    },
    { request: 'GET /app/hook/deliveries/1', token: jwt, status: 404 },
  ],
  'POST /app/hook/deliveries/{delivery_id}/attempts': ({ jwt, deliveryId }) => [
    {
      request: `POST /app/hook/deliveries/${deliveryId}/attempts`,
      token: jwt,
      status: 202,
    },
    {
      request: 'POST /app/hook/deliveries/1/attempts',
      token: jwt,
      status: 404,
    },
  ],
  'GET /user': ({ installationToken }) => [
    { request: 'GET /user', status: 200 },
    { request: 'GET /user', token: installationToken, status: 403 },
  ],
  'GET /rate_limit': () => [
    { request: 'GET /rate_limit', status: 200 },
    { request: 'GET /rate_limit', token: 'wrong', status: 401 },
  ],
};

async function prepare(
  simulator: GithubSimulator,
  call: TestCall,
): Promise<Scene> {
  const { world, clock } = simulator;
  const shop = world.repositories.getByFullName('acme/shop')!;
  const blog = world.repositories.getByFullName('acme/blog')!;
  const ada = world.accounts.getByLogin('ada')!;
  const started = await call('POST /agents/repos/acme/shop/tasks', {
    prompt: 'Bump lodash to 4.17.21',
  });
  clock.advance(600_000);
  const task = world.tasks.get(started.body.id)!;
  for (const [repository, name] of [
    [shop, 'topic'],
    [blog, 'topic'],
  ] as const) {
    world.repositories.createBranch({
      repository,
      name,
      sha: repository.branches.main,
      sender: ada,
    });
    world.repositories.pushCommit({
      repository,
      branch: name,
      message: 'Change',
      author: ada,
      files: { 'new.txt': 'new\n' },
    });
  }
  world.pullRequests.create({
    repository: blog,
    author: ada,
    title: 'Topic',
    headRef: 'topic',
  });
  const pullRequest = world.pullRequests.get(task.pullRequestId!)!;
  const comment = world.conversations.addComment({
    pullRequest,
    user: ada,
    body: 'Hi',
  });
  const run = (name: string) =>
    world.workflowRuns.create({
      repository: shop,
      name,
      path: '.github/workflows/ci.yml',
      event: 'pull_request',
      headBranch: pullRequest.headRef,
      headSha: pullRequest.headSha,
      actor: ada,
    });
  const waiting = run('Waits');
  world.workflowRuns.complete({ run: waiting, conclusion: 'action_required' });
  const app = world.apps.get(4242)!;
  const delivery = () =>
    world.apps.recordDelivery({
      guid: 'b4f5a4f0-0000-4000-a000-000000000000',
      appId: app.id,
      installationId: TEST_INSTALLATION_ID,
      repositoryId: shop.id,
      event: 'push',
      deliveredAt: clock.now(),
      redelivery: false,
      durationSeconds: 0.1,
      status: 'OK',
      statusCode: 200,
      url: 'http://127.0.0.1:1/hook',
      requestHeaders: { 'x-github-event': 'push' },
      requestBody: '{}',
    });
  delivery();
  const jwt = await appJwt({ now: clock.now() / 1000 });
  const minted = await call(
    `POST /app/installations/${TEST_INSTALLATION_ID}/access_tokens`,
    undefined,
    { token: jwt },
  );
  return {
    jwt,
    installationToken: minted.body.token,
    taskId: task.id,
    headSha: pullRequest.headSha,
    headRef: pullRequest.headRef,
    commentId: comment.id,
    runId: run('Runs').id,
    waitingRunId: waiting.id,
    deliveryId: delivery().id,
  };
}

describe('the contract', () => {
  it('holds for every operation, in success and in refusal', async () => {
    const { simulator, call } = await startTestSimulator({ limits: false });
    const scene = await prepare(simulator, call);
    const unexpected: string[] = [];
    for (const [operation, exchangesOf] of Object.entries(exchanges)) {
      for (const { request, body, token, status } of exchangesOf(scene)) {
        const answer = await call(request, body, { token });
        if (answer.status !== status) {
          unexpected.push(
            `${operation}: ${request} answered ${answer.status} ${answer.body?.message}`,
          );
        }
      }
    }
    expect(unexpected).toEqual([]);
    expect(simulator.contract.violations).toEqual([]);
    const { checked } = simulator.contract;
    // Of the limits no refusal is known but that of an unknown caller, who has no operation to be checked against.
    const incomplete = operations
      .map(({ method, path }) => `${method} ${path}`)
      .filter(operation => {
        const counts = checked.get(operation);
        return !counts?.success || !counts.error;
      });
    expect(incomplete).toEqual(['GET /rate_limit']);
    process.stdout.write(
      `contract: ${checked.size} REST operations checked against OpenAPI\n`,
    );
    await simulator.close();
  });

  it('turns an answer with a wrong field into a 500 and records it', async () => {
    const { simulator, call } = await startTestSimulator();
    const ada = simulator.world.accounts.getByLogin('robot')!;
    Object.assign(ada, { login: 7 });

    const answer = await call('GET /user');

    expect(answer.status).toBe(500);
    expect(simulator.contract.violations).toEqual([
      {
        side: 'response',
        operation: 'GET /user',
        status: 200,
        problems: expect.arrayContaining([
          expect.stringContaining('/login must be string'),
        ]),
      },
    ]);
    await simulator.close();
  });

  it('finds missing, misspelt and mistyped fields', () => {
    const contract = OpenApiContract.load(
      operations.map(({ method, path }) => `${method} ${path}`),
    );
    const check = (body: unknown) =>
      contract.checkResponse({
        operation: 'GET /agents/tasks/{task_id}',
        status: 200,
        body,
      });
    const task = {
      id: 'a',
      state: 'queued',
      created_at: '2026-01-01T00:00:00Z',
    };
    expect(check(task)).toEqual([]);
    expect(check({ ...task, state: 'sleeping' })).not.toEqual([]);
    expect(check({ ...task, created_at: 'today' })).not.toEqual([]);
    expect(check({ ...task, sesions: [] })).not.toEqual([]);
    expect(check({ id: 'a', state: 'queued' })).not.toEqual([]);
    expect(check({ ...task, sessions: [{ id: 1 }] })).not.toEqual([]);
  });

  it('notes what a client sends that GitHub does not know', async () => {
    const { simulator, call } = await startTestSimulator();

    const answer = await call('POST /agents/repos/acme/shop/tasks?dry=1', {
      prompt: 'x',
      problem_statement: 'y',
    });

    expect(answer.status).toBe(201);
    expect(simulator.contract.violations).toEqual([
      {
        side: 'request',
        operation: 'POST /agents/repos/{owner}/{repo}/tasks',
        problems: [
          'query: dry is unknown',
          'body must NOT have additional properties: problem_statement',
        ],
      },
    ]);
    await simulator.close();
  });

  it('covers exactly what is served', () => {
    expect(Object.keys(exchanges).sort()).toEqual(
      operations.map(({ method, path }) => `${method} ${path}`).sort(),
    );
  });
});
