import { QueueHistory } from '@agent-tasks/plugin-agent-tasks-common';

/** How deep the queue was at a time. */
export interface QueueSample {
  at: Date;
  queued: number;
  /** Run slots taken. */
  running: number;
  /** Tasks that started to work since the sample before. */
  started: number;
  /** Tasks that came to their end since the sample before. */
  settled: number;
  /** Queued tasks of the deepest teams, the deepest first. */
  teams: [team: string, queued: number][];
}

/** Numbers of tasks in a time. */
export interface TaskCounts {
  started: number;
  settled: number;
}

/** Keeps how deep the queue was: each minute for 2 days, each hour for 60. */
export interface QueueHistoryStore {
  insert(sample: QueueSample): Promise<void>;

  /** When the last sample was taken. */
  newestAt(): Promise<Date | undefined>;

  /** Tasks that started to work and that settled in a time. */
  countTasks(options: { after: Date; until: Date }): Promise<TaskCounts>;

  /** The sums of the samples since a time. */
  sum(since: Date): Promise<TaskCounts>;

  /**
   * The samples since a time, thinned to those that a chart can show.
   *
   * @param options.teams - how many teams are told by name
   */
  read(options: {
    since: Date;
    until: Date;
    samples: number;
    teams: number;
  }): Promise<QueueHistory>;

  /** Deletes what is kept no longer. */
  thin(now: Date): Promise<void>;
}
