import { join } from 'node:path';
import { CrashDrillSize, drillCrashOn } from '../crash/drillCrashOn';
import { startPostgres } from '../harness/scripts';
import { Run } from './Run';

const FULL: CrashDrillSize = {
  replicas: 2,
  tasks: 2_000,
  kills: 200,
  repositories: 100,
  longestLifeMs: 1_500,
  settleTimeoutMs: 120_000,
};

const QUICK: CrashDrillSize = {
  replicas: 2,
  tasks: 40,
  kills: 6,
  repositories: 10,
  longestLifeMs: 2_000,
  settleTimeoutMs: 90_000,
};

/** Findings that are told in full; the others would say the same. */
const FINDINGS_TOLD = 20;

export const drillCrash: Run = {
  kind: 'drill',
  name: 'crash',
  summary:
    'Kills replicas while GitHub fails in every way, and looks for tasks that are lost, started twice or stuck',

  async run(context) {
    const { quick, seed, workspace, say } = context;
    const size = quick ? QUICK : FULL;
    const postgres = await startPostgres({
      processes: workspace.processes,
      env: process.env,
      logFile: join(workspace.logs, 'postgres.log'),
    });
    workspace.onClose(() => postgres.remove());
    const { verdict, drift, ...result } = await drillCrashOn({
      context,
      postgres,
      size,
    });
    const findings = [
      ...verdict.lost,
      ...verdict.duplicates,
      ...verdict.stuck,
      ...drift.map(
        ({ kind, key, counter, counted }) =>
          `${kind} ${key} is counted as ${counter} and is ${counted}`,
      ),
    ];
    for (const finding of findings.slice(0, FINDINGS_TOLD)) {
      say(`✗ ${finding}`);
    }
    const lost = verdict.lost.length;
    const duplicates = verdict.duplicates.length;
    const stuck = verdict.stuck.length;
    return {
      result: {
        database: ['postgresql'],
        ...result,
        replicas: size.replicas,
        lost,
        duplicates,
        stuck,
        counterDrift: drift.length,
        seed,
      },
      holds:
        findings.length === 0 &&
        result.tasks === size.tasks &&
        result.kills === size.kills,
    };
  },
};
