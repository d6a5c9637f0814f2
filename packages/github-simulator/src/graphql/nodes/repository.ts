import { isoTime } from '../../clock/SimulatorClock';
import { nodeId, Repository } from '../../state';
import { connection, ConnectionArguments } from '../connection';
import { GraphqlRefusal } from '../GraphqlRefusal';
import { GraphqlSession } from '../GraphqlSession';
import { accountNode, databaseId } from './account';
import { commitNode } from './commit';
import { labelNode } from './label';
import { pullRequestNode } from './pullRequest';

export function repositoryNode(
  session: GraphqlSession,
  repository: Repository,
) {
  const { world, urls } = session.context;
  const fullName = world.repositories.fullName(repository);
  return {
    __typename: 'Repository',
    id: nodeId({ kind: 'R', id: repository.id }),
    databaseId: databaseId(repository.id),
    name: repository.name,
    nameWithOwner: fullName,
    owner: () =>
      accountNode(session, world.accounts.require(repository.ownerId)),
    description: repository.description,
    url: `${urls.html}/${fullName}`,
    resourcePath: `/${fullName}`,
    isArchived: repository.archived,
    isDisabled: false,
    isPrivate: repository.private,
    isFork: false,
    visibility: repository.private ? 'PRIVATE' : 'PUBLIC',
    autoMergeAllowed: repository.autoMergeAllowed,
    deleteBranchOnMerge: repository.deleteBranchOnMerge,
    createdAt: isoTime(repository.createdAt),
    updatedAt: isoTime(repository.updatedAt),
    pushedAt: isoTime(repository.pushedAt),
    viewerPermission: () =>
      world.repositories
        .roleOf({ repository, user: session.account })
        ?.toLocaleUpperCase('en-US'),
    defaultBranchRef: () =>
      refNode(session, repository, repository.defaultBranch),
    ref: ({ qualifiedName }: { qualifiedName: string }) =>
      refNode(session, repository, qualifiedName.replace(/^refs\/heads\//, '')),
    labels: (args: ConnectionArguments) =>
      connection({
        items: repository.labels,
        args,
        node: label => labelNode(session, repository, label),
      }),
    pullRequest: ({ number }: { number: number }) => {
      session.require({ repository, permissions: { pull_requests: 'read' } });
      const pullRequest = world.pullRequests.getByNumber({
        repository,
        number,
      });
      if (!pullRequest) {
        throw new GraphqlRefusal(
          'NOT_FOUND',
          `Could not resolve to a PullRequest with the number of ${number}.`,
        );
      }
      return pullRequestNode(session, pullRequest);
    },
    pullRequests: (
      args: ConnectionArguments & {
        states?: string[] | null;
        headRefName?: string | null;
      },
    ) => {
      session.require({ repository, permissions: { pull_requests: 'read' } });
      const items = world.pullRequests
        .list({ repository })
        .reverse()
        .filter(
          pullRequest =>
            (!args.headRefName || pullRequest.headRef === args.headRefName) &&
            (!args.states ||
              args.states.includes(
                pullRequest.merged
                  ? 'MERGED'
                  : pullRequest.state.toLocaleUpperCase('en-US'),
              )),
        );
      return connection({
        items,
        args,
        node: pullRequest => pullRequestNode(session, pullRequest),
      });
    },
  };
}

/** A branch; `undefined` where there is none of that name. */
export function refNode(
  session: GraphqlSession,
  repository: Repository,
  name: string,
) {
  const sha = repository.branches[name];
  if (sha === undefined) {
    return undefined;
  }
  return {
    __typename: 'Ref',
    id: `REF_${Buffer.from(`${repository.id}:${name}`).toString('base64url')}`,
    name,
    prefix: 'refs/heads/',
    repository: () => repositoryNode(session, repository),
    target: () => commitNode(session, repository, sha),
  };
}
