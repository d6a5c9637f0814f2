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

/** What happened to tasks since something. */
export interface TasksSince extends TaskCounts {
  /** The last event that was looked at. */
  sequence: number;
  /** Tasks whose agent has ended its work, the newest last. */
  runs: string[];
  /** Tasks whose change was merged or closed, the newest last. */
  reviews: string[];
}

/** Numbers of tasks in a time. */
export interface TaskCounts {
  started: number;
  settled: number;
}

/** Keeps how deep the queue was: each minute for 2 days, each hour for 60. */
export interface QueueHistoryStore {
  insert(sample: QueueSample): Promise<void>;

  /**
   * What happened to tasks after an event. Without one nothing is looked at but which event is the last: what happened
   * before is in no sample.
   */
  readSince(sequence: number | undefined): Promise<TasksSince>;

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
