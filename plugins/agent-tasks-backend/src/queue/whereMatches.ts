import { Knex } from 'knex';
import { TaskFilter } from './TaskFilter';

const columns = {
  requester: 'tasks.requester',
  team: 'tasks.team',
} as const;

/** Adds the condition that a task meets a filter to a query on tasks; `matchesTaskFilter` in SQL. */
export function whereMatches(
  query: Knex.QueryBuilder,
  filter: TaskFilter,
): void {
  if ('allOf' in filter) {
    for (const one of filter.allOf) {
      query.andWhere(inner => whereMatches(inner, one));
    }
  } else if ('anyOf' in filter) {
    query.andWhere(inner => {
      for (const one of filter.anyOf) {
        inner.orWhere(innermost => whereMatches(innermost, one));
      }
    });
  } else if ('not' in filter) {
    query.whereNot(inner => whereMatches(inner, filter.not));
  } else {
    query.whereIn(columns[filter.property], filter.values);
  }
}
