import { Attempt, TaskState } from '@agent-tasks/plugin-agent-tasks-common';
import { Transaction } from '../database/connect';

/** An attempt as it is stored. */
export interface StoredAttempt {
  /** The marker in the prompt. */
  id: string;
  taskId: string;
  number: number;
  state: Attempt['state'];
  provider: string;
  providerTaskId?: string;
  branch?: string;
  requests: number;
  /** What went wrong last, for people. */
  problem?: string;
  /** Problems in a row; the backoff grows with them. */
  problems: number;
  requestedAt?: Date;
  firstRequestedAt?: Date;
  seenAt?: Date;
}

/** An attempt that this replica alone works on until the lease ends. */
export interface ClaimedAttempt extends StoredAttempt {
  leaseId: string;
  leaseUntil: Date;
}

/** A confirmed attempt and the state of its task. */
export interface WatchedAttempt extends StoredAttempt {
  taskState: TaskState;
}

/** The starts of tasks. */
export interface AttemptStore {
  /** Writes down the intent to start. */
  insertIntent(
    tx: Transaction,
    attempt: { id: string; taskId: string; number: number; provider: string },
    at: Date,
  ): Promise<void>;

  /** Takes attempts whose start is due and that no live replica works on. */
  claimStarts(options: {
    now: Date;
    leaseUntil: Date;
    limit: number;
  }): Promise<ClaimedAttempt[]>;

  /**
   * Writes down that a request is about to leave. False: the lease is no longer this replica's, or somebody else has
   * moved the attempt on; the request must not leave.
   */
  markRequested(
    tx: Transaction,
    attempt: ClaimedAttempt,
    at: Date,
  ): Promise<boolean>;

  /**
   * Writes down which task the provider started. False: the attempt was confirmed or ended before.
   */
  confirm(
    tx: Transaction,
    options: {
      id: string;
      providerTaskId: string;
      url?: string;
      at: Date;
    },
  ): Promise<boolean>;

  /**
   * Ends an attempt that has not been confirmed. False: it has moved on, or the lease is no longer the caller's; what was
   * to follow from the end must not.
   */
  close(
    tx: Transaction,
    options: {
      id: string;
      state: 'refused' | 'withdrawn';
      /** Only where it is in one of these states still; default: both that are not confirmed. */
      from?: ('intended' | 'requested')[];
      /** Only while this lease holds; of a caller that has claimed the attempt. */
      leaseId?: string;
      problem?: string;
      at: Date;
    },
  ): Promise<boolean>;

  /**
   * Gives the lease back; the attempt is looked at again at `dueAt`.
   *
   * @param options.state - `intended` where it is certain that the request had no effect
   */
  release(
    tx: Transaction,
    options: {
      attempt: ClaimedAttempt;
      state: 'intended' | 'requested';
      dueAt: Date;
      problem?: string;
    },
  ): Promise<void>;

  /** The newest attempt of a task. */
  newestOf(
    taskId: string,
    tx?: Transaction,
  ): Promise<StoredAttempt | undefined>;

  /** Which of the provider's tasks are this system's, and the states of their tasks. */
  findByProviderTaskIds(options: {
    provider: string;
    ids: string[];
  }): Promise<WatchedAttempt[]>;

  /** Ids of all tasks of a repository that the provider was found to have started for this system. */
  listProviderTaskIds(options: {
    provider: string;
    repository: string;
  }): Promise<Set<string>>;

  /** Attempts that run and that the provider has not reported since `seenBefore`. */
  listUnseen(options: {
    provider: string;
    seenBefore: Date;
    limit: number;
  }): Promise<WatchedAttempt[]>;

  /** How many attempts of a provider are under way. */
  countUnderWay(provider: string): Promise<number>;

  /** Writes down what the provider reported. */
  markSeen(
    tx: Transaction,
    options: { id: string; at: Date; branch?: string; aiCredits?: number },
  ): Promise<void>;

  /** Ends a confirmed attempt. */
  end(
    tx: Transaction,
    options: { id: string; at: Date; problem?: string },
  ): Promise<void>;
}
