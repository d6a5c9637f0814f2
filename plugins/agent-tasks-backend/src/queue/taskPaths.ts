import {
  isSettled,
  TaskListQuery,
  TaskState,
} from '@agent-tasks/plugin-agent-tasks-common';
import { TaskFilter } from './TaskFilter';

/** A column of tasks that a list can be filtered by. */
export type FilterColumn =
  'campaign_id' | 'requester' | 'state' | 'team' | 'template';

/** Conditions that must all hold; of the values of a column, one. */
export interface Branch {
  values: Partial<Record<FilterColumn, string[]>>;
  /** Components of which the task has one. */
  components?: string[];
  /** Waves of the campaign. */
  waves?: number[];
  /** What cannot be said by values. */
  rest: TaskFilter[];
}

/**
 * A way to the tasks of a branch: an index of the table that begins with these columns and ends with the id has them in
 * their order, for each of the cells.
 */
export interface Path {
  table: 'task_components' | 'task_keys' | 'tasks';
  columns: string[];
  /** Values of the columns. */
  cells: string[][];
  /** The index has only what has settled. */
  settled: boolean;
  /** Columns that are left to look at. */
  rest: FilterColumn[];
}

/** More alternatives than these are not taken apart. */
const branchesAtMost = 16;

/**
 * Takes a query apart into branches, of which a task must meet one. A task may meet several.
 */
export function toBranches(options: {
  query: TaskListQuery;
  permitted: TaskFilter | undefined;
}): Branch[] {
  const { query, permitted } = options;
  const asked: Branch = { values: {}, rest: [] };
  const columns = [
    ['campaign_id', query.campaign],
    ['state', query.state],
    ['team', query.team],
    ['template', query.template],
  ] as const;
  for (const [column, values] of columns) {
    if (values?.length) {
      asked.values[column] = [...new Set<string>(values)];
    }
  }
  if (query.component?.length) {
    asked.components = [...new Set(query.component)];
  }
  if (query.wave?.length) {
    asked.waves = [...new Set(query.wave)];
  }
  const branches = permitted ? restrict([asked], permitted) : [asked];
  return branches.flatMap(splitByState);
}

/** The branches with a filter as a further condition. */
function restrict(branches: Branch[], filter: TaskFilter): Branch[] {
  if ('allOf' in filter) {
    return filter.allOf.reduce(restrict, branches);
  }
  if (
    'anyOf' in filter &&
    branches.length * filter.anyOf.length <= branchesAtMost
  ) {
    return filter.anyOf.flatMap(one => restrict(branches, one));
  }
  if ('anyOf' in filter || 'not' in filter) {
    return branches.map(branch => ({
      ...branch,
      rest: [...branch.rest, filter],
    }));
  }
  const { property, values } = filter;
  return branches.flatMap(branch => {
    const known = branch.values[property];
    const both = [...new Set(values)].filter(
      value => !known || known.includes(value),
    );
    return both.length
      ? [{ ...branch, values: { ...branch.values, [property]: both } }]
      : [];
  });
}

/** What has settled and what has not is found in different ways. */
function splitByState(branch: Branch): Branch[] {
  const { state, ...others } = branch.values;
  if (!state || !Object.keys(others).length) {
    return [branch];
  }
  return [true, false].flatMap(settled => {
    const some = state.filter(one => isSettled(one as TaskState) === settled);
    return some.length
      ? [{ ...branch, values: { ...others, state: some } }]
      : [];
  });
}

/**
 * The ways to the tasks of a branch. Which of them is the shortest, the data tell; of those that are all long, the first
 * is the one with the most matches on it. None: all tasks are gone through.
 */
export function pathsOf(branch: Branch): Path[] {
  const { values, components } = branch;
  const { campaign_id: campaign, requester, state, team, template } = values;
  const settled = Boolean(state?.every(one => isSettled(one as TaskState)));
  const path = (table: Path['table'], columns: FilterColumn[]): Path => ({
    table,
    columns,
    cells: combine(columns.map(column => values[column] ?? [])),
    settled: table === 'tasks' && columns.length > 1,
    rest: columnsOf(branch).filter(column => !columns.includes(column)),
  });
  if (components) {
    return [
      {
        table: 'task_components',
        columns: ['entity_ref'],
        cells: components.map(component => [component]),
        settled: false,
        rest: columnsOf(branch),
      },
    ];
  }
  if (campaign) {
    return [path('task_keys', ['campaign_id'])];
  }
  const paths: Path[] = [];
  if (requester) {
    paths.push(path('task_keys', ['requester']));
  }
  if (settled && team) {
    paths.push(path('tasks', ['team', 'state']));
  }
  if (settled && template) {
    paths.push(path('tasks', ['template', 'state']));
  }
  if (state && !(settled && (team || template))) {
    paths.push(path('tasks', ['state']));
  }
  if (team && template) {
    paths.push(path('task_keys', ['team', 'template']));
  } else if (team && !settled) {
    paths.push(path('task_keys', ['team']));
  } else if (template && !settled) {
    paths.push(path('task_keys', ['template']));
  }
  return paths;
}

/** The columns that a branch has conditions on. */
export function columnsOf(branch: Branch): FilterColumn[] {
  return Object.keys(branch.values) as FilterColumn[];
}

function combine(lists: (readonly string[])[]): string[][] {
  return lists.reduce<string[][]>(
    (cells, list) => cells.flatMap(cell => list.map(value => [...cell, value])),
    [[]],
  );
}
