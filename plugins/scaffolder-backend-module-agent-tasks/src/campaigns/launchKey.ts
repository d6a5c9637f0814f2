import { createHash } from 'node:crypto';
import { JsonObject } from '@backstage/types';

/**
 * The key of a launch: the same for every try of a step of a scaffolder task, and another one for each of its rounds. What
 * the step launches is not part of it, so that a step that is tried again with other values is refused, not launched twice.
 */
export function launchKey(options: {
  taskId: string;
  stepId?: string;
  each?: JsonObject;
}): string {
  const { taskId, stepId, each } = options;
  const part = createHash('sha256')
    .update(JSON.stringify([taskId, stepId ?? '', each?.key ?? '']))
    .digest('hex');
  return `scaffolder:${part}`;
}
