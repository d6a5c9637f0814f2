import { TaskFilter } from '../queue/TaskFilter';

/**
 * Whether a decision covers all tasks of a team, whoever asked for them. `undefined`: it depends on who asked, which is
 * not enough.
 */
export function coversTeam(
  filter: TaskFilter,
  team: string,
): boolean | undefined {
  if ('allOf' in filter || 'anyOf' in filter) {
    const all = 'allOf' in filter;
    const parts = (all ? filter.allOf : filter.anyOf).map(one =>
      coversTeam(one, team),
    );
    if (parts.includes(!all)) {
      return !all;
    }
    return parts.includes(undefined) ? undefined : all;
  }
  if ('not' in filter) {
    const inner = coversTeam(filter.not, team);
    return inner === undefined ? undefined : !inner;
  }
  return filter.property === 'team' ? filter.values.includes(team) : undefined;
}
