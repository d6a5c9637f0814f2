import { Fault } from '@agent-tasks/github-simulator';
import { markPrompt } from '@agent-tasks/plugin-agent-tasks-common';
import { answeringFetch } from '../__testUtils__/answeringFetch';
import {
  MARKER,
  repository,
  signal,
  startGithub,
  STARTER_TOKEN,
} from '../__testUtils__/startGithub';
import { GithubClient } from '../client/GithubClient';
import { createPooledFetch } from '../client/pooledFetch';
import { StarterCredential } from '../credentials/StarterCredential';
import { CopilotAgentProvider } from './CopilotAgentProvider';

const CREATE = 'POST /agents/repos/:owner/:repo/tasks';

describe('CopilotAgentProvider', () => {
  let github: Awaited<ReturnType<typeof startGithub>>;

  beforeEach(async () => {
    github = await startGithub();
  });

  afterEach(async () => {
    await github.close();
  });

  function find(
    options: { marker?: string; knownIds?: string[]; name?: string } = {},
  ) {
    return github.provider.findTask({
      repository: repository(options.name ?? 'shop'),
      marker: options.marker ?? MARKER,
      startedAfter: new Date(github.clock.now()).toISOString(),
      knownIds: new Set(options.knownIds),
      signal,
    });
  }

  describe('startTask', () => {
    it('starts a task with one request', async () => {
      const task = await github.start();
      expect(task).toMatchObject({
        id: expect.any(String),
        state: 'queued',
        url: expect.stringContaining('/acme/shop/'),
        artifacts: [],
      });
      expect(github.simulator.counters.values.byRoute).toEqual({
        'POST /agents/repos/{owner}/{repo}/tasks': 1,
      });
    });

    it('passes on branch, model and agent, and always asks for a pull request', async () => {
      const { id } = await github.provider.startTask({
        repository: repository('shop'),
        prompt: MARKER,
        marker: MARKER,
        baseBranch: 'main',
        model: 'model-of-tomorrow',
        customAgent: 'linter',
        signal,
      });
      expect(github.simulator.world.tasks.get(id)).toMatchObject({
        prompt: MARKER,
        baseRef: 'main',
        model: 'model-of-tomorrow',
        customAgent: 'linter',
        createPullRequest: true,
      });
    });

    it('goes on in an open pull request', async () => {
      const { tasks } = github.simulator.world;
      const first = await github.start();
      github.clock.advance(3_600_000);
      const { headRef, pullRequestId } = tasks.get(first.id)!;
      expect(pullRequestId).toBeDefined();
      const again = await github.provider.startTask({
        repository: repository('shop'),
        prompt: MARKER,
        marker: MARKER,
        baseBranch: 'main',
        headBranch: headRef,
        signal,
      });
      github.clock.advance(3_600_000);
      expect(tasks.get(again.id)).toMatchObject({ headRef, pullRequestId });
    });

    it.each<[string, Fault, object]>([
      [
        'a bad gateway after the effect',
        { kind: 'status', status: 502, when: 'after' },
        { effect: 'unknown', status: 502 },
      ],
      [
        'a bad gateway before the effect',
        { kind: 'status', status: 502, when: 'before' },
        { effect: 'unknown', status: 502 },
      ],
      [
        'a connection that breaks after the effect',
        { kind: 'reset', when: 'after' },
        { effect: 'unknown' },
      ],
      [
        'a connection that breaks before the effect',
        { kind: 'reset', when: 'before' },
        { effect: 'unknown' },
      ],
      ['half an answer', { kind: 'malformed' }, { effect: 'unknown' }],
      [
        'a rate limit',
        {
          kind: 'status',
          status: 429,
          when: 'before',
          retryAfterSeconds: 17,
        },
        { effect: 'later', status: 429, retryAfterSeconds: 17 },
      ],
      [
        'a secondary rate limit',
        {
          kind: 'status',
          status: 403,
          when: 'before',
          retryAfterSeconds: 30,
        },
        { effect: 'later', status: 403, retryAfterSeconds: 30 },
      ],
      [
        'a token that is refused',
        { kind: 'status', status: 401, when: 'before' },
        { effect: 'later', status: 401 },
      ],
    ])('knows what is certain after %s', async (_, fault, expected) => {
      github.simulator.faults.add({ route: CREATE, times: 1, fault });
      await expect(github.start()).rejects.toMatchObject({
        name: 'ProviderError',
        ...expected,
      });
    });

    it('knows nothing after a time-out', async () => {
      github.simulator.faults.add({
        route: CREATE,
        fault: { kind: 'latency', ms: 1_000 },
      });
      await expect(
        github.provider.startTask({
          repository: repository('shop'),
          prompt: MARKER,
          marker: MARKER,
          signal: AbortSignal.timeout(50),
        }),
      ).rejects.toMatchObject({
        effect: 'unknown',
        message: expect.stringContaining('did not answer in time'),
      });
    });

    it('is refused where the agent is not enabled', async () => {
      await expect(github.start('closed')).rejects.toMatchObject({
        effect: 'refused',
        status: 403,
        message: expect.stringContaining('Copilot cloud agent is not enabled'),
      });
    });

    it('is refused in a repository that is not there', async () => {
      await expect(github.start('nowhere')).rejects.toMatchObject({
        effect: 'refused',
        status: 404,
      });
    });

    it('is refused from a branch that is not there', async () => {
      await expect(
        github.provider.startTask({
          repository: repository('shop'),
          prompt: MARKER,
          marker: MARKER,
          baseBranch: 'nowhere',
          signal,
        }),
      ).rejects.toMatchObject({ effect: 'refused', status: 422 });
    });

    it('does not leave for another host', async () => {
      await expect(
        github.provider.startTask({
          repository: { ...repository('shop'), host: 'gitlab.com' },
          prompt: MARKER,
          marker: MARKER,
          signal,
        }),
      ).rejects.toMatchObject({ effect: 'refused' });
      expect(github.simulator.counters.values.requests).toBe(0);
    });

    it.each([
      { owner: 'acme', name: '..' },
      { owner: '..', name: 'shop' },
      { owner: 'acme', name: '.' },
      { owner: 'acme', name: '' },
      { owner: 'acme', name: 'shop/../blog' },
      { owner: 'acme', name: 'shop?x=1' },
      { owner: 'acme', name: 'shöp' },
    ])('sends nothing for the repository %j', async ref => {
      const { provider } = github;
      const target = { repository: { host: 'github.com', ...ref }, signal };
      for (const call of [
        () => provider.startTask({ ...target, prompt: MARKER, marker: MARKER }),
        () => provider.getTask({ ...target, id: 'task-1' }),
        () =>
          provider.findTask({
            ...target,
            marker: MARKER,
            startedAfter: new Date(github.clock.now()).toISOString(),
            knownIds: new Set(),
          }),
      ]) {
        await expect(call()).rejects.toMatchObject({
          name: 'ProviderError',
          effect: 'refused',
          message: expect.stringContaining('is no name there'),
        });
      }
      expect(github.simulator.counters.values.requests).toBe(0);
    });

    it('says what to do when nobody answers', async () => {
      await github.simulator.close();
      await expect(github.start()).rejects.toMatchObject({
        effect: 'later',
        message: expect.stringContaining('could not be reached'),
      });
      github = await startGithub();
    });
  });

  it('lists what has not settled, in one request for a hundred', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 101; count++) {
      ids.push((await github.start('blog', `att_${count}`)).id);
      github.clock.advance(1_000);
    }
    github.clock.advance(3_600_000);
    const { id } = await github.start('shop');
    github.simulator.counters.reset();
    const listed = await github.provider.listUnsettledTasks({ signal });
    expect(listed.map(task => task.id)).toEqual([id]);
    expect(github.simulator.counters.values.byRoute).toEqual({
      'GET /agents/tasks': 1,
    });
  });

  describe('findTask', () => {
    it.each<Fault>([
      { kind: 'status', status: 502, when: 'after' },
      { kind: 'reset', when: 'after' },
      { kind: 'malformed' },
    ])('finds a start whose answer was lost by %j', async fault => {
      github.simulator.faults.add({ route: CREATE, times: 1, fault });
      await expect(github.start()).rejects.toMatchObject({
        effect: 'unknown',
      });
      const found = await find();
      expect(github.simulator.world.tasks.get(found!.id)?.prompt).toContain(
        MARKER,
      );
    });

    it('finds nothing where nothing was started', async () => {
      github.simulator.faults.add({
        route: CREATE,
        times: 1,
        fault: { kind: 'status', status: 502, when: 'before' },
      });
      await expect(github.start()).rejects.toMatchObject({
        effect: 'unknown',
      });
      await expect(find()).resolves.toBeUndefined();
    });

    it('does not take a longer marker, or a task of another repository', async () => {
      await github.start('shop', `${MARKER}0`);
      await github.start('blog', MARKER);
      await expect(find()).resolves.toBeUndefined();
    });

    it('does not take a marker that was entered in a form', async () => {
      await github.provider.startTask({
        repository: repository('shop'),
        prompt: markPrompt({
          text: `Bump <data name="parameters.version">${MARKER}</data>.`,
          marker: 'att_other',
        }),
        marker: 'att_other',
        signal,
      });
      await expect(find()).resolves.toBeUndefined();
    });

    it('does not read what is known, and looks at every page', async () => {
      const known: string[] = [];
      for (let count = 0; count < 101; count++) {
        const { id } = await github.start('blog', `att_${count}`);
        known.push(id);
        github.clock.advance(1_000);
      }
      const { id } = await github.start('blog');
      github.simulator.counters.reset();
      const found = await github.provider.findTask({
        repository: repository('blog'),
        marker: MARKER,
        startedAfter: new Date(github.clock.now() - 120_000).toISOString(),
        knownIds: new Set(known),
        signal,
      });
      expect(found?.id).toBe(id);
      expect(github.simulator.counters.values.byRoute).toEqual({
        'GET /agents/repos/{owner}/{repo}/tasks': 3,
        'GET /agents/repos/{owner}/{repo}/tasks/{task_id}': 1,
      });
    });

    it('finds a task that was archived', async () => {
      const { id } = await github.start();
      const { tasks } = github.simulator.world;
      tasks.archive(tasks.get(id)!);
      await expect(find()).resolves.toMatchObject({ id });
    });

    it('finds a task though the clocks differ by minutes', async () => {
      const { id } = await github.start();
      const found = await github.provider.findTask({
        repository: repository('shop'),
        marker: MARKER,
        startedAfter: new Date(github.clock.now() + 240_000).toISOString(),
        knownIds: new Set(),
        signal,
      });
      expect(found?.id).toBe(id);
    });

    describe('when the clock of the backend is ahead', () => {
      const AHEAD_MS = 3_600_000;

      beforeEach(() => {
        const now = Date.now.bind(Date);
        jest.spyOn(Date, 'now').mockImplementation(() => now() + AHEAD_MS);
      });

      afterEach(() => {
        jest.restoreAllMocks();
      });

      const findWith = (provider: CopilotAgentProvider) =>
        provider.findTask({
          repository: repository('shop'),
          marker: MARKER,
          startedAfter: new Date(Date.now()).toISOString(),
          knownIds: new Set(),
          signal,
        });

      it('finds a task by the time that GitHub told', async () => {
        const { id } = await github.start();
        github.simulator.counters.reset();
        await expect(findWith(github.provider)).resolves.toMatchObject({ id });
        expect(github.simulator.counters.values.byRoute).toEqual({
          'GET /agents/repos/{owner}/{repo}/tasks': 2,
          'GET /agents/repos/{owner}/{repo}/tasks/{task_id}': 1,
        });
      });

      it('finds a task though GitHub had not told the time before', async () => {
        const { id } = await github.start();
        const connections = createPooledFetch();
        const provider = CopilotAgentProvider.create({
          client: GithubClient.create({
            apiBaseUrl: github.simulator.apiUrl,
            fetch: connections.fetch,
            logger: github.logger,
          }),
          starter: StarterCredential.create({ token: STARTER_TOKEN }),
          host: 'github.com',
        });
        await expect(findWith(provider)).resolves.toMatchObject({ id });
        await connections.close();
      });
    });

    it('searches no later where the clock of the backend is behind', async () => {
      const { id } = await github.start();
      const startedAfter = new Date(Date.now()).toISOString();
      const now = Date.now.bind(Date);
      // It went wrong after the start.
      jest.spyOn(Date, 'now').mockImplementation(() => now() - 3_600_000);
      const found = await github.provider.findTask({
        repository: repository('shop'),
        marker: MARKER,
        startedAfter,
        knownIds: new Set(),
        signal,
      });
      jest.restoreAllMocks();
      expect(found?.id).toBe(id);
    });

    it.each(['list', 'read'])(
      'does not say that there is none when the %s failed',
      async what => {
        await github.start('shop', 'att_other');
        github.simulator.faults.add({
          route:
            what === 'list'
              ? 'GET /agents/repos/:owner/:repo/tasks'
              : 'GET /agents/repos/:owner/:repo/tasks/:id',
          fault: { kind: 'status', status: 500, when: 'before' },
        });
        await expect(find()).rejects.toMatchObject({ effect: 'unknown' });
      },
    );

    it.each(['has no prompt yet', 'is gone again'])(
      'does not say that there is none when a task %s',
      async what => {
        const { id } = await github.start();
        const { tasks } = github.simulator.world;
        if (what === 'has no prompt yet') {
          tasks.get(id)!.sessions.length = 0;
        } else {
          github.simulator.faults.add({
            route: 'GET /agents/repos/:owner/:repo/tasks/:id',
            fault: { kind: 'status', status: 404, when: 'before' },
          });
        }
        await expect(find()).rejects.toMatchObject({
          effect: 'unknown',
          message: expect.stringContaining(`the task ${id}`),
        });
      },
    );
  });

  describe('getTask', () => {
    const get = (id: string) =>
      github.provider.getTask({ repository: repository('shop'), id, signal });

    it('tells a task in full', async () => {
      const { id } = await github.start();
      await expect(get(id)).resolves.toMatchObject({ state: 'queued' });
      github.clock.advance(10_000);
      await expect(get(id)).resolves.toMatchObject({ state: 'running' });
      github.clock.advance(60_000);
      await expect(get(id)).resolves.toMatchObject({
        state: 'completed',
        artifacts: [
          { type: 'change', globalId: expect.stringMatching(/^PR_/) },
          {
            type: 'branch',
            branch: expect.stringMatching(/^copilot\//),
            baseBranch: 'main',
          },
        ],
        aiCredits:
          github.simulator.world.tasks.get(id)!.sessions[0].usage!.amount / 1e9,
      });
    });

    it('tells why a task failed, though its session goes on', async () => {
      github.simulator.agent.configure({
        outcomes: { failed: 1 },
        staleSessionShare: 0,
      });
      const { id } = await github.start();
      github.clock.advance(60_000);
      const { sessions } = github.simulator.world.tasks.get(id)!;
      sessions[0].state = 'in_progress';
      await expect(get(id)).resolves.toMatchObject({
        state: 'failed',
        failureMessage: 'The agent encountered an error.',
      });
    });

    it('tells when a person is needed', async () => {
      github.simulator.agent.configure({ outcomes: { waiting_for_user: 1 } });
      const { id } = await github.start();
      github.clock.advance(60_000);
      await expect(get(id)).resolves.toMatchObject({ state: 'needs_input' });
    });

    it('does not take an answer about another task for one', async () => {
      const { id } = await github.start();
      Object.assign(github.simulator.world.tasks.get(id)!, { id: 'other' });
      await expect(get(id)).rejects.toMatchObject({
        name: 'ProviderError',
        effect: 'unknown',
        message: `GitHub answered about the task other when it was asked about ${id} in acme/shop.`,
      });
    });

    it('knows nothing of a task that is not there', async () => {
      await expect(get('nothing')).resolves.toBeUndefined();
    });
  });

  describe('listChangedTasks', () => {
    const list = (cursor?: string) =>
      github.provider.listChangedTasks({ cursor, signal });
    const ids = ({ tasks }: { tasks: { id: string }[] }) =>
      tasks.map(({ id }) => id).sort();

    it('tells what changed in all repositories, with one request', async () => {
      const one = await github.start('shop', 'att_1');
      const two = await github.start('blog', 'att_2');
      const first = await list();
      expect(ids(first)).toEqual([one.id, two.id].sort());
      github.clock.advance(60_000);
      github.simulator.counters.reset();
      const second = await list(first.cursor);
      expect(second.tasks.map(({ state }) => state)).toEqual([
        'completed',
        'completed',
      ]);
      expect(github.simulator.counters.values.byRoute).toEqual({
        'GET /agents/tasks': 1,
      });
    });

    it('costs nothing where nothing changed', async () => {
      await github.start();
      let { cursor } = await list();
      ({ cursor } = await list(cursor));
      github.simulator.counters.reset();
      const idle = await list(cursor);
      expect(idle).toEqual({ tasks: [], cursor });
      expect(github.simulator.counters.values).toMatchObject({
        requests: 1,
        notModified: 1,
      });
    });

    it('sends a tag to the address that it came from alone', async () => {
      // Lately: the first round looks back some hours from now.
      const now = new Date();
      const { fetch, requests } = answeringFetch(({ url }) => ({
        headers: { etag: '"tag"', date: now.toUTCString() },
        body: {
          tasks:
            url.searchParams.get('is_archived') === 'true'
              ? []
              : [
                  {
                    id: 't1',
                    state: 'queued',
                    created_at: now.toISOString(),
                  },
                ],
        },
      }));
      const client = GithubClient.create({
        apiBaseUrl: 'https://api.github.com',
        fetch,
        logger: github.logger,
      });
      const provider = CopilotAgentProvider.create({
        client,
        starter: StarterCredential.create({ token: 'github_pat_x' }),
        host: 'github.com',
      });
      let cursor: string | undefined;
      for (let round = 0; round < 3; round++) {
        ({ cursor } = await provider.listChangedTasks({ cursor, signal }));
      }
      const active = requests.filter(
        ({ url }) => url.searchParams.get('is_archived') === 'false',
      );
      expect(active.map(({ headers }) => headers['if-none-match'])).toEqual([
        undefined,
        undefined,
        '"tag"',
      ]);
      expect(active[2].url.href).toBe(active[1].url.href);
    });

    it('tells again what its caller did not keep', async () => {
      const { id } = await github.start();
      const first = await list();
      github.clock.advance(60_000);
      const lost = await list(first.cursor);
      const again = await list(first.cursor);
      expect(ids(lost)).toEqual([id]);
      expect(again).toEqual(lost);
    });

    it('tells a change within the second that was seen before', async () => {
      const one = await github.start('shop', 'att_1');
      let { cursor } = await list();
      ({ cursor } = await list(cursor));
      const two = await github.start('blog', 'att_2');
      expect(ids(await list(cursor))).toEqual([one.id, two.id].sort());
    });

    it('reads every page', async () => {
      const started: string[] = [];
      for (let count = 0; count < 120; count++) {
        started.push((await github.start('shop', `att_${count}`)).id);
        github.clock.advance(1_000);
      }
      expect(ids(await list())).toEqual(started.sort());
    });

    it('finds a task that was archived before it was seen', async () => {
      const { id } = await github.start();
      const { cursor } = await list();
      github.clock.advance(6 * 60_000);
      const { tasks } = github.simulator.world;
      tasks.archive(tasks.get(id)!);
      expect((await list(cursor)).tasks).toMatchObject([
        { id, state: 'completed' },
      ]);
    });

    it('begins some hours ago without a cursor, and with one that it cannot read', async () => {
      await github.start();
      github.clock.advance(7 * 3_600_000);
      const { id } = await github.start();
      expect(ids(await list())).toEqual([id]);
      expect(ids(await list('nonsense'))).toEqual([id]);
    });

    it('throws rather than leave something out', async () => {
      github.simulator.faults.add({
        route: 'GET /agents/tasks',
        fault: { kind: 'malformed' },
      });
      await github.start();
      await expect(list()).rejects.toMatchObject({ effect: 'unknown' });
    });
  });
});
