import { GithubSimulator } from '../GithubSimulator';
import { Permissions, PullRequest } from '../state';
import { openTestPullRequest } from '../testing/openTestPullRequest';
import {
  READER_TOKEN,
  STARTER_TOKEN,
  TEST_INSTALLATION_ID,
  testSeed,
} from '../testing/testSeed';
import { GraphqlAnswer } from './executeGraphql';

describe('GraphQL', () => {
  let simulator: GithubSimulator;
  let pullRequest: PullRequest;

  beforeEach(async () => {
    simulator = await GithubSimulator.start({ seed: testSeed, limits: false });
    pullRequest = openTestPullRequest(simulator);
  });
  afterEach(() => simulator.close());

  function installationToken(permissions: Permissions): string {
    return simulator.tokens.createInstallationToken({
      installationId: TEST_INSTALLATION_ID,
      permissions,
    }).token;
  }

  async function send(
    query: string,
    options: { token?: string; variables?: Record<string, unknown> } = {},
  ): Promise<GraphqlAnswer> {
    const response = await fetch(simulator.context.urls.graphql, {
      method: 'POST',
      headers: { authorization: `Bearer ${options.token ?? STARTER_TOKEN}` },
      body: JSON.stringify({ query, variables: options.variables }),
    });
    expect(response.status).toBe(200);
    return response.json() as Promise<GraphqlAnswer>;
  }

  it('tells of pull requests what this system asks for', async () => {
    const { world } = simulator;
    const repository = world.pullRequests.repositoryOf(pullRequest);
    world.conversations.addLabels({
      pullRequest,
      names: ['agent'],
      sender: world.accounts.getByLogin('robot')!,
    });
    world.checks.setStatus({
      repository,
      sha: pullRequest.headSha,
      state: 'pending',
      context: 'agent-tasks/gate',
      creator: world.accounts.getByLogin('robot')!,
    });
    world.reviews.submit({
      pullRequest,
      user: world.accounts.getByLogin('ada')!,
      state: 'CHANGES_REQUESTED',
      body: 'Not so many.',
    });
    const { data, errors } = await send(
      `query ($ids: [ID!]!) {
        nodes(ids: $ids) {
          ... on PullRequest {
            __typename id number url title state isDraft merged mergedAt mergedBy { login }
            closedAt createdAt updatedAt headRefName headRefOid baseRefName
            additions deletions changedFiles reviewDecision fullDatabaseId databaseId
            author { login }
            repository { nameWithOwner isArchived url owner { login } defaultBranchRef { name } }
            labels(first: 10) { nodes { name } }
            files(first: 10) { nodes { path changeType additions deletions } totalCount }
            reviews(last: 5) { nodes { state author { login } body } }
            reviewRequests(first: 5) { nodes { requestedReviewer {
              ... on User { login } ... on Team { slug } } } }
            commits(last: 1) { totalCount nodes { commit { oid messageHeadline
              statusCheckRollup { state contexts(first: 10) { nodes {
                ... on CheckRun { name status conclusion isRequired(pullRequestId: $first) checkSuite { app { slug } } }
                ... on StatusContext { context state isRequired(pullRequestId: $first) }
              } } } } } }
            mergeable mergeStateStatus autoMergeRequest { enabledAt }
          }
        }
      }`.replace('($ids', '($first: ID, $ids'),
      { variables: { ids: [pullRequest.nodeId], first: pullRequest.nodeId } },
    );
    expect(errors).toBeUndefined();
    expect(data?.nodes).toEqual([
      expect.objectContaining({
        __typename: 'PullRequest',
        id: pullRequest.nodeId,
        number: 1,
        url: `${simulator.url}/acme/shop/pull/1`,
        title: 'Fix <the> readme',
        state: 'OPEN',
        isDraft: true,
        merged: false,
        mergedAt: null,
        mergedBy: null,
        headRefName: 'copilot/fix',
        headRefOid: pullRequest.headSha,
        baseRefName: 'main',
        additions: 1,
        deletions: 1,
        changedFiles: 1,
        reviewDecision: 'CHANGES_REQUESTED',
        // Ids of pull requests do not fit in 32 bits.
        databaseId: null,
        fullDatabaseId: String(pullRequest.id),
        // REST calls it `Copilot`.
        author: { login: 'copilot-swe-agent' },
        repository: {
          nameWithOwner: 'acme/shop',
          isArchived: false,
          url: `${simulator.url}/acme/shop`,
          owner: { login: 'acme' },
          defaultBranchRef: { name: 'main' },
        },
        labels: { nodes: [{ name: 'agent' }] },
        files: {
          nodes: [
            {
              path: 'README.md',
              changeType: 'MODIFIED',
              additions: 1,
              deletions: 1,
            },
          ],
          totalCount: 1,
        },
        reviews: {
          nodes: [
            {
              state: 'CHANGES_REQUESTED',
              author: { login: 'ada' },
              body: 'Not so many.',
            },
          ],
        },
        commits: {
          totalCount: 1,
          nodes: [
            {
              commit: {
                oid: pullRequest.headSha,
                messageHeadline: 'Fix the readme',
                statusCheckRollup: {
                  state: 'PENDING',
                  contexts: {
                    nodes: expect.arrayContaining([
                      {
                        name: 'test',
                        status: expect.any(String),
                        conclusion: null,
                        isRequired: true,
                        checkSuite: { app: { slug: 'github-actions' } },
                      },
                      {
                        context: 'agent-tasks/gate',
                        state: 'PENDING',
                        isRequired: false,
                      },
                    ]),
                  },
                },
              },
            },
          ],
        },
      }),
    ]);
  });

  it('answers null and NOT_FOUND for each node that it does not have, and the others', async () => {
    const { data, errors } = await send(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      { variables: { ids: ['PR_nothing', pullRequest.nodeId] } },
    );
    expect(data?.nodes).toEqual([null, { id: pullRequest.nodeId }]);
    expect(errors).toEqual([
      {
        type: 'NOT_FOUND',
        path: ['nodes', 0],
        locations: [{ line: 1, column: 24 }],
        message:
          "Could not resolve to a node with the global id of 'PR_nothing'",
      },
    ]);
  });

  it('hides what the token does not cover', async () => {
    const token = installationToken({ pull_requests: 'read' });
    const { world } = simulator;
    world.apps.getInstallation(TEST_INSTALLATION_ID)!.repositoryIds = [
      world.repositories.getByFullName('acme/blog')!.id,
    ];
    const { data, errors } = await send(
      `{ node(id: "${pullRequest.nodeId}") { id } shop: repository(owner: "acme", name: "shop") { id }
         blog: repository(owner: "acme", name: "blog") { name } }`,
      { token },
    );
    expect(data).toEqual({ node: null, shop: null, blog: { name: 'blog' } });
    expect(errors).toMatchObject([
      { type: 'NOT_FOUND', path: ['node'] },
      {
        type: 'NOT_FOUND',
        path: ['shop'],
        message: "Could not resolve to a Repository with the name 'acme/shop'.",
      },
    ]);
  });

  it('answers a hundred aliased repositories in one request', async () => {
    const query = Array.from(
      { length: 100 },
      (_, index) =>
        `r${index}: repository(owner: "acme", name: "${
          index === 50 ? 'nowhere' : 'shop'
        }") { nameWithOwner isArchived defaultBranchRef { name } url }`,
    ).join('\n');
    const { data, errors } = await send(`{ ${query} }`);
    expect(Object.keys(data ?? {})).toHaveLength(100);
    expect(data).toMatchObject({
      r0: { nameWithOwner: 'acme/shop' },
      r50: null,
    });
    expect(errors).toMatchObject([{ type: 'NOT_FOUND', path: ['r50'] }]);
  });

  it.each([
    ['checks', { pull_requests: 'read', statuses: 'read' }],
    ['statuses', { pull_requests: 'read', checks: 'read' }],
  ] as const)(
    'refuses the rollup of checks without read on %s',
    async (_missing, permissions) => {
      const query = `{ node(id: "${pullRequest.nodeId}") { ... on PullRequest {
        number commits(last: 1) { nodes { commit { statusCheckRollup { state } } } } } } }`;
      const refused = await send(query, {
        token: installationToken(permissions),
      });
      expect(refused.errors).toEqual([
        {
          type: 'FORBIDDEN',
          path: ['node', 'commits', 'nodes', 0, 'commit', 'statusCheckRollup'],
          extensions: { saml_failure: false },
          locations: expect.anything(),
          message: 'Resource not accessible by integration',
        },
      ]);
      expect(refused.data?.node).toMatchObject({ number: 1 });

      const answered = await send(query, {
        token: installationToken({
          pull_requests: 'read',
          statuses: 'read',
          checks: 'read',
        }),
      });
      expect(answered.errors).toBeUndefined();
    },
  );

  it('refuses pull requests without read on them', async () => {
    const { data, errors } = await send(
      `{ node(id: "${pullRequest.nodeId}") { id } }`,
      { token: installationToken({ contents: 'read' }) },
    );
    expect(data).toEqual({ node: null });
    expect(errors).toMatchObject([{ type: 'FORBIDDEN' }]);
  });

  describe('mutations', () => {
    const mutate = (
      name: string,
      input: string,
      token: string = installationToken({
        contents: 'write',
        pull_requests: 'write',
      }),
    ) =>
      send(
        `mutation { ${name}(input: { pullRequestId: "${pullRequest.nodeId}" ${input} clientMutationId: "m" }) {
          clientMutationId pullRequest { isDraft state } } }`,
        { token },
      );

    it('marks ready with contents and pull requests to write, and not with one of them', async () => {
      const refused = await mutate(
        'markPullRequestReadyForReview',
        '',
        installationToken({ pull_requests: 'write' }),
      );
      expect(refused).toMatchObject({
        data: { markPullRequestReadyForReview: null },
        errors: [
          {
            type: 'FORBIDDEN',
            path: ['markPullRequestReadyForReview'],
            message: 'Resource not accessible by integration',
          },
        ],
      });
      expect(pullRequest.draft).toBe(true);

      expect(await mutate('markPullRequestReadyForReview', '')).toEqual({
        data: {
          markPullRequestReadyForReview: {
            clientMutationId: 'm',
            pullRequest: { isDraft: false, state: 'OPEN' },
          },
        },
      });
      await mutate('convertPullRequestToDraft', '');
      expect(pullRequest.draft).toBe(true);
    });

    it('says in the words for people that a personal token lacks a permission', async () => {
      const { errors } = await mutate('closePullRequest', '', READER_TOKEN);
      expect(errors).toMatchObject([
        { message: 'Resource not accessible by personal access token' },
      ]);
      expect(pullRequest.state).toBe('open');
    });

    it('closes', async () => {
      const { data } = await mutate('closePullRequest', '');
      expect(data).toMatchObject({
        closePullRequest: { pullRequest: { state: 'CLOSED' } },
      });
    });

    it('merges nothing but the expected head', async () => {
      const { world } = simulator;
      world.pullRequests.markReadyForReview({
        pullRequest,
        sender: world.accounts.copilot,
      });
      world.reviews.submit({
        pullRequest,
        user: world.accounts.getByLogin('ada')!,
        state: 'APPROVED',
      });
      world.checks.setCheck({
        repository: world.pullRequests.repositoryOf(pullRequest),
        sha: pullRequest.headSha,
        name: 'test',
        status: 'completed',
        conclusion: 'success',
      });
      const stale = await mutate(
        'mergePullRequest',
        `expectedHeadOid: "${'0'.repeat(40)}"`,
      );
      expect(stale.errors).toMatchObject([
        {
          type: 'STALE_DATA',
          message: 'Head branch was modified. Review and try the merge again.',
        },
      ]);
      expect(pullRequest.merged).toBe(false);

      const merged = await mutate(
        'mergePullRequest',
        `expectedHeadOid: "${pullRequest.headSha}"`,
      );
      expect(merged.errors).toBeUndefined();
      expect(pullRequest.merged).toBe(true);
    });

    it('says why it does not merge', async () => {
      const { errors } = await mutate('mergePullRequest', '');
      expect(errors).toMatchObject([
        { message: 'Pull Request is still a draft' },
      ]);
    });

    it('turns auto-merge on', async () => {
      const { errors } = await mutate(
        'enablePullRequestAutoMerge',
        `mergeMethod: SQUASH expectedHeadOid: "${pullRequest.headSha}"`,
      );
      expect(errors).toBeUndefined();
      expect(pullRequest.autoMerge?.method).toBe('squash');
    });

    describe('revertPullRequest', () => {
      const references = (args = '', token?: string) =>
        send(
          `{ node(id: "${pullRequest.nodeId}") { ... on PullRequest {
            timelineItems(itemTypes: [CROSS_REFERENCED_EVENT], last: 20${args}) {
              filteredCount
              nodes { ... on CrossReferencedEvent { isCrossRepository source { ... on PullRequest {
                number url title body merged mergedAt baseRefName headRefName
                repository { nameWithOwner } } } } }
          } } } }`,
          { token },
        );
      const revert = (input = '', token?: string) =>
        send(
          `mutation { revertPullRequest(input: { pullRequestId: "${pullRequest.nodeId}" ${input} }) {
            pullRequest { number } revertPullRequest { number isDraft } } }`,
          {
            token:
              token ??
              installationToken({ contents: 'write', pull_requests: 'write' }),
          },
        );

      function mergeIt(
        merged: PullRequest,
        method: 'merge' | 'squash' = 'merge',
      ) {
        const { world } = simulator;
        const repository = world.pullRequests.repositoryOf(merged);
        if (merged.draft) {
          world.pullRequests.markReadyForReview({
            pullRequest: merged,
            sender: world.accounts.copilot,
          });
        }
        for (const login of ['ada', 'ben']) {
          const user = world.accounts.getByLogin(login)!;
          if (merged.authorId !== user.id) {
            world.reviews.submit({
              pullRequest: merged,
              user,
              state: 'APPROVED',
            });
          }
        }
        for (const name of ['build', 'test']) {
          world.checks.setCheck({
            repository,
            sha: merged.headSha,
            name,
            status: 'completed',
            conclusion: 'success',
          });
        }
        world.pullRequests.merge({
          pullRequest: merged,
          sender: world.accounts.getByLogin('ada')!,
          method,
        });
      }

      it.each(['merge', 'squash'] as const)(
        'opens a pull request that takes back what came by %s, and stands in the timeline',
        async method => {
          const { world } = simulator;
          const repository = world.pullRequests.repositoryOf(pullRequest);
          const readme = () =>
            world.repositories.readFile({
              repository,
              ref: 'main',
              path: 'README.md',
            });
          const before = readme();
          expect(await references()).toMatchObject({
            data: { node: { timelineItems: { filteredCount: 0, nodes: [] } } },
          });
          mergeIt(pullRequest, method);
          expect(readme()).not.toBe(before);
          // What came since is kept.
          world.repositories.pushCommit({
            repository,
            branch: 'main',
            message: 'Something else',
            author: world.accounts.getByLogin('ada')!,
            files: { 'OTHER.md': 'Other.\n' },
          });
          expect(await revert()).toEqual({
            data: {
              revertPullRequest: {
                pullRequest: { number: 1 },
                revertPullRequest: { number: 2, isDraft: false },
              },
            },
          });
          const source = {
            number: 2,
            url: `${simulator.url}/acme/shop/pull/2`,
            title: 'Revert "Fix <the> readme"',
            body: 'Reverts acme/shop#1',
            merged: false,
            mergedAt: null,
            baseRefName: 'main',
            headRefName: 'revert-1-copilot/fix',
            repository: { nameWithOwner: 'acme/shop' },
          };
          expect(await references()).toEqual({
            data: {
              node: {
                timelineItems: {
                  filteredCount: 1,
                  nodes: [{ isCrossRepository: false, source }],
                },
              },
            },
          });
          expect(readme()).not.toBe(before);
          mergeIt(world.pullRequests.getByNumber({ repository, number: 2 })!);
          expect(readme()).toBe(before);
          expect(
            world.repositories.readFile({
              repository,
              ref: 'main',
              path: 'OTHER.md',
            }),
          ).toBe('Other.\n');
          expect(await references()).toMatchObject({
            data: {
              node: {
                timelineItems: {
                  nodes: [
                    {
                      source: { merged: true, mergedAt: expect.any(String) },
                    },
                  ],
                },
              },
            },
          });
          // There is nothing left to take back.
          expect((await revert()).errors).toMatchObject([
            { message: expect.stringContaining('already been reverted') },
          ]);
        },
      );

      it('takes a title, a body and a draft', async () => {
        mergeIt(pullRequest);
        await revert('title: "Back" body: "It broke." draft: true');
        const { world } = simulator;
        expect(
          world.pullRequests.getByNumber({
            repository: world.pullRequests.repositoryOf(pullRequest),
            number: 2,
          }),
        ).toMatchObject({ title: 'Back', body: 'It broke.', draft: true });
      });

      it('refuses what is not merged, and who may not write', async () => {
        expect((await revert()).errors).toMatchObject([
          { type: 'UNPROCESSABLE', message: 'Pull request is not merged' },
        ]);
        mergeIt(pullRequest);
        expect(
          (await revert('', installationToken({ pull_requests: 'write' })))
            .errors,
        ).toMatchObject([{ type: 'FORBIDDEN' }]);
      });

      it('serves no other timeline items, and says so', async () => {
        const { errors } = await send(
          `{ node(id: "${pullRequest.nodeId}") { ... on PullRequest {
            timelineItems(first: 1) { filteredCount } } } }`,
        );
        expect(errors).toMatchObject([{ type: 'NOT_SERVED' }]);
      });
    });

    it('adds a comment', async () => {
      const { data } = await send(
        `mutation { addComment(input: { subjectId: "${pullRequest.nodeId}", body: "Hello" }) {
          commentEdge { node { body author { login } } } } }`,
        { token: installationToken({ pull_requests: 'write' }) },
      );
      expect(data?.addComment).toEqual({
        commentEdge: {
          node: { body: 'Hello', author: { login: 'agent-tasks' } },
        },
      });
    });
  });

  describe('limits', () => {
    it.each([
      [
        'a connection without a size',
        '{ repository(owner: "acme", name: "shop") { labels { totalCount } } }',
        'MISSING_PAGINATION_BOUNDARIES',
      ],
      [
        'a page of more than a hundred',
        '{ repository(owner: "acme", name: "shop") { labels(first: 101) { totalCount } } }',
        'EXCESSIVE_PAGINATION',
      ],
      [
        'more than 500,000 nodes',
        `{ repository(owner: "acme", name: "shop") { pullRequests(first: 100) { nodes {
             commits(first: 100) { nodes { commit { statusCheckRollup { contexts(first: 100) { nodes { __typename } } } } } } } } } }`,
        'MAX_NODE_LIMIT_EXCEEDED',
      ],
    ])('refuses %s', async (_what, query, type) => {
      const { data, errors } = await send(query);
      expect(data).toBeUndefined();
      expect(errors).toMatchObject([{ type }]);
    });

    it('refuses more than a hundred ids', async () => {
      const ids = Array.from({ length: 101 }, () => pullRequest.nodeId);
      const { errors } = await send(
        'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
        { variables: { ids } },
      );
      expect(errors).toMatchObject([
        {
          type: 'ARGUMENT_LIMIT',
          message:
            'You may not provide more than 100 node ids; you provided 101.',
        },
      ]);
    });

    it('tells what a query costs', async () => {
      const ids = Array.from({ length: 100 }, () => pullRequest.nodeId);
      const { data } = await send(
        `query ($ids: [ID!]!) { rateLimit { cost nodeCount limit }
          nodes(ids: $ids) { ... on PullRequest { commits(last: 1) { nodes { commit {
            statusCheckRollup { contexts(first: 50) { nodes { __typename } } } } } } } } }`,
        { variables: { ids } },
      );
      // 1 + 100 + 100 connections to fill; 100 + 100 + 5,000 nodes.
      expect(data?.rateLimit).toEqual({
        cost: 2,
        nodeCount: 5_200,
        limit: 5_000,
      });
    });
  });

  it.each([
    ['{ viewer { logn } }', /Cannot query field "logn" on type "User"/],
    ['{ viewer {', /Syntax Error/],
    ['{ viewer { bio } }', /does not serve User.bio/],
  ])('answers %s with errors', async (query, message) => {
    const { errors } = await send(query);
    expect(errors).toMatchObject([{ message: expect.stringMatching(message) }]);
  });

  it('refuses a request without a valid token', async () => {
    const response = await fetch(simulator.context.urls.graphql, {
      method: 'POST',
      headers: { authorization: 'Bearer wrong' },
      body: JSON.stringify({ query: '{ viewer { login } }' }),
    });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ message: 'Bad credentials' });
  });
});
