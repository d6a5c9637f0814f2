import { RepositoryRef } from './RepositoryRef';

/**
 * What the host knows of a repository before a task is planned on it.
 *
 * @public
 */
export interface HostRepository {
  /** In the host's own spelling; after a rename, the new one. */
  ref: RepositoryRef;
  url: string;
  defaultBranch: string;
  archived: boolean;
}

/** @public */
export type HostChangeState = 'open' | 'merged' | 'closed';

/** The outcome of all checks on a head commit, as the host sums them up. @public */
export type HostChecksState = 'none' | 'pending' | 'passed' | 'failed';

/** @public */
export type HostReviewState =
  'none' | 'required' | 'approved' | 'changes_requested';

/**
 * A pull request, or what the host calls it.
 *
 * @public
 */
export interface HostChange {
  globalId: string;
  number: number;
  url: string;
  title: string;
  state: HostChangeState;
  /** Not yet offered for review. */
  draft: boolean;
  headBranch: string;
  headCommit: string;
  baseBranch: string;
  additions: number;
  deletions: number;
  changedFiles: number;
  checks: HostChecksState;
  review: HostReviewState;
  /** Login of the person that merged it. */
  mergedBy?: string;
  /** ISO 8601. */
  createdAt: string;
  /** ISO 8601. */
  updatedAt: string;
  /** ISO 8601: merged or closed at. */
  settledAt?: string;
}

/**
 * An open change whose author is a coding agent, whoever started it.
 *
 * @public
 */
export interface HostAgentChange {
  globalId: string;
  number: number;
  url: string;
  title: string;
  /** Login of the agent, or of the person in whose name it opened the change. */
  author: string;
  headBranch: string;
  additions: number;
  deletions: number;
  /** ISO 8601. */
  createdAt: string;
}

/** A change and where it lives. @public */
export interface HostChangeRef {
  repository: RepositoryRef;
  globalId: string;
}

/**
 * The change that took a merged one back.
 *
 * @public
 */
export interface HostRevert {
  /** Of the change that took it back. */
  number: number;
  /** Its page. */
  url: string;
  /** ISO 8601: when it was merged, which is when the other one was reverted. */
  mergedAt: string;
}

/** What became of one part of a stop. @public */
export interface StopStep {
  /** What was to be stopped. */
  what: 'workflow_run' | 'change' | 'branch';
  /** `done`: it stopped; `absent`: there was none; `failed`: it goes on, `reason` says why. */
  outcome: 'done' | 'absent' | 'failed';
  /** A sentence for people. */
  reason?: string;
  /** Whether a later try may succeed; of `failed` alone. */
  retryable?: boolean;
}

/**
 * Where repositories and changes live.
 *
 * @remarks
 *
 * Every method throws a {@link ProviderError}. Each request uses a credential for the repositories named alone.
 *
 * @public
 */
export interface CodeHost {
  /** Such as `github`. */
  readonly id: string;
  readonly title: string;
  /** The host in web addresses that this code host serves, such as `github.com`. */
  readonly host: string;

  /**
   * Reads repositories. One that the host does not know, or that the credentials do not cover, is not in the map.
   * Keys are `stringifyRepositoryRef` of the refs asked for.
   */
  getRepositories(options: {
    repositories: RepositoryRef[];
    signal: AbortSignal;
  }): Promise<Map<string, HostRepository>>;

  /**
   * Reads changes, a hundred a request. One that no longer exists, or whose owner's credentials are refused while others
   * are read, is not in the map. Throws where none could be read. Keys are global ids.
   */
  getChanges(options: {
    changes: HostChangeRef[];
    signal: AbortSignal;
  }): Promise<Map<string, HostChange>>;

  /**
   * Lists the open changes that coding agents authored, drafts too. A repository that could not be read is not in the map,
   * so that what is known of it stays. Throws where none could be read. Keys are `stringifyRepositoryRef` of the refs asked
   * for. A host that cannot tell has no such method.
   */
  listAgentChanges?(options: {
    repositories: RepositoryRef[];
    signal: AbortSignal;
  }): Promise<Map<string, HostAgentChange[]>>;

  /**
   * Finds out which of some merged changes were taken back by another change of the same repository that was merged, a
   * hundred a request. One that was not, that no longer exists, or that could not be read is not in the map. Throws where
   * none could be read. Keys are the global ids asked for. A host that cannot tell has no such method.
   */
  findReverts?(options: {
    changes: HostChangeRef[];
    signal: AbortSignal;
  }): Promise<Map<string, HostRevert>>;

  /** Offers a draft for review. Done already is no error. */
  markReadyForReview(options: {
    change: HostChangeRef;
    signal: AbortSignal;
  }): Promise<void>;

  /** Makes an open change a draft again. Done already is no error. A host without drafts has no such method. */
  convertToDraft?(options: {
    change: HostChangeRef;
    signal: AbortSignal;
  }): Promise<void>;

  /**
   * Stops what a task left running, as far as the host can: its workflow runs on the branch, the change, the branch.
   * Best effort: each step says what became of it. Not a reason to throw is a step that failed.
   */
  stop(options: {
    repository: RepositoryRef;
    /** The agent's branch, where one is known. */
    branch?: string;
    change?: HostChangeRef;
    signal: AbortSignal;
  }): Promise<StopStep[]>;
}
