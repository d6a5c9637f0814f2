import { Attempt, TaskState } from '@agent-tasks/plugin-agent-tasks-common';

/** What is known of a task that a person wants tried again. */
export interface EndedTask {
  state: TaskState;
  /** Its newest attempt. */
  attempt?: { state: Attempt['state']; problem?: string };
  /** Its newest change. */
  change?: {
    state: 'found' | 'open' | 'merged' | 'closed';
    draft: boolean;
    headBranch?: string;
    baseBranch?: string;
  };
  /** Whether the provider can go on on a branch that has an open change. */
  canContinue: boolean;
}

/** What it does to try a task again. */
export type HandRetry =
  | {
      do: 'queue';
      /** Go on in the change that is open. */
      continueOn?: { headBranch: string; baseBranch: string };
      /** That change is offered to people, and has to be a draft while the agent works on it. */
      withdrawFirst: boolean;
      /** The change that is open has to be closed before. */
      closeFirst: boolean;
      /** What the next attempt is told that the one before failed with. */
      failure?: string;
      /** What is not certain of the attempts before, for people. */
      warning?: string;
    }
  | { do: 'refuse'; reason: string };

/** States from which a task can be tried again. */
const endedStates: readonly TaskState[] = [
  'failed',
  'cancelled',
  'closed',
  'no_change',
];

function describeRefusal(state: TaskState): string {
  switch (state) {
    case 'cancelling':
      return 'It is being cancelled. Try it again once that is done.';
    case 'joined':
      return 'It went into another task of its repository: try that one again.';
    default:
      return `It has not ended (${state}). Cancel it first.`;
  }
}

/**
 * Decides whether a task can go back to the queue, and what becomes of its change. A task never has two open changes: the
 * next attempt goes on in the one that is open, or that one is closed before.
 */
export function decideRetryByHand(task: EndedTask): HandRetry {
  const { state, attempt, change } = task;
  if (state === 'merged' || change?.state === 'merged') {
    return {
      do: 'refuse',
      reason: 'Its change is merged, so that there is nothing to try again.',
    };
  }
  if (!endedStates.includes(state)) {
    return { do: 'refuse', reason: describeRefusal(state) };
  }
  const open = change?.state === 'found' || change?.state === 'open';
  const { headBranch, baseBranch } = change ?? {};
  const continueOn =
    open && task.canContinue && headBranch && baseBranch
      ? { headBranch, baseBranch }
      : undefined;
  return {
    do: 'queue',
    ...(continueOn && { continueOn }),
    withdrawFirst: continueOn !== undefined && change?.draft === false,
    closeFirst: open && !continueOn,
    ...(state === 'failed' &&
      attempt?.state === 'ended' &&
      attempt.problem && { failure: attempt.problem }),
    // Whoever cancelled it before its start was known took the risk; whoever tries it again should know of it.
    ...(attempt?.state === 'withdrawn' &&
      attempt.problem && { warning: attempt.problem }),
  };
}
