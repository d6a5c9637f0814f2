/** How urgent a task is beside others of its team, the least first. */
export const priorities = ['low', 'normal', 'high', 'urgent'] as const;

/** How urgent a task is beside others of its team. */
export type Priority = (typeof priorities)[number];

/** What a level of priority is worth: so long a task of the level below must have waited to go first. */
const levelMs = 3_600_000;

/**
 * The place of a task among those of its team: the lowest goes first. It never changes, so that an index can keep it:
 * two tasks of different age grow older at the same pace.
 *
 * Nothing starves. A task can be overtaken only by those that are launched less than three hours (from `low` to `urgent`)
 * after it.
 *
 * @returns whole milliseconds
 */
export function rankOf(task: { queuedAt: Date; priority: Priority }): number {
  const level =
    priorities.indexOf(task.priority) - priorities.indexOf('normal');
  return task.queuedAt.getTime() - level * levelMs;
}
