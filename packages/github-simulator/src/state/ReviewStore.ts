import { GitHubError } from '../errors';
import { CODEOWNERS_PATHS, ownersOf, parseCodeOwners } from './codeOwners';
import { Account, PullRequest, Review, ReviewState, Team } from './entities';
import { nodeId } from './nodeId';
import type { World } from './World';

/** @public */
export interface ReviewStoreData {
  reviews: Review[];
}

/** GraphQL's `reviewDecision`; `undefined` where no review is needed and none was given. @public */
export type ReviewDecision =
  'APPROVED' | 'CHANGES_REQUESTED' | 'REVIEW_REQUIRED';

/** Reviews of pull requests, and who was asked for one. @public */
export class ReviewStore {
  readonly #world: World;
  readonly #reviews = new Map<number, Review>();
  readonly #byPullRequest = new Map<number, Review[]>();

  private constructor(world: World) {
    this.#world = world;
  }

  static create(world: World): ReviewStore {
    return new ReviewStore(world);
  }

  get(id: number): Review | undefined {
    return this.#reviews.get(id);
  }

  /** Oldest first. */
  list(pullRequest: PullRequest): Review[] {
    return this.#byPullRequest.get(pullRequest.id) ?? [];
  }

  submit(options: {
    pullRequest: PullRequest;
    user: Account;
    state: Exclude<ReviewState, 'DISMISSED'>;
    body?: string;
    commitSha?: string;
  }): Review {
    const { pullRequest, user, state } = options;
    if (pullRequest.authorId === user.id && state !== 'COMMENTED') {
      throw GitHubError.validation(
        state === 'APPROVED'
          ? 'Review Can not approve your own pull request'
          : 'Review Can not request changes on your own pull request',
      );
    }
    const id = this.#world.nextId('review');
    const review: Review = {
      id,
      nodeId: nodeId({
        kind: 'PRR',
        repositoryId: pullRequest.repositoryId,
        id,
      }),
      pullRequestId: pullRequest.id,
      userId: user.id,
      state,
      body: options.body ?? '',
      commitSha: options.commitSha ?? pullRequest.headSha,
      submittedAt: this.#world.clock.now(),
    };
    this.#add(review);
    pullRequest.requestedReviewerIds = pullRequest.requestedReviewerIds.filter(
      requested => requested !== user.id,
    );
    pullRequest.requestedTeamIds = pullRequest.requestedTeamIds.filter(
      teamId =>
        !this.#world.accounts.getTeam(teamId)?.memberIds.includes(user.id),
    );
    this.#emit(review, 'submitted', user);
    this.#world.pullRequests.reconsiderAutoMerge({ pullRequest });
    return review;
  }

  dismiss(options: { review: Review; sender: Account }): void {
    const { review, sender } = options;
    if (review.state === 'COMMENTED' || review.state === 'DISMISSED') {
      throw GitHubError.validation(
        'Can not dismiss a commented or dismissed pull request review',
      );
    }
    review.state = 'DISMISSED';
    this.#emit(review, 'dismissed', sender);
  }

  /** Called after a push: approvals become void where protection says so. */
  dismissStale(options: { pullRequest: PullRequest; sender: Account }): void {
    const { pullRequest, sender } = options;
    if (this.#protection(pullRequest)?.dismissStaleReviews) {
      for (const review of this.list(pullRequest)) {
        if (review.state === 'APPROVED') {
          this.dismiss({ review, sender });
        }
      }
    }
  }

  request(options: {
    pullRequest: PullRequest;
    users: Account[];
    teams: Team[];
    sender: Account;
  }): void {
    const { pullRequest, users, teams, sender } = options;
    if (users.some(user => user.id === pullRequest.authorId)) {
      throw GitHubError.validation(
        'Review cannot be requested from pull request author.',
      );
    }
    for (const user of users) {
      if (!pullRequest.requestedReviewerIds.includes(user.id)) {
        pullRequest.requestedReviewerIds.push(user.id);
        this.#world.pullRequests.emit(pullRequest, 'review_requested', sender, {
          requestedReviewer: user,
        });
      }
    }
    for (const team of teams) {
      if (!pullRequest.requestedTeamIds.includes(team.id)) {
        pullRequest.requestedTeamIds.push(team.id);
        this.#world.pullRequests.emit(pullRequest, 'review_requested', sender, {
          requestedTeam: team,
        });
      }
    }
  }

  removeRequest(options: {
    pullRequest: PullRequest;
    users: Account[];
    teams: Team[];
    sender: Account;
  }): void {
    const { pullRequest, users, teams, sender } = options;
    for (const user of users) {
      if (pullRequest.requestedReviewerIds.includes(user.id)) {
        pullRequest.requestedReviewerIds =
          pullRequest.requestedReviewerIds.filter(id => id !== user.id);
        this.#world.pullRequests.emit(
          pullRequest,
          'review_request_removed',
          sender,
          { requestedReviewer: user },
        );
      }
    }
    for (const team of teams) {
      if (pullRequest.requestedTeamIds.includes(team.id)) {
        pullRequest.requestedTeamIds = pullRequest.requestedTeamIds.filter(
          id => id !== team.id,
        );
        this.#world.pullRequests.emit(
          pullRequest,
          'review_request_removed',
          sender,
          { requestedTeam: team },
        );
      }
    }
  }

  /** Asks the owners of the changed files, as GitHub does when a pull request is ready. */
  requestCodeOwners(options: {
    pullRequest: PullRequest;
    sender: Account;
  }): void {
    const { pullRequest, sender } = options;
    const owners = new Set(this.#codeOwners(pullRequest).flat());
    const { users, teams } = this.#resolveOwners(pullRequest, [...owners]);
    this.request({
      pullRequest,
      users: users.filter(user => user.id !== pullRequest.authorId),
      teams,
      sender,
    });
  }

  /** The latest review of each person that says yes or no and counts. */
  effective(pullRequest: PullRequest): Review[] {
    const latest = new Map<number, Review>();
    for (const review of this.list(pullRequest)) {
      if (review.state !== 'COMMENTED') {
        latest.set(review.userId, review);
      }
    }
    const repository = this.#world.pullRequests.repositoryOf(pullRequest);
    return [...latest.values()].filter(
      review =>
        review.state !== 'DISMISSED' &&
        // Whoever asked the agent for a change cannot give its counting approval.
        !(
          review.state === 'APPROVED' &&
          review.userId === pullRequest.agentRequesterId
        ) &&
        this.#world.repositories.hasRole({
          repository,
          user: this.#world.accounts.require(review.userId),
          role: 'write',
        }),
    );
  }

  decision(pullRequest: PullRequest): ReviewDecision | undefined {
    const effective = this.effective(pullRequest);
    if (effective.some(review => review.state === 'CHANGES_REQUESTED')) {
      return 'CHANGES_REQUESTED';
    }
    if (this.unmetRequirement(pullRequest)) {
      return 'REVIEW_REQUIRED';
    }
    return effective.length > 0 ? 'APPROVED' : undefined;
  }

  /** A sentence that says what reviews are missing; `undefined` when nothing is. */
  unmetRequirement(pullRequest: PullRequest): string | undefined {
    const protection = this.#protection(pullRequest);
    if (!protection) {
      return undefined;
    }
    const effective = this.effective(pullRequest);
    const approvals = effective.filter(review => review.state === 'APPROVED');
    const required = protection.requiredApprovals;
    if (required === 0 && !protection.requireCodeOwnerReview) {
      return undefined;
    }
    if (effective.some(review => review.state === 'CHANGES_REQUESTED')) {
      return 'Changes have been requested.';
    }
    if (approvals.length < required) {
      return `At least ${required} approving ${
        required === 1 ? 'review is' : 'reviews are'
      } required by reviewers with write access.`;
    }
    if (protection.requireCodeOwnerReview) {
      const approvers = new Set(approvals.map(review => review.userId));
      const missing = this.#codeOwners(pullRequest).some(owners => {
        const { users, teams } = this.#resolveOwners(pullRequest, owners);
        const ids = [
          ...users.map(user => user.id),
          ...teams.flatMap(team => team.memberIds),
        ];
        return ids.length > 0 && !ids.some(id => approvers.has(id));
      });
      if (missing) {
        return 'Waiting on code owner review.';
      }
    }
    return undefined;
  }

  load(data: ReviewStoreData): void {
    data.reviews.forEach(review => this.#add(review));
  }

  toData(): ReviewStoreData {
    return { reviews: [...this.#reviews.values()] };
  }

  #protection(pullRequest: PullRequest) {
    return this.#world.repositories.protectionOf({
      repository: this.#world.pullRequests.repositoryOf(pullRequest),
      branch: pullRequest.baseRef,
    });
  }

  /** The owners of each changed file that has some. */
  #codeOwners(pullRequest: PullRequest): string[][] {
    const repository = this.#world.pullRequests.repositoryOf(pullRequest);
    for (const path of CODEOWNERS_PATHS) {
      const text = this.#world.repositories.readFile({
        repository,
        ref: pullRequest.baseRef,
        path,
      });
      if (text !== undefined) {
        const rules = parseCodeOwners(text);
        return this.#world.pullRequests
          .files(pullRequest)
          .map(file => ownersOf({ rules, path: file.path }))
          .filter(owners => owners.length > 0);
      }
    }
    return [];
  }

  #resolveOwners(
    pullRequest: PullRequest,
    owners: string[],
  ): { users: Account[]; teams: Team[] } {
    const { accounts } = this.#world;
    const { ownerId } = this.#world.pullRequests.repositoryOf(pullRequest);
    const users: Account[] = [];
    const teams: Team[] = [];
    for (const owner of owners) {
      const [, organization, slug] = /^@([^/]+)\/(.+)$/.exec(owner) ?? [];
      const team =
        organization && accounts.getByLogin(organization)?.id === ownerId
          ? accounts.getTeamBySlug({ organizationId: ownerId, slug })
          : undefined;
      const user =
        !organization && owner.startsWith('@')
          ? accounts.getByLogin(owner.slice(1))
          : undefined;
      if (team) {
        teams.push(team);
      } else if (user) {
        users.push(user);
      }
    }
    return { users, teams };
  }

  #add(review: Review): void {
    this.#reviews.set(review.id, review);
    const list = this.#byPullRequest.get(review.pullRequestId);
    if (list) {
      list.push(review);
    } else {
      this.#byPullRequest.set(review.pullRequestId, [review]);
    }
  }

  #emit(
    review: Review,
    action: 'submitted' | 'dismissed',
    sender: Account,
  ): void {
    const pullRequest = this.#world.pullRequests.get(review.pullRequestId)!;
    pullRequest.updatedAt = this.#world.clock.now();
    this.#world.events.emit('pull_request_review', {
      action,
      repository: this.#world.pullRequests.repositoryOf(pullRequest),
      pullRequest,
      review,
      sender,
    });
  }
}
