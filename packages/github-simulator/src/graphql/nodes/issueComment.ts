import { isoTime } from '../../clock/SimulatorClock';
import { IssueComment } from '../../state';
import { GraphqlSession } from '../GraphqlSession';
import { accountNode, databaseId } from './account';
import { pullRequestNode, pullRequestPath } from './pullRequest';

export function issueCommentNode(
  session: GraphqlSession,
  comment: IssueComment,
) {
  const { world, urls } = session.context;
  const pullRequest = world.pullRequests.get(comment.pullRequestId)!;
  const path = `${pullRequestPath(session, pullRequest)}#issuecomment-${
    comment.id
  }`;
  return {
    __typename: 'IssueComment',
    id: comment.nodeId,
    databaseId: databaseId(comment.id),
    fullDatabaseId: String(comment.id),
    author: () => accountNode(session, world.accounts.require(comment.userId)),
    body: comment.body,
    bodyText: comment.body,
    createdAt: isoTime(comment.createdAt),
    updatedAt: isoTime(comment.updatedAt),
    pullRequest: () => pullRequestNode(session, pullRequest),
    url: `${urls.html}${path}`,
    resourcePath: path,
  };
}
