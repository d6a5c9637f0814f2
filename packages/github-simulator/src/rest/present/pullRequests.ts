import { SimulatorContext } from '../../SimulatorContext';
import { isoTime } from '../../clock/SimulatorClock';
import {
  Account,
  FileChange,
  IssueComment,
  Label,
  nodeId,
  PullRequest,
  Repository,
  Review,
} from '../../state';
import { pageUrls, repositoryApiUrl } from '../../urls';
import { presentAccount, presentSimpleTeam, presentTeam } from './accounts';
import { presentRepository } from './repositories';

/** `label` */
export function presentLabel(
  context: SimulatorContext,
  repository: Repository,
  label: Label,
) {
  return {
    id: label.id,
    node_id: nodeId({ kind: 'LA', repositoryId: repository.id, id: label.id }),
    url: `${repositoryApiUrl(
      context,
      repository,
    )}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    description: label.description ?? '',
    color: label.color,
    default: false,
  };
}

/** `pull-request-simple`, as lists have it. */
export function presentPullRequestSimple(
  context: SimulatorContext,
  pullRequest: PullRequest,
) {
  const { world } = context;
  const repository = world.pullRequests.repositoryOf(pullRequest);
  const author = world.accounts.require(pullRequest.authorId);
  const owner = world.accounts.require(repository.ownerId);
  const url = repositoryApiUrl(context, repository);
  const self = `${url}/pulls/${pullRequest.number}`;
  const issue = `${url}/issues/${pullRequest.number}`;
  const html = pageUrls.pullRequest(context, pullRequest);
  const links = {
    commits: `${self}/commits`,
    reviewComments: `${self}/comments`,
    reviewComment: `${url}/pulls/comments{/number}`,
    comments: `${issue}/comments`,
    statuses: `${url}/statuses/${pullRequest.headSha}`,
  };
  const time = (milliseconds: number | undefined) =>
    milliseconds === undefined ? null : isoTime(milliseconds);
  const side = (ref: string, sha: string) => ({
    label: `${owner.login}:${ref}`,
    ref,
    sha,
    user: presentAccount(context, owner),
    repo: presentRepository(context, repository),
  });
  const assignees = pullRequest.assigneeIds.map(id =>
    presentAccount(context, world.accounts.require(id)),
  );
  return {
    url: self,
    id: pullRequest.id,
    node_id: pullRequest.nodeId,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: issue,
    number: pullRequest.number,
    state: pullRequest.state,
    locked: false,
    title: pullRequest.title,
    user: presentAccount(context, author),
    body: pullRequest.body,
    created_at: isoTime(pullRequest.createdAt),
    updated_at: isoTime(pullRequest.updatedAt),
    closed_at: time(pullRequest.closedAt),
    merged_at: time(pullRequest.mergedAt),
    merge_commit_sha: pullRequest.mergeCommitSha ?? null,
    assignee: assignees[0] ?? null,
    assignees,
    requested_reviewers: pullRequest.requestedReviewerIds.map(id =>
      presentAccount(context, world.accounts.require(id)),
    ),
    requested_teams: pullRequest.requestedTeamIds.map(id =>
      presentTeam(context, world.accounts.getTeam(id)!),
    ),
    labels: world.conversations
      .labels(pullRequest)
      .map(label => presentLabel(context, repository, label)),
    milestone: null,
    draft: pullRequest.draft,
    commits_url: links.commits,
    review_comments_url: links.reviewComments,
    review_comment_url: links.reviewComment,
    comments_url: links.comments,
    statuses_url: links.statuses,
    head: side(pullRequest.headRef, pullRequest.headSha),
    base: side(pullRequest.baseRef, pullRequest.baseSha),
    _links: {
      self: { href: self },
      html: { href: html },
      issue: { href: issue },
      comments: { href: links.comments },
      review_comments: { href: links.reviewComments },
      review_comment: { href: links.reviewComment },
      commits: { href: links.commits },
      statuses: { href: links.statuses },
    },
    author_association: authorAssociation(context, repository, author),
    auto_merge: pullRequest.autoMerge
      ? {
          enabled_by: presentAccount(
            context,
            world.accounts.require(pullRequest.autoMerge.enabledById),
          ),
          merge_method: pullRequest.autoMerge.method,
          commit_title: pullRequest.title,
          commit_message: '',
        }
      : null,
    active_lock_reason: null,
  };
}

/** `pull-request` */
export function presentPullRequest(
  context: SimulatorContext,
  pullRequest: PullRequest,
) {
  const { world } = context;
  const { mergeable, state } = world.pullRequests.mergeability(pullRequest);
  return {
    ...presentPullRequestSimple(context, pullRequest),
    requested_teams: pullRequest.requestedTeamIds.map(id =>
      presentSimpleTeam(context, world.accounts.getTeam(id)!),
    ),
    merged: pullRequest.merged,
    mergeable: mergeable ?? null,
    rebaseable: mergeable ?? null,
    mergeable_state: state,
    merged_by:
      pullRequest.mergedById === undefined
        ? null
        : presentAccount(
            context,
            world.accounts.require(pullRequest.mergedById),
          ),
    comments: world.conversations.listComments(pullRequest).length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: world.pullRequests.commits(pullRequest).length,
    additions: pullRequest.additions,
    deletions: pullRequest.deletions,
    changed_files: pullRequest.changedFiles,
  };
}

/** `pull-request-minimal` */
export function presentMinimalPullRequest(
  context: SimulatorContext,
  pullRequest: PullRequest,
) {
  const repository = context.world.pullRequests.repositoryOf(pullRequest);
  const url = repositoryApiUrl(context, repository);
  const repo = { id: repository.id, url, name: repository.name };
  return {
    id: pullRequest.id,
    number: pullRequest.number,
    url: `${url}/pulls/${pullRequest.number}`,
    head: { ref: pullRequest.headRef, sha: pullRequest.headSha, repo },
    base: { ref: pullRequest.baseRef, sha: pullRequest.baseSha, repo },
  };
}

/** `diff-entry` */
export function presentFile(
  context: SimulatorContext,
  repository: Repository,
  sha: string,
  file: FileChange,
) {
  const html = pageUrls.repository(context, repository);
  const path = file.path.split('/').map(encodeURIComponent).join('/');
  return {
    sha: file.sha,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${html}/blob/${sha}/${path}`,
    raw_url: `${html}/raw/${sha}/${path}`,
    contents_url: `${repositoryApiUrl(
      context,
      repository,
    )}/contents/${path}?ref=${sha}`,
    ...(file.patch ? { patch: file.patch } : {}),
    ...(file.previousPath ? { previous_filename: file.previousPath } : {}),
  };
}

/** `pull-request-review` */
export function presentReview(context: SimulatorContext, review: Review) {
  const { world } = context;
  const pullRequest = world.pullRequests.get(review.pullRequestId)!;
  const repository = world.pullRequests.repositoryOf(pullRequest);
  const user = world.accounts.require(review.userId);
  const html = `${pageUrls.pullRequest(context, pullRequest)}#pullrequestreview-${
    review.id
  }`;
  const url = `${repositoryApiUrl(context, repository)}/pulls/${
    pullRequest.number
  }`;
  return {
    id: review.id,
    node_id: review.nodeId,
    user: presentAccount(context, user),
    body: review.body,
    state: review.state,
    html_url: html,
    pull_request_url: url,
    _links: { html: { href: html }, pull_request: { href: url } },
    submitted_at: isoTime(review.submittedAt),
    commit_id: review.commitSha,
    author_association: authorAssociation(context, repository, user),
  };
}

/** `issue-comment` */
export function presentComment(
  context: SimulatorContext,
  comment: IssueComment,
) {
  const { world } = context;
  const pullRequest = world.pullRequests.get(comment.pullRequestId)!;
  const repository = world.pullRequests.repositoryOf(pullRequest);
  const user = world.accounts.require(comment.userId);
  const url = repositoryApiUrl(context, repository);
  return {
    id: comment.id,
    node_id: comment.nodeId,
    url: `${url}/issues/comments/${comment.id}`,
    html_url: `${pageUrls.pullRequest(context, pullRequest)}#issuecomment-${
      comment.id
    }`,
    issue_url: `${url}/issues/${pullRequest.number}`,
    body: comment.body,
    user: presentAccount(context, user),
    created_at: isoTime(comment.createdAt),
    updated_at: isoTime(comment.updatedAt),
    author_association: authorAssociation(context, repository, user),
  };
}

function authorAssociation(
  context: SimulatorContext,
  repository: Repository,
  account: Account,
): 'MEMBER' | 'COLLABORATOR' | 'CONTRIBUTOR' | 'NONE' {
  const { accounts, repositories } = context.world;
  if (account.type === 'Bot') {
    return 'CONTRIBUTOR';
  }
  if (
    accounts.isMember({
      organizationId: repository.ownerId,
      userId: account.id,
    })
  ) {
    return 'MEMBER';
  }
  return repositories.roleOf({ repository, user: account })
    ? 'COLLABORATOR'
    : 'NONE';
}
