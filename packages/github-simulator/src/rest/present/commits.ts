import { SimulatorContext } from '../../SimulatorContext';
import { isoTime } from '../../clock/SimulatorClock';
import { Commit, Repository } from '../../state';
import { pageUrls, repositoryApiUrl } from '../../urls';
import { presentAccount } from './accounts';
import { presentFile } from './pullRequests';

/** `commit`, without its files. */
export function presentCommit(
  context: SimulatorContext,
  repository: Repository,
  commit: Commit,
) {
  const { accounts } = context.world;
  const api = repositoryApiUrl(context, repository);
  const url = `${api}/commits/${commit.sha}`;
  const account =
    commit.authorId === undefined ? undefined : accounts.get(commit.authorId);
  const identity = (who: Commit['author']) => ({
    name: who.name,
    email: who.email,
    date: isoTime(who.date),
  });
  return {
    sha: commit.sha,
    node_id: `C_${Buffer.from(`${repository.id}:${commit.sha}`).toString(
      'base64url',
    )}`,
    commit: {
      author: identity(commit.author),
      committer: identity(commit.committer),
      message: commit.message,
      tree: { sha: commit.treeSha, url: `${api}/git/trees/${commit.treeSha}` },
      url: `${api}/git/commits/${commit.sha}`,
      comment_count: 0,
      verification: {
        verified: commit.verified,
        reason: commit.verified ? 'valid' : 'unsigned',
        signature: commit.verified
          ? '-----BEGIN PGP SIGNATURE-----\nsimulated\n-----END PGP SIGNATURE-----'
          : null,
        payload: commit.verified ? `tree ${commit.treeSha}` : null,
        verified_at: commit.verified ? isoTime(commit.committer.date) : null,
      },
    },
    url,
    html_url: pageUrls.commit(context, repository, commit.sha),
    comments_url: `${url}/comments`,
    author: account ? presentAccount(context, account) : null,
    committer: account ? presentAccount(context, account) : null,
    parents: commit.parents.map(sha => ({
      sha,
      url: `${api}/commits/${sha}`,
      html_url: pageUrls.commit(context, repository, sha),
    })),
  };
}

/** `commit`, with its files and their patches. */
export function presentCommitWithFiles(
  context: SimulatorContext,
  repository: Repository,
  commit: Commit,
) {
  const [parent] = commit.parents;
  const files =
    parent === undefined
      ? []
      : context.world.repositories.compare({
          repository,
          base: parent,
          head: commit.sha,
        });
  const additions = files.reduce((sum, file) => sum + file.additions, 0);
  const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
  return {
    ...presentCommit(context, repository, commit),
    stats: { additions, deletions, total: additions + deletions },
    files: files.map(file =>
      presentFile(context, repository, commit.sha, file),
    ),
  };
}
