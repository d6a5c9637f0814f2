import { parseNodeId, Repository } from '../state';
import { isoTime } from '../clock/SimulatorClock';
import { GraphqlRefusal } from './GraphqlRefusal';
import { GraphqlSession } from './GraphqlSession';
import { accountNode, teamNode } from './nodes/account';
import { issueCommentNode } from './nodes/issueComment';
import { labelNode } from './nodes/label';
import { pullRequestNode } from './nodes/pullRequest';
import { repositoryNode } from './nodes/repository';
import { reviewNode } from './nodes/review';
import { checkRunNode, checkSuiteNode } from './nodes/statusCheckRollup';

/** The object that a global id stands for, if the session sees it. */
function findNode(session: GraphqlSession, globalId: string) {
  const parsed = parseNodeId(globalId);
  if (!parsed) {
    return undefined;
  }
  const { world } = session.context;
  const { kind, id } = parsed;
  const repository = world.repositories.get(
    kind === 'R' ? id : parsed.repositoryId,
  );
  if (repository && !session.sees(repository)) {
    return undefined;
  }
  switch (kind) {
    case 'R':
      return repository && repositoryNode(session, repository);
    case 'U':
    case 'O':
    case 'BOT': {
      const account = world.accounts.get(id);
      return account && accountNode(session, account);
    }
    case 'T': {
      const team = world.accounts.getTeam(id);
      return team && teamNode(session, team);
    }
    default:
      return repository && findInRepository(session, repository, kind, id);
  }
}

function findInRepository(
  session: GraphqlSession,
  repository: Repository,
  kind: string,
  id: number,
) {
  const { world } = session.context;
  const of = <T extends { repositoryId: number }>(found: T | undefined) =>
    found?.repositoryId === repository.id ? found : undefined;
  switch (kind) {
    case 'PR': {
      const pullRequest = of(world.pullRequests.get(id));
      if (pullRequest) {
        session.require({ repository, permissions: { pull_requests: 'read' } });
      }
      return pullRequest && pullRequestNode(session, pullRequest);
    }
    case 'PRR': {
      const review = world.reviews.get(id);
      if (review) {
        session.require({ repository, permissions: { pull_requests: 'read' } });
      }
      return review && reviewNode(session, review);
    }
    case 'IC': {
      const comment = world.conversations.getComment(id);
      if (comment) {
        session.require({ repository, permissions: { pull_requests: 'read' } });
      }
      return comment && issueCommentNode(session, comment);
    }
    case 'CR': {
      const run = of(world.checks.getRun(id));
      if (run) {
        session.require({ repository, permissions: { checks: 'read' } });
      }
      return run && checkRunNode(session, repository, run);
    }
    case 'CS': {
      const suite = of(world.checks.getSuite(id));
      if (suite) {
        session.require({ repository, permissions: { checks: 'read' } });
      }
      return suite && checkSuiteNode(session, repository, suite);
    }
    case 'LA': {
      const label = repository.labels.find(candidate => candidate.id === id);
      return label && labelNode(session, repository, label);
    }
    default:
      return undefined;
  }
}

function requireNode(session: GraphqlSession, id: string) {
  const node = findNode(session, id);
  if (!node) {
    throw new GraphqlRefusal(
      'NOT_FOUND',
      `Could not resolve to a node with the global id of '${id}'`,
    );
  }
  return node;
}

/** The fields of `Query` that the simulator serves. */
export function queryRoot(session: GraphqlSession) {
  return {
    node: ({ id }: { id: string }) => requireNode(session, id),
    // Each in its own promise, so that one that is not found is null and the others are not.
    nodes: ({ ids }: { ids: string[] }) =>
      ids.map(async id => requireNode(session, id)),
    repository: ({ owner, name }: { owner: string; name: string }) => {
      const repository = session.context.world.repositories.getByFullName(
        `${owner}/${name}`,
      );
      if (!repository || !session.sees(repository)) {
        throw new GraphqlRefusal(
          'NOT_FOUND',
          `Could not resolve to a Repository with the name '${owner}/${name}'.`,
        );
      }
      return repositoryNode(session, repository);
    },
    viewer: () => ({
      ...accountNode(session, session.account),
      __typename: 'User',
    }),
    rateLimit: () => {
      const { resetAt, ...budget } = session.budget();
      return {
        ...budget,
        cost: session.cost.points,
        nodeCount: session.cost.nodeCount,
        resetAt: isoTime(resetAt),
      };
    },
  };
}
