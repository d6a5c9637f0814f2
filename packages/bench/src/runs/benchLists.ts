import { join } from 'node:path';
import { BackendDatabase } from '../backend/backendConfig';
import { startPostgres } from '../harness/scripts';
import { ListsWorld } from '../lists/listsWorld';
import { measureDatabase } from '../lists/measureDatabase';
import { FilterFigures } from '../lists/measureLists';
import { Run, RunContext } from './Run';

const GOAL_P95_MS = 25;

/** A last page that takes longer than this many first ones means that it grows with the page number. */
const GOAL_LAST_OVER_FIRST = 1.5;

/** Pages that take less than this all cost the same: what is left is HTTP. */
const FLOOR_MS = 5;

const FULL: ListsWorld = { tasks: 1_000_000, tasksPerCampaign: 200 };
const QUICK: ListsWorld = { tasks: 5_000, tasksPerCampaign: 100 };

const SAMPLES = { full: 20, quick: 1 };

export const benchLists: Run = {
  kind: 'bench',
  name: 'lists',
  summary:
    'Measures the list of a million tasks with each filter, first page and last, on both databases',

  async run(context) {
    const { quick, say } = context;
    const world = quick ? QUICK : FULL;
    const figures: Record<string, FilterFigures[]> = {};
    for (const name of ['sqlite', 'postgresql'] as const) {
      figures[name] = await measureDatabase({
        context,
        name,
        database: await openDatabase(name, context),
        world,
        samples: quick ? SAMPLES.quick : SAMPLES.full,
      });
      for (const one of figures[name]) {
        say(describe(name, one));
      }
    }
    const all = Object.values(figures).flat();
    const worst = all.reduce((a, b) => (a.p95Ms > b.p95Ms ? a : b));
    const lastPageOverFirst = Math.max(...all.map(lastOverFirst));
    return {
      result: {
        tasks: world.tasks,
        p95Ms: round(worst.p95Ms),
        lastPageOverFirst: round(lastPageOverFirst),
        goalP95Ms: GOAL_P95_MS,
        goalLastPageOverFirst: GOAL_LAST_OVER_FIRST,
        worstFilter: worst.filter,
        byDatabase: Object.fromEntries(
          Object.entries(figures).map(([name, filters]) => [
            name,
            Object.fromEntries(
              filters.map(({ filter, p95Ms, medianMs }) => [
                filter,
                {
                  p95Ms: round(p95Ms),
                  firstMs: round(medianMs.first),
                  hundredthMs: round(medianMs.hundredth),
                  lastMs: round(medianMs.last),
                },
              ]),
            ),
          ]),
        ),
      },
      holds:
        worst.p95Ms <= GOAL_P95_MS && lastPageOverFirst <= GOAL_LAST_OVER_FIRST,
    };
  },
};

function lastOverFirst({ medianMs: { first, last } }: FilterFigures): number {
  return Math.max(last, FLOOR_MS) / Math.max(first, FLOOR_MS);
}

function describe(name: string, one: FilterFigures): string {
  const { first, hundredth, last } = one.medianMs;
  return `${one.p95Ms > GOAL_P95_MS ? '✗' : ' '} ${name}: ${one.filter.padEnd(34)} p95 ${ms(one.p95Ms)}; first ${ms(first)}, 100th ${ms(hundredth)}, last ${ms(last)}; slowest ${JSON.stringify(one.slowest.query)} ${one.slowest.place} ${ms(one.slowest.medianMs)}`;
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}

function round(value: number): number {
  return Number(value.toFixed(2));
}

async function openDatabase(
  name: 'sqlite' | 'postgresql',
  { workspace }: RunContext,
): Promise<BackendDatabase> {
  if (name === 'sqlite') {
    return {
      client: 'better-sqlite3',
      directory: workspace.makeFolder('sqlite'),
    };
  }
  const { connectionString, remove } = await startPostgres({
    processes: workspace.processes,
    env: process.env,
    logFile: join(workspace.logs, 'postgres.log'),
  });
  workspace.onClose(remove);
  return { client: 'pg', connectionString };
}
