import { isoTime } from '../../clock/SimulatorClock';
import { GitIdentity, nodeId, Repository } from '../../state';
import { GraphqlSession } from '../GraphqlSession';
import { accountNode } from './account';
import { repositoryNode } from './repository';
import { statusCheckRollupNode } from './statusCheckRollup';

export function commitNode(
  session: GraphqlSession,
  repository: Repository,
  sha: string,
) {
  const { world, urls } = session.context;
  const commit = world.repositories.requireCommit({ repository, sha });
  const path = `/${world.repositories.fullName(repository)}/commit/${sha}`;
  const [headline, ...rest] = commit.message.split('\n');
  const identity = (git: GitIdentity) => ({
    __typename: 'GitActor',
    name: git.name,
    email: git.email,
    date: isoTime(git.date),
    user: () => {
      const account =
        commit.authorId === undefined
          ? undefined
          : world.accounts.get(commit.authorId);
      return account?.type === 'User'
        ? accountNode(session, account)
        : undefined;
    },
  });
  return {
    __typename: 'Commit',
    id: `C_${Buffer.from(`${repository.id}:${sha}`).toString('base64url')}`,
    oid: sha,
    abbreviatedOid: sha.slice(0, 7),
    message: commit.message,
    messageHeadline: headline,
    messageBody: rest.join('\n').trim(),
    committedDate: isoTime(commit.committer.date),
    authoredDate: isoTime(commit.author.date),
    author: () => identity(commit.author),
    committer: () => identity(commit.committer),
    url: `${urls.html}${path}`,
    commitUrl: `${urls.html}${path}`,
    resourcePath: path,
    repository: () => repositoryNode(session, repository),
    statusCheckRollup: () => statusCheckRollupNode(session, repository, sha),
  };
}

/** A commit as part of a pull request. */
export function pullRequestCommitNode(
  session: GraphqlSession,
  repository: Repository,
  pullRequest: { id: number; number: number },
  sha: string,
) {
  const path = `/${session.context.world.repositories.fullName(
    repository,
  )}/pull/${pullRequest.number}/commits/${sha}`;
  return {
    __typename: 'PullRequestCommit',
    id: `${nodeId({
      kind: 'PR',
      repositoryId: repository.id,
      id: pullRequest.id,
    })}:${sha}`,
    commit: () => commitNode(session, repository, sha),
    url: `${session.context.urls.html}${path}`,
    resourcePath: path,
  };
}
