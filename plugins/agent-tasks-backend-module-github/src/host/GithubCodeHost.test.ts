import { Fault, PullRequest } from '@agent-tasks/github-simulator';
import {
  INSTALLATION_ID,
  OTHER_INSTALLATION_ID,
  repository,
  signal,
  startGithub,
} from '../__testUtils__/startGithub';
import { stubInstallation } from '../__testUtils__/stubInstallation';
import { GithubCodeHost } from './GithubCodeHost';

describe('GithubCodeHost', () => {
  let github: Awaited<ReturnType<typeof startGithub>>;

  beforeEach(async () => {
    github = await startGithub();
  });

  afterEach(async () => {
    await github.close();
  });

  /** The tokens that were made since the counters were reset, as one line each. */
  function minted(): string[] {
    return github.simulator.counters.values.tokensMinted.map(
      ({ repositories, permissions }) => {
        const { metadata, ...others } = permissions;
        const shown = Object.keys(others).length > 0 ? others : { metadata };
        return `${repositories?.join(',') ?? 'all'} ${Object.entries(shown)
          .map(([name, level]) => `${name}:${level}`)
          .sort()
          .join(',')}`;
      },
    );
  }

  describe('getRepositories', () => {
    const get = (...names: string[]) =>
      github.codeHost.getRepositories({
        repositories: names.map(repository),
        signal,
      });

    it('tells repositories with one token and one request', async () => {
      const found = await get('shop', 'ATTIC');
      expect(Object.fromEntries(found)).toEqual({
        'github.com/acme/shop': {
          ref: repository('shop'),
          url: `${github.simulator.url}/acme/shop`,
          defaultBranch: 'main',
          archived: false,
        },
        'github.com/acme/attic': {
          ref: repository('attic'),
          url: `${github.simulator.url}/acme/attic`,
          defaultBranch: 'main',
          archived: true,
        },
      });
      expect(minted()).toEqual(['acme/shop,acme/attic metadata:read']);
      expect(github.simulator.counters.values.graphqlRequests).toBe(1);
    });

    it('leaves out what the App does not cover, what is not there, and what is elsewhere', async () => {
      const found = await github.codeHost.getRepositories({
        repositories: [
          repository('shop'),
          repository('secret'),
          repository('nowhere'),
          { ...repository('shop'), owner: 'nobody' },
          { ...repository('shop'), host: 'gitlab.com' },
          repository('..'),
          { ...repository('shop'), owner: '..' },
          repository('shop?x=1'),
        ],
        signal,
      });
      expect([...found.keys()]).toEqual(['github.com/acme/shop']);
      expect(minted()).toEqual(['acme/shop metadata:read']);
    });

    it('asks nothing for nothing', async () => {
      await expect(get()).resolves.toEqual(new Map());
      expect(github.simulator.counters.values.requests).toBe(0);
    });

    it('does not take trouble for an answer', async () => {
      github.simulator.faults.add({
        route: 'POST /graphql',
        fault: { kind: 'status', status: 502, when: 'before' },
      });
      await expect(get('shop')).rejects.toMatchObject({ effect: 'unknown' });
    });
  });

  describe('listAgentChanges', () => {
    /** Opens a pull request as somebody does without this system. */
    function open(options: {
      name?: string;
      login: string;
      branch: string;
      lines?: number;
    }) {
      const { login, branch, lines = 2 } = options;
      const { world } = github.simulator;
      const { owner, name } = repository(options.name ?? 'shop');
      const inWorld = world.repositories.getByFullName(`${owner}/${name}`)!;
      const author =
        world.accounts.getByLogin(login) ??
        world.accounts.create({
          login: `${login}[bot]`,
          graphqlLogin: login,
          type: 'Bot',
        });
      world.repositories.createBranch({
        repository: inWorld,
        name: branch,
        sha: inWorld.branches.main,
        sender: author,
      });
      world.repositories.pushCommit({
        repository: inWorld,
        branch,
        message: 'Work',
        author,
        files: { [`${branch}.md`]: 'line\n'.repeat(lines) },
      });
      return world.pullRequests.create({
        repository: inWorld,
        author,
        title: `Work of ${login}`,
        headRef: branch,
      });
    }
    const list = (...names: string[]) =>
      github.codeHost.listAgentChanges({
        repositories: names.map(repository),
        signal,
      });

    it('tells open changes of coding agents, and of nobody else', async () => {
      const devin = open({
        login: 'devin-ai-integration',
        branch: 'devin/1',
        lines: 7,
      });
      open({ login: 'ada', branch: 'codex/tests' });
      open({ login: 'ada', branch: 'by-hand' });
      open({ login: 'dependabot', branch: 'dependabot/npm' });
      const closed = open({ login: 'copilot-swe-agent', branch: 'copilot/x' });
      const { pullRequests, accounts } = github.simulator.world;
      pullRequests.close({
        pullRequest: closed,
        sender: accounts.getByLogin('ada')!,
      });
      github.simulator.counters.reset();
      const found = await list('shop', 'blog');
      expect(found.get('github.com/acme/blog')).toEqual([]);
      expect(found.get('github.com/acme/shop')).toEqual([
        {
          globalId: devin.nodeId,
          number: devin.number,
          url: `${github.simulator.url}/acme/shop/pull/${devin.number}`,
          title: 'Work of devin-ai-integration',
          author: 'devin-ai-integration',
          headBranch: 'devin/1',
          additions: 7,
          deletions: 0,
          createdAt: expect.any(String),
        },
        expect.objectContaining({ author: 'ada', headBranch: 'codex/tests' }),
      ]);
      expect(minted()).toEqual(['acme/shop,acme/blog pull_requests:read']);
      expect(github.simulator.counters.values.graphqlRequests).toBe(1);
    });

    it('reads on where a repository has more than a page', async () => {
      for (let n = 0; n < 51; n += 1) {
        open({ login: 'cursor', branch: `cursor/${n}` });
      }
      github.simulator.counters.reset();
      const found = await list('shop', 'blog');
      expect(found.get('github.com/acme/shop')).toHaveLength(51);
      expect(github.simulator.counters.values.graphqlRequests).toBe(2);
    });

    it('leaves out repositories that cannot be read', async () => {
      const found = await list('shop', 'secret', 'nowhere');
      expect([...found.keys()]).toEqual(['github.com/acme/shop']);
    });

    it('leaves out those of an owner that GitHub refuses, and throws where none is left', async () => {
      open({ name: 'lab', login: 'claude', branch: 'claude/1' });
      const fault = github.simulator.faults.add({
        route: new RegExp(`installations/${OTHER_INSTALLATION_ID}/`),
        fault: { kind: 'status', status: 503, when: 'before' },
      });
      expect([...(await list('shop', 'lab')).keys()]).toEqual([
        'github.com/acme/shop',
      ]);
      await expect(list('lab')).rejects.toMatchObject({ status: 503 });
      github.simulator.faults.remove(fault.id);
      await expect(list('shop', 'lab')).resolves.toHaveProperty('size', 2);
    });
  });

  describe('getChanges', () => {
    it('does not take workflows for pending that wait until a person lets them run', async () => {
      github.simulator.world.repositories.getByFullName(
        'acme/shop',
      )!.agent.requireWorkflowApproval = true;
      const { change } = await github.startAndFinish();
      const found = await github.codeHost.getChanges({
        changes: [change],
        signal,
      });
      expect(found.get(change.globalId)?.checks).toBe('none');
    });

    it('tells pull requests of several repositories with one token and one request', async () => {
      const shop = await github.startAndFinish('shop', 'att_1');
      const blog = await github.startAndFinish('blog', 'att_2');
      github.simulator.counters.reset();
      const found = await github.codeHost.getChanges({
        changes: [shop.change, blog.change],
        signal,
      });
      expect(found.get(shop.change.globalId)).toMatchObject({
        globalId: shop.change.globalId,
        number: expect.any(Number),
        url: expect.stringContaining('/acme/shop/pull/'),
        state: 'open',
        draft: true,
        headBranch: shop.branch,
        headCommit: expect.stringMatching(/^[0-9a-f]{40}$/),
        baseBranch: 'main',
        changedFiles: expect.any(Number),
        review: 'required',
      });
      expect(found.get(blog.change.globalId)?.checks).toBe('none');
      expect(minted()).toEqual([
        'acme/shop,acme/blog checks:read,pull_requests:read,statuses:read',
      ]);
      expect(github.simulator.counters.values.graphqlRequests).toBe(1);
      github.simulator.counters.reset();
      await github.codeHost.getChanges({ changes: [blog.change], signal });
      expect(github.simulator.counters.values.requests).toBe(1);
    });

    it('tells how a change was settled', async () => {
      const { change } = await github.startAndFinish();
      const { pullRequests, accounts } = github.simulator.world;
      const pullRequest = pullRequests.getByNodeId(change.globalId)!;
      pullRequests.close({ pullRequest, sender: accounts.getByLogin('ada')! });
      const found = await github.codeHost.getChanges({
        changes: [change],
        signal,
      });
      expect(found.get(change.globalId)).toMatchObject({
        state: 'closed',
        settledAt: expect.any(String),
      });
    });

    it('leaves out what is not there', async () => {
      const { change } = await github.startAndFinish();
      const gone = { ...change, globalId: 'PR_nothing' };
      const uncovered = { repository: repository('secret'), globalId: 'PR_x' };
      const found = await github.codeHost.getChanges({
        changes: [gone, change, uncovered],
        signal,
      });
      expect([...found.keys()]).toEqual([change.globalId]);
    });

    it('uses a new token after one was refused', async () => {
      const { change } = await github.startAndFinish();
      const read = () =>
        github.codeHost.getChanges({ changes: [change], signal });
      await read();
      // The token expires at GitHub, which this side does not know yet.
      github.clock.advance(61 * 60_000);
      await expect(read()).rejects.toMatchObject({
        effect: 'later',
        status: 401,
      });
      await expect(read()).resolves.toHaveProperty('size', 1);
    });

    describe('of several owners', () => {
      async function ofBoth() {
        const shop = await github.startAndFinish('shop', 'att_1');
        const lab = await github.startAndFinish('lab', 'att_2');
        return { changes: [lab.change, shop.change], shop, lab };
      }
      const suspend = () => {
        const { apps } = github.simulator.world;
        apps.getInstallation(OTHER_INSTALLATION_ID)!.suspendedAt =
          github.clock.now();
      };
      const resume = () => {
        const { apps } = github.simulator.world;
        delete apps.getInstallation(OTHER_INSTALLATION_ID)!.suspendedAt;
      };

      it.each(['before', 'after'])(
        'leaves out those of one whose installation is suspended %s its token was made',
        async when => {
          const { changes, shop } = await ofBoth();
          const read = () => github.codeHost.getChanges({ changes, signal });
          if (when === 'after') {
            await read();
          }
          suspend();
          for (let round = 0; round < 3; round++) {
            expect([...(await read()).keys()]).toEqual([shop.change.globalId]);
          }
          expect(github.logger.warn.mock.calls).toEqual([
            [
              expect.stringMatching(
                /^The pull requests of umbrella cannot be read: GitHub refused/,
              ),
            ],
          ]);
          resume();
          await expect(read()).resolves.toHaveProperty('size', 2);
          expect(github.logger.info).toHaveBeenCalledWith(
            'The pull requests of umbrella can be read again',
          );
        },
      );

      it('leaves out those of one whose token GitHub does not make', async () => {
        const { changes, shop } = await ofBoth();
        github.simulator.faults.add({
          route: new RegExp(`installations/${OTHER_INSTALLATION_ID}/`),
          fault: { kind: 'status', status: 503, when: 'before' },
        });
        const found = await github.codeHost.getChanges({ changes, signal });
        expect([...found.keys()]).toEqual([shop.change.globalId]);
      });

      it('throws where none can be read', async () => {
        const { changes } = await ofBoth();
        github.simulator.faults.add({
          route: /access_tokens/,
          fault: { kind: 'status', status: 503, when: 'before' },
        });
        await expect(
          github.codeHost.getChanges({ changes, signal }),
        ).rejects.toMatchObject({ effect: 'later', status: 503 });
      });

      it('throws where the time runs out, rather than leave out what it did not ask for', async () => {
        const { changes } = await ofBoth();
        const controller = new AbortController();
        const fault = github.simulator.faults.add({
          route: 'POST /graphql',
          fault: { kind: 'latency', ms: 500 },
        });
        github.logger.debug.mockImplementation(message => {
          // The owner that comes second.
          if (/read 1 pull requests of acme/.test(message)) {
            controller.abort();
          }
        });
        await expect(
          github.codeHost.getChanges({ changes, signal: controller.signal }),
        ).rejects.toMatchObject({ name: 'ProviderError' });
        expect(fault.hits).toBeGreaterThan(0);
      });
    });

    it('leaves out a name that would send the request elsewhere', async () => {
      const { change } = await github.startAndFinish();
      const found = await github.codeHost.getChanges({
        changes: [
          { ...change, repository: repository('..') },
          { ...change, repository: { ...repository('shop'), owner: '.' } },
          change,
        ],
        signal,
      });
      expect([...found.keys()]).toEqual([change.globalId]);
    });

    it('says which permission the App lacks', async () => {
      await github.close();
      github = await startGithub({ appPermissions: { pull_requests: 'read' } });
      const { change } = await github.startAndFinish();
      await expect(
        github.codeHost.getChanges({ changes: [change], signal }),
      ).rejects.toMatchObject({
        effect: 'refused',
        message: expect.stringContaining('permissions requested'),
      });
    });
  });

  describe('findReverts', () => {
    const find = (
      changes: Parameters<typeof github.codeHost.findReverts>[0]['changes'],
    ) => github.codeHost.findReverts({ changes, signal });

    /** Merges whatever stands in the way. */
    function merge(pullRequest: PullRequest) {
      const { world } = github.simulator;
      const ada = world.accounts.getByLogin('ada')!;
      world.pullRequests.repositoryOf(pullRequest).protections = [];
      if (pullRequest.draft) {
        world.pullRequests.markReadyForReview({ pullRequest, sender: ada });
      }
      world.pullRequests.merge({ pullRequest, sender: ada });
    }

    /** Reverts by GitHub's own mutation, as its button does. */
    async function revert(globalId: string): Promise<PullRequest> {
      const { world } = github.simulator;
      const before = world.pullRequests.listAll().length;
      const { token } = github.simulator.tokens.createInstallationToken({
        installationId: INSTALLATION_ID,
        permissions: { contents: 'write', pull_requests: 'write' },
      });
      await fetch(github.simulator.context.urls.graphql, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify({
          query: `mutation ($id: ID!) { revertPullRequest(input: { pullRequestId: $id }) { clientMutationId } }`,
          variables: { id: globalId },
        }),
      });
      const all = world.pullRequests.listAll();
      expect(all).toHaveLength(before + 1);
      return all[all.length - 1];
    }

    async function merged(name: string, marker: string) {
      const { change } = await github.startAndFinish(name, marker);
      merge(github.simulator.world.pullRequests.getByNodeId(change.globalId)!);
      return change;
    }

    it('tells what was taken back once that is merged, with one token and one request', async () => {
      const shop = await merged('shop', 'att_1');
      const blog = await merged('blog', 'att_2');
      expect(await find([shop, blog])).toEqual(new Map());
      const pullRequest = await revert(shop.globalId);
      expect(await find([shop, blog])).toEqual(new Map());
      github.clock.advance(60_000);
      merge(pullRequest);
      // Before the token that the finds above have made ends.
      github.simulator.counters.reset();
      expect(await find([shop, blog])).toEqual(
        new Map([
          [
            shop.globalId,
            {
              number: pullRequest.number,
              url: `${github.simulator.url}/acme/shop/pull/${pullRequest.number}`,
              mergedAt: new Date(pullRequest.mergedAt!)
                .toISOString()
                .replace(/\.\d+/, ''),
            },
          ],
        ]),
      );
      expect(github.simulator.counters.values.requests).toBe(1);
    });

    it('needs to read pull requests alone', async () => {
      await github.close();
      github = await startGithub({ appPermissions: { pull_requests: 'read' } });
      const { change } = await github.startAndFinish();
      github.simulator.counters.reset();
      expect(await find([change])).toEqual(new Map());
      expect(minted()).toEqual(['acme/shop pull_requests:read']);
    });

    it('leaves out what is not there, and asks nothing for nothing', async () => {
      const { change } = await github.startAndFinish();
      expect(
        await find([
          { ...change, globalId: 'PR_nothing' },
          { repository: repository('secret'), globalId: 'PR_x' },
          { ...change, repository: repository('..') },
        ]),
      ).toEqual(new Map());
      github.simulator.counters.reset();
      expect(await find([])).toEqual(new Map());
      expect(github.simulator.counters.values.requests).toBe(0);
    });

    it('finds them in spite of issues that name the change, which the token may not read', async () => {
      const stub = stubInstallation({
        covered: ['shop'],
        instead: ({ url }) =>
          url.pathname.endsWith('/graphql')
            ? {
                body: {
                  data: {
                    nodes: [
                      {
                        id: 'PR_7',
                        number: 7,
                        baseRefName: 'main',
                        repository: { nameWithOwner: 'acme/shop' },
                        timelineItems: {
                          nodes: [
                            null,
                            {
                              source: {
                                number: 9,
                                url: 'https://github.com/acme/shop/pull/9',
                                body: 'Reverts acme/shop#7',
                                merged: true,
                                mergedAt: '2026-11-22T13:00:00Z',
                                baseRefName: 'main',
                                repository: { nameWithOwner: 'acme/shop' },
                              },
                            },
                          ],
                        },
                      },
                    ],
                  },
                  errors: [
                    {
                      type: 'FORBIDDEN',
                      path: ['nodes', 0, 'timelineItems', 'nodes', 0, 'source'],
                      message: 'Resource not accessible by integration',
                    },
                  ],
                },
              }
            : undefined,
      });
      const codeHost = GithubCodeHost.create({
        ...stub,
        host: 'github.com',
        logger: github.logger,
      });
      const found = await codeHost.findReverts({
        changes: [{ repository: repository('shop'), globalId: 'PR_7' }],
        signal,
      });
      expect(found.get('PR_7')?.number).toBe(9);
    });

    it('leaves out those of an owner that GitHub refuses, and throws where none is left', async () => {
      const shop = await merged('shop', 'att_1');
      const lab = await merged('lab', 'att_2');
      merge(await revert(shop.globalId));
      github.simulator.faults.add({
        route: new RegExp(`installations/${OTHER_INSTALLATION_ID}/`),
        fault: { kind: 'status', status: 503, when: 'before' },
      });
      expect([...(await find([lab, shop])).keys()]).toEqual([shop.globalId]);
      await expect(find([lab])).rejects.toMatchObject({ status: 503 });
    });
  });

  describe('markReadyForReview', () => {
    it('offers a draft, with a token for that alone', async () => {
      const { change } = await github.startAndFinish();
      github.simulator.counters.reset();
      await github.codeHost.markReadyForReview({ change, signal });
      const found = await github.codeHost.getChanges({
        changes: [change],
        signal,
      });
      expect(found.get(change.globalId)?.draft).toBe(false);
      expect(minted()[0]).toBe('acme/shop contents:write,pull_requests:write');
    });

    it('is done once it is done', async () => {
      const { change } = await github.startAndFinish();
      await github.codeHost.markReadyForReview({ change, signal });
      await expect(
        github.codeHost.markReadyForReview({ change, signal }),
      ).resolves.toBeUndefined();
    });

    it('is refused for a change that is not there', async () => {
      const { change } = await github.startAndFinish();
      await expect(
        github.codeHost.markReadyForReview({
          change: { ...change, globalId: 'PR_nothing' },
          signal,
        }),
      ).rejects.toMatchObject({ effect: 'refused' });
    });

    it('is refused where the App is not installed', async () => {
      const { change } = await github.startAndFinish();
      await expect(
        github.codeHost.markReadyForReview({
          change: { ...change, repository: repository('secret') },
          signal,
        }),
      ).rejects.toMatchObject({ effect: 'refused', status: 422 });
    });

    it('does not know whether it happened after a server error', async () => {
      const { change } = await github.startAndFinish();
      github.simulator.faults.add({
        route: 'POST /graphql',
        fault: { kind: 'status', status: 502, when: 'after' },
      });
      await expect(
        github.codeHost.markReadyForReview({ change, signal }),
      ).rejects.toMatchObject({ effect: 'unknown' });
    });
  });

  describe('convertToDraft', () => {
    it('makes a change a draft again that was offered', async () => {
      const { change } = await github.startAndFinish();
      await github.codeHost.markReadyForReview({ change, signal });
      github.simulator.counters.reset();
      await github.codeHost.convertToDraft({ change, signal });
      const found = await github.codeHost.getChanges({
        changes: [change],
        signal,
      });
      expect(found.get(change.globalId)?.draft).toBe(true);
    });

    it('is done once it is done', async () => {
      const { change } = await github.startAndFinish();
      await expect(
        github.codeHost.convertToDraft({ change, signal }),
      ).resolves.toBeUndefined();
    });

    it('is refused for a change that is not there', async () => {
      const { change } = await github.startAndFinish();
      await expect(
        github.codeHost.convertToDraft({
          change: { ...change, globalId: 'PR_nothing' },
          signal,
        }),
      ).rejects.toMatchObject({ effect: 'refused' });
    });
  });

  describe('stop', () => {
    async function running() {
      const { id } = await github.start();
      github.clock.advance(8_000);
      const task = await github.provider.getTask({
        repository: repository('shop'),
        id,
        signal,
      });
      const change = task?.artifacts.find(({ type }) => type === 'change');
      const branch = task?.artifacts.find(({ type }) => type === 'branch');
      if (change?.type !== 'change' || branch?.type !== 'branch') {
        throw new Error('The agent made no pull request');
      }
      return {
        id,
        repository: repository('shop'),
        branch: branch.branch,
        change: {
          repository: repository('shop'),
          globalId: change.globalId,
        },
      };
    }

    it('stops run, pull request and branch, each with a token for it alone', async () => {
      const { id, ...work } = await running();
      github.simulator.counters.reset();
      await expect(github.codeHost.stop({ ...work, signal })).resolves.toEqual([
        { what: 'workflow_run', outcome: 'done' },
        { what: 'change', outcome: 'done' },
        { what: 'branch', outcome: 'done' },
      ]);
      expect(minted().sort()).toEqual([
        'acme/shop actions:write',
        'acme/shop contents:write',
        'acme/shop pull_requests:write',
      ]);
      github.clock.advance(10_000);
      const task = await github.provider.getTask({
        repository: repository('shop'),
        id,
        signal,
      });
      expect(task?.state).toBe('cancelled');
    });

    it('finds nothing to stop the second time', async () => {
      const { id, ...work } = await running();
      await github.codeHost.stop({ ...work, signal });
      github.clock.advance(10_000);
      const steps = await github.codeHost.stop({ ...work, signal });
      expect(steps.map(({ what, outcome }) => `${what} ${outcome}`)).toEqual([
        'workflow_run absent',
        'change absent',
        'branch absent',
      ]);
      expect(id).toBeDefined();
    });

    it('finds the branch by the pull request', async () => {
      const { change } = await running();
      const steps = await github.codeHost.stop({
        repository: repository('shop'),
        change,
        signal,
      });
      expect(steps.map(({ outcome }) => outcome)).toEqual([
        'done',
        'done',
        'done',
      ]);
    });

    it('says that nothing can be stopped before there is a branch', async () => {
      await expect(
        github.codeHost.stop({ repository: repository('shop'), signal }),
      ).resolves.toEqual([
        {
          what: 'workflow_run',
          outcome: 'failed',
          reason: expect.stringContaining('no branch yet'),
        },
        { what: 'change', outcome: 'absent', reason: expect.any(String) },
        { what: 'branch', outcome: 'absent', reason: expect.any(String) },
      ]);
    });

    it('deletes no branch but one of the agent', async () => {
      const steps = await github.codeHost.stop({
        repository: repository('shop'),
        branch: 'main',
        signal,
      });
      expect(steps.at(-1)).toMatchObject({
        what: 'branch',
        outcome: 'failed',
        reason: expect.stringContaining('The branch main stays'),
      });
      const shop =
        github.simulator.world.repositories.getByFullName('acme/shop')!;
      expect(shop.branches.main).toBeDefined();
    });

    it.each<[string, Fault, true | undefined]>([
      ['a server error', { kind: 'status', status: 500, when: 'before' }, true],
      [
        'a rate limit',
        { kind: 'status', status: 429, when: 'before', retryAfterSeconds: 9 },
        true,
      ],
      ['a broken connection', { kind: 'reset', when: 'before' }, true],
      ['a refusal', { kind: 'status', status: 422, when: 'before' }, undefined],
    ])(
      'goes on where a step fails by %s, and says whether it may succeed later',
      async (_, fault, retryable) => {
        const { id, ...work } = await running();
        github.simulator.faults.add({
          route: 'POST /repos/:owner/:repo/actions/runs/:id/cancel',
          fault,
        });
        const steps = await github.codeHost.stop({ ...work, signal });
        expect(steps).toEqual([
          {
            what: 'workflow_run',
            outcome: 'failed',
            reason: expect.stringContaining('cancel the workflow run'),
            retryable,
          },
          { what: 'change', outcome: 'done' },
          { what: 'branch', outcome: 'done' },
        ]);
        expect(id).toBeDefined();
      },
    );

    it('says that a pull request may be closed later that could not be read', async () => {
      const { id, ...work } = await running();
      github.simulator.faults.add({
        route: 'POST /graphql',
        fault: { kind: 'status', status: 502, when: 'before' },
      });
      const steps = await github.codeHost.stop({ ...work, signal });
      expect(steps).toEqual([
        { what: 'workflow_run', outcome: 'done' },
        {
          what: 'change',
          outcome: 'failed',
          reason: expect.stringContaining('read a pull request'),
          retryable: true,
        },
        { what: 'branch', outcome: 'done' },
      ]);
      expect(id).toBeDefined();
    });

    it('says that every step may succeed later when nobody answers', async () => {
      const { id, ...work } = await running();
      await github.simulator.close();
      const steps = await github.codeHost.stop({ ...work, signal });
      expect(steps.map(({ retryable }) => retryable)).toEqual([
        true,
        true,
        true,
      ]);
      expect(id).toBeDefined();
      github = await startGithub();
    });

    it('says of each step that the App may not', async () => {
      await github.close();
      github = await startGithub({ appPermissions: { metadata: 'read' } });
      const steps = await github.codeHost.stop({
        repository: repository('shop'),
        branch: 'copilot/x',
        change: { repository: repository('shop'), globalId: 'PR_x' },
        signal,
      });
      expect(
        steps.map(({ outcome, retryable }) => [outcome, retryable]),
      ).toEqual([
        ['failed', undefined],
        ['failed', undefined],
        ['failed', undefined],
      ]);
    });

    it.each([
      { owner: 'acme', name: '..' },
      { owner: '..', name: 'shop' },
      { owner: 'acme', name: 'shop/../blog' },
    ])('sends nothing to %j', async ref => {
      const steps = await github.codeHost.stop({
        repository: { host: 'github.com', ...ref },
        branch: 'copilot/x',
        signal,
      });
      expect(
        steps.map(({ outcome, retryable }) => [outcome, retryable]),
      ).toEqual([
        ['failed', undefined],
        ['absent', undefined],
        ['failed', undefined],
      ]);
      expect(github.simulator.counters.values.requests).toBe(0);
    });
  });
});
