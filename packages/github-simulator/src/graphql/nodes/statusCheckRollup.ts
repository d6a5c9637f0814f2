import { isoTime } from '../../clock/SimulatorClock';
import {
  CheckRun,
  CheckSuite,
  CommitStatus,
  GitHubApp,
  Repository,
} from '../../state';
import { connection, ConnectionArguments } from '../connection';
import { GraphqlSession } from '../GraphqlSession';
import { accountNode, databaseId } from './account';
import { commitNode } from './commit';
import { repositoryNode } from './repository';

function upper(word: string | undefined): string | undefined {
  return word?.toLocaleUpperCase('en-US');
}

/** All checks and statuses of a commit as one; null where there are none. Reading it takes both permissions. */
export function statusCheckRollupNode(
  session: GraphqlSession,
  repository: Repository,
  sha: string,
) {
  session.require({
    repository,
    permissions: { checks: 'read', statuses: 'read' },
  });
  const { checks } = session.context.world;
  const state = checks.rollup({ repository, sha });
  if (!state) {
    return undefined;
  }
  return {
    __typename: 'StatusCheckRollup',
    id: `SCR_${Buffer.from(`${repository.id}:${sha}`).toString('base64url')}`,
    state,
    commit: () => commitNode(session, repository, sha),
    contexts: (args: ConnectionArguments) => {
      const runs = checks.latestRuns({ repository, sha });
      const statuses = checks.latestStatuses({ repository, sha });
      return {
        ...connection<CheckRun | CommitStatus, object>({
          items: [...runs, ...statuses],
          args,
          node: item =>
            'context' in item
              ? statusContextNode(session, repository, item)
              : checkRunNode(session, repository, item),
        }),
        checkRunCount: runs.length,
        statusContextCount: statuses.length,
      };
    },
  };
}

/** Whether the branch that a pull request goes to asks for a check. */
function isRequired(
  session: GraphqlSession,
  repository: Repository,
  context: string,
  appId: number | undefined,
) {
  return (args: {
    pullRequestId?: string | null;
    pullRequestNumber?: number | null;
  }): boolean => {
    const { pullRequests, repositories } = session.context.world;
    const pullRequest = args.pullRequestId
      ? pullRequests.getByNodeId(args.pullRequestId)
      : pullRequests.getByNumber({
          repository,
          number: args.pullRequestNumber ?? 0,
        });
    const protection =
      pullRequest &&
      repositories.protectionOf({ repository, branch: pullRequest.baseRef });
    return (
      protection?.requiredChecks.some(
        required =>
          required.context === context &&
          (required.appId === undefined || required.appId === appId),
      ) ?? false
    );
  };
}

export function checkRunNode(
  session: GraphqlSession,
  repository: Repository,
  run: CheckRun,
) {
  const { world, urls } = session.context;
  const path = `/${world.repositories.fullName(repository)}/runs/${run.id}`;
  return {
    __typename: 'CheckRun',
    id: run.nodeId,
    databaseId: databaseId(run.id),
    name: run.name,
    status: upper(run.status),
    conclusion: upper(run.conclusion),
    startedAt: isoTime(run.startedAt),
    completedAt:
      run.completedAt === undefined ? undefined : isoTime(run.completedAt),
    title: run.title,
    summary: run.summary,
    text: undefined,
    externalId: undefined,
    detailsUrl: run.detailsUrl ?? `${urls.html}${path}`,
    permalink: `${urls.html}${path}`,
    url: `${urls.html}${path}`,
    resourcePath: path,
    isRequired: isRequired(session, repository, run.name, run.appId),
    repository: () => repositoryNode(session, repository),
    checkSuite: () =>
      checkSuiteNode(session, repository, world.checks.getSuite(run.suiteId)!),
  };
}

export function checkSuiteNode(
  session: GraphqlSession,
  repository: Repository,
  suite: CheckSuite,
) {
  const { world, urls } = session.context;
  const path = `/${world.repositories.fullName(repository)}/commit/${
    suite.headSha
  }/checks`;
  return {
    __typename: 'CheckSuite',
    id: suite.nodeId,
    databaseId: databaseId(suite.id),
    status: upper(suite.status),
    conclusion: upper(suite.conclusion),
    createdAt: isoTime(suite.createdAt),
    updatedAt: isoTime(suite.updatedAt),
    url: `${urls.html}${path}`,
    resourcePath: path,
    app: () => appNode(session, world.apps.get(suite.appId)),
    commit: () => commitNode(session, repository, suite.headSha),
    repository: () => repositoryNode(session, repository),
    checkRuns: (args: ConnectionArguments) =>
      connection({
        items: world.checks
          .latestRuns({ repository, sha: suite.headSha })
          .filter(run => run.suiteId === suite.id),
        args,
        node: run => checkRunNode(session, repository, run),
      }),
  };
}

function appNode(session: GraphqlSession, app: GitHubApp | undefined) {
  return (
    app && {
      __typename: 'App',
      id: app.nodeId,
      databaseId: databaseId(app.id),
      slug: app.slug,
      name: app.name,
      createdAt: isoTime(app.createdAt),
      updatedAt: isoTime(app.createdAt),
      url: `${session.context.urls.html}/apps/${app.slug}`,
    }
  );
}

export function statusContextNode(
  session: GraphqlSession,
  repository: Repository,
  status: CommitStatus,
) {
  const { world } = session.context;
  return {
    __typename: 'StatusContext',
    id: status.nodeId,
    context: status.context,
    state: upper(status.state),
    description: status.description,
    targetUrl: status.targetUrl,
    createdAt: isoTime(status.createdAt),
    creator: () =>
      accountNode(session, world.accounts.require(status.creatorId)),
    commit: () => commitNode(session, repository, status.sha),
    isRequired: isRequired(session, repository, status.context, status.appId),
  };
}
