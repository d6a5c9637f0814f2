import { join } from 'node:path';
import { connect } from '../harness/connect';
import { startPostgres } from '../harness/scripts';
import { OWN_TRACE, readTrace } from '../replay/readTrace';
import { ReplayResult, replayWith } from '../replay/replayWith';
import { Run } from './Run';

const BUDGETS = [3, 5, 10];
const QUICK_CHANGES = 150;

/** At least so many times as fast as the world. */
const GOAL_SPEED = 1_000;

export const drillReplay: Run = {
  kind: 'drill',
  name: 'replay',
  summary:
    'Launches what agents did in public repositories again, under review budgets of 3, 5 and 10 changes per team',

  async run({ quick, workspace, say, trace = OWN_TRACE }) {
    const all = readTrace(trace);
    const changes = quick ? all.slice(-QUICK_CHANGES) : all;
    const postgres = await startPostgres({
      processes: workspace.processes,
      env: process.env,
      logFile: join(workspace.logs, 'postgres.log'),
    });
    workspace.onClose(() => postgres.remove());
    const server = await connect(postgres.connectionString);
    for (const budget of BUDGETS) {
      await server.query(`create database replay_${budget}`);
    }
    await server.end();
    const results = await Promise.all(
      BUDGETS.map(budget => {
        const url = new URL(postgres.connectionString);
        url.pathname = `/replay_${budget}`;
        return replayWith({
          connectionString: url.href,
          changes,
          budget,
          say,
        });
      }),
    );
    for (const result of results) {
      say(describe(result));
    }
    const sum = (of: (result: ReplayResult) => number) =>
      results.reduce((total, result) => total + of(result), 0);
    const exceeded = sum(result => result.exceeded);
    return {
      result: {
        budgets: results,
        exceeded,
        trace: trace === OWN_TRACE ? 'agent-pr-trace.csv' : trace,
        changes: changes.length,
        teams: new Set(changes.map(({ team }) => team)).size,
        from: new Date(changes[0].createdAt).toISOString(),
        to: new Date(changes[changes.length - 1].createdAt).toISOString(),
        neverClosed: changes.filter(({ openFor }) => openFor === undefined)
          .length,
      },
      holds:
        exceeded === 0 &&
        sum(result => result.duplicates + result.counterDrift) === 0 &&
        (trace !== OWN_TRACE ||
          quick ||
          results.every(({ speed }) => speed >= GOAL_SPEED)),
    };
  },
};

function describe(result: ReplayResult): string {
  const { budget, delayedShare, waitingHours, neverStarted, most } = result;
  return `Budget ${budget}: ${(100 * delayedShare).toFixed(1)} % of the tasks were delayed; waiting p50 ${waitingHours.p50} h, p90 ${waitingHours.p90} h; ${neverStarted} never started; at most ${most} open`;
}
