import { CounterValues } from '@agent-tasks/github-simulator';

/** What requests are for. */
export type Purpose =
  'start' | 'watch' | 'read' | 'change' | 'tokens' | 'other';

/** Requests by what they are for, and their sum. */
export interface RequestCount {
  total: number;
  byPurpose: Record<Purpose, number>;
  byRoute: Record<string, number>;
  /** Those of the total that were answered 304. */
  notModified: number;
}

/** Routes to purposes; the first that fits. */
const PURPOSES: [pattern: RegExp, purpose: Purpose][] = [
  [/^POST .*\/tasks$/, 'start'],
  [/^GET \/agents\//, 'watch'],
  [/^POST \/graphql$/, 'read'],
  [/^GET \/repos\/[^/]+\/[^/]+\/pulls/, 'read'],
  [/access_tokens$|installation|^GET \/app/, 'tokens'],
  [/^(POST|PUT|PATCH|DELETE) /, 'change'],
];

/** Sums up what a simulator counted: every request, whatever its answer. */
export function countRequests(counters: CounterValues): RequestCount {
  const byPurpose: Record<Purpose, number> = {
    start: 0,
    watch: 0,
    read: 0,
    change: 0,
    tokens: 0,
    other: 0,
  };
  for (const [route, count] of Object.entries(counters.byRoute)) {
    const [, purpose] = PURPOSES.find(([pattern]) => pattern.test(route)) ?? [
      undefined,
      'other' as const,
    ];
    byPurpose[purpose] += count;
  }
  return {
    total: counters.requests,
    byPurpose,
    byRoute: counters.byRoute,
    notModified: counters.notModified,
  };
}
