import { isoTime } from '../../clock/SimulatorClock';
import { Account, PullRequest, Team } from '../../state';
import { connection, ConnectionArguments } from '../connection';
import { GraphqlSession } from '../GraphqlSession';
import { accountNode, databaseId } from './account';
import { commitNode, pullRequestCommitNode } from './commit';
import { issueCommentNode } from './issueComment';
import { labelNode } from './label';
import { refNode, repositoryNode } from './repository';
import { reviewNode, reviewRequestNode } from './review';
import { statusCheckRollupNode } from './statusCheckRollup';
import { TimelineArguments, timelineItems } from './timelineItems';

const CHANGE_TYPES = {
  added: 'ADDED',
  removed: 'DELETED',
  modified: 'MODIFIED',
  renamed: 'RENAMED',
} as const;

/** Where its page is, from the root. */
export function pullRequestPath(
  session: GraphqlSession,
  pullRequest: PullRequest,
): string {
  const { pullRequests, repositories } = session.context.world;
  const repository = pullRequests.repositoryOf(pullRequest);
  return `/${repositories.fullName(repository)}/pull/${pullRequest.number}`;
}

function time(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined ? undefined : isoTime(milliseconds);
}

export function pullRequestNode(
  session: GraphqlSession,
  pullRequest: PullRequest,
) {
  const { world, urls } = session.context;
  const repository = world.pullRequests.repositoryOf(pullRequest);
  const path = pullRequestPath(session, pullRequest);
  const account = (id: number | undefined) => () =>
    id === undefined
      ? undefined
      : accountNode(session, world.accounts.require(id));
  return {
    __typename: 'PullRequest',
    id: pullRequest.nodeId,
    databaseId: databaseId(pullRequest.id),
    fullDatabaseId: String(pullRequest.id),
    number: pullRequest.number,
    url: `${urls.html}${path}`,
    resourcePath: path,
    title: pullRequest.title,
    body: pullRequest.body,
    bodyText: pullRequest.body,
    state: pullRequest.merged
      ? 'MERGED'
      : pullRequest.state.toLocaleUpperCase('en-US'),
    isDraft: pullRequest.draft,
    closed: pullRequest.state === 'closed',
    merged: pullRequest.merged,
    mergedAt: time(pullRequest.mergedAt),
    mergedBy: account(pullRequest.mergedById),
    mergeCommit: () =>
      pullRequest.mergeCommitSha === undefined
        ? undefined
        : commitNode(session, repository, pullRequest.mergeCommitSha),
    closedAt: time(pullRequest.closedAt),
    createdAt: isoTime(pullRequest.createdAt),
    updatedAt: isoTime(pullRequest.updatedAt),
    publishedAt: isoTime(pullRequest.createdAt),
    author: account(pullRequest.authorId),
    headRefName: pullRequest.headRef,
    headRefOid: pullRequest.headSha,
    headRef: () => refNode(session, repository, pullRequest.headRef),
    headRepository: () => repositoryNode(session, repository),
    baseRefName: pullRequest.baseRef,
    baseRefOid: pullRequest.baseSha,
    baseRef: () => refNode(session, repository, pullRequest.baseRef),
    isCrossRepository: false,
    additions: pullRequest.additions,
    deletions: pullRequest.deletions,
    changedFiles: pullRequest.changedFiles,
    locked: false,
    mergeable: () => {
      const { mergeable } = world.pullRequests.mergeability(pullRequest);
      if (mergeable === undefined) {
        return 'UNKNOWN';
      }
      return mergeable ? 'MERGEABLE' : 'CONFLICTING';
    },
    mergeStateStatus: () =>
      world.pullRequests
        .mergeability(pullRequest)
        .state.toLocaleUpperCase('en-US'),
    reviewDecision: () => world.reviews.decision(pullRequest),
    repository: () => repositoryNode(session, repository),
    autoMergeRequest: () => autoMergeNode(session, pullRequest),
    statusCheckRollup: () =>
      statusCheckRollupNode(session, repository, pullRequest.headSha),
    commits: (args: ConnectionArguments) =>
      connection({
        items: world.pullRequests.commits(pullRequest),
        args,
        node: commit =>
          pullRequestCommitNode(session, repository, pullRequest, commit.sha),
      }),
    files: (args: ConnectionArguments) =>
      connection({
        items: world.pullRequests.files(pullRequest),
        args,
        node: file => ({
          __typename: 'PullRequestChangedFile',
          path: file.path,
          additions: file.additions,
          deletions: file.deletions,
          changeType: CHANGE_TYPES[file.status],
          viewerViewedState: 'UNVIEWED',
        }),
      }),
    labels: (args: ConnectionArguments) =>
      connection({
        items: world.conversations.labels(pullRequest),
        args,
        node: label => labelNode(session, repository, label),
      }),
    comments: (args: ConnectionArguments) =>
      connection({
        items: world.conversations.listComments(pullRequest),
        args,
        node: comment => issueCommentNode(session, comment),
      }),
    timelineItems: (args: TimelineArguments) =>
      timelineItems(session, pullRequest, args),
    assignees: (args: ConnectionArguments) =>
      connection({
        items: pullRequest.assigneeIds,
        args,
        node: id => accountNode(session, world.accounts.require(id)),
      }),
    reviews: (
      args: ConnectionArguments & {
        states?: string[] | null;
        author?: string | null;
      },
    ) =>
      connection({
        items: world.reviews
          .list(pullRequest)
          .filter(
            review =>
              (!args.states || args.states.includes(review.state)) &&
              (!args.author ||
                world.accounts.getByLogin(args.author)?.id === review.userId),
          ),
        args,
        node: review => reviewNode(session, review),
      }),
    latestReviews: (args: ConnectionArguments) =>
      connection({
        items: world.reviews.effective(pullRequest),
        args,
        node: review => reviewNode(session, review),
      }),
    reviewRequests: (args: ConnectionArguments) =>
      connection<{ user: Account } | { team: Team }, object>({
        items: [
          ...pullRequest.requestedReviewerIds.map(id => ({
            user: world.accounts.require(id),
          })),
          ...pullRequest.requestedTeamIds.map(id => ({
            team: world.accounts.getTeam(id)!,
          })),
        ],
        args,
        node: requested => reviewRequestNode(session, pullRequest, requested),
      }),
  };
}

function autoMergeNode(session: GraphqlSession, pullRequest: PullRequest) {
  const { autoMerge } = pullRequest;
  return (
    autoMerge && {
      __typename: 'AutoMergeRequest',
      enabledAt: isoTime(autoMerge.enabledAt),
      enabledBy: () =>
        accountNode(
          session,
          session.context.world.accounts.require(autoMerge.enabledById),
        ),
      mergeMethod: autoMerge.method.toLocaleUpperCase('en-US'),
      pullRequest: () => pullRequestNode(session, pullRequest),
    }
  );
}
