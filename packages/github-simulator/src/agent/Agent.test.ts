import { GithubSimulator } from '../GithubSimulator';
import { AgentTask } from '../state';
import {
  startTestSimulator,
  TEST_TIME,
  TestCall,
} from '../testing/startTestSimulator';
import { SimulatorClock } from '../clock/SimulatorClock';
import { AgentOptions } from './AgentOptions';

const START = 'POST /agents/repos/acme/shop/tasks';

describe('Agent', () => {
  let simulator: GithubSimulator;
  let clock: SimulatorClock;
  let call: TestCall;

  async function begin(agent?: Partial<AgentOptions>) {
    ({ simulator, clock, call } = await startTestSimulator({
      limits: false,
      agent,
    }));
  }

  async function start(body: Record<string, unknown> = {}): Promise<AgentTask> {
    const answer = await call(START, {
      prompt: 'Bump `lodash` to 4.17.21',
      create_pull_request: true,
      ...body,
    });
    expect(answer.status).toBe(201);
    return simulator.world.tasks.get(answer.body.id)!;
  }

  const pullOf = (task: AgentTask) =>
    simulator.world.pullRequests.get(task.pullRequestId!)!;

  afterEach(() => simulator.close());

  it('goes from queued over a draft to completed, by the clock alone', async () => {
    await begin({
      queueSeconds: { min: 2, max: 2 },
      durationSeconds: { min: 30, max: 30 },
      pullRequestAfterSeconds: 3,
      usageShare: 1,
    });
    const task = await start();
    expect(task.state).toBe('queued');
    clock.advance(2_000);
    expect(task.state).toBe('in_progress');
    expect(task.pullRequestId).toBeUndefined();
    clock.advance(3_000);
    const pullRequest = pullOf(task);
    expect(pullRequest).toMatchObject({
      draft: true,
      state: 'open',
      headRef: expect.stringMatching(/^copilot\//),
      baseRef: 'main',
      changedFiles: 0,
      title: expect.stringMatching(/^\[WIP\] /),
    });
    expect(pullRequest.id).toBeGreaterThan(2 ** 32);
    const { accounts, repositories, workflowRuns } = simulator.world;
    expect(accounts.require(pullRequest.authorId).login).toBe('Copilot');
    const shop = repositories.getByFullName('acme/shop')!;
    expect(workflowRuns.list(shop)[0]).toBeDefined();
    expect(
      workflowRuns
        .list(shop)
        .filter(run => run.path === 'dynamic/copilot-swe-agent/copilot'),
    ).toEqual([
      expect.objectContaining({
        status: 'in_progress',
        headBranch: pullRequest.headRef,
      }),
    ]);
    clock.advance(26_999);
    expect(task.state).toBe('in_progress');
    clock.advance(1);
    expect(task.state).toBe('completed');
    expect(task.updatedAt).toBe(TEST_TIME + 32_000);
    expect(pullRequest).toMatchObject({
      draft: true,
      title: 'Bump lodash from 4.17.15 to 4.17.21',
      changedFiles: 2,
    });
    const [, commit] = simulator.world.pullRequests.commits(pullRequest);
    expect(commit.author.name).toBe('copilot-swe-agent[bot]');
    expect(commit.verified).toBe(true);
    expect(task.sessions[0]).toMatchObject({
      state: 'completed',
      usage: { type: 'ai_credits', amount: expect.any(Number) },
    });
    const patches = simulator.world.pullRequests
      .files(pullRequest)
      .map(file => file.patch)
      .join('\n');
    expect(patches).toContain('-    "lodash": "^4.17.15"');
    expect(patches).toContain('+    "lodash": "^4.17.21"');
  });

  it('runs checks on each head: pending, then concluded', async () => {
    await begin();
    const task = await start();
    const shop = simulator.world.repositories.getByFullName('acme/shop')!;
    const rollup = () =>
      simulator.world.checks.rollup({
        repository: shop,
        sha: pullOf(task).headSha,
      });
    while (task.state !== 'completed') {
      clock.advance(1_000);
    }
    expect(rollup()).toBe('PENDING');
    clock.advance(15_000);
    expect(rollup()).toBe('SUCCESS');
  });

  it('breaks its tests when the prompt asks for it', async () => {
    await begin();
    const task = await start({ prompt: 'Make a change that breaks its tests' });
    clock.advance(120_000);
    expect(task.state).toBe('completed');
    const answer = await call(
      `GET /repos/acme/shop/commits/${task.headRef}/check-runs`,
    );
    expect(
      answer.body.check_runs.map((run: any) => [run.name, run.conclusion]),
    ).toEqual([
      ['build', 'failure'],
      ['test', 'failure'],
    ]);
  });

  it('works on as many tasks at once as it has capacity, first come first served', async () => {
    await begin({
      capacity: 2,
      queueSeconds: { min: 1, max: 1 },
      durationSeconds: { min: 10, max: 10 },
    });
    const tasks = [await start(), await start(), await start(), await start()];
    const states = () => tasks.map(task => task.state);
    clock.advance(1_000);
    expect(states()).toEqual([
      'in_progress',
      'in_progress',
      'queued',
      'queued',
    ]);
    clock.advance(10_000);
    expect(states()).toEqual([
      'completed',
      'completed',
      'in_progress',
      'in_progress',
    ]);
    clock.advance(10_000);
    expect(simulator.counters.values).toMatchObject({
      maxConcurrentTasks: 2,
      maxUnsettledTasks: 4,
      maxUnsettledTasksByRepository: { 'acme/shop': 4 },
    });
    simulator.counters.reset();
    expect(simulator.counters.values).toMatchObject({
      maxConcurrentTasks: 0,
      maxUnsettledTasks: 0,
      maxUnsettledTasksByRepository: { 'acme/shop': 0 },
    });
    expect(simulator.agent.running).toBe(0);
  });

  it.each([
    ['failed', 'failed'],
    ['timed_out', 'timed_out'],
    ['waiting_for_user', 'waiting_for_user'],
  ] as const)('comes to the outcome %s', async (outcome, state) => {
    await begin({ outcomes: { [outcome]: 1 } });
    const task = await start();
    clock.advance(600_000);
    expect(task.state).toBe(state);
    expect(simulator.agent.running).toBe(0);
  });

  it('may leave the session of a failed task in progress', async () => {
    await begin({ outcomes: { failed: 1 }, staleSessionShare: 1 });
    const task = await start();
    clock.advance(600_000);
    const answer = await call(`GET /agents/tasks/${task.id}`);
    expect(answer.body.state).toBe('failed');
    expect(answer.body.sessions[0].state).toBe('in_progress');
    expect(answer.body.sessions[0].error).toBeUndefined();
  });

  it('may leave out the usage', async () => {
    await begin({ usageShare: 0 });
    const task = await start();
    clock.advance(600_000);
    const answer = await call(`GET /agents/tasks/${task.id}`);
    expect(answer.body.sessions[0]).not.toHaveProperty('usage');
  });

  it('opens a pull request even when it was not asked to say', async () => {
    await begin();
    const omitted = await start({ create_pull_request: undefined });
    const declined = await start({ create_pull_request: false });
    clock.advance(600_000);
    const artifacts = async (task: AgentTask) =>
      (await call(`GET /agents/tasks/${task.id}`)).body.artifacts.map(
        (artifact: any) => artifact.type,
      );
    expect(await artifacts(omitted)).toEqual(['pull', 'branch']);
    expect(await artifacts(declined)).toEqual(['branch']);
  });

  it('continues the open pull request of head_ref, and ignores one that has none', async () => {
    await begin();
    const first = await start();
    clock.advance(600_000);
    const again = await start({
      prompt: 'Document it in the README',
      base_ref: 'main',
      head_ref: first.headRef,
    });
    clock.advance(600_000);
    expect(again.pullRequestId).toBe(first.pullRequestId);
    expect(pullOf(first).changedFiles).toBe(3);
    simulator.world.pullRequests.close({
      pullRequest: pullOf(first),
      sender: simulator.world.accounts.getByLogin('ada')!,
    });
    const ignored = await start({
      base_ref: 'main',
      head_ref: first.headRef,
    });
    clock.advance(600_000);
    expect(ignored.state).toBe('completed');
    expect(ignored.pullRequestId).not.toBe(first.pullRequestId);
  });

  it('ends as cancelled when its workflow run is cancelled', async () => {
    await begin({ durationSeconds: { min: 300, max: 300 } });
    const task = await start();
    clock.advance(20_000);
    const runs = await call(
      `GET /repos/acme/shop/actions/runs?branch=${task.headRef}`,
    );
    const run = runs.body.workflow_runs.find(
      (candidate: any) =>
        candidate.path === 'dynamic/copilot-swe-agent/copilot',
    );
    const cancel = `POST /repos/acme/shop/actions/runs/${run.id}/cancel`;
    expect((await call(cancel)).status).toBe(202);
    clock.advance(2_000);
    expect(task.state).toBe('cancelled');
    expect(simulator.agent.running).toBe(0);
    expect((await call(cancel)).status).toBe(409);
    clock.advance(600_000);
    expect(task.state).toBe('cancelled');
  });

  it('fails when its branch is deleted under it', async () => {
    await begin({ durationSeconds: { min: 60, max: 60 } });
    const task = await start();
    clock.advance(20_000);
    const answer = await call(
      `DELETE /repos/acme/shop/git/refs/heads/${task.headRef}`,
    );
    expect(answer.status).toBe(204);
    expect(pullOf(task).state).toBe('closed');
    clock.advance(600_000);
    expect(task.state).toBe('failed');
  });

  it('is stuck or waits for somebody when a fault says so', async () => {
    await begin();
    simulator.faults.add({ times: 1, fault: { kind: 'task_stuck' } });
    const stuck = await start();
    clock.advance(600_000);
    expect(stuck.state).toBe('in_progress');
    simulator.faults.add({
      route: 'acme/*',
      fault: { kind: 'task_waiting_for_user' },
    });
    const waiting = await start();
    clock.advance(600_000);
    expect(waiting.state).toBe('waiting_for_user');
    simulator.agent.continueTask({ task: waiting });
    clock.advance(1);
    expect(waiting.state).toBe('completed');
    clock.advance(3_600_000);
    expect(stuck.state).toBe('timed_out');
  });

  it('refuses repositories without the agent, archived ones, and bases that do not exist', async () => {
    await begin();
    const status = async (request: string, body: object) =>
      (await call(request, { prompt: 'x', ...body })).status;
    expect(await status('POST /agents/repos/acme/closed/tasks', {})).toBe(403);
    expect(await status('POST /agents/repos/acme/attic/tasks', {})).toBe(403);
    expect(await status(START, { base_ref: 'none' })).toBe(422);
    expect(simulator.counters.values.tasksCreated).toBe(0);
  });

  it('does the same again with the same seed', async () => {
    const outcome = async () => {
      await begin({ outcomes: { completed: 1, failed: 1 } });
      const tasks = [];
      for (let i = 0; i < 6; i++) {
        tasks.push(await start());
      }
      clock.advance(600_000);
      const seen = tasks.map(task => [
        task.id,
        task.name,
        task.state,
        task.updatedAt,
      ]);
      return seen;
    };
    const first = await outcome();
    await simulator.close();
    expect(await outcome()).toEqual(first);
    expect(new Set(first.map(([, , state]) => state)).size).toBe(2);
  });

  it('goes on after a restart from a saved world', async () => {
    await begin({ capacity: 1, durationSeconds: { min: 60, max: 60 } });
    const [first, second] = [await start(), await start()];
    clock.advance(20_000);
    expect([first.state, second.state]).toEqual(['in_progress', 'queued']);
    const data = JSON.parse(JSON.stringify(simulator.world.toData()));
    const now = clock.now();
    await simulator.close();

    clock = SimulatorClock.create({ frozenAt: now });
    simulator = await GithubSimulator.start({
      data,
      clock,
      agent: { capacity: 1 },
    });
    expect(simulator.agent.running).toBe(1);
    clock.advance(600_000);
    for (const { id } of [first, second]) {
      const task = simulator.world.tasks.get(id)!;
      expect(task.state).toBe('completed');
      expect(pullOf(task).changedFiles).toBe(2);
    }
    const rollup = simulator.world.checks.rollup({
      repository: simulator.world.repositories.getByFullName('acme/shop')!,
      sha: pullOf(simulator.world.tasks.get(second.id)!).headSha,
    });
    expect(rollup).toBe('SUCCESS');
    const unfinished = simulator.world.workflowRuns
      .list(simulator.world.repositories.getByFullName('acme/shop')!)
      .filter(run => run.status !== 'completed');
    expect(unfinished).toEqual([]);
  });
});
