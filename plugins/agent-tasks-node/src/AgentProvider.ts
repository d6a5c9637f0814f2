import { RepositoryRef } from './RepositoryRef';

/**
 * What a provider's API can do. The backend chooses its protocol by this.
 *
 * @public
 */
export interface AgentProviderCapabilities {
  /**
   * How a second start of the same attempt is prevented.
   *
   * - `idempotent`: the provider accepts a key and answers a repeated start with the first task.
   * - `findable`: there is no key, but a task that was started can be found by the marker in its prompt.
   * - `neither`: an unanswered start cannot be decided, and a person has to look.
   */
  start: 'idempotent' | 'findable' | 'neither';
  /** Whether the provider itself can stop a task that runs. */
  cancel: boolean;
  /** Whether a task can go on in an open change, on the branch that `startTask` is told as `headBranch`. Default: no. */
  continues?: boolean;
  /** How many starts one replica may have under way at once; default: what the portal is configured for. */
  startsAtOnce?: number;
}

/**
 * The state of a task at its provider, in words that all providers share.
 *
 * - `queued`, `running`: it goes on by itself.
 * - `needs_input`: it waits for a person at the provider.
 * - `completed`, `failed`, `timed_out`, `cancelled`: it has settled.
 *
 * @public
 */
export type ProviderTaskState =
  | 'queued'
  | 'running'
  | 'needs_input'
  | 'completed'
  | 'failed'
  | 'timed_out'
  | 'cancelled';

/**
 * A task as its provider reports it.
 *
 * @public
 */
export interface ProviderTask {
  /** The provider's own id. */
  id: string;
  state: ProviderTaskState;
  /** The page that shows the task to people. */
  url?: string;
  /** ISO 8601, by the provider's clock. */
  createdAt: string;
  /** ISO 8601, by the provider's clock. */
  updatedAt: string;
  /** What the task produced so far. */
  artifacts: ProviderArtifact[];
  /** Why it failed, in the provider's words. Known only to a full read of the task. */
  failureMessage?: string;
  /** What the task used so far. Known only to a full read of the task. */
  aiCredits?: number;
}

/**
 * Something that a task produced.
 *
 * @public
 */
export type ProviderArtifact =
  | {
      type: 'change';
      /** The code host's id of the change, as `CodeHost.getChanges` takes it. */
      globalId: string;
    }
  | { type: 'branch'; branch: string; baseBranch: string };

/** @public */
export interface StartTaskOptions {
  repository: RepositoryRef;
  /** The whole prompt. It bears `marker`. */
  prompt: string;
  /** Unique to the attempt; a repeated start of the same attempt has the same one. */
  marker: string;
  /** The branch to start from; without it the repository's default branch. */
  baseBranch?: string;
  /**
   * The branch of an open change to go on in, which goes into `baseBranch`; only where `capabilities.continues`. Without
   * it the provider makes a branch and a change.
   */
  headBranch?: string;
  /** The model to use; without it the provider's default. */
  model?: string;
  /** The name of a custom agent of the repository. */
  customAgent?: string;
  /** Ends the request. The start may have happened all the same. */
  signal: AbortSignal;
}

/** @public */
export interface FindTaskOptions {
  repository: RepositoryRef;
  marker: string;
  /** ISO 8601: the task was started at this time or later, by the backend's clock. */
  startedAfter: string;
  /** Ids of tasks that are known to be something else: they need not be read. */
  knownIds: ReadonlySet<string>;
  signal: AbortSignal;
}

/** @public */
export interface ListChangedTasksOptions {
  /** What the last round returned as `cursor`; without it the provider chooses a recent start. */
  cursor?: string;
  signal: AbortSignal;
}

/** @public */
export interface ListChangedTasksResult {
  tasks: ProviderTask[];
  /** Where the next round begins. It overlaps: a task may be reported again, none is left out. */
  cursor?: string;
}

/**
 * A coding agent that an API call can start.
 *
 * @remarks
 *
 * Every method throws a {@link ProviderError} that says what is certain about the effect; any other error counts as
 * one whose effect is unknown. None of them retries by itself: the backend does, under its own limits.
 *
 * @public
 */
export interface AgentProvider {
  /** Such as `github-copilot`. Stored with each attempt: it must never change. */
  readonly id: string;
  /** The name that people know. */
  readonly title: string;
  readonly capabilities: AgentProviderCapabilities;

  /**
   * The name of the service account under which tasks start in a repository; default: the provider has one account.
   * Limits and backpressure are per account.
   */
  accountFor?(repository: RepositoryRef): string;

  /** Starts a task: one request. */
  startTask(options: StartTaskOptions): Promise<ProviderTask>;

  /**
   * Searches for the task that bears a marker. `undefined` means that the provider's complete answer does not hold
   * it; a search that could not be completed throws. Needed where `capabilities.start` is `findable`.
   */
  findTask?(options: FindTaskOptions): Promise<ProviderTask | undefined>;

  /** Tasks that changed since the cursor, for all repositories at once. Tasks of other origin may be among them. */
  listChangedTasks(
    options: ListChangedTasksOptions,
  ): Promise<ListChangedTasksResult>;

  /**
   * All tasks that have not settled, for all repositories at once, in a request for many of them. One that changes while
   * the answer is read may be left out: it is then read by itself. Without it all are read by themselves that
   * `listChangedTasks` has not named for long.
   */
  listUnsettledTasks?(options: {
    signal: AbortSignal;
  }): Promise<ProviderTask[]>;

  /** One task in full. `undefined`: the provider does not know it. */
  getTask(options: {
    repository: RepositoryRef;
    id: string;
    signal: AbortSignal;
  }): Promise<ProviderTask | undefined>;

  /** Stops a task. Needed where `capabilities.cancel` is true. */
  stopTask?(options: {
    repository: RepositoryRef;
    id: string;
    signal: AbortSignal;
  }): Promise<void>;
}
