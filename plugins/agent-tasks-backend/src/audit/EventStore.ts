import { TaskEvent, TaskState } from '@agent-tasks/plugin-agent-tasks-common';
import { JsonObject } from '@backstage/types';
import { Transaction } from '../database/connect';

/** Something that happened, as it is written down. */
export interface NewEvent {
  at: Date;
  /** Such as `task.admitted`. */
  type: string;
  /** An entity ref, `system`, `provider:…` or `host:…`. */
  actor: string;
  campaignId?: string;
  /** Absent for what is about no single task: the audit finds `campaign.…`, `brake.…`, `limits.…` and such by that. */
  taskId?: string;
  changeId?: string;
  fromState?: TaskState;
  toState?: TaskState;
  /** A plain sentence. */
  message: string;
  details?: JsonObject;
}

/** The append-only log of all that happened. */
export interface EventStore {
  /** Appends in the transaction of the change of state that the events tell of. */
  append(tx: Transaction, events: NewEvent[]): Promise<void>;

  listByTask(options: {
    taskId: string;
    limit: number;
    /** `next` of an earlier page. */
    after?: string;
  }): Promise<{ events: TaskEvent[]; next?: string }>;
}
