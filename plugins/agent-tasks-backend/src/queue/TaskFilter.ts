import { PermissionCriteria } from '@backstage/plugin-permission-common';

/** One condition on tasks: the property has one of the values. */
export interface TaskCondition {
  property: 'requester' | 'team';
  values: string[];
}

/** Conditions on tasks, combined; permission rules are turned into these. */
export type TaskFilter = PermissionCriteria<TaskCondition>;

/** Whether a task meets a filter. */
export function matchesTaskFilter(
  task: { requester: string; team: string },
  filter: TaskFilter,
): boolean {
  if ('allOf' in filter) {
    return filter.allOf.every(one => matchesTaskFilter(task, one));
  }
  if ('anyOf' in filter) {
    return filter.anyOf.some(one => matchesTaskFilter(task, one));
  }
  if ('not' in filter) {
    return !matchesTaskFilter(task, filter.not);
  }
  return filter.values.includes(task[filter.property]);
}
