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
  continuation?: Continuation;
}

/** Names an attempt: found by its task. */
export interface AttemptRef {
  taskId: string;
  id: string;
}

/** An attempt to be. */
export interface NewAttempt extends AttemptRef {
  number: number;
  provider: string;
  /** When it may start; default: at once. */
  dueAt?: Date;
  continuation?: Continuation;
  /** This replica sends the request as soon as the transaction is committed: it is written as requested. */
  lease?: { id: string; until: Date };
}

/** How a further attempt goes on from the one before. */
export interface Continuation {
  /** What the one before failed with, for the prompt. */
  failure?: string;
  /** The branch whose open change it continues. */
  headBranch?: string;
  /** The branch that one goes into. */
  baseBranch?: string;
}

/** An attempt that this replica alone works on until the lease ends. */
export interface ClaimedAttempt extends StoredAttempt {
  leaseId: string;
  leaseUntil: Date;
  /** The state of its task when it was claimed. */
  taskState: TaskState;
  campaignId: string;
  /** The service account that it starts under. */
  account: string;
}

/** A confirmed attempt and the state of its task. */
export interface WatchedAttempt extends StoredAttempt {
  taskState: TaskState;
}

/** What a provider reported of a confirmed attempt. */
export interface AttemptReport extends AttemptRef {
  at: Date;
  branch?: string;
  aiCredits?: number;
  /** It has ended. */
  ended?: boolean;
  /** Why it failed, of one that has ended. */
  problem?: string;
}

/** What the provider started, and what became of it since. */
export interface Confirmed extends AttemptReport {
  providerTaskId: string;
  url?: string;
}

/** The starts of tasks. */
export interface AttemptStore {
  /** Writes down the intents to start. */
  insertIntents(
    tx: Transaction,
    attempts: NewAttempt[],
    at: Date,
  ): Promise<void>;

  /**
   * Finds attempts whose start is due and that no live replica works on, and keeps them from others until the transaction
   * ends.
   *
   * @param options.provider - whose; `except`: those of none of these
   */
  lockDue(
    tx: Transaction,
    options: {
      now: Date;
      limit: number;
      provider: string | { except: string[] };
    },
  ): Promise<ClaimedAttempt[]>;

  /**
   * Takes leases.
   *
   * @param options.requested - of those that bear `request: true` it is written down that a request is about to leave
   */
  lease(
    tx: Transaction,
    options: {
      attempts: (ClaimedAttempt & { request: boolean })[];
      at: Date;
      leaseUntil: Date;
    },
  ): Promise<void>;

  /** Puts off what is due. */
  putOff(
    tx: Transaction,
    options: { attempts: AttemptRef[]; until: Date },
  ): Promise<void>;

  /**
   * Writes down that a request is about to leave, again. False: the lease is no longer this replica's, or somebody else
   * has moved the attempt on; the request must not leave.
   */
  markRequested(
    tx: Transaction,
    attempt: ClaimedAttempt,
    at: Date,
  ): Promise<boolean>;

  /** The ids of those that have been neither confirmed nor ended, kept from others until the transaction ends. */
  lockUnconfirmed(
    tx: Transaction,
    attempts: readonly AttemptRef[],
  ): Promise<Set<string>>;

  /** The ids of those that are confirmed and have not ended, locked; after their tasks. */
  lockConfirmed(
    tx: Transaction,
    attempts: readonly AttemptRef[],
  ): Promise<Set<string>>;

  /** Writes down which tasks the provider started, of attempts that are locked and not confirmed. */
  confirm(tx: Transaction, confirmations: Confirmed[]): Promise<void>;

  /**
   * Ends an attempt that has not been confirmed. False: it has moved on, or the lease is no longer the caller's; what was
   * to follow from the end must not.
   */
  close(
    tx: Transaction,
    options: AttemptRef & {
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

  /** The newest attempt of each of some tasks. */
  newestOfMany(
    tx: Transaction,
    taskIds: readonly string[],
  ): Promise<Map<string, StoredAttempt>>;

  /** Writes down that tasks are queued again by hand, and how their next attempts go on. */
  insertRetries(
    tx: Transaction,
    options: {
      retries: readonly {
        taskId: string;
        number: number;
        continuation?: Continuation;
      }[];
      actor: string;
      reason?: string;
      at: Date;
    },
  ): Promise<void>;

  /** How the next attempts of tasks that were queued again go on, by task. */
  continuationsOf(
    tx: Transaction,
    tasks: readonly { id: string; attemptsBefore: number }[],
  ): Promise<Map<string, Continuation>>;

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

  /** How many tasks of each service account wait for their first request, by the name of the account. */
  countWaiting(tx?: Transaction): Promise<Map<string, number>>;

  /** How many attempts of a provider are under way. */
  countUnderWay(provider: string): Promise<number>;

  /** Writes down what the provider reported, of those that are confirmed and have not ended. */
  report(tx: Transaction, reports: AttemptReport[]): Promise<void>;
}
