import { isoTime } from '../../clock/SimulatorClock';
import { Account, PullRequest, Review, Team } from '../../state';
import { GraphqlSession } from '../GraphqlSession';
import { accountNode, databaseId, teamNode } from './account';
import { commitNode } from './commit';
import { pullRequestNode, pullRequestPath } from './pullRequest';
import { repositoryNode } from './repository';

export function reviewNode(session: GraphqlSession, review: Review) {
  const { world, urls } = session.context;
  const pullRequest = world.pullRequests.get(review.pullRequestId)!;
  const repository = world.pullRequests.repositoryOf(pullRequest);
  const path = `${pullRequestPath(
    session,
    pullRequest,
  )}#pullrequestreview-${review.id}`;
  const time = isoTime(review.submittedAt);
  return {
    __typename: 'PullRequestReview',
    id: review.nodeId,
    databaseId: databaseId(review.id),
    fullDatabaseId: String(review.id),
    author: () => accountNode(session, world.accounts.require(review.userId)),
    state: review.state,
    body: review.body,
    bodyText: review.body,
    createdAt: time,
    submittedAt: time,
    publishedAt: time,
    updatedAt: time,
    commit: () => commitNode(session, repository, review.commitSha),
    pullRequest: () => pullRequestNode(session, pullRequest),
    repository: () => repositoryNode(session, repository),
    authorCanPushToRepository: () =>
      world.repositories.hasRole({
        repository,
        user: world.accounts.require(review.userId),
        role: 'write',
      }),
    url: `${urls.html}${path}`,
    resourcePath: path,
  };
}

/** Somebody who was asked for a review. */
export function reviewRequestNode(
  session: GraphqlSession,
  pullRequest: PullRequest,
  requested: { user: Account } | { team: Team },
) {
  const id = 'user' in requested ? requested.user.id : requested.team.id;
  return {
    __typename: 'ReviewRequest',
    id: `RR_${Buffer.from(`${pullRequest.id}:${id}`).toString('base64url')}`,
    pullRequest: () => pullRequestNode(session, pullRequest),
    requestedReviewer: () =>
      'user' in requested
        ? accountNode(session, requested.user)
        : teamNode(session, requested.team),
  };
}
