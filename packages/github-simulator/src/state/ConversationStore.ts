import { GitHubError } from '../errors';
import { Account, IssueComment, Label, PullRequest } from './entities';
import { nodeId } from './nodeId';
import type { World } from './World';

/** @public */
export interface ConversationStoreData {
  comments: IssueComment[];
}

/** Labels and comments of pull requests. @public */
export class ConversationStore {
  readonly #world: World;
  readonly #comments = new Map<number, IssueComment>();
  readonly #byPullRequest = new Map<number, IssueComment[]>();

  private constructor(world: World) {
    this.#world = world;
  }

  static create(world: World): ConversationStore {
    return new ConversationStore(world);
  }

  getComment(id: number): IssueComment | undefined {
    return this.#comments.get(id);
  }

  /** Oldest first. */
  listComments(pullRequest: PullRequest): IssueComment[] {
    return this.#byPullRequest.get(pullRequest.id) ?? [];
  }

  addComment(options: {
    pullRequest: PullRequest;
    user: Account;
    body: string;
  }): IssueComment {
    const { pullRequest, user, body } = options;
    const now = this.#world.clock.now();
    const id = this.#world.nextId('comment');
    const comment: IssueComment = {
      id,
      nodeId: nodeId({
        kind: 'IC',
        repositoryId: pullRequest.repositoryId,
        id,
      }),
      pullRequestId: pullRequest.id,
      userId: user.id,
      body,
      createdAt: now,
      updatedAt: now,
    };
    this.#add(comment);
    this.#emit(comment, 'created', user);
    return comment;
  }

  updateComment(options: {
    comment: IssueComment;
    sender: Account;
    body: string;
  }): void {
    const { comment, sender, body } = options;
    comment.body = body;
    comment.updatedAt = this.#world.clock.now();
    this.#emit(comment, 'edited', sender);
  }

  labels(pullRequest: PullRequest): Label[] {
    const repository = this.#world.pullRequests.repositoryOf(pullRequest);
    return repository.labels.filter(label =>
      pullRequest.labelIds.includes(label.id),
    );
  }

  addLabels(options: {
    pullRequest: PullRequest;
    names: string[];
    sender: Account;
  }): Label[] {
    const { pullRequest, names, sender } = options;
    const repository = this.#world.pullRequests.repositoryOf(pullRequest);
    for (const name of names) {
      const label = this.#world.repositories.ensureLabel({ repository, name });
      if (!pullRequest.labelIds.includes(label.id)) {
        pullRequest.labelIds.push(label.id);
        this.#world.pullRequests.emit(pullRequest, 'labeled', sender, {
          label,
        });
      }
    }
    return this.labels(pullRequest);
  }

  removeLabel(options: {
    pullRequest: PullRequest;
    name: string;
    sender: Account;
  }): Label[] {
    const { pullRequest, name, sender } = options;
    const label = this.labels(pullRequest).find(
      candidate =>
        candidate.name.toLocaleLowerCase('en-US') ===
        name.toLocaleLowerCase('en-US'),
    );
    if (!label) {
      throw new GitHubError(404, 'Label does not exist');
    }
    pullRequest.labelIds = pullRequest.labelIds.filter(id => id !== label.id);
    this.#world.pullRequests.emit(pullRequest, 'unlabeled', sender, { label });
    return this.labels(pullRequest);
  }

  load(data: ConversationStoreData): void {
    data.comments.forEach(comment => this.#add(comment));
  }

  toData(): ConversationStoreData {
    return { comments: [...this.#comments.values()] };
  }

  #add(comment: IssueComment): void {
    this.#comments.set(comment.id, comment);
    const list = this.#byPullRequest.get(comment.pullRequestId);
    if (list) {
      list.push(comment);
    } else {
      this.#byPullRequest.set(comment.pullRequestId, [comment]);
    }
  }

  #emit(
    comment: IssueComment,
    action: 'created' | 'edited' | 'deleted',
    sender: Account,
  ): void {
    const pullRequest = this.#world.pullRequests.get(comment.pullRequestId)!;
    pullRequest.updatedAt = this.#world.clock.now();
    this.#world.events.emit('issue_comment', {
      action,
      repository: this.#world.pullRequests.repositoryOf(pullRequest),
      pullRequest,
      comment,
      sender,
    });
  }
}
