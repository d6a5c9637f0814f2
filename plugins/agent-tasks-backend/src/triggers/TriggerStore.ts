import {
  Trigger,
  TriggerCaps,
  TriggerRequest,
  TriggerSchedule,
  TriggerWebhook,
} from '@agent-tasks/plugin-agent-tasks-common';
import { Transaction } from '../database/connect';
import { NextRun } from '../policy/scheduleRuns';

/** What a trigger does: all of it that may be changed. */
export interface TriggerDefinition {
  title?: string;
  description?: string;
  parameters: TriggerRequest['parameters'];
  components?: string[];
  selection?: TriggerRequest['selection'];
  scope: Trigger['scope'];
  caps: TriggerCaps;
  rollout?: TriggerRequest['rollout'];
  schedule?: TriggerSchedule;
  webhook?: TriggerWebhook;
}

/** A trigger as it is stored. */
export interface StoredTrigger extends TriggerDefinition {
  id: string;
  name: string;
  type: Trigger['type'];
  /** Entity ref of the Group. */
  owner: string;
  template: string;
  paused?: { reason: string; by: string; since: Date };
  /** When its schedule is due next. */
  next?: NextRun;
  createdBy: string;
  createdAt: Date;
  updatedBy: string;
  updatedAt: Date;
  /** Grows with each change that a person makes. */
  version: number;
}

/** Who is named as the requester of what a trigger launches. */
export function requesterOf(trigger: Pick<StoredTrigger, 'name'>): string {
  return `trigger:${trigger.name}`;
}

/** The triggers. */
export interface TriggerStore {
  list(): Promise<StoredTrigger[]>;

  get(id: string): Promise<StoredTrigger | undefined>;

  /** Those whose schedule runs at a time or before it, the longest waiting first. */
  listDue(now: Date, limit: number): Promise<StoredTrigger[]>;

  /** False: the name is taken; nothing was written. */
  insert(tx: Transaction, trigger: StoredTrigger): Promise<boolean>;

  /** False: it has another version by now, or is gone. */
  update(
    tx: Transaction,
    trigger: StoredTrigger,
    expectedVersion: number,
  ): Promise<boolean>;

  /** Removes it with its runs. False: it was gone. */
  remove(tx: Transaction, id: string): Promise<boolean>;

  /** Goes on to the next due time. False: another replica did, or it was changed. */
  advance(
    tx: Transaction,
    options: { trigger: StoredTrigger; next: NextRun | undefined },
  ): Promise<boolean>;

  /** Reads it and lets nobody else launch by it until the transaction ends. */
  lock(tx: Transaction, id: string): Promise<StoredTrigger | undefined>;
}
