import {
  Prompt,
  TaskComponent,
  TaskState,
} from '@agent-tasks/plugin-agent-tasks-common';
import { RepositoryRef } from '@agent-tasks/plugin-agent-tasks-node';
import { JsonObject } from '@backstage/types';
import { Transaction } from '../database/connect';
import { BrakeTarget } from '../policy/brakes';
import { Priority } from '../policy/rank';
import { Lane } from '../policy/slots';
import { LineKey } from './queueLines';
import { TaskFilter } from './TaskFilter';

/** A task as it is stored, but for its prompt. */
export interface TaskRecord {
  id: string;
  campaignId: string;
  /** Name of the template. */
  template: string;
  templateRevisionId: string;
  team: string;
  requester: string;
  /** Id of the provider. */
  provider: string;
  /** The service account at the provider under which it starts. */
  account: string;
  repository: RepositoryRef;
  repositoryUrl: string;
  lane: Lane;
  priority: Priority;
  /** Its place among those of its team, in microseconds: the lowest goes first. */
  rank: number;
  /** What the review of its change is estimated to take. */
  reviewMinutes: number;
  /** A brake on its template or campaign holds it. */
  braked: boolean;
  /** Attempts that it had when it was queued last. */
  attemptsBefore: number;
  state: TaskState;
  stateReason?: string;
  stateSince: Date;
  runSlot: boolean;
  reviewSlot: boolean;
  autoSlot: boolean;
  /** Its change has checks pending, or will have. */
  checksSlot: boolean;
  /** Its change fell out of the auto lane and waits, as a draft, for a review slot. */
  awaitsReview: boolean;
  cancelledBy?: string;
  /** When its stop is tried next; while it is being cancelled. */
  stopDueAt?: Date;
  createdAt: Date;
  updatedAt: Date;
  admittedAt?: Date;
  settledAt?: Date;
  /** Of one that is held: the end of its batching window; absent: it waits for its wave. */
  heldUntil?: Date;
}

/** A task as it is stored. */
export interface StoredTask extends TaskRecord {
  prompt: Prompt;
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
  | 'account'
  | 'repository'
  | 'repositoryUrl'
  | 'prompt'
  | 'lane'
  | 'priority'
  | 'reviewMinutes'
> & {
  components: TaskComponent[];
  /** Of its campaign; default: the first. */
  wave?: number;
  /** It does not wait in the queue yet, and why; `until` is the end of its batching window. */
  held?: { reason: string; until?: Date };
};

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
  /** Its new place in the queue; of one to `queued` from a state in which it had settled. */
  place?: Pick<TaskRecord, 'rank' | 'braked' | 'attemptsBefore'>;
}

/**
 * Tasks that one transaction has locked. What is done to them is kept until `flush` writes it all in a few statements:
 * rows, events and counters.
 */
export interface TaskBatch {
  /** A task as it is after what was done in this batch. */
  get(id: string): TaskRecord | undefined;

  /** Moves a task to another state. False: its state does not allow it. */
  go(transition: TaskTransition): boolean;

  /** Whether the checks of its change are pending. */
  setChecks(id: string, pending: boolean): void;

  /** Takes a task out of the auto lane: it waits for a review slot. */
  leaveAutoLane(id: string, at: Date): void;

  /** Gives a task that waits for it its review slot. */
  grantReview(id: string, at: Date): void;

  /** Gives back what a task held for its change. */
  releaseChange(id: string): void;

  /** Says why a task is in its state, without an event; `undefined`: nothing is to be said. */
  explain(id: string, reason: string | undefined, at: Date): void;

  /** Writes everything; at the end of the transaction, since it takes the portal's counter. */
  flush(): Promise<void>;
}

/** How many slots of each limit are taken. A limit that is not named has none taken. */
export interface SlotCounts {
  /** False: the counters cannot be trusted, and nothing may start. */
  known: boolean;
  taken: ReadonlyMap<string, number>;
  /** When a task of each team was admitted last, in milliseconds since 1970; not of those that have been idle for long. */
  lastAdmissions: ReadonlyMap<string, number>;
}

/**
 * The tasks and the slots that they hold.
 */
export interface TaskStore {
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;

  insert(tx: Transaction, tasks: NewTask[], at: Date): Promise<void>;

  get(id: string): Promise<StoredTask | undefined>;

  /** Those of the tasks that there are. */
  getMany(ids: readonly string[]): Promise<Map<string, StoredTask>>;

  /** What was asked of tasks. */
  readPrompts(
    tx: Transaction,
    ids: readonly string[],
  ): Promise<Map<string, Prompt>>;

  /** Reads a task and keeps others from changing it until the transaction ends. */
  lock(tx: Transaction, id: string): Promise<TaskRecord | undefined>;

  /** Of tasks that the transaction has locked already, and the counters too, which are known. */
  adopt(tx: Transaction, tasks: TaskRecord[]): TaskBatch;

  /** Reads tasks and keeps others from changing them until the transaction ends; changes are written by `flush`. */
  open(tx: Transaction, ids: readonly string[]): Promise<TaskBatch>;

  /**
   * Moves a task to another state, with its event and its slots. `undefined`: the task is in a state that does not
   * allow it, as when somebody else was faster; nothing was written.
   */
  transition(
    tx: Transaction,
    transition: TaskTransition,
  ): Promise<TaskRecord | undefined>;

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

  /** Reads which slots are taken. */
  readCounts(at: Date): Promise<SlotCounts>;

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

  /** The queued tasks by team, repository, provider, account and lane, without those that a brake on a template or campaign holds. */
  summarizeQueue(): Promise<(LineKey & { queued: number })[]>;

  /** The queued tasks that a brake on their template or campaign holds, by team. */
  summarizeBraked(): Promise<{ team: string; queued: number }[]>;

  /** When the first of each team's queued tasks was launched. */
  oldestQueued(teams: readonly string[]): Promise<Map<string, Date>>;

  /** Teams that have or had tasks, by name. */
  listTeams(): Promise<string[]>;

  /** Ids of the tasks whose agent starts or works, and that a brake holds back. */
  listWorking(brake: BrakeTarget): Promise<string[]>;

  /** How many tasks wait. */
  countQueued(): Promise<number>;

  /** The place of a queued task among those of its team; 1 is next. Places beyond 1,000 are told as 1,000. */
  positionOf(task: { id: string; team: string; rank: number }): Promise<number>;

  /** Tasks that hold a slot of a limit, the oldest first. */
  listSlotHolders(options: {
    limitKey: string;
    limit: number;
    /** What the reader may see; `undefined`: everything. */
    visible: TaskFilter | undefined;
    /** Of a limit of several teams: which. */
    teams?: readonly string[];
  }): Promise<{ id: string; team: string; repository: string }[]>;
}
