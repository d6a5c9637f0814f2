import { PlanOutline } from '@agent-tasks/plugin-agent-tasks-common';

function describe(task: PlanOutline['tasks'][number]): string {
  return `${task.repository} for ${task.team} (${[...task.components].sort().join(', ')})`;
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
  const before = new Set(expected.tasks.map(describe));
  const now = new Set(actual.tasks.map(describe));
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
