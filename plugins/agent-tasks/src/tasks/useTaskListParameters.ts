import {
  type TaskListQuery,
  type TaskState,
  taskStates,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/** How many rows a page may have. */
export const pageSizes = [25, 50, 100] as const;

const DEFAULT_PAGE_SIZE = pageSizes[0];

/** What the list filters by, with all values of each filter. */
export interface TaskFilterValues {
  team: string[];
  state: TaskState[];
  template: string[];
  component: string[];
}

/** What the address says about the list. */
export interface TaskListParameters {
  filters: TaskFilterValues;
  limit: number;
  cursor?: string;
}

/** Reads the list's filters and page out of an address; what makes no sense there is left out. */
export function parseTaskListParameters(
  search: URLSearchParams,
): TaskListParameters {
  const all = (name: string) => [
    ...new Set(search.getAll(name).filter(Boolean)),
  ];
  const limit = Number(search.get('limit'));
  return {
    filters: {
      team: all('team'),
      state: all('state').filter((state): state is TaskState =>
        (taskStates as readonly string[]).includes(state),
      ),
      template: all('template'),
      component: all('component'),
    },
    limit: pageSizes.find(size => size === limit) ?? DEFAULT_PAGE_SIZE,
    cursor: search.get('cursor') ?? undefined,
  };
}

/** Writes the list's filters and page into an address, and keeps what else stands there. */
export function formatTaskListParameters(
  parameters: TaskListParameters,
  before?: URLSearchParams,
): URLSearchParams {
  const search = new URLSearchParams(before);
  for (const name of ['team', 'state', 'template', 'component'] as const) {
    search.delete(name);
    parameters.filters[name].forEach(value => search.append(name, value));
  }
  search.delete('limit');
  if (parameters.limit !== DEFAULT_PAGE_SIZE) {
    search.set('limit', String(parameters.limit));
  }
  search.delete('cursor');
  if (parameters.cursor) {
    search.set('cursor', parameters.cursor);
  }
  return search;
}

/** The query that asks the backend for this page; filters without a value are left out. */
export function toTaskListQuery(parameters: TaskListParameters): TaskListQuery {
  const { filters, limit, cursor } = parameters;
  return {
    ...(filters.team.length && { team: filters.team }),
    ...(filters.state.length && { state: filters.state }),
    ...(filters.template.length && { template: filters.template }),
    ...(filters.component.length && { component: filters.component }),
    limit,
    ...(cursor && { cursor }),
  };
}

/**
 * The list's filters and page, kept in the address: so that they can be sent to somebody, and that Back goes one page
 * back.
 */
export function useTaskListParameters() {
  const [search, setSearch] = useSearchParams();
  const parameters = useMemo(() => parseTaskListParameters(search), [search]);

  const change = useCallback(
    (update: (before: TaskListParameters) => TaskListParameters) =>
      setSearch(before =>
        formatTaskListParameters(
          update(parseTaskListParameters(before)),
          before,
        ),
      ),
    [setSearch],
  );

  return {
    parameters,
    /** A cursor belongs to its filters, so other filters start at the first page. */
    setFilters: useCallback(
      (filters: Partial<TaskFilterValues>) =>
        change(before => ({
          ...before,
          filters: { ...before.filters, ...filters },
          cursor: undefined,
        })),
      [change],
    ),
    setCursor: useCallback(
      (cursor: string | undefined) => change(before => ({ ...before, cursor })),
      [change],
    ),
    setLimit: useCallback(
      (limit: number) =>
        change(before => ({ ...before, limit, cursor: undefined })),
      [change],
    ),
  };
}
