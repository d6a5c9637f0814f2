import { GitHubError } from '../errors';
import {
  Account,
  Commit,
  FileChange,
  MergeMethod,
  PullRequest,
  Repository,
} from './entities';
import { PullRequestAction, WorldEventMap } from './events';
import { Mergeability, MergeRules } from './MergeRules';
import { nodeId, parseNodeId } from './nodeId';
import type { World } from './World';

/** @public */
export interface PullRequestStoreData {
  pullRequests: PullRequest[];
}

/** Pull requests, from opening to merge. @public */
export class PullRequestStore {
  readonly #world: World;
  readonly #pullRequests = new Map<number, PullRequest>();
  readonly #byRepository = new Map<number, Map<number, PullRequest>>();
  readonly #byHead = new Map<string, PullRequest[]>();
  /** May hold ones that moved on or were closed since: readers look again. */
  readonly #openByHeadSha = new Map<string, Set<number>>();
  readonly #mergeRules: MergeRules;

  private constructor(world: World) {
    this.#world = world;
    this.#mergeRules = MergeRules.create(world);
  }

  static create(world: World): PullRequestStore {
    return new PullRequestStore(world);
  }

  get(id: number): PullRequest | undefined {
    return this.#pullRequests.get(id);
  }

  getByNodeId(globalId: string): PullRequest | undefined {
    const parsed = parseNodeId(globalId);
    return parsed?.kind === 'PR' ? this.get(parsed.id) : undefined;
  }

  getByNumber(options: {
    repository: Repository;
    number: number;
  }): PullRequest | undefined {
    return this.#byRepository.get(options.repository.id)?.get(options.number);
  }

  /** Newest first. */
  list(options: { repository: Repository }): PullRequest[] {
    return [
      ...(this.#byRepository.get(options.repository.id)?.values() ?? []),
    ].reverse();
  }

  listByHead(options: {
    repository: Repository;
    headRef: string;
  }): PullRequest[] {
    return [
      ...(this.#byHead.get(`${options.repository.id}:${options.headRef}`) ??
        []),
    ];
  }

  /** Open ones whose head is that commit. */
  listByHeadSha(options: {
    repository: Repository;
    sha: string;
  }): PullRequest[] {
    const ids = this.#openByHeadSha.get(
      `${options.repository.id}:${options.sha}`,
    );
    return [...(ids ?? [])]
      .map(id => this.#pullRequests.get(id)!)
      .filter(
        pullRequest =>
          pullRequest.state === 'open' && pullRequest.headSha === options.sha,
      );
  }

  listAll(): PullRequest[] {
    return [...this.#pullRequests.values()];
  }

  create(options: {
    repository: Repository;
    author: Account;
    title: string;
    body?: string;
    headRef: string;
    baseRef?: string;
    draft?: boolean;
    agentRequester?: Account;
  }): PullRequest {
    const { repository, author, headRef } = options;
    const baseRef = options.baseRef ?? repository.defaultBranch;
    if (repository.archived) {
      throw new GitHubError(403, 'Repository was archived so is read-only.');
    }
    const headSha = repository.branches[headRef];
    const baseSha = repository.branches[baseRef];
    for (const [field, sha] of Object.entries({
      head: headSha,
      base: baseSha,
    })) {
      if (sha === undefined) {
        throw GitHubError.validation('Validation Failed', [
          { resource: 'PullRequest', field, code: 'invalid' },
        ]);
      }
    }
    const open = this.listByHead({ repository, headRef }).some(
      other => other.state === 'open' && other.baseRef === baseRef,
    );
    if (open) {
      throw GitHubError.validation('Validation Failed', [
        {
          resource: 'PullRequest',
          code: 'custom',
          message: `A pull request already exists for ${headRef}.`,
        },
      ]);
    }
    const now = this.#world.clock.now();
    const id = this.#world.nextId('pullRequest');
    const pullRequest: PullRequest = {
      id,
      nodeId: nodeId({ kind: 'PR', repositoryId: repository.id, id }),
      repositoryId: repository.id,
      number: ++repository.lastNumber,
      title: options.title,
      body: options.body ?? '',
      state: 'open',
      draft: options.draft ?? false,
      merged: false,
      authorId: author.id,
      agentRequesterId: options.agentRequester?.id,
      headRef,
      headSha,
      baseRef,
      baseSha,
      mergeBaseSha: '',
      additions: 0,
      deletions: 0,
      changedFiles: 0,
      labelIds: [],
      assigneeIds: [],
      requestedReviewerIds: [],
      requestedTeamIds: [],
      createdAt: now,
      updatedAt: now,
    };
    this.#add(pullRequest);
    this.#measure(pullRequest);
    this.emit(pullRequest, 'opened', author);
    if (!pullRequest.draft) {
      this.#world.reviews.requestCodeOwners({ pullRequest, sender: author });
    }
    return pullRequest;
  }

  update(options: {
    pullRequest: PullRequest;
    sender: Account;
    title?: string;
    body?: string;
    baseRef?: string;
  }): void {
    const { pullRequest, sender } = options;
    pullRequest.title = options.title ?? pullRequest.title;
    pullRequest.body = options.body ?? pullRequest.body;
    if (options.baseRef && options.baseRef !== pullRequest.baseRef) {
      const repository = this.repositoryOf(pullRequest);
      const baseSha = repository.branches[options.baseRef];
      if (baseSha === undefined) {
        throw GitHubError.validation('Validation Failed', [
          { resource: 'PullRequest', field: 'base', code: 'invalid' },
        ]);
      }
      pullRequest.baseRef = options.baseRef;
      pullRequest.baseSha = baseSha;
      this.#measure(pullRequest);
    }
    this.emit(pullRequest, 'edited', sender);
  }

  markReadyForReview(options: {
    pullRequest: PullRequest;
    sender: Account;
  }): void {
    const { pullRequest, sender } = options;
    this.#requireOpen(pullRequest);
    if (pullRequest.draft) {
      pullRequest.draft = false;
      this.emit(pullRequest, 'ready_for_review', sender);
      this.#world.reviews.requestCodeOwners({ pullRequest, sender });
      this.reconsiderAutoMerge({ pullRequest });
    }
  }

  convertToDraft(options: { pullRequest: PullRequest; sender: Account }): void {
    const { pullRequest, sender } = options;
    this.#requireOpen(pullRequest);
    if (!pullRequest.draft) {
      pullRequest.draft = true;
      this.emit(pullRequest, 'converted_to_draft', sender);
    }
  }

  close(options: { pullRequest: PullRequest; sender: Account }): void {
    const { pullRequest, sender } = options;
    if (pullRequest.state === 'closed') {
      return;
    }
    pullRequest.state = 'closed';
    pullRequest.closedAt = this.#world.clock.now();
    pullRequest.closedById = sender.id;
    pullRequest.autoMerge = undefined;
    this.emit(pullRequest, 'closed', sender);
  }

  reopen(options: { pullRequest: PullRequest; sender: Account }): void {
    const { pullRequest, sender } = options;
    if (pullRequest.state === 'open') {
      return;
    }
    const headSha =
      this.repositoryOf(pullRequest).branches[pullRequest.headRef];
    if (pullRequest.merged || headSha === undefined) {
      throw GitHubError.validation('Validation Failed', [
        {
          resource: 'PullRequest',
          field: 'state',
          code: 'invalid',
          message: 'state cannot be changed.',
        },
      ]);
    }
    pullRequest.state = 'open';
    pullRequest.closedAt = undefined;
    pullRequest.closedById = undefined;
    pullRequest.headSha = headSha;
    this.#measure(pullRequest);
    this.emit(pullRequest, 'reopened', sender);
  }

  enableAutoMerge(options: {
    pullRequest: PullRequest;
    sender: Account;
    method?: MergeMethod;
    expectedHeadSha?: string;
  }): void {
    const { pullRequest, sender, expectedHeadSha } = options;
    this.#requireOpen(pullRequest);
    this.#requireHead(pullRequest, expectedHeadSha);
    if (!this.repositoryOf(pullRequest).autoMergeAllowed) {
      throw GitHubError.validation(
        'Auto merge is not allowed for this repository',
      );
    }
    if (this.mergeability(pullRequest).state === 'clean') {
      throw GitHubError.validation(
        'Pull request Pull request is in clean status',
      );
    }
    pullRequest.autoMerge = {
      enabledById: sender.id,
      method: options.method ?? 'merge',
      expectedHeadSha,
      enabledAt: this.#world.clock.now(),
    };
    this.emit(pullRequest, 'auto_merge_enabled', sender);
  }

  disableAutoMerge(options: {
    pullRequest: PullRequest;
    sender: Account;
  }): void {
    const { pullRequest, sender } = options;
    if (pullRequest.autoMerge) {
      pullRequest.autoMerge = undefined;
      this.emit(pullRequest, 'auto_merge_disabled', sender);
    }
  }

  /** Merges where auto-merge is on and nothing stands in the way any more. */
  reconsiderAutoMerge(options: { pullRequest: PullRequest }): void {
    const { pullRequest } = options;
    const { autoMerge } = pullRequest;
    if (!autoMerge || pullRequest.state !== 'open') {
      return;
    }
    const { state } = this.mergeability(pullRequest);
    if (state === 'clean' || state === 'unstable') {
      this.merge({
        pullRequest,
        sender: this.#world.accounts.require(autoMerge.enabledById),
        method: autoMerge.method,
      });
    }
  }

  /**
   * Merges.
   *
   * @throws GitHubError 409 when the head is not `sha` any more; 405 when protection, a draft or a conflict prevents it
   */
  merge(options: {
    pullRequest: PullRequest;
    sender: Account;
    sha?: string;
    method?: MergeMethod;
    commitTitle?: string;
    commitMessage?: string;
  }): Commit {
    const { pullRequest, sender } = options;
    const method = options.method ?? 'merge';
    if (pullRequest.merged || pullRequest.state === 'closed') {
      throw new GitHubError(405, 'Pull Request is not mergeable');
    }
    this.#requireHead(pullRequest, options.sha);
    const { state, blockedBy } = this.mergeability(pullRequest);
    if (state === 'draft') {
      throw new GitHubError(405, 'Pull Request is still a draft');
    }
    if (state === 'dirty') {
      throw new GitHubError(405, 'Pull Request is not mergeable');
    }
    if (state === 'blocked') {
      throw new GitHubError(405, blockedBy.join(' '));
    }
    const repository = this.repositoryOf(pullRequest);
    const { repositories, clock } = this.#world;
    const baseTip = repository.branches[pullRequest.baseRef];
    const merged = this.#mergeRules.mergedTree(pullRequest);
    const withNumber = `${pullRequest.title} (#${pullRequest.number})`;
    const title =
      options.commitTitle ??
      (method === 'merge'
        ? `Merge pull request #${pullRequest.number} from ${repositories
            .fullName(repository)
            .replace(/\/.*/, '')}/${pullRequest.headRef}`
        : withNumber);
    const commit = repositories.createCommit({
      repository,
      parents: method === 'merge' ? [baseTip, pullRequest.headSha] : [baseTip],
      message: `${title}\n\n${options.commitMessage ?? pullRequest.title}`,
      author: sender,
      committer: this.#world.accounts.webFlow,
      tree: merged.tree,
      files: merged.contents,
      verified: true,
    });
    const now = clock.now();
    pullRequest.state = 'closed';
    pullRequest.merged = true;
    pullRequest.mergedAt = now;
    pullRequest.mergedById = sender.id;
    pullRequest.closedAt = now;
    pullRequest.closedById = sender.id;
    pullRequest.mergeCommitSha = commit.sha;
    pullRequest.autoMerge = undefined;
    repositories.moveBranch({
      repository,
      branch: pullRequest.baseRef,
      commit,
      sender,
    });
    this.emit(pullRequest, 'closed', sender);
    if (
      repository.deleteBranchOnMerge &&
      repository.branches[pullRequest.headRef] === pullRequest.headSha
    ) {
      repositories.deleteBranch({
        repository,
        branch: pullRequest.headRef,
        sender,
      });
    }
    return commit;
  }

  /** Whether it can be merged now, and what stands in the way. */
  mergeability(pullRequest: PullRequest): Mergeability {
    return this.#mergeRules.mergeability(pullRequest);
  }

  files(pullRequest: PullRequest): FileChange[] {
    return this.#world.repositories.compare({
      repository: this.repositoryOf(pullRequest),
      base: pullRequest.mergeBaseSha,
      head: pullRequest.headSha,
    });
  }

  /** Oldest first. */
  commits(pullRequest: PullRequest): Commit[] {
    return this.#world.repositories.commitsBetween({
      repository: this.repositoryOf(pullRequest),
      base: pullRequest.mergeBaseSha,
      head: pullRequest.headSha,
    });
  }

  repositoryOf(pullRequest: PullRequest): Repository {
    return this.#world.repositories.require(pullRequest.repositoryId);
  }

  /** Called where a branch moved: open pull requests that have it as their head follow. */
  followBranch(options: {
    repository: Repository;
    branch: string;
    before: string | undefined;
    sender: Account;
  }): void {
    const { repository, branch, sender } = options;
    for (const pullRequest of this.listByHead({
      repository,
      headRef: branch,
    })) {
      if (pullRequest.state === 'open') {
        const before = pullRequest.headSha;
        pullRequest.headSha = repository.branches[branch];
        this.#measure(pullRequest);
        // A push by somebody else switches auto-merge off where a head was expected.
        if (
          pullRequest.autoMerge?.expectedHeadSha &&
          pullRequest.autoMerge.expectedHeadSha !== pullRequest.headSha
        ) {
          this.disableAutoMerge({ pullRequest, sender });
        }
        this.#world.reviews.dismissStale({ pullRequest, sender });
        this.emit(pullRequest, 'synchronize', sender, {
          before,
          after: pullRequest.headSha,
        });
      }
    }
  }

  /** Notes the change and tells the listeners. */
  emit(
    pullRequest: PullRequest,
    action: PullRequestAction,
    sender: Account,
    more: Partial<WorldEventMap['pull_request']> = {},
  ): void {
    pullRequest.updatedAt = this.#world.clock.now();
    this.#world.events.emit('pull_request', {
      action,
      repository: this.repositoryOf(pullRequest),
      pullRequest,
      sender,
      ...more,
    });
  }

  load(data: PullRequestStoreData): void {
    for (const pullRequest of data.pullRequests) {
      this.#add(pullRequest);
      this.#indexHeadSha(pullRequest);
    }
  }

  toData(): PullRequestStoreData {
    return { pullRequests: this.listAll() };
  }

  #add(pullRequest: PullRequest): void {
    this.#pullRequests.set(pullRequest.id, pullRequest);
    const { repositoryId, number, headRef } = pullRequest;
    let numbers = this.#byRepository.get(repositoryId);
    if (!numbers) {
      numbers = new Map();
      this.#byRepository.set(repositoryId, numbers);
    }
    numbers.set(number, pullRequest);
    const head = `${repositoryId}:${headRef}`;
    this.#byHead.set(head, [...(this.#byHead.get(head) ?? []), pullRequest]);
  }

  #indexHeadSha(pullRequest: PullRequest): void {
    const key = `${pullRequest.repositoryId}:${pullRequest.headSha}`;
    const ids = this.#openByHeadSha.get(key);
    if (ids) {
      ids.add(pullRequest.id);
    } else {
      this.#openByHeadSha.set(key, new Set([pullRequest.id]));
    }
  }

  #measure(pullRequest: PullRequest): void {
    const repository = this.repositoryOf(pullRequest);
    pullRequest.baseSha = repository.branches[pullRequest.baseRef];
    pullRequest.mergeBaseSha = this.#world.repositories.mergeBase({
      repository,
      a: pullRequest.baseSha,
      b: pullRequest.headSha,
    });
    this.#indexHeadSha(pullRequest);
    const files = this.files(pullRequest);
    pullRequest.changedFiles = files.length;
    pullRequest.additions = files.reduce((sum, f) => sum + f.additions, 0);
    pullRequest.deletions = files.reduce((sum, f) => sum + f.deletions, 0);
  }

  #requireOpen(pullRequest: PullRequest): void {
    if (pullRequest.state === 'closed') {
      throw GitHubError.validation('Pull request is closed');
    }
  }

  #requireHead(pullRequest: PullRequest, sha: string | undefined): void {
    if (sha !== undefined && sha !== pullRequest.headSha) {
      throw new GitHubError(
        409,
        'Head branch was modified. Review and try the merge again.',
      );
    }
  }
}
