import { HostAgentChange } from '@agent-tasks/plugin-agent-tasks-node';
import { ExpectedChange } from './ForeignChangeStore';

/**
 * Up to so many lines a reviewer reads in an hour and still finds what is wrong (Cohen, "Best Kept Secrets of Peer Code
 * Review", 2006).
 */
const linesPerHour = 500;

/** A review takes a look at the task, the checks and the discussion as well. */
const leastMinutes = 5;

/** Nobody reads on for longer; a larger change is skimmed. */
const mostMinutes = 120;

/** What the review of a change is estimated to take, in whole minutes. */
export function estimateReviewMinutes(change: {
  additions: number;
  deletions: number;
}): number {
  const minutes = Math.ceil(
    ((change.additions + change.deletions) / linesPerHour) * 60,
  );
  return Math.min(mostMinutes, Math.max(leastMinutes, minutes));
}

/** Agents' clocks and hosts' clocks differ. */
const clockSlackMs = 2 * 60_000;

/**
 * Whether a change may be that of an agent of ours that has not told of it yet: it is on the branch of such an agent, or
 * that branch is not known, and it was opened since the agent was asked to start. It holds a slot already.
 */
export function mayBeExpected(
  change: Pick<HostAgentChange, 'headBranch' | 'createdAt'>,
  expected: readonly ExpectedChange[],
): boolean {
  const openedAt = Date.parse(change.createdAt);
  return expected.some(one =>
    one.branch === undefined
      ? openedAt >= one.since.getTime() - clockSlackMs
      : one.branch === change.headBranch,
  );
}
