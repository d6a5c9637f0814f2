import { isoTime } from '../../clock/SimulatorClock';
import { PullRequest } from '../../state';
import { listReferencesTo } from '../../state/crossReferences';
import { connection, ConnectionArguments } from '../connection';
import { GraphqlRefusal } from '../GraphqlRefusal';
import { GraphqlSession } from '../GraphqlSession';
import { accountNode } from './account';
import { pullRequestNode, pullRequestPath } from './pullRequest';

/** Arguments of `PullRequest.timelineItems`. */
export interface TimelineArguments extends ConnectionArguments {
  itemTypes?: string[] | null;
  since?: string | null;
  skip?: number | null;
}

/** What happened around a pull request; of all kinds of events, that others name it is served alone. */
export function timelineItems(
  session: GraphqlSession,
  pullRequest: PullRequest,
  args: TimelineArguments,
) {
  const { world } = session.context;
  if (args.itemTypes?.some(type => type !== 'CROSS_REFERENCED_EVENT') ?? true) {
    throw new GraphqlRefusal(
      'NOT_SERVED',
      'The simulator serves no timeline items but CROSS_REFERENCED_EVENT.',
    );
  }
  const since = args.since ? Date.parse(args.since) : 0;
  const sources = listReferencesTo(world, pullRequest)
    .filter(source => session.sees(world.pullRequests.repositoryOf(source)))
    .filter(source => source.createdAt >= since);
  // How many items of all kinds there are is not known.
  const { totalCount, ...page } = connection({
    items: sources.slice(args.skip ?? 0),
    args,
    node: source => crossReferencedEventNode(session, pullRequest, source),
  });
  return {
    ...page,
    filteredCount: sources.length,
    pageCount: page.nodes.length,
    updatedAt: isoTime(pullRequest.updatedAt),
  };
}

function crossReferencedEventNode(
  session: GraphqlSession,
  target: PullRequest,
  source: PullRequest,
) {
  const { world, urls } = session.context;
  const path = pullRequestPath(session, source);
  return {
    __typename: 'CrossReferencedEvent',
    id: `CRE_${Buffer.from(`${source.id}:${target.id}`).toString('base64url')}`,
    actor: () => accountNode(session, world.accounts.require(source.authorId)),
    createdAt: isoTime(source.createdAt),
    referencedAt: isoTime(source.createdAt),
    isCrossRepository: source.repositoryId !== target.repositoryId,
    willCloseTarget: false,
    source: () => pullRequestNode(session, source),
    target: () => pullRequestNode(session, target),
    resourcePath: path,
    url: `${urls.html}${path}`,
  };
}
