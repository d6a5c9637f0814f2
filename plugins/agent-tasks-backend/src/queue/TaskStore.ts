import {
  Prompt,
  TaskComponent,
  TaskState,
} from '@agent-tasks/plugin-agent-tasks-common';
import { RepositoryRef } from '@agent-tasks/plugin-agent-tasks-node';
import { JsonObject } from '@backstage/types';
import { Transaction } from '../database/connect';
import { BrakedTask, BrakeTarget } from '../policy/brakes';
import { TaskFilter } from './TaskFilter';

/** A task as it is stored. */
export interface StoredTask {
  id: string;
  campaignId: string;
  /** Name of the template. */
  template: string;
  templateRevisionId: string;
  team: string;
  requester: string;
  /** Id of the provider. */
  provider: string;
  repository: RepositoryRef;
  repositoryUrl: string;
  prompt: Prompt;
  state: TaskState;
  stateReason?: string;
  stateSince: Date;
  runSlot: boolean;
  reviewSlot: boolean;
  cancelledBy?: string;
  createdAt: Date;
  updatedAt: Date;
  settledAt?: Date;
}

/** What a launch stores of a task. */
export type NewTask = Pick<
  StoredTask,
  | 'id'
  | 'campaignId'
  | 'template'
  | 'templateRevisionId'
  | 'team'
  | 'requester'
  | 'provider'
  | 'repository'
  | 'repositoryUrl'
  | 'prompt'
> & { components: TaskComponent[] };

/** A change of a task's state, with what is written about it. */
export interface TaskTransition {
  taskId: string;
  to: TaskState;
  at: Date;
  /** Why it is in the new state, for people; kept until the next transition. */
  reason?: string;
  /** Type, actor and sentence of the event that goes with it. */
  event: {
    type: string;
    actor: string;
    message: string;
    changeId?: string;
    details?: JsonObject;
  };
  /** Who asked for the stop; of a transition to `cancelling` or `cancelled`. */
  cancelledBy?: string;
  /** When the stop is tried; of a transition to `cancelling`. */
  stopDueAt?: Date;
}

/** How many slots of each limit are taken. A limit that is not named has none taken. */
export interface SlotCounts {
  /** False: the counters cannot be trusted, and nothing may start. */
  known: boolean;
  taken: ReadonlyMap<string, number>;
}

/**
 * The tasks and the slots that they hold.
 */
export interface TaskStore {
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;

  insert(tx: Transaction, tasks: NewTask[], at: Date): Promise<void>;

  get(id: string): Promise<StoredTask | undefined>;

  /** Reads a task and keeps others from changing it until the transaction ends. */
  lock(tx: Transaction, id: string): Promise<StoredTask | undefined>;

  /**
   * Moves a task to another state, with its event and its slots. `undefined`: the task is in a state that does not
   * allow it, as when somebody else was faster; nothing was written.
   */
  transition(
    tx: Transaction,
    transition: TaskTransition,
  ): Promise<StoredTask | undefined>;

  /**
   * Changes why a task is in its state, without an event: how often something is tried again is no history. Where it has
   * left the states that the reason is about, nothing is changed.
   */
  setReason(
    tx: Transaction,
    options: {
      taskId: string;
      reason: string | undefined;
      at: Date;
      whileIn: TaskState[];
    },
  ): Promise<void>;

  /** Gives back the review slot of a task that has settled before its change. */
  releaseReviewSlot(tx: Transaction, taskId: string): Promise<void>;

  /**
   * Serialises admission: reads which slots are taken and which tasks are next, and keeps the counts until the
   * transaction ends. Of each team the first tasks come first, so that however many another team has, none is left out.
   *
   * @param options.perLine - how many tasks of each team on each repository are looked at
   */
  lockQueue(
    tx: Transaction,
    options: {
      limit: number;
      perLine: number;
      /** Those at which tasks can be started. */
      providers: string[];
      /** What these hold back is passed over. */
      brakes: BrakeTarget[];
    },
  ): Promise<{
    counts: SlotCounts;
    queued: { id: string; team: string; repository: string }[];
  }>;

  /** Reads which slots are taken. */
  readCounts(): Promise<SlotCounts>;

  /**
   * Compares the counters with a full count of the tasks that hold slots, and sets them right. Returns what was wrong.
   */
  reconcileCounts(
    tx: Transaction,
  ): Promise<{ key: string; counter: number; counted: number }[]>;

  /** Tasks that are being cancelled and whose stop is due; the stop is due again at `nextAt`. */
  claimStops(options: {
    now: Date;
    nextAt: Date;
    limit: number;
  }): Promise<StoredTask[]>;

  /** Makes a stop due at another time. */
  setStopDue(
    tx: Transaction,
    options: { taskId: string; at: Date },
  ): Promise<void>;

  /** The queued tasks by team, repository, provider and template. */
  summarizeQueue(): Promise<
    (BrakedTask & { repository: string; queued: number; oldestAt: Date })[]
  >;

  /** Teams that have or had tasks, by name. */
  listTeams(): Promise<string[]>;

  /** Ids of the tasks whose agent starts or works, and that a brake holds back. */
  listWorking(brake: BrakeTarget): Promise<string[]>;

  /** How many tasks wait. */
  countQueued(): Promise<number>;

  /** The place of a queued task among those of its team; 1 is next. */
  positionOf(task: { id: string; team: string }): Promise<number>;

  /** Tasks that hold a slot of a limit, the oldest first. */
  listSlotHolders(options: {
    limitKey: string;
    limit: number;
    /** What the reader may see; `undefined`: everything. */
    visible: TaskFilter | undefined;
  }): Promise<{ id: string; team: string; repository: string }[]>;
}
