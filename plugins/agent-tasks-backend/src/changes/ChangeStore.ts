import {
  HostChange,
  RepositoryRef,
} from '@agent-tasks/plugin-agent-tasks-node';
import { Change } from '@agent-tasks/plugin-agent-tasks-common';
import { Transaction } from '../database/connect';
import { TaskRecord } from '../queue/TaskStore';

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
  repository: RepositoryRef;
  /** What says whether anything follows from what its host reports. */
  task: ChangeTask;
}

/** What is read of a task together with its change. */
export type ChangeTask = Pick<
  TaskRecord,
  'state' | 'lane' | 'autoSlot' | 'checksSlot' | 'awaitsReview'
>;

/** What a host reported of a change. */
export interface ChangeReport {
  id: string;
  seen: HostChange;
}

/** Which open changes are meant. */
export type ChangesToRead =
  | { globalId: string }
  | { taskId: string }
  /** With branches: those of them, and those whose branch is not known yet. */
  | { repository: string; headBranches?: readonly string[] };

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

  /** Which of the changes at a code host are known, by the host's ids. */
  known(
    tx: Transaction,
    options: { codeHost: string; globalIds: readonly string[] },
  ): Promise<Set<string>>;

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

  /** Reads changes and keeps others from changing them until the transaction ends. */
  lock(
    tx: Transaction,
    ids: readonly string[],
  ): Promise<Map<string, StoredChange>>;

  /** The ids of those changes that nobody else is changing now; nobody does until the transaction ends. */
  lockFree(tx: Transaction, ids: readonly string[]): Promise<string[]>;

  /**
   * Writes down what the host reported of open changes, in one statement, and when each is read next. A hint that came while
   * the host was read has made the change due earlier than `claimedUntil`; it stays in force.
   */
  update(
    tx: Transaction,
    options: {
      reports: readonly ChangeReport[];
      at: Date;
      claimedUntil: Date;
      dueAt: Date;
      /** When those are read next of which webhooks have told. */
      hintedDueAt: Date;
    },
  ): Promise<void>;

  /** Closes a change that this system closed itself, before the host was read again. */
  markClosed(tx: Transaction, options: { id: string; at: Date }): Promise<void>;

  /** Writes down when it was marked ready for review; `undefined`: that was taken back. */
  markOffered(
    tx: Transaction,
    options: { id: string; at: Date | undefined },
  ): Promise<void>;

  /** Makes a change due; there is no problem with it. */
  setDue(options: { id: string; at: Date }): Promise<void>;

  /** Puts changes off that could not be read; counts one more problem in a row for each. */
  putOff(changes: readonly { id: string; at: Date }[]): Promise<void>;

  /**
   * Makes open changes due.
   *
   * @param options.hint - their host told that there is something to read
   */
  makeDue(
    tx: Transaction | undefined,
    options: ChangesToRead & { at: Date; hint?: boolean },
  ): Promise<void>;
}
