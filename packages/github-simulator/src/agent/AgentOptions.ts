import { AgentOutcome } from '../state';

/** How the simulated agent behaves. @public */
export interface AgentOptions {
  /** Tasks that it works on at once; the others wait in `queued`. */
  capacity: number;
  /** Seconds of work, from `in_progress` to the end. */
  durationSeconds: { min: number; max: number };
  /** Seconds in `queued` even when there is capacity. */
  queueSeconds: { min: number; max: number };
  /** Seconds from `in_progress` until branch and draft pull request are there. */
  pullRequestAfterSeconds: number;
  /** Weights of what a task comes to. */
  outcomes: Partial<Record<AgentOutcome, number>>;
  /** The share of sessions that tell their usage, 0 to 1. */
  usageShare: number;
  /** The share of failed tasks whose session stays `in_progress`, as observed, 0 to 1. */
  staleSessionShare: number;
  /** The share of failed tasks that fail before they have a branch, 0 to 1. */
  failsEarlyShare: number;
  /** Seconds after which GitHub gives a stuck session up. */
  stuckTimeoutSeconds: number;
  /**
   * Whether files are really changed. Without it each pull request changes one small file, which is what benchmarks of
   * tens of thousands of tasks need.
   */
  realChanges: boolean;
}

/** @public */
export const DEFAULT_AGENT_OPTIONS: AgentOptions = {
  capacity: 10,
  durationSeconds: { min: 15, max: 45 },
  queueSeconds: { min: 1, max: 3 },
  pullRequestAfterSeconds: 3,
  outcomes: { completed: 92, failed: 5, timed_out: 1, waiting_for_user: 2 },
  usageShare: 0.8,
  staleSessionShare: 0.5,
  failsEarlyShare: 0.3,
  stuckTimeoutSeconds: 3_600,
  realChanges: true,
};
