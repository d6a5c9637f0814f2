import {
  HostChecksState,
  HostReviewState,
} from '@agent-tasks/plugin-agent-tasks-node';
import { TaskState } from '@agent-tasks/plugin-agent-tasks-common';
import { Lane } from './slots';

/** What is known of an open change, and of the task that made it. */
export interface ChangeSigns {
  /** State of the task. */
  task: TaskState;
  checks: HostChecksState;
  review: HostReviewState;
}

/** Why a change that was to be merged without a person needs one after all. */
export type LaneExit =
  'agent_failed' | 'checks_failed' | 'changes_requested' | 'review_required';

/**
 * Whether an open change of the auto lane needs a person after all, and why; `undefined`: it does not. While the agent
 * works, nothing is said: it may mend what failed.
 */
export function leavesAutoLane(signs: ChangeSigns): LaneExit | undefined {
  if (signs.task === 'failed') {
    return 'agent_failed';
  }
  if (signs.task !== 'in_review') {
    return undefined;
  }
  if (signs.checks === 'failed') {
    return 'checks_failed';
  }
  switch (signs.review) {
    case 'changes_requested':
      return 'changes_requested';
    case 'required':
      return 'review_required';
    default:
      return undefined;
  }
}

/**
 * Whether a draft may be offered for review. One that waits for a review slot may not; of the auto lane, only what can be
 * merged: people are not called for what they need not look at.
 */
export function mayBeOffered(
  change: Omit<ChangeSigns, 'review'> & { lane: Lane; awaitsReview: boolean },
): boolean {
  const { task, lane, awaitsReview, checks } = change;
  return (
    task === 'in_review' &&
    !awaitsReview &&
    (lane === 'review' || checks === 'passed' || checks === 'none')
  );
}

/**
 * Whether a change takes a slot of the limit on pending checks. `undefined`: as before, since an agent that works will
 * produce some.
 */
export function holdsChecks(
  change: Omit<ChangeSigns, 'review'> & { open: boolean },
): boolean | undefined {
  const { task, checks, open } = change;
  if (!open) {
    return false;
  }
  return checks === 'none' && task !== 'in_review'
    ? undefined
    : checks === 'pending';
}

/** The reason in words, to follow the name of the change. */
export function describeExit(exit: LaneExit): string {
  return {
    agent_failed: 'the agent failed',
    checks_failed: 'its checks failed',
    changes_requested: 'changes were requested',
    review_required: 'the host requires a review',
  }[exit];
}
