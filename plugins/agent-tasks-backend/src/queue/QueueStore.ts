import { Transaction } from '../database/connect';
import { BrakeTarget } from '../policy/brakes';
import { Lane } from '../policy/slots';
import { SlotCounts, TaskRecord } from './TaskStore';

/** Which of a team's queued tasks are asked for. */
export interface TeamWish {
  team: string;
  /** At most so many. */
  wanted: number;
  /** The lanes that are open to the team. */
  lanes: Lane[];
}

/** What is closed to all teams, and how far a repository may be filled. */
export interface OpenGates {
  /** Providers at which tasks can be started. */
  providers: readonly string[];
  /** Accounts that take nothing now, as `provider account`. */
  closedAccounts: readonly string[];
  /** Repositories that take nothing now for a reason that the counters do not show. */
  closedRepositories: readonly string[];
  /** Limits of each repository. */
  repository: { running: number; changes: number; auto: number };
}

/** The queue, as admission sees it. */
export interface QueueStore {
  /**
   * Serialises admission until the transaction ends, and reads under that lock.
   *
   * @param read - asks the transaction; what it asks for is answered after the lock was taken
   * @returns `undefined`: the counters are not known, and nothing may start
   */
  lockAndRead<T>(
    tx: Transaction,
    read: () => Promise<T>,
  ): Promise<T | undefined>;

  /**
   * How many slots are taken; of repositories only of those named.
   *
   * @param options.at - asked once they are read; the day of which admissions are counted
   */
  readCounts(
    tx: Transaction,
    options: { at: () => Date; repositories: readonly string[] },
  ): Promise<SlotCounts>;

  /**
   * Of each team the tasks that go first, of repositories that have room. They are locked; those that somebody else has
   * locked are passed over, so that admission waits for nobody. With them come the slots taken of their repositories, by
   * key of a limit.
   *
   * @remarks
   *
   * Costs as much as what it returns and the repositories it passes over, however many tasks wait.
   */
  nextOf(
    tx: Transaction,
    options: { wishes: readonly TeamWish[]; gates: OpenGates },
  ): Promise<{ tasks: TaskRecord[]; taken: ReadonlyMap<string, number> }>;

  /** Whether the change of any task waits for a review slot. */
  isReviewAwaited(tx: Transaction): Promise<boolean>;

  /**
   * Tasks whose change waits for a review slot, locked: the first of each team, then the second of each.
   *
   * @param options.without - teams that are not looked at
   */
  awaitingReview(
    tx: Transaction,
    options: { limit: number; without: readonly string[] },
  ): Promise<TaskRecord[]>;

  /** Writes down how much was decided. */
  countDecisions(
    tx: Transaction,
    decided: { admitted: number; held: number },
  ): Promise<void>;

  /** What was decided so far. */
  readDecisions(): Promise<{ rounds: number; admitted: number; held: number }>;

  /** Lets brakes on templates and campaigns hold the queued tasks that they are on, and no others. */
  applyBrakes(brakes: readonly BrakeTarget[]): Promise<void>;

  /**
   * Proves counters and lines against a full count and sets them right. Returns what was wrong.
   */
  reconcile(
    tx: Transaction,
    at: Date,
  ): Promise<{ key: string; counter: number; counted: number }[]>;
}
