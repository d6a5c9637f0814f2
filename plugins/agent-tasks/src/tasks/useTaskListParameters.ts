import {
  type TaskListQuery,
  type TaskState,
  taskStates,
} from '@agent-tasks/plugin-agent-tasks-common';
import {
  pageSizes,
  readPage,
  readValues,
  writeAddress,
} from '../lists/pageAddress';
import { type PagedFilters, usePagedFilters } from '../lists/usePagedFilters';

const DEFAULT_SIZE = pageSizes[0];

/** What the list filters by, with all values of each filter. */
export interface TaskFilterValues {
  team: string[];
  state: TaskState[];
  template: string[];
  component: string[];
}

/** What the address says about the list. */
export type TaskListParameters = PagedFilters<TaskFilterValues>;

/** Reads the list's filters and page out of an address; what makes no sense there is left out. */
export function parseTaskListParameters(
  search: URLSearchParams,
): TaskListParameters {
  return {
    filters: {
      team: readValues(search, 'team'),
      state: readValues(search, 'state').filter((state): state is TaskState =>
        (taskStates as readonly string[]).includes(state),
      ),
      template: readValues(search, 'template'),
      component: readValues(search, 'component'),
    },
    ...readPage(search, DEFAULT_SIZE),
  };
}

/** Writes the list's filters and page into an address, and keeps what else stands there. */
export function formatTaskListParameters(
  parameters: TaskListParameters,
  before?: URLSearchParams,
): URLSearchParams {
  const { team, state, template, component } = parameters.filters;
  return writeAddress({
    before,
    values: { team, state, template, component },
    page: parameters,
    defaultSize: DEFAULT_SIZE,
  });
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

/** The list's filters and page, kept in the address. */
export function useTaskListParameters() {
  return usePagedFilters({
    parse: parseTaskListParameters,
    format: formatTaskListParameters,
  });
}
