import { GitHubError } from '../errors';
import { Account, PullRequest } from './entities';
import { mergeTrees } from './mergeTrees';
import type { World } from './World';

/**
 * Opens the pull request that takes a merged one back, as GitHub's *Revert* does: on a branch of its own, on top of what
 * the base branch is now.
 *
 * @throws GitHubError 422 where it is not merged, was taken back already, or what it changed has changed since
 */
export function revertPullRequest(options: {
  world: World;
  pullRequest: PullRequest;
  sender: Account;
  title?: string;
  body?: string;
  draft?: boolean;
}): PullRequest {
  const { world, pullRequest, sender } = options;
  const { pullRequests, repositories } = world;
  const repository = pullRequests.repositoryOf(pullRequest);
  const { mergeCommitSha, number, headRef, baseRef } = pullRequest;
  if (!pullRequest.merged || mergeCommitSha === undefined) {
    throw GitHubError.validation('Pull request is not merged');
  }
  const tip = repository.branches[baseRef];
  const treeOf = (sha: string) =>
    repositories.requireCommit({ repository, sha }).tree;
  const merge = repositories.requireCommit({ repository, sha: mergeCommitSha });
  const ours = tip === undefined ? {} : treeOf(tip);
  const reverted = mergeTrees({
    base: merge.tree,
    ours,
    theirs: treeOf(merge.parents[0]),
    read: sha => repositories.readBlob(sha),
  });
  const unchanged =
    Object.keys(reverted.contents).length === 0 &&
    JSON.stringify(Object.entries(reverted.tree).sort()) ===
      JSON.stringify(Object.entries(ours).sort());
  if (tip === undefined || reverted.conflicts.length > 0 || unchanged) {
    throw GitHubError.validation(
      "Sorry, this pull request couldn't be reverted automatically. It may have already been reverted, or the content may have changed since it was merged.",
    );
  }
  const branch = `revert-${number}-${headRef}`;
  const title = options.title ?? `Revert "${pullRequest.title}"`;
  const body =
    options.body ?? `Reverts ${repositories.fullName(repository)}#${number}`;
  repositories.createBranch({ repository, name: branch, sha: tip, sender });
  const commit = repositories.createCommit({
    repository,
    parents: [tip],
    message: title,
    author: sender,
    committer: world.accounts.webFlow,
    tree: reverted.tree,
    files: reverted.contents,
    verified: true,
  });
  repositories.moveBranch({ repository, branch, commit, sender });
  return pullRequests.create({
    repository,
    author: sender,
    title,
    body,
    headRef: branch,
    baseRef,
    draft: options.draft,
  });
}
