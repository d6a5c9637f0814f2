import {
  Campaign,
  isSettled,
  TaskState,
} from '@agent-tasks/plugin-agent-tasks-common';

/** What a campaign is waited for. */
export const waitGoals = ['settled', 'in_review', 'merged'] as const;

/** What a campaign is waited for. */
export type WaitGoal = (typeof waitGoals)[number];

/** How far a campaign has come. */
export interface CampaignProgress {
  tasks: number;
  /** Tasks that are as far as it is waited for, or will never be. */
  arrived: number;
  /** Tasks that ended in a way that the goal does not allow. */
  missed: number;
  done: boolean;
}

/** Ends in which a goal was missed. A task without anything to change has done what was asked. */
const misses: Record<WaitGoal, readonly string[]> = {
  settled: [],
  in_review: ['failed', 'cancelled'],
  merged: ['failed', 'cancelled', 'closed'],
};

/** Says how far the tasks of a campaign have come on the way to a goal. */
export function campaignProgress(options: {
  states: Campaign['states'];
  goal: WaitGoal;
}): CampaignProgress {
  const { states, goal } = options;
  let tasks = 0;
  let arrived = 0;
  let missed = 0;
  for (const [state, count] of Object.entries(states)) {
    tasks += count;
    if (misses[goal].includes(state)) {
      missed += count;
    }
    if (
      isSettled(state as TaskState) ||
      (goal === 'in_review' && state === 'in_review')
    ) {
      arrived += count;
    }
  }
  return { tasks, arrived, missed, done: arrived === tasks };
}

/** Such as `3 of 5 settled: 2 merged, 1 failed, 2 in review`. */
export function describeProgress(options: {
  states: Campaign['states'];
  goal: WaitGoal;
}): string {
  const { tasks, arrived } = campaignProgress(options);
  const parts = Object.entries(options.states)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${state.replaceAll('_', ' ')}`);
  const what =
    options.goal === 'in_review' ? 'in review or settled' : 'settled';
  return `${arrived} of ${tasks} ${what}: ${parts.join(', ')}`;
}
