import { TriggerRun } from '@agent-tasks/plugin-agent-tasks-common';
import { Transaction } from '../database/connect';
import { TriggerUsage } from '../policy/triggerCaps';

/** How a run of a trigger ended. */
export type RunOutcome = Exclude<TriggerRun['outcome'], 'pending'>;

/** A run to be noted. */
export interface NewTriggerRun {
  id: string;
  triggerId: string;
  /** Makes it happen once: a trigger has no two runs with the same. */
  key: string;
  cause: TriggerRun['cause'];
  at: Date;
  /** Absent: it is yet to be made. */
  outcome?: RunOutcome;
  reason?: string;
  dueAt?: Date;
  requestedBy?: string;
  /** The kind of event, such as `push`. */
  event?: string;
  deliveryId?: string;
  subject?: string;
  happenedAt?: Date;
  /** JSON. */
  payload?: string;
  /** Held by who writes it, until then. */
  lease?: { id: string; until: Date };
}

/** A run that this replica alone makes, until the lease ends. */
export interface ClaimedRun {
  id: string;
  triggerId: string;
  leaseId: string;
  cause: TriggerRun['cause'];
  /** How often it was tried before. */
  tries: number;
  event?: string;
  subject?: string;
  happenedAt?: Date;
  payload?: string;
}

/** The runs of triggers. */
export interface TriggerRunStore {
  /** False: there is one with this key; nothing was written. */
  insert(tx: Transaction | undefined, run: NewTriggerRun): Promise<boolean>;

  /** The run that has waited longest. `undefined`: none is to be made now. */
  claim(options: {
    now: Date;
    leaseUntil: Date;
  }): Promise<ClaimedRun | undefined>;

  /** Ends a run. False: another replica has it, or it is gone. */
  settle(
    tx: Transaction,
    options: {
      run: ClaimedRun;
      outcome: RunOutcome;
      at: Date;
      reason?: string;
      campaignId?: string;
      tasks?: number;
    },
  ): Promise<boolean>;

  /** Has a run made again, at a time. */
  retry(options: { run: ClaimedRun; at: Date }): Promise<void>;

  /** Newest first. */
  list(options: {
    triggerId: string;
    limit: number;
    /** `next` of an earlier page. */
    before?: string;
  }): Promise<{ runs: TriggerRun[]; next?: string }>;

  get(id: string): Promise<TriggerRun | undefined>;

  findByKey(options: {
    triggerId: string;
    key: string;
  }): Promise<TriggerRun | undefined>;

  /** The newest run of each trigger that has one. */
  listLast(): Promise<Map<string, TriggerRun>>;

  /**
   * What a trigger has launched.
   *
   * @param options.apartFrom - a campaign that does not count
   */
  usage(
    tx: Transaction | undefined,
    options: {
      triggerId: string;
      requester: string;
      now: Date;
      apartFrom?: string;
    },
  ): Promise<TriggerUsage>;

  /** Whether an event of the same subject that happened later is known. */
  hasNewer(options: {
    triggerId: string;
    subject: string;
    happenedAt: Date;
  }): Promise<boolean>;

  countPending(triggerId: string): Promise<number>;

  /** Forgets runs that ended before a time. */
  removeOld(before: Date): Promise<void>;
}
