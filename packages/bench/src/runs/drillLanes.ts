import { join } from 'node:path';
import { startPostgres } from '../harness/scripts';
import { compareLatencies } from '../lanes/compareLatencies';
import { LaneWorld, LaneWorldSize } from '../lanes/LaneWorld';
import { Run, RunContext } from './Run';

const GOAL_CHANGE = 0.05;

/** A task that has not settled by then counts as if it just had: what waits for people waits longer than this. */
const TIMEOUT_MS = 30_000;
const EVERY_MS = 120;

export const drillLanes: Run = {
  kind: 'drill',
  name: 'lanes',
  summary:
    'Compares how soon tasks of the auto lane are settled while every review slot is taken, and while all are free',

  async run(context) {
    const { quick, seed, say } = context;
    const size: LaneWorldSize = {
      teams: quick ? 2 : 5,
      repositories: quick ? 10 : 50,
      openChanges: quick ? 4 : 10,
      reviews: quick ? 30 : 500,
    };
    const blocks = quick ? 2 : 36;
    const perBlock = quick ? 8 : 25;
    const [free, full] = [
      await start(context, 'free', { ...size, reviews: 0 }),
      await start(context, 'full', size),
    ];
    const reviews = await full.countReviews();
    say(
      `${reviews.held} of ${size.teams * size.openChanges} review slots are taken, ${reviews.waiting} tasks wait for one`,
    );
    const block = { count: perBlock, everyMs: EVERY_MS, timeoutMs: TIMEOUT_MS };
    // Both learn their way first.
    await free.measure(block);
    await full.measure(block);
    const before: number[] = [];
    const after: number[] = [];
    for (let index = 0; index < blocks; index += 1) {
      // In turn, and who comes first in turn: what drifts, drifts for both.
      const order = [
        async () => before.push(...(await free.measure(block))),
        async () => after.push(...(await full.measure(block))),
      ];
      for (const measure of index % 2 ? order.reverse() : order) {
        await measure();
      }
      if (index % 4 === 3) {
        const { change, standardError } = compareLatencies({ before, after });
        say(
          `${before.length} of each: ${percent(change)} ± ${percent(standardError)}`,
        );
      }
    }
    const { change, standardError, ...latency } = compareLatencies({
      before,
      after,
    });
    const inTheEnd = await full.countReviews();
    const samples = [...before, ...after];
    const unsettled = samples.filter(ms => ms >= TIMEOUT_MS).length;
    // Few samples scatter by more than the goal.
    const scatter = quick ? 3 * standardError : 0;
    const stayedFull = inTheEnd.held === size.teams * size.openChanges;
    return {
      result: {
        change: round(change),
        standardError: round(standardError),
        goalChange: GOAL_CHANGE,
        samples: before.length,
        ...latency,
        unsettled,
        reviewSlots: size.teams * size.openChanges,
        reviewsHeld: inTheEnd.held,
        reviewsWaiting: inTheEnd.waiting,
        seed,
      },
      holds:
        change - scatter < GOAL_CHANGE &&
        unsettled === 0 &&
        stayedFull &&
        inTheEnd.waiting > 0,
    };
  },
};

/** A world with a server of its own, so that the two share nothing but the machine. */
async function start(
  context: RunContext,
  name: string,
  size: LaneWorldSize,
): Promise<LaneWorld> {
  const { workspace } = context;
  const postgres = await startPostgres({
    processes: workspace.processes,
    env: process.env,
    logFile: join(workspace.logs, `postgres-${name}.log`),
  });
  workspace.onClose(() => postgres.remove());
  return LaneWorld.start({
    context,
    name,
    connectionString: postgres.connectionString,
    size,
  });
}

function round(value: number): number {
  return Number(value.toFixed(4));
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
