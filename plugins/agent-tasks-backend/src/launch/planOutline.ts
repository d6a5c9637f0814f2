import { createHash } from 'node:crypto';
import { PlanOutline } from '@agent-tasks/plugin-agent-tasks-common';

/** Tasks that an outline names one by one; of more a digest stands for them. */
export const mostOutlined = 1_000;

type OutlinedTask = NonNullable<PlanOutline['tasks']>[number];

/** A task as sentences and digests name it. The order of its components does not count. */
export function describeOutlined(task: OutlinedTask): string {
  return `${task.repository} for ${task.team} (${[...task.components].sort().join(', ')})`;
}

/** What makes two lists of tasks the same, whatever their order. */
export function digestOf(tasks: readonly OutlinedTask[]): string {
  const hash = createHash('sha256');
  for (const text of tasks.map(describeOutlined).sort()) {
    hash.update(`${text}\n`);
  }
  return hash.digest('hex');
}

/** What a requester sees of a plan, and sends back to launch that and nothing else. */
export function outlineOf(options: {
  templateRevision: number;
  tasks: readonly OutlinedTask[];
}): PlanOutline {
  const { templateRevision } = options;
  const tasks = options.tasks.map(({ repository, team, components }) => ({
    repository,
    team,
    components,
  }));
  return {
    templateRevision,
    ...(tasks.length > mostOutlined ? {} : { tasks }),
    digest: digestOf(tasks),
    counts: {
      tasks: tasks.length,
      components: tasks.reduce((sum, one) => sum + one.components.length, 0),
    },
  };
}
