import type {
  Queue,
  QueueHistory,
} from '@agent-tasks/plugin-agent-tasks-common';
import type { StackedSeries } from '../charts/stackedSeries';

/** Colours that a person can still tell apart, less the one for all other teams. */
const MOST_TEAMS = 8;

/** The key of the series of teams that have none of their own. */
export const OTHER_TEAMS = 'other';

/**
 * The depth of the queue over time, by team, the deepest team at the bottom, and the queue as it is now as its last
 * moment. Teams beyond the first eight are counted together, and a team of which there was never a task is left out.
 */
export function toDepthSeries(options: {
  history: QueueHistory;
  teams: Queue['teams'];
  /** When `teams` was read, in milliseconds since the epoch. */
  now: number;
  titleOf: (team: string) => string;
  otherTitle: string;
}): StackedSeries {
  const { history, teams, now, titleOf, otherTitle } = options;
  const shown = history.teams.slice(0, MOST_TEAMS);
  const rows = history.samples.map(({ at, byTeam, other }) => ({
    at: Date.parse(at),
    values: [
      ...shown.map((_, index) => byTeam[index] ?? 0),
      byTeam.slice(shown.length).reduce((sum, value) => sum + value, other),
    ],
  }));
  const queuedNow = new Map(teams.map(({ team, queued }) => [team, queued]));
  const all = teams.reduce((sum, { queued }) => sum + queued, 0);
  const ofShown = shown.map(team => queuedNow.get(team) ?? 0);
  const newest = rows.at(-1)?.at ?? -Infinity;
  // The clocks of browser and backend may differ: a curve never goes back in time.
  if (now > newest) {
    rows.push({
      at: now,
      values: [
        ...ofShown,
        all - ofShown.reduce((sum, value) => sum + value, 0),
      ],
    });
  }
  const series = [
    ...shown.map(team => ({ key: team, title: titleOf(team) })),
    { key: OTHER_TEAMS, title: otherTitle },
  ];
  const isUsed = series.map((_, index) =>
    rows.some(({ values }) => values[index] > 0),
  );
  return {
    series: series.filter((_, index) => isUsed[index]),
    rows: rows.map(({ at, values }) => ({
      at,
      values: values.filter((_, index) => isUsed[index]),
    })),
  };
}
