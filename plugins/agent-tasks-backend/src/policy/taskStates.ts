import { isSettled, TaskState } from '@agent-tasks/plugin-agent-tasks-common';

/**
 * The states that a task may go to from each state. Code, tests and docs use this one table.
 */
export const taskTransitions: Readonly<
  Record<TaskState, readonly TaskState[]>
> = {
  // It waits for its wave or its batching window, in which it may go into another task.
  held: ['queued', 'cancelled', 'joined'],
  // One that is tried again may have a change, which a person may merge meanwhile.
  queued: ['starting', 'cancelled', 'merged'],
  // By the time a start is known, the agent may have ended.
  starting: [
    'running',
    'undecided',
    'in_review',
    'merged',
    'closed',
    'no_change',
    'failed',
    'cancelling',
    'cancelled',
  ],
  undecided: [
    'starting',
    'running',
    'in_review',
    'merged',
    'closed',
    'no_change',
    'failed',
    'cancelling',
    'cancelled',
  ],
  // Where the agent failed, another attempt may follow.
  running: [
    'starting',
    'needs_input',
    'in_review',
    'merged',
    'closed',
    'no_change',
    'failed',
    'cancelling',
  ],
  needs_input: [
    'starting',
    'running',
    'in_review',
    'merged',
    'closed',
    'no_change',
    'failed',
    'cancelling',
  ],
  in_review: ['merged', 'closed', 'cancelling'],
  cancelling: ['cancelled', 'merged'],
  merged: [],
  // A person may have them tried again.
  closed: ['queued'],
  no_change: ['queued'],
  failed: ['queued'],
  cancelled: ['queued'],
  // What was asked of it is done by the task that it went into.
  joined: [],
};

const runSlotStates: readonly TaskState[] = [
  'starting',
  'undecided',
  'running',
  'needs_input',
];

/** Whether a task may go from one state to another. */
export function mayGo(from: TaskState, to: TaskState): boolean {
  return taskTransitions[from].includes(to);
}

/**
 * Whether a task holds a run slot after it went to `to`. While it is being cancelled the agent may still work, so that
 * it keeps what it had.
 */
export function holdsRunSlot(options: {
  held: boolean;
  to: TaskState;
}): boolean {
  const { held, to } = options;
  if (to === 'cancelling') {
    return held;
  }
  return !isSettled(to) && runSlotStates.includes(to);
}

/**
 * Whether a task that held the slot of its change, a review slot or one of the auto lane, holds it after it went to `to`:
 * from its admission until it has settled, and beyond while its change is still open.
 */
export function holdsChangeSlot(options: {
  held: boolean;
  to: TaskState;
  changeOpen: boolean;
}): boolean {
  const { held, to, changeOpen } = options;
  // Whoever is queued again takes it anew; until then its change is a draft that nobody is asked to look at.
  return held && to !== 'queued' && (changeOpen || !isSettled(to));
}
