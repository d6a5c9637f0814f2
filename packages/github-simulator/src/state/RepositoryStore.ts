import { createHash } from 'crypto';
import { GitHubError } from '../errors';
import {
  Account,
  BranchProtection,
  CiCheck,
  CloudAgentSettings,
  Commit,
  FileChange,
  Label,
  Repository,
  RepositoryRole,
} from './entities';
import { blobSha, diffTrees } from './diffTrees';
import type { World } from './World';

/** @public */
export interface RepositoryStoreData {
  repositories: Repository[];
  commits: Commit[];
  blobs: Record<string, string>;
}

/** What stands where there is no commit, in the events of pushes. @public */
export const NO_COMMIT = '0'.repeat(40);

const ROLES: RepositoryRole[] = [
  'read',
  'triage',
  'write',
  'maintain',
  'admin',
];

const DEFAULT_AGENT: CloudAgentSettings = {
  enabled: true,
  secrets: [],
  variables: [],
  organizationSecrets: [],
  organizationVariables: [],
  firewallEnabled: true,
  firewallRecommendedAllowlistEnabled: true,
  customAllowlist: [],
  requireWorkflowApproval: false,
  enabledTools: {
    codeql: true,
    copilot_code_review: true,
    secret_scanning: true,
    dependency_vulnerability_checks: true,
  },
};

const MAX_CACHED_COMPARISONS = 500;

/** Repositories with their branches, commits and files. @public */
export class RepositoryStore {
  readonly #world: World;
  readonly #repositories = new Map<number, Repository>();
  readonly #byFullName = new Map<string, Repository>();
  readonly #commits = new Map<string, Commit>();
  readonly #blobs = new Map<string, string>();
  /** Comparisons are costly and asked for again; both ends are immutable. */
  readonly #comparisons = new Map<string, FileChange[]>();

  private constructor(world: World) {
    this.#world = world;
  }

  static create(world: World): RepositoryStore {
    return new RepositoryStore(world);
  }

  /** A repository with one commit on its default branch. */
  create(options: {
    owner: Account;
    name: string;
    files: Record<string, string>;
    description?: string;
    private?: boolean;
    archived?: boolean;
    defaultBranch?: string;
    protections?: BranchProtection[];
    labels?: Omit<Label, 'id'>[];
    collaborators?: Record<string, RepositoryRole>;
    ci?: CiCheck[];
    agent?: Partial<CloudAgentSettings>;
    autoMergeAllowed?: boolean;
    deleteBranchOnMerge?: boolean;
  }): Repository {
    const now = this.#world.clock.now();
    const defaultBranch = options.defaultBranch ?? 'main';
    const repository: Repository = {
      id: this.#world.nextId('repository'),
      ownerId: options.owner.id,
      name: options.name,
      description: options.description,
      private: options.private ?? true,
      archived: false,
      defaultBranch,
      branches: {},
      protections: options.protections ?? [],
      labels: [],
      collaborators: Object.fromEntries(
        Object.entries(options.collaborators ?? {}).map(([login, role]) => [
          login.toLocaleLowerCase('en-US'),
          role,
        ]),
      ),
      ci: options.ci ?? [],
      agent: structuredClone({ ...DEFAULT_AGENT, ...options.agent }),
      autoMergeAllowed: options.autoMergeAllowed ?? true,
      deleteBranchOnMerge: options.deleteBranchOnMerge ?? false,
      lastNumber: 0,
      createdAt: now,
      updatedAt: now,
      pushedAt: now,
    };
    for (const label of options.labels ?? []) {
      repository.labels.push({ id: this.#world.nextId('label'), ...label });
    }
    this.#add(repository);
    const commit = this.createCommit({
      repository,
      parents: [],
      message: 'Initial commit',
      author: this.#world.accounts.webFlow,
      files: options.files,
    });
    repository.branches[defaultBranch] = commit.sha;
    repository.archived = options.archived ?? false;
    return repository;
  }

  get(id: number): Repository | undefined {
    return this.#repositories.get(id);
  }

  /** A repository that is known to exist, since another entity refers to it. */
  require(id: number): Repository {
    const repository = this.#repositories.get(id);
    if (!repository) {
      throw new Error(`No repository has the id ${id}`);
    }
    return repository;
  }

  /** By `owner/name`, without regard to case. */
  getByFullName(fullName: string): Repository | undefined {
    return this.#byFullName.get(fullName.toLocaleLowerCase('en-US'));
  }

  list(ownerId?: number): Repository[] {
    return [...this.#repositories.values()].filter(
      repository => ownerId === undefined || repository.ownerId === ownerId,
    );
  }

  /** `owner/name` */
  fullName(repository: Repository): string {
    const owner = this.#world.accounts.require(repository.ownerId);
    return `${owner.login}/${repository.name}`;
  }

  setArchived(options: {
    repository: Repository;
    archived: boolean;
    sender: Account;
  }): void {
    const { repository, archived, sender } = options;
    repository.archived = archived;
    repository.updatedAt = this.#world.clock.now();
    this.#world.events.emit('repository', {
      action: archived ? 'archived' : 'unarchived',
      repository,
      sender,
    });
  }

  /** The role that a user has in a repository; `undefined` where it sees nothing. */
  roleOf(options: {
    repository: Repository;
    user: Account;
  }): RepositoryRole | undefined {
    const { repository, user } = options;
    if (repository.ownerId === user.id) {
      return 'admin';
    }
    const direct =
      repository.collaborators[user.login.toLocaleLowerCase('en-US')];
    const base = this.#world.accounts.isMember({
      organizationId: repository.ownerId,
      userId: user.id,
    })
      ? this.#world.accounts.getBaseRole(repository.ownerId)
      : undefined;
    const best = [direct, base, repository.private ? undefined : 'read']
      .filter((role): role is RepositoryRole => role !== undefined)
      .sort((a, b) => ROLES.indexOf(b) - ROLES.indexOf(a))[0];
    return best;
  }

  /** Whether a user has a role or a higher one. */
  hasRole(options: {
    repository: Repository;
    user: Account;
    role: RepositoryRole;
  }): boolean {
    const role = this.roleOf(options);
    return (
      role !== undefined && ROLES.indexOf(role) >= ROLES.indexOf(options.role)
    );
  }

  /** The label of that name; made, when the repository has none. */
  ensureLabel(options: { repository: Repository; name: string }): Label {
    const { repository, name } = options;
    const key = name.toLocaleLowerCase('en-US');
    let label = repository.labels.find(
      candidate => candidate.name.toLocaleLowerCase('en-US') === key,
    );
    if (!label) {
      label = { id: this.#world.nextId('label'), name, color: 'ededed' };
      repository.labels.push(label);
    }
    return label;
  }

  /** The protection that holds for a branch: the first whose pattern fits. */
  protectionOf(options: {
    repository: Repository;
    branch: string;
  }): BranchProtection | undefined {
    return options.repository.protections.find(({ pattern }) => {
      const regexp = pattern
        .split('*')
        .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
        .join('.*');
      return new RegExp(`^${regexp}$`).test(options.branch);
    });
  }

  getCommit(options: {
    repository: Repository;
    sha: string;
  }): Commit | undefined {
    return this.#commits.get(`${options.repository.id}:${options.sha}`);
  }

  requireCommit(options: { repository: Repository; sha: string }): Commit {
    const commit = this.getCommit(options);
    if (!commit) {
      throw new Error(`No commit ${options.sha}`);
    }
    return commit;
  }

  /** A commit by branch, `heads/branch`, full or abbreviated sha. */
  resolveRef(options: {
    repository: Repository;
    ref: string;
  }): Commit | undefined {
    const { repository } = options;
    const ref = options.ref.replace(/^(refs\/)?heads\//, '');
    const sha = repository.branches[ref] ?? ref;
    const exact = this.getCommit({ repository, sha });
    if (exact || !/^[0-9a-f]{7,39}$/.test(sha)) {
      return exact;
    }
    for (const [key, commit] of this.#commits) {
      if (key.startsWith(`${repository.id}:${sha}`)) {
        return commit;
      }
    }
    return undefined;
  }

  /** From a commit back along first parents. */
  history(options: {
    repository: Repository;
    sha: string;
    limit?: number;
  }): Commit[] {
    const commits: Commit[] = [];
    let commit = this.getCommit(options);
    while (commit && commits.length < (options.limit ?? 250)) {
      commits.push(commit);
      const parent: string | undefined = commit.parents[0];
      commit =
        parent === undefined
          ? undefined
          : this.getCommit({ repository: options.repository, sha: parent });
    }
    return commits;
  }

  /** All that can be reached from a commit. */
  ancestors(options: { repository: Repository; sha: string }): Set<string> {
    const seen = new Set<string>();
    const open = [options.sha];
    while (open.length > 0) {
      const sha = open.pop()!;
      if (!seen.has(sha)) {
        seen.add(sha);
        const commit = this.getCommit({ repository: options.repository, sha });
        open.push(...(commit?.parents ?? []));
      }
    }
    return seen;
  }

  /** Where two lines of commits parted. */
  mergeBase(options: { repository: Repository; a: string; b: string }): string {
    const { repository, a, b } = options;
    const reachable = this.ancestors({ repository, sha: a });
    const open = [b];
    const seen = new Set<string>();
    while (open.length > 0) {
      const sha = open.shift()!;
      if (reachable.has(sha)) {
        return sha;
      }
      if (!seen.has(sha)) {
        seen.add(sha);
        open.push(...this.requireCommit({ repository, sha }).parents);
      }
    }
    throw new GitHubError(404, 'No common ancestor');
  }

  /** Commits reachable from `head` and not from `base`, oldest first. */
  commitsBetween(options: {
    repository: Repository;
    base: string;
    head: string;
  }): Commit[] {
    const { repository } = options;
    const excluded = this.ancestors({ repository, sha: options.base });
    const found: Commit[] = [];
    const seen = new Set<string>();
    const visit = (sha: string) => {
      if (excluded.has(sha) || seen.has(sha)) {
        return;
      }
      seen.add(sha);
      const commit = this.requireCommit({ repository, sha });
      commit.parents.forEach(visit);
      found.push(commit);
    };
    visit(options.head);
    return found;
  }

  /** The content of a file; `undefined` where there is none. */
  readFile(options: {
    repository: Repository;
    ref: string;
    path: string;
  }): string | undefined {
    const sha = this.resolveRef(options)?.tree[options.path];
    return sha === undefined ? undefined : this.#blobs.get(sha);
  }

  /** All files, path to content. */
  readFiles(options: {
    repository: Repository;
    ref: string;
  }): Record<string, string> {
    const tree = this.resolveRef(options)?.tree ?? {};
    return Object.fromEntries(
      Object.entries(tree).map(([path, sha]) => [path, this.readBlob(sha)]),
    );
  }

  readBlob(sha: string): string {
    const content = this.#blobs.get(sha);
    if (content === undefined) {
      throw new Error(`No blob ${sha}`);
    }
    return content;
  }

  /** The files that differ between two commits of a repository. */
  compare(options: {
    repository: Repository;
    base: string;
    head: string;
  }): FileChange[] {
    const { repository, base, head } = options;
    const key = `${repository.id}:${base}:${head}`;
    let changes = this.#comparisons.get(key);
    if (!changes) {
      changes = diffTrees({
        before: this.requireCommit({ repository, sha: base }).tree,
        after: this.requireCommit({ repository, sha: head }).tree,
        read: sha => this.readBlob(sha),
      });
      if (this.#comparisons.size >= MAX_CACHED_COMPARISONS) {
        const [oldest] = this.#comparisons.keys();
        this.#comparisons.delete(oldest);
      }
      this.#comparisons.set(key, changes);
    }
    return changes;
  }

  /**
   * Stores a commit. It is on no branch until one is moved to it.
   *
   * `files` is laid over the tree of the first parent: a content, or `undefined` to remove the file. `tree` is the
   * whole tree instead, as shas of known contents.
   */
  createCommit(options: {
    repository: Repository;
    parents: string[];
    message: string;
    author: Account;
    committer?: Account;
    files?: Record<string, string | undefined>;
    tree?: Record<string, string>;
    verified?: boolean;
    breaksChecks?: string[];
  }): Commit {
    const { repository, parents, message, author } = options;
    const date = this.#world.clock.now();
    const first = parents[0];
    const tree: Record<string, string> = {
      ...(options.tree ??
        (first === undefined
          ? {}
          : this.requireCommit({ repository, sha: first }).tree)),
    };
    for (const [path, content] of Object.entries(options.files ?? {})) {
      if (content === undefined) {
        delete tree[path];
      } else {
        const sha = blobSha(content);
        this.#blobs.set(sha, content);
        tree[path] = sha;
      }
    }
    const treeSha = createHash('sha1')
      .update(JSON.stringify(Object.entries(tree).sort()))
      .digest('hex');
    const sha = createHash('sha1')
      .update(
        JSON.stringify([
          repository.id,
          treeSha,
          parents,
          message,
          author.id,
          date,
          this.#commits.size,
        ]),
      )
      .digest('hex');
    const committer = options.committer ?? author;
    const commit: Commit = {
      sha,
      repositoryId: repository.id,
      parents: [...parents],
      message,
      author: { name: gitName(author), email: author.email, date },
      committer: { name: gitName(committer), email: committer.email, date },
      authorId: author.id,
      tree,
      treeSha,
      verified: options.verified ?? author.type === 'Bot',
      breaksChecks: options.breaksChecks ?? [],
    };
    this.#commits.set(`${repository.id}:${sha}`, commit);
    return commit;
  }

  createBranch(options: {
    repository: Repository;
    name: string;
    sha: string;
    sender: Account;
  }): void {
    const { repository, name, sha, sender } = options;
    this.#refuseArchived(repository);
    if (repository.branches[name] !== undefined) {
      throw GitHubError.validation('Reference already exists');
    }
    this.requireCommit({ repository, sha });
    repository.branches[name] = sha;
    this.#world.events.emit('push', {
      repository,
      ref: `refs/heads/${name}`,
      before: NO_COMMIT,
      after: sha,
      commits: [],
      sender,
    });
  }

  /** One commit on top of a branch. Open pull requests of the branch follow, and their CI starts. */
  pushCommit(options: {
    repository: Repository;
    branch: string;
    message: string;
    author: Account;
    files: Record<string, string | undefined>;
    breaksChecks?: string[];
  }): Commit {
    const { repository, branch } = options;
    this.#refuseArchived(repository);
    const before = repository.branches[branch];
    if (before === undefined) {
      throw new GitHubError(404, 'Branch not found');
    }
    const commit = this.createCommit({ ...options, parents: [before] });
    this.moveBranch({ repository, branch, commit, sender: options.author });
    return commit;
  }

  /** Points a branch at a commit, as a push does. */
  moveBranch(options: {
    repository: Repository;
    branch: string;
    commit: Commit;
    sender: Account;
  }): void {
    const { repository, branch, commit, sender } = options;
    const before = repository.branches[branch];
    repository.branches[branch] = commit.sha;
    repository.pushedAt = this.#world.clock.now();
    repository.updatedAt = repository.pushedAt;
    this.#world.events.emit('push', {
      repository,
      ref: `refs/heads/${branch}`,
      before: before ?? NO_COMMIT,
      after: commit.sha,
      commits: [commit],
      sender,
    });
    this.#world.pullRequests.followBranch({
      repository,
      branch,
      before,
      sender,
    });
  }

  /** Open pull requests of the branch are closed, as GitHub does. */
  deleteBranch(options: {
    repository: Repository;
    branch: string;
    sender: Account;
  }): void {
    const { repository, branch, sender } = options;
    this.#refuseArchived(repository);
    const sha = repository.branches[branch];
    if (sha === undefined) {
      throw GitHubError.validation('Reference does not exist');
    }
    if (branch === repository.defaultBranch) {
      throw GitHubError.validation(
        'Cannot delete the default branch of the repository',
      );
    }
    delete repository.branches[branch];
    for (const pullRequest of this.#world.pullRequests.listByHead({
      repository,
      headRef: branch,
    })) {
      if (pullRequest.state === 'open') {
        this.#world.pullRequests.close({ pullRequest, sender });
      }
    }
    this.#world.events.emit('push', {
      repository,
      ref: `refs/heads/${branch}`,
      before: sha,
      after: NO_COMMIT,
      commits: [],
      sender,
    });
  }

  load(data: RepositoryStoreData): void {
    data.repositories.forEach(repository => this.#add(repository));
    for (const commit of data.commits) {
      this.#commits.set(`${commit.repositoryId}:${commit.sha}`, commit);
    }
    for (const [sha, content] of Object.entries(data.blobs)) {
      this.#blobs.set(sha, content);
    }
  }

  toData(): RepositoryStoreData {
    return {
      repositories: [...this.#repositories.values()],
      commits: [...this.#commits.values()],
      blobs: Object.fromEntries(this.#blobs),
    };
  }

  #add(repository: Repository): void {
    this.#repositories.set(repository.id, repository);
    this.#byFullName.set(
      this.fullName(repository).toLocaleLowerCase('en-US'),
      repository,
    );
  }

  #refuseArchived(repository: Repository): void {
    if (repository.archived) {
      throw new GitHubError(403, 'Repository was archived so is read-only.');
    }
  }
}

function gitName(account: Account): string {
  if (account.login === 'Copilot') {
    return 'copilot-swe-agent[bot]';
  }
  return account.name ?? account.login;
}
