import { GitHubError } from '../errors';
import { CommitStore, CommitStoreData } from './CommitStore';
import {
  Account,
  BranchProtection,
  CiCheck,
  CloudAgentSettings,
  Commit,
  Label,
  Repository,
  RepositoryRole,
} from './entities';
import type { World } from './World';

/** @public */
export interface RepositoryStoreData extends CommitStoreData {
  repositories: Repository[];
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

/** Repositories with their branches, commits and files. @public */
export class RepositoryStore extends CommitStore {
  readonly #world: World;
  readonly #repositories = new Map<number, Repository>();
  readonly #byFullName = new Map<string, Repository>();

  private constructor(world: World) {
    super(world);
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
    this.loadCommits(data);
  }

  toData(): RepositoryStoreData {
    return {
      repositories: [...this.#repositories.values()],
      ...this.commitsToData(),
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
