import { createHash } from 'node:crypto';
import {
  lastDueTime,
  nextDueTimes,
  TriggerSchedule,
} from '@agent-tasks/plugin-agent-tasks-common';

/**
 * A run that is later than this was missed: the portal was down. Less is what a restart takes.
 */
export const missedAfterSeconds = 300;

/** The next time that a schedule is due, and when it runs. */
export interface NextRun {
  dueAt: Date;
  /** `dueAt`, put off by the jitter. */
  runAt: Date;
}

/** What to do about a schedule that has become due. */
export interface DueDecision {
  /** The due time to run now. */
  run?: Date;
  /** Due times that are not run any more. */
  missed?: { first: Date; last: Date; more: boolean };
  next: NextRun | undefined;
}

/**
 * By how much a run is put off, in milliseconds: the same in all replicas, and another one for each trigger, so that what
 * is due at the same minute does not come at once.
 */
export function jitterOf(options: {
  triggerId: string;
  dueAt: Date;
  jitterSeconds: number;
}): number {
  const { triggerId, dueAt, jitterSeconds } = options;
  const hash = createHash('sha256')
    .update(`${triggerId} ${dueAt.toISOString()}`)
    .digest();
  return hash.readUIntBE(0, 6) % (jitterSeconds * 1000 + 1);
}

/** When a schedule runs next, after a time. `undefined`: never again. */
export function nextRun(options: {
  triggerId: string;
  schedule: TriggerSchedule;
  after: Date;
}): NextRun | undefined {
  const { triggerId, schedule, after } = options;
  const [dueAt] = nextDueTimes({ ...schedule, after, count: 1 });
  return dueAt && withJitter(triggerId, schedule, dueAt);
}

/**
 * Decides what a schedule runs now. Of several due times the last one alone runs; where even that is long over, it runs if
 * the schedule makes up for missed runs. `undefined`: it is not time yet.
 */
export function decideDue(options: {
  triggerId: string;
  schedule: TriggerSchedule;
  /** The due time that it waits for. */
  dueAt: Date;
  now: Date;
}): DueDecision | undefined {
  const { triggerId, schedule, dueAt, now } = options;
  const runsAt = (due: Date) => withJitter(triggerId, schedule, due).runAt;
  if (runsAt(dueAt) > now) {
    return undefined;
  }
  let last = lastDueTime({ ...schedule, until: now }) ?? dueAt;
  while (last > dueAt && runsAt(last) > now) {
    last =
      lastDueTime({ ...schedule, until: new Date(last.getTime() - 1) }) ??
      dueAt;
  }
  if (last < dueAt) {
    last = dueAt;
  }
  const isLate =
    now.getTime() - runsAt(last).getTime() > missedAfterSeconds * 1000;
  const runs = !isLate || schedule.missedRuns === 'run-once';
  const lastMissed = runs
    ? lastDueTime({ ...schedule, until: new Date(last.getTime() - 1) })
    : last;
  return {
    ...(runs && { run: last }),
    ...(lastMissed &&
      lastMissed >= dueAt && {
        missed: { first: dueAt, last: lastMissed, more: lastMissed > dueAt },
      }),
    next: nextRun({ triggerId, schedule, after: last }),
  };
}

function withJitter(
  triggerId: string,
  schedule: TriggerSchedule,
  dueAt: Date,
): NextRun {
  const { jitterSeconds } = schedule;
  return {
    dueAt,
    runAt: new Date(
      dueAt.getTime() + jitterOf({ triggerId, dueAt, jitterSeconds }),
    ),
  };
}
