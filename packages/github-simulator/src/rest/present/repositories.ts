import { SimulatorContext } from '../../SimulatorContext';
import { isoTime } from '../../clock/SimulatorClock';
import { nodeId, Repository } from '../../state';
import { pageUrls, repositoryApiUrl } from '../../urls';
import { presentAccount } from './accounts';

type PresentedRepository = ReturnType<typeof buildRepository>;

/** Repositories stand in nearly every answer, and change seldom. */
const cache = new WeakMap<
  Repository,
  { key: string; value: PresentedRepository }
>();

/** `repository` */
export function presentRepository(
  context: SimulatorContext,
  repository: Repository,
): PresentedRepository {
  const key = `${context.urls.api} ${repository.updatedAt} ${repository.archived} ${repository.autoMergeAllowed}`;
  const cached = cache.get(repository);
  if (cached?.key === key) {
    return cached.value;
  }
  const value = buildRepository(context, repository);
  cache.set(repository, { key, value });
  return value;
}

/** `minimal-repository` */
export function presentMinimalRepository(
  context: SimulatorContext,
  repository: Repository,
) {
  const {
    allow_auto_merge: _autoMerge,
    delete_branch_on_merge: _deleteBranch,
    allow_merge_commit: _merge,
    allow_squash_merge: _squash,
    allow_rebase_merge: _rebase,
    ...minimal
  } = presentRepository(context, repository);
  return minimal;
}

/** `full-repository` */
export function presentFullRepository(
  context: SimulatorContext,
  repository: Repository,
) {
  const { accounts } = context.world;
  const owner = accounts.require(repository.ownerId);
  return {
    ...presentRepository(context, repository),
    organization:
      owner.type === 'Organization' ? presentAccount(context, owner) : null,
    network_count: 0,
    subscribers_count: 0,
  };
}

function buildRepository(context: SimulatorContext, repository: Repository) {
  const { accounts, repositories } = context.world;
  const owner = accounts.require(repository.ownerId);
  const fullName = repositories.fullName(repository);
  const url = repositoryApiUrl(context, repository);
  const html = pageUrls.repository(context, repository);
  const host = context.urls.html.replace(/^https?:\/\//, '');
  return {
    id: repository.id,
    node_id: nodeId({ kind: 'R', id: repository.id }),
    name: repository.name,
    full_name: fullName,
    owner: presentAccount(context, owner),
    private: repository.private,
    html_url: html,
    description: repository.description ?? null,
    fork: false,
    url,
    archive_url: `${url}/{archive_format}{/ref}`,
    assignees_url: `${url}/assignees{/user}`,
    blobs_url: `${url}/git/blobs{/sha}`,
    branches_url: `${url}/branches{/branch}`,
    collaborators_url: `${url}/collaborators{/collaborator}`,
    comments_url: `${url}/comments{/number}`,
    commits_url: `${url}/commits{/sha}`,
    compare_url: `${url}/compare/{base}...{head}`,
    contents_url: `${url}/contents/{+path}`,
    contributors_url: `${url}/contributors`,
    deployments_url: `${url}/deployments`,
    downloads_url: `${url}/downloads`,
    events_url: `${url}/events`,
    forks_url: `${url}/forks`,
    git_commits_url: `${url}/git/commits{/sha}`,
    git_refs_url: `${url}/git/refs{/sha}`,
    git_tags_url: `${url}/git/tags{/sha}`,
    git_url: `git://${host}/${fullName}.git`,
    issue_comment_url: `${url}/issues/comments{/number}`,
    issue_events_url: `${url}/issues/events{/number}`,
    issues_url: `${url}/issues{/number}`,
    keys_url: `${url}/keys{/key_id}`,
    labels_url: `${url}/labels{/name}`,
    languages_url: `${url}/languages`,
    merges_url: `${url}/merges`,
    milestones_url: `${url}/milestones{/number}`,
    notifications_url: `${url}/notifications{?since,all,participating}`,
    pulls_url: `${url}/pulls{/number}`,
    releases_url: `${url}/releases{/id}`,
    ssh_url: `git@${host}:${fullName}.git`,
    stargazers_url: `${url}/stargazers`,
    statuses_url: `${url}/statuses/{sha}`,
    subscribers_url: `${url}/subscribers`,
    subscription_url: `${url}/subscription`,
    tags_url: `${url}/tags`,
    teams_url: `${url}/teams`,
    trees_url: `${url}/git/trees{/sha}`,
    clone_url: `${html}.git`,
    mirror_url: null,
    hooks_url: `${url}/hooks`,
    svn_url: html,
    homepage: null,
    language: null,
    forks_count: 0,
    stargazers_count: 0,
    watchers_count: 0,
    size: 100,
    default_branch: repository.defaultBranch,
    open_issues_count: 0,
    is_template: false,
    topics: [],
    has_issues: true,
    has_projects: true,
    has_wiki: false,
    has_pages: false,
    has_downloads: true,
    has_discussions: false,
    archived: repository.archived,
    disabled: false,
    visibility: repository.private ? 'private' : 'public',
    pushed_at: isoTime(repository.pushedAt),
    created_at: isoTime(repository.createdAt),
    updated_at: isoTime(repository.updatedAt),
    allow_merge_commit: true,
    allow_squash_merge: true,
    allow_rebase_merge: true,
    allow_auto_merge: repository.autoMergeAllowed,
    delete_branch_on_merge: repository.deleteBranchOnMerge,
    allow_forking: false,
    web_commit_signoff_required: false,
    license: null,
    forks: 0,
    open_issues: 0,
    watchers: 0,
  };
}
