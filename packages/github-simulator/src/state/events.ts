import { EventEmitter } from 'events';
import {
  Account,
  AgentTask,
  CheckRun,
  CheckSuite,
  Commit,
  CommitStatus,
  Deployment,
  IssueComment,
  Label,
  PullRequest,
  Repository,
  Review,
  Team,
  WorkflowRun,
} from './entities';
import { DependabotAlert } from './DependabotAlert';

/** @public */
export type PullRequestAction =
  | 'opened'
  | 'edited'
  | 'synchronize'
  | 'ready_for_review'
  | 'converted_to_draft'
  | 'closed'
  | 'reopened'
  | 'labeled'
  | 'unlabeled'
  | 'review_requested'
  | 'review_request_removed'
  | 'auto_merge_enabled'
  | 'auto_merge_disabled';

/** What happened, after it happened. Names are those of GitHub's webhooks, but for `task`. @public */
export interface WorldEventMap {
  pull_request: {
    action: PullRequestAction;
    repository: Repository;
    pullRequest: PullRequest;
    sender: Account;
    /** Of `synchronize`: the head commits. */
    before?: string;
    after?: string;
    label?: Label;
    requestedReviewer?: Account;
    requestedTeam?: Team;
  };
  pull_request_review: {
    action: 'submitted' | 'dismissed';
    repository: Repository;
    pullRequest: PullRequest;
    review: Review;
    sender: Account;
  };
  issue_comment: {
    action: 'created' | 'edited' | 'deleted';
    repository: Repository;
    pullRequest: PullRequest;
    comment: IssueComment;
    sender: Account;
  };
  check_run: {
    action: 'created' | 'completed';
    repository: Repository;
    checkRun: CheckRun;
    sender: Account;
  };
  check_suite: {
    action: 'requested' | 'completed';
    repository: Repository;
    checkSuite: CheckSuite;
    sender: Account;
  };
  status: { repository: Repository; status: CommitStatus; sender: Account };
  workflow_run: {
    action: 'requested' | 'in_progress' | 'completed';
    repository: Repository;
    workflowRun: WorkflowRun;
    sender: Account;
  };
  push: {
    repository: Repository;
    /** `refs/heads/…` */
    ref: string;
    /** 40 zeros when the branch is new. */
    before: string;
    /** 40 zeros when the branch is gone. */
    after: string;
    commits: Commit[];
    sender: Account;
  };
  deployment_status: {
    repository: Repository;
    deployment: Deployment;
    sender: Account;
  };
  dependabot_alert: {
    action: 'created' | 'fixed';
    repository: Repository;
    alert: DependabotAlert;
    sender: Account;
  };
  repository: {
    action: 'created' | 'edited' | 'archived' | 'unarchived' | 'renamed';
    repository: Repository;
    sender: Account;
  };
  /** No webhook: GitHub has none for agent tasks. */
  task: { action: 'created' | 'updated'; task: AgentTask };
}

/** @public */
export type WorldEventName = keyof WorldEventMap;

/**
 * Domain events. Listeners run at once, within the operation; one that throws does not disturb the operation.
 *
 * @public
 */
export class WorldEvents {
  readonly #emitter = new EventEmitter();
  readonly #errors: unknown[] = [];

  constructor() {
    this.#emitter.setMaxListeners(0);
  }

  /** What listeners threw, so that a test can ask for it. */
  get errors(): readonly unknown[] {
    return this.#errors;
  }

  /** Returns a function that ends the subscription. */
  on<K extends WorldEventName>(
    name: K,
    listener: (event: WorldEventMap[K]) => void,
  ): () => void {
    this.#emitter.on(name, listener);
    return () => this.#emitter.off(name, listener);
  }

  /** Every event of every name. */
  onAny(
    listener: <K extends WorldEventName>(
      name: K,
      event: WorldEventMap[K],
    ) => void,
  ): () => void {
    this.#emitter.on('*', listener);
    return () => this.#emitter.off('*', listener);
  }

  emit<K extends WorldEventName>(name: K, event: WorldEventMap[K]): void {
    for (const listener of this.#emitter.listeners(name)) {
      this.#call(() => listener(event));
    }
    for (const listener of this.#emitter.listeners('*')) {
      this.#call(() => listener(name, event));
    }
  }

  #call(listener: () => void): void {
    try {
      listener();
    } catch (error) {
      this.#errors.push(error);
    }
  }
}
