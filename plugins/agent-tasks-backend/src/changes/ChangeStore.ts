import {
  HostChange,
  RepositoryRef,
} from '@agent-tasks/plugin-agent-tasks-node';
import { Change, TaskState } from '@agent-tasks/plugin-agent-tasks-common';
import { Transaction } from '../database/connect';

/** A change as it is stored. */
export interface StoredChange {
  id: string;
  taskId: string;
  attemptId: string;
  codeHost: string;
  globalId: string;
  state: Change['state'];
  draft: boolean;
  number?: number;
  url?: string;
  headBranch?: string;
  baseBranch?: string;
  headCommit?: string;
  checks?: Change['checks'];
  review?: Change['review'];
  mergedBy?: string;
  /** This system has marked it ready for review, or would take the offer of others back. */
  offered: boolean;
  problems: number;
}

/** A change that is due, with what is needed to read it and to go on. */
export interface DueChange extends StoredChange {
  campaignId: string;
  taskState: TaskState;
  repository: RepositoryRef;
}

/** The pull requests of tasks. */
export interface ChangeStore {
  /** Writes down a change that a task produced. False: it was known, or the task has another open one. */
  insert(
    tx: Transaction,
    change: {
      id: string;
      taskId: string;
      attemptId: string;
      codeHost: string;
      globalId: string;
    },
    at: Date,
  ): Promise<boolean>;

  /** The newest change of a task. */
  newestOf(taskId: string, tx?: Transaction): Promise<StoredChange | undefined>;

  /** The newest change of each of some tasks. */
  newestOfMany(
    tx: Transaction,
    taskIds: readonly string[],
  ): Promise<Map<string, StoredChange>>;

  /** Whether a code host has open changes that are due. */
  hasDue(options: { codeHost: string; now: Date }): Promise<boolean>;

  /**
   * Takes open changes of a code host that are due by `until`, the first ones first; they are due again at `nextAt`, should
   * this replica die.
   */
  claimDue(options: {
    codeHost: string;
    until: Date;
    nextAt: Date;
    limit: number;
  }): Promise<DueChange[]>;

  /** Reads a change and keeps others from changing it until the transaction ends. */
  lock(tx: Transaction, id: string): Promise<StoredChange | undefined>;

  /**
   * Writes down what the host reported, and when it is read next. A hint that came while the host was read has made the
   * change due earlier than `claimedUntil`; it stays in force.
   */
  update(
    tx: Transaction,
    options: {
      id: string;
      seen: HostChange;
      at: Date;
      claimedUntil: Date;
      dueAt: Date;
    },
  ): Promise<void>;

  /** Closes a change that this system closed itself, before the host was read again. */
  markClosed(tx: Transaction, options: { id: string; at: Date }): Promise<void>;

  /** Writes down when it was marked ready for review; `undefined`: that was taken back. */
  markOffered(
    tx: Transaction,
    options: { id: string; at: Date | undefined },
  ): Promise<void>;

  /** Makes a change due; `problem` counts one more in a row, otherwise none. */
  setDue(options: { id: string; at: Date; problem: boolean }): Promise<void>;

  /** Makes open changes due, by the host's id, by task or by repository. */
  makeDue(
    tx: Transaction | undefined,
    options: (
      { globalId: string } | { taskId: string } | { repository: string }
    ) & { at: Date },
  ): Promise<void>;
}
