import { Rollout } from '@agent-tasks/plugin-agent-tasks-common';

/** A wave of a campaign before it has begun. */
export interface PlannedWave {
  /** 1, 2, 3, … */
  number: number;
  /** As the rollout has it: tasks up to and with this wave, such as `5` or `25%`. */
  size: string;
  /** Tasks of this wave alone; at least one. */
  tasks: number;
  /** The place of its first task among those of the campaign; 0 is the first. */
  from: number;
}

/** How many tasks have begun with a step of the rollout. */
function reachedWith(step: number | string, tasks: number): number {
  const wanted =
    typeof step === 'number'
      ? step
      : Math.ceil((tasks * Number(step.replace('%', ''))) / 100);
  return Math.min(tasks, wanted);
}

/**
 * Splits the tasks of a campaign into its waves, in their order.
 *
 * @remarks
 *
 * A step says how many tasks have begun with it. Steps that add no task are left out, such as `5` after `25%` of 12 tasks;
 * whatever the last step is, the last wave takes all that is left. Without steps there is one wave.
 */
export function splitWaves(options: {
  tasks: number;
  waves: Rollout['waves'];
}): PlannedWave[] {
  const { tasks, waves = [] } = options;
  const planned: PlannedWave[] = [];
  let from = 0;
  for (const step of [...waves, '100%']) {
    const reached = reachedWith(step, tasks);
    if (reached > from) {
      planned.push({
        number: planned.length + 1,
        size: String(step),
        tasks: reached - from,
        from,
      });
      from = reached;
    }
  }
  return planned;
}

/** The number of the wave of a task, by its place among those of the campaign. */
export function waveOf(waves: readonly PlannedWave[], place: number): number {
  let found = 1;
  for (const wave of waves) {
    if (wave.from > place) {
      break;
    }
    found = wave.number;
  }
  return found;
}
