import type { Plan } from '@agent-tasks/plugin-agent-tasks-common';
import { repositoryName } from '../links/RepositoryLink';

/** How a plan differs from the one before. */
export interface PlanDifference {
  /** The template's revision before and now, where they differ. */
  revision?: { before: number; now: number };
  /** `owner/name` of what is planned now and was not, no longer planned, or planned in another way. */
  added: string[];
  removed: string[];
  changed: string[];
  /** Where a plan is too large to be compared one by one: how many tasks there were and are. */
  counts?: { before: number; now: number };
}

/** What changed between a plan that somebody saw and the one of now; nothing where they say the same. */
export function comparePlans(options: {
  before: Plan;
  now: Plan;
}): PlanDifference | undefined {
  const { before, now } = options;
  const old = describeTasks(before);
  const present = describeTasks(now);
  const difference: PlanDifference = {
    ...(before.outline.templateRevision !== now.outline.templateRevision && {
      revision: {
        before: before.outline.templateRevision,
        now: now.outline.templateRevision,
      },
    }),
    ...(before.summary.tasks !== now.summary.tasks && {
      counts: { before: before.summary.tasks, now: now.summary.tasks },
    }),
    added: [...present.keys()].filter(name => !old.has(name)),
    removed: [...old.keys()].filter(name => !present.has(name)),
    changed: [...present]
      .filter(([name, text]) => old.has(name) && old.get(name) !== text)
      .map(([name]) => name),
  };
  const { added, removed, changed, revision, counts } = difference;
  return revision || counts || added.length + removed.length + changed.length
    ? difference
    : undefined;
}

/** By repository, everything that a launch would be refused for when it differed. */
function describeTasks(plan: Plan): Map<string, string> {
  const tasks = new Map<string, string>();
  for (const { repository, team, components } of plan.tasks) {
    const name = repositoryName({ repositoryRef: repository.ref });
    const refs = components.map(({ entityRef }) => entityRef).sort();
    // A repository that several teams share has a task for each.
    tasks.set(name, `${tasks.get(name) ?? ''}${team} ${refs.join(' ')}\n`);
  }
  return tasks;
}
