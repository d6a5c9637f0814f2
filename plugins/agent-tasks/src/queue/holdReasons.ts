/**
 * What can hold a queued task, in the order in which bars stack them: what waits for agents, for people, for checks, for
 * a remote, and by the hand of a person.
 */
export const holdReasons = [
  'next',
  'portal-running',
  'provider-running',
  'account-running',
  'cohort-running',
  'group-running',
  'team-running',
  'repository-running',
  'account-starts',
  'team-day',
  'group-changes',
  'team-changes',
  'repository-changes',
  'group-minutes',
  'team-minutes',
  'team-auto',
  'repository-auto',
  'portal-checks',
  'provider-unavailable',
  'account-blocked',
  'retry-later',
  'team-paused',
  'brake',
  'undecided-start',
  'other',
] as const;

export type HoldReason = (typeof holdReasons)[number];

/** How many tasks a reason holds. */
export interface HeldTasks {
  reason: HoldReason;
  tasks: number;
}

/** The reason that the backend names; `other` where it is a newer backend with reasons of its own. */
export function toHoldReason(limit: string): HoldReason {
  return holdReasons.find(reason => reason === limit) ?? 'other';
}

/** Counts tasks by reason, in the order of {@link holdReasons}, without those that hold none. */
export function countByReason(options: {
  holds: Record<string, number>[];
}): HeldTasks[] {
  const counts = new Map<HoldReason, number>();
  for (const holds of options.holds) {
    for (const [limit, tasks] of Object.entries(holds)) {
      const reason = toHoldReason(limit);
      counts.set(reason, (counts.get(reason) ?? 0) + tasks);
    }
  }
  return holdReasons.flatMap(reason => {
    const tasks = counts.get(reason) ?? 0;
    return tasks > 0 ? [{ reason, tasks }] : [];
  });
}

/** What a team waits for when its review budget is full: people have to review before anything starts. */
const reviewReasons: readonly string[] = [
  'team-changes',
  'team-minutes',
  'group-changes',
  'group-minutes',
];

/** Whether tasks wait for people to review. */
export function waitsForReview(holds: Record<string, number>): boolean {
  return reviewReasons.some(reason => Boolean(holds[reason]));
}
