import {
  TaskList,
  TaskListQuery,
} from '@agent-tasks/plugin-agent-tasks-common';
import { CLIENT_TOKEN } from '../backend/backendConfig';
import { ListFilter, READERS } from './listFilters';
import { quantile } from '../harness/quantile';

/** Where in a list a page is. */
export type PagePlace = 'first' | 'hundredth' | 'last';

/** What one filter takes, in milliseconds. */
export interface FilterFigures {
  filter: string;
  samples: number;
  /** Of all samples. */
  p95Ms: number;
  medianMs: Record<PagePlace, number>;
  /** The slowest query of the filter, by its median. */
  slowest: { query: TaskListQuery; place: PagePlace; medianMs: number };
}

const WARM_UP = 2;

/** The hundredth page is found by following this many cursors from the first. */
const CURSORS_TO_HUNDREDTH = 99;

/** The page before the first task of all is the last one. */
const BEFORE_ALL = Buffer.from(
  JSON.stringify({ before: `task_${'0'.repeat(26)}` }),
).toString('base64url');

/** Measures the pages of a list at a backend, one request after the other, as a client sees them. */
export async function measureFilter(options: {
  url: string;
  filter: ListFilter;
  /** For each place of each query. */
  samples: number;
}): Promise<FilterFigures> {
  const { url, filter, samples } = options;
  const token = filter.reader ? READERS[filter.reader].token : CLIENT_TOKEN;
  const get = (query: TaskListQuery) => getPage({ url, token, query });
  const all: number[] = [];
  const byPlace: Record<PagePlace, number[]> = {
    first: [],
    hundredth: [],
    last: [],
  };
  let slowest: FilterFigures['slowest'] | undefined;
  for (const query of filter.queries) {
    const hundredth = await cursorOfHundredth(query, get);
    const places: [PagePlace, string | undefined][] = [
      ['first', undefined],
      ...(hundredth ? [['hundredth', hundredth] as [PagePlace, string]] : []),
      ['last', BEFORE_ALL],
    ];
    for (const [place, cursor] of places) {
      const times: number[] = [];
      for (let count = 0; count < WARM_UP + samples; count += 1) {
        const { ms } = await get({ ...query, ...(cursor && { cursor }) });
        if (count >= WARM_UP) {
          times.push(ms);
        }
      }
      all.push(...times);
      byPlace[place].push(...times);
      const medianMs = quantile(times, 0.5);
      if (!slowest || medianMs > slowest.medianMs) {
        slowest = { query, place, medianMs };
      }
    }
  }
  return {
    filter: filter.name,
    samples: all.length,
    p95Ms: quantile(all, 0.95),
    medianMs: {
      first: quantile(byPlace.first, 0.5),
      hundredth: quantile(byPlace.hundredth, 0.5),
      last: quantile(byPlace.last, 0.5),
    },
    slowest: slowest!,
  };
}

/** Where there are that many pages. */
async function cursorOfHundredth(
  query: TaskListQuery,
  get: (query: TaskListQuery) => Promise<{ page: TaskList }>,
): Promise<string | undefined> {
  let cursor: string | undefined;
  for (let count = 0; count < CURSORS_TO_HUNDREDTH; count += 1) {
    const { page } = await get({ ...query, ...(cursor && { cursor }) });
    cursor = page.nextCursor;
    if (!cursor) {
      return undefined;
    }
  }
  return cursor;
}

async function getPage(options: {
  url: string;
  token: string;
  query: TaskListQuery;
}): Promise<{ page: TaskList; ms: number }> {
  const { url, token, query } = options;
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value].flat()) {
      parameters.append(name, String(one));
    }
  }
  const begin = performance.now();
  const response = await fetch(`${url}/api/agent-tasks/tasks?${parameters}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const page = (await response.json()) as TaskList;
  const ms = performance.now() - begin;
  if (!response.ok) {
    throw new Error(
      `The list was answered with ${response.status}: ${JSON.stringify(page)}`,
    );
  }
  return { page, ms };
}
