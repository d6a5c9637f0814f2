import { Rollout } from '@agent-tasks/plugin-agent-tasks-common';
import { InputError } from '@backstage/errors';

/**
 * Refuses waves that make no sense, by the rules that hold for those of templates.
 *
 * @throws InputError that names the wave
 */
export function checkRollout({ waves = [] }: Rollout): void {
  waves.forEach((wave, index) => {
    const before = waves[index - 1];
    if (typeof wave === 'number' && typeof before === 'string') {
      throw new InputError(
        `The wave ${wave} stands behind ${before}: write numbers of tasks before percentages, such as 1, 5, 25%, 100%.`,
      );
    }
    if (
      typeof wave === typeof before &&
      parseFloat(String(wave)) <= parseFloat(String(before))
    ) {
      throw new InputError(
        `The wave ${wave} is not more than ${before} before it. Each wave says how many tasks have been released with it.`,
      );
    }
  });
  const last = waves.at(-1);
  if (last !== undefined && last !== '100%') {
    throw new InputError(
      `The last wave is ${last}; it must be 100%, so that every task has its turn.`,
    );
  }
}
