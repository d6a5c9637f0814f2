import { TaskState } from '@agent-tasks/plugin-agent-tasks-common';

/** How long a task may wait, run and be reviewed, in seconds; without a time there is no deadline. */
export interface DeadlineSettings {
  queueTimeoutSeconds?: number;
  timeoutSeconds?: number;
  reviewTimeoutSeconds?: number;
}

/** Since when a task is where it is. */
export interface DeadlineTask {
  state: TaskState;
  /** When it was last queued: a task that is tried again waits anew. */
  queuedAt: Date;
  /** When its newest attempt was confirmed. */
  runningSince?: Date;
  /** When its agent had finished and its change went to review. */
  reviewSince?: Date;
}

/** A deadline of a task. */
export interface Deadline {
  expired: 'queue' | 'run' | 'review';
  /** When it expires, or did. */
  at: Date;
  /** What expired, for people. */
  message: string;
}

/** Where a task stands with its deadline; `undefined`: it has none where it is. */
export type DeadlineDecision = Deadline | { expired: undefined; at: Date };

/**
 * Whether a task has passed the deadline of where it is, and when it will.
 *
 * @remarks
 *
 * A start that is under way or not decided has no deadline: it is decided by what the provider answers, or by a person,
 * and a task that may run must not end before that. While an agent waits for a person, its run goes on: it holds its slot.
 */
export function decideDeadline(
  task: DeadlineTask,
  settings: DeadlineSettings,
  now: Date,
): DeadlineDecision | undefined {
  const deadline = deadlineOf(task, settings);
  if (!deadline) {
    return undefined;
  }
  return now.getTime() >= deadline.at.getTime()
    ? deadline
    : { expired: undefined, at: deadline.at };
}

/** When a task that is queued now is to be looked at first; `undefined`: its template sets no deadline. */
export function firstDeadlineLook(
  settings: DeadlineSettings | undefined,
  queuedAt: Date,
): Date | undefined {
  if (!settings) {
    return undefined;
  }
  const queued: DeadlineTask = { state: 'queued', queuedAt };
  return nextDeadlineLook(deadlineOf(queued, settings)?.at, settings, queuedAt);
}

/**
 * When a task is to be looked at again, so that no deadline passes unseen whatever becomes of the task until then: one
 * that begins with a transition since cannot pass before its own time is over.
 *
 * @param deadlineAt - the deadline of where the task is
 * @returns `undefined`: there is nothing to look for
 */
export function nextDeadlineLook(
  deadlineAt: Date | undefined,
  settings: DeadlineSettings,
  now: Date,
): Date | undefined {
  const { timeoutSeconds, reviewTimeoutSeconds } = settings;
  const first = Math.min(
    deadlineAt?.getTime() ?? Infinity,
    now.getTime() +
      Math.min(timeoutSeconds ?? Infinity, reviewTimeoutSeconds ?? Infinity) *
        1000,
  );
  return first === Infinity ? undefined : new Date(first);
}

function deadlineOf(
  task: DeadlineTask,
  settings: DeadlineSettings,
): Deadline | undefined {
  const after = (
    since: Date | undefined,
    seconds: number | undefined,
    expired: Deadline['expired'],
    message: (time: string) => string,
  ): Deadline | undefined =>
    since && seconds !== undefined
      ? {
          expired,
          at: new Date(since.getTime() + seconds * 1000),
          message: message(describeSeconds(seconds)),
        }
      : undefined;
  switch (task.state) {
    case 'queued':
      return after(
        task.queuedAt,
        settings.queueTimeoutSeconds,
        'queue',
        time =>
          `It waited for ${time} without a start, as long as its template lets it. Launch it again where it is still wanted.`,
      );
    case 'running':
    case 'needs_input':
      return after(
        task.runningSince,
        settings.timeoutSeconds,
        'run',
        time =>
          `It ran for ${time}, as long as its template lets an attempt run, and is stopped.`,
      );
    case 'in_review':
      return after(
        task.reviewSince,
        settings.reviewTimeoutSeconds,
        'review',
        time =>
          `Its change was neither merged nor closed within ${time}, as long as its template lets a review take, and is closed.`,
      );
    default:
      return undefined;
  }
}

const units = [
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
] as const;

/** In the largest unit that says it exactly, such as `90 minutes`. */
function describeSeconds(seconds: number): string {
  const [size, unit] =
    units.find(([one]) => seconds >= one && seconds % one === 0) ?? units[3];
  const number = seconds / size;
  return `${number} ${unit}${number === 1 ? '' : 's'}`;
}
