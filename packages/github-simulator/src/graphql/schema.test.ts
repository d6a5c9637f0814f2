import { isObjectType } from 'graphql';
import { GithubSimulator } from '../GithubSimulator';
import { openTestPullRequest } from '../testing/openTestPullRequest';
import { testSeed } from '../testing/testSeed';
import { GraphqlSession } from './GraphqlSession';
import { loadGraphqlSchema } from './loadSchema';
import { mutationRoot } from './mutations';
import { queryRoot } from './queries';

/** What fields that have arguments are called with. */
const args = { first: 5, itemTypes: ['CROSS_REFERENCED_EVENT'] };

/** Calls what a node has, down to a depth, and gathers each type with the names of its fields. */
function gather(
  value: unknown,
  depth: number,
  found: Map<string, Set<string>>,
): void {
  if (typeof value !== 'object' || value === null || depth < 0) {
    return;
  }
  if (Array.isArray(value)) {
    value.forEach(item => gather(item, depth, found));
    return;
  }
  const node = value as Record<string, unknown>;
  const type = node.__typename;
  if (typeof type === 'string') {
    const names = found.get(type) ?? new Set();
    found.set(type, names);
    Object.keys(node).forEach(name => names.add(name));
  }
  for (const [name, field] of Object.entries(node)) {
    if (typeof field !== 'function') {
      gather(field, depth - 1, found);
    } else if (!['ref', 'pullRequest'].includes(name) || field.length === 0) {
      gather(field(args), depth - 1, found);
    }
  }
}

describe('the nodes', () => {
  let simulator: GithubSimulator;
  let session: GraphqlSession;

  beforeEach(async () => {
    simulator = await GithubSimulator.start({ seed: testSeed });
    session = {
      context: simulator.context,
      account: simulator.world.accounts.getByLogin('ada')!,
      cost: { nodeCount: 1, points: 1 },
      sees: () => true,
      require: () => {},
      budget: () => ({ limit: 1, remaining: 1, used: 0, resetAt: 0 }),
    };
  });
  afterEach(() => simulator.close());

  it('have no field that GitHub does not have', () => {
    const { world } = simulator;
    const pullRequest = openTestPullRequest(simulator, { draft: false });
    const repository = world.pullRequests.repositoryOf(pullRequest);
    const ada = world.accounts.getByLogin('ada')!;
    world.conversations.addComment({ pullRequest, user: ada, body: 'Hm.' });
    world.conversations.addLabels({
      pullRequest,
      names: ['agent'],
      sender: ada,
    });
    world.checks.setStatus({
      repository,
      sha: pullRequest.headSha,
      state: 'success',
      creator: ada,
    });
    world.pullRequests.enableAutoMerge({ pullRequest, sender: ada });
    world.reviews.submit({ pullRequest, user: ada, state: 'COMMENTED' });
    world.reviews.requestCodeOwners({ pullRequest, sender: ada });
    openTestPullRequest(simulator, { branch: 'other', body: 'After #1.' });
    const found = new Map<string, Set<string>>();
    gather(queryRoot(session).node({ id: pullRequest.nodeId }), 6, found);
    expect([...found.keys()].sort()).toEqual([
      'App',
      'AutoMergeRequest',
      'Bot',
      'CheckRun',
      'CheckSuite',
      'Commit',
      'CrossReferencedEvent',
      'GitActor',
      'IssueComment',
      'Label',
      'Organization',
      'PullRequest',
      'PullRequestChangedFile',
      'PullRequestCommit',
      'PullRequestReview',
      'Ref',
      'Repository',
      'ReviewRequest',
      'StatusCheckRollup',
      'StatusContext',
      'Team',
      'User',
    ]);
    const schema = loadGraphqlSchema();
    const unknown: string[] = [];
    for (const [name, fields] of found) {
      const type = schema.getType(name);
      for (const field of fields) {
        if (
          field !== '__typename' &&
          !(isObjectType(type) && type.getFields()[field])
        ) {
          unknown.push(`${name}.${field}`);
        }
      }
    }
    // Every account has one shape; the schema decides what of it each type shows.
    expect(unknown.filter(name => !/^(Bot|Organization)\./.test(name))).toEqual(
      [],
    );
  });

  it('are reached by fields that GitHub has', () => {
    const schema = loadGraphqlSchema();
    expect(Object.keys(schema.getQueryType()!.getFields())).toEqual(
      expect.arrayContaining(Object.keys(queryRoot(session))),
    );
    expect(Object.keys(schema.getMutationType()!.getFields())).toEqual(
      expect.arrayContaining(Object.keys(mutationRoot(session))),
    );
  });
});
