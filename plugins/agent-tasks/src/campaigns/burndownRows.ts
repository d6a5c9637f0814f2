import type { CampaignBurndown } from '@agent-tasks/plugin-agent-tasks-common';

/** What is open at a moment: as planned, as it was, as it is forecast; absent where a line has no point. */
export interface BurndownRow {
  /** Milliseconds since the epoch. */
  at: number;
  planned?: number;
  actual?: number;
  forecast?: number;
}

/** The three lines of a burndown by moment, the oldest first. The forecast begins where the actual line ends. */
export function toBurndownRows(burndown: CampaignBurndown): BurndownRow[] {
  const rows = new Map<number, BurndownRow>();
  const set = (
    at: string | number,
    line: 'planned' | 'actual' | 'forecast',
    open: number,
  ) => {
    const time = typeof at === 'number' ? at : Date.parse(at);
    if (!Number.isNaN(time)) {
      rows.set(time, { ...rows.get(time), at: time, [line]: open });
    }
  };
  burndown.planned.forEach(({ at, open }) => set(at, 'planned', open));
  burndown.points.forEach(({ at, open }) => set(at, 'actual', open));
  const last = burndown.points.at(-1);
  if (last && burndown.forecast.length > 0) {
    set(last.at, 'forecast', last.open);
  }
  burndown.forecast.forEach(({ at, open }) => set(at, 'forecast', open));
  return [...rows.values()].sort((one, other) => one.at - other.at);
}
