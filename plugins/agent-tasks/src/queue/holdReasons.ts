/**
 * What can hold a queued task, in the order in which bars stack them: what waits for agents, for people, for a remote,
 * and by the hand of a person.
 */
export const holdReasons = [
  'next',
  'portal-running',
  'team-running',
  'repository-running',
  'team-changes',
  'repository-changes',
  'provider-unavailable',
  'brake',
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
