import { PlanOutline } from '@agent-tasks/plugin-agent-tasks-common';
import { describeOutlined, digestOf } from './planOutline';

function countsOf(outline: PlanOutline): string {
  const { counts, tasks } = outline;
  if (!counts && !tasks) {
    return 'others';
  }
  const components =
    counts?.components ??
    tasks?.reduce((sum, task) => sum + task.components.length, 0);
  return `${counts?.tasks ?? tasks?.length} for ${components} components`;
}

/**
 * What is different between the plan that the requester saw and the one that would be launched now, in sentences. None:
 * they are the same.
 */
export function compareOutlines(
  expected: PlanOutline,
  actual: PlanOutline,
): string[] {
  const differences: string[] = [];
  if (expected.templateRevision !== actual.templateRevision) {
    differences.push(
      `the template is now at revision ${actual.templateRevision}, not ${expected.templateRevision}`,
    );
  }
  if (expected.tasks && actual.tasks) {
    const before = new Set(expected.tasks.map(describeOutlined));
    const now = new Set(actual.tasks.map(describeOutlined));
    for (const task of before) {
      if (!now.has(task)) {
        differences.push(`no longer planned: ${task}`);
      }
    }
    for (const task of now) {
      if (!before.has(task)) {
        differences.push(`newly planned: ${task}`);
      }
    }
    return differences;
  }
  // Of many tasks only their digest is sent to and fro.
  const [before, now] = [expected, actual].map(
    outline => outline.digest ?? (outline.tasks && digestOf(outline.tasks)),
  );
  if (before !== now) {
    differences.push(
      `other tasks would be launched: now ${countsOf(actual)}, not ${countsOf(expected)}`,
    );
  }
  return differences;
}
