import { TriggerCaps } from '@agent-tasks/plugin-agent-tasks-common';

/** What a trigger has launched. */
export interface TriggerUsage {
  /** Tasks that it launched within the last hour. */
  tasksLastHour: number;
  /** Its tasks that are not settled. */
  openTasks: number;
}

/**
 * Why a trigger may not launch so many tasks now; `undefined`: it may. A launch is whole or not at all, so that what was
 * asked for is what happens.
 */
export function findCapReached(options: {
  caps: TriggerCaps;
  usage: TriggerUsage;
  tasks: number;
}): string | undefined {
  const { caps, usage, tasks } = options;
  const would = `This launch has ${count(tasks, 'task')}`;
  if (usage.tasksLastHour + tasks > caps.tasksPerHour) {
    return `${would}, and within the last hour the trigger launched ${usage.tasksLastHour} of at most ${caps.tasksPerHour}.${remedy(
      tasks > caps.tasksPerHour,
      'tasks an hour',
    )}`;
  }
  if (usage.openTasks + tasks > caps.openAtOnce) {
    return `${would}, and ${usage.openTasks} of at most ${caps.openAtOnce} of the trigger are open.${remedy(
      tasks > caps.openAtOnce,
      'tasks open at once',
    )}`;
  }
  return undefined;
}

function remedy(never: boolean, cap: string): string {
  return never
    ? ` It can never launch so many: raise its cap of ${cap}, or choose fewer components.`
    : '';
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
