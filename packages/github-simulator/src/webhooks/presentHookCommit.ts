import { isoTime } from '../clock/SimulatorClock';
import { SimulatorContext } from '../SimulatorContext';
import { Commit, Repository } from '../state';
import { pageUrls } from '../urls';

/** A commit as the event `push` has it, with the paths that it touches. */
export function presentHookCommit(
  context: SimulatorContext,
  repository: Repository,
  commit: Commit,
) {
  const parent: string | undefined = commit.parents[0];
  const files =
    parent === undefined
      ? []
      : context.world.repositories.compare({
          repository,
          base: parent,
          head: commit.sha,
        });
  const paths = (...statuses: string[]) =>
    files.filter(file => statuses.includes(file.status)).map(file => file.path);
  return {
    ...presentSimpleCommit(commit),
    distinct: true,
    url: pageUrls.commit(context, repository, commit.sha),
    added: paths('added'),
    removed: paths('removed'),
    modified: paths('modified', 'renamed'),
  };
}

/** `simple-commit` */
export function presentSimpleCommit(commit: Commit) {
  return {
    id: commit.sha,
    tree_id: commit.treeSha,
    message: commit.message,
    timestamp: isoTime(commit.committer.date),
    author: { name: commit.author.name, email: commit.author.email },
    committer: { name: commit.committer.name, email: commit.committer.email },
  };
}
