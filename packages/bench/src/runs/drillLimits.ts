import { join } from 'node:path';
import { startPostgres } from '../harness/scripts';
import {
  DATABASE_RESTARTS,
  drillLimitsOn,
  LimitsDrillSize,
} from '../limits/drillLimitsOn';
import { Run } from './Run';

const FULL: LimitsDrillSize = {
  replicas: 3,
  workers: 16,
  starts: 20_000,
  attempts: 1_000_000,
  teams: 50,
  repositories: 200,
  timeoutMs: 570_000,
  killEveryMs: { min: 3_000, max: 15_000 },
};

const QUICK: LimitsDrillSize = {
  replicas: 3,
  workers: 16,
  starts: 400,
  attempts: 2_000,
  teams: 10,
  repositories: 40,
  timeoutMs: 60_000,
  killEveryMs: { min: 1_000, max: 4_000 },
};

/** Findings that are told in full; the others would say the same. */
const FINDINGS_TOLD = 20;

export const drillLimits: Run = {
  kind: 'drill',
  name: 'limits',
  summary:
    'Looks for a limit that is ever exceeded, while backends are killed, PostgreSQL restarts, and limits change',

  async run(context) {
    const { quick, seed, workspace, say } = context;
    const size = quick ? QUICK : FULL;
    const postgres = await startPostgres({
      processes: workspace.processes,
      env: process.env,
      logFile: join(workspace.logs, 'postgres.log'),
      // What was committed before a restart is there after it, as in production.
      settings: { synchronous_commit: 'on' },
    });
    workspace.onClose(() => postgres.remove());
    const { excesses, ...result } = await drillLimitsOn({
      context,
      postgres,
      size,
    });
    for (const { key, by, allowed, task } of excesses.slice(0, FINDINGS_TOLD)) {
      say(`✗ ${key}: ${by} more than ${allowed} with ${task}`);
    }
    const { attempts, starts, overLimit, duplicates } = result;
    return {
      result: {
        ...result,
        replicas: size.replicas,
        workers: size.workers,
        worstExcess: Math.max(0, ...excesses.map(({ by }) => by)),
        startsPerSecond: Number((starts / result.seconds).toFixed(1)),
        seed,
      },
      holds:
        overLimit === 0 &&
        duplicates === 0 &&
        starts >= size.starts &&
        attempts >= size.attempts &&
        result.databaseRestarts.length === DATABASE_RESTARTS,
    };
  },
};
