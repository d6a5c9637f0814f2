import { TeamSlot } from '@agent-tasks/plugin-agent-tasks-common';
import { TaskFilter } from '../queue/TaskFilter';

/** A change of a task that waits for its review. */
export interface WaitingChange {
  task: string;
  since: Date;
  /** `host/owner/name` */
  repository: string;
  url?: string;
  title?: string;
}

/** The tasks that hold slots of teams. */
export interface TeamTaskReader {
  /** Those that hold one longest first. */
  listSlots(options: {
    teams: readonly string[];
    /** What the reader may see; `undefined`: everything. */
    visible: TaskFilter | undefined;
    limit: number;
  }): Promise<TeamSlot[]>;

  countSlots(teams: readonly string[]): Promise<number>;

  /** The change that waits longest for its review. */
  findOldestWaiting(options: {
    teams: readonly string[];
    visible: TaskFilter | undefined;
  }): Promise<WaitingChange | undefined>;
}
