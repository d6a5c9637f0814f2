import { join } from 'node:path';
import { connect } from '../harness/connect';
import { quantile } from '../harness/quantile';
import { startPostgres } from '../harness/scripts';
import { GraphileWorkerJobs } from '../launch/GraphileWorkerJobs';
import { LaunchPortal } from '../launch/LaunchPortal';
import { Run } from './Run';

const GOAL_SECONDS = 1;

const FULL = { repositories: 10_000, teams: 100, rounds: 5 };
const QUICK = { repositories: 200, teams: 10, rounds: 1 };

export const benchLaunch: Run = {
  kind: 'bench',
  name: 'launch',
  summary:
    'Stores one launch on 10,000 repositories with its audit events, beside addJobs of graphile-worker',

  async run({ quick, say, workspace }) {
    const size = quick ? QUICK : FULL;
    const { connectionString, remove } = await startPostgres({
      processes: workspace.processes,
      env: process.env,
      logFile: join(workspace.logs, 'postgres.log'),
    });
    workspace.onClose(remove);
    const portal = await LaunchPortal.start({
      workspace,
      connectionString,
      ...size,
    });
    const peer = await GraphileWorkerJobs.start(
      await createDatabase(connectionString, 'graphile_worker'),
    );
    const seconds: number[] = [];
    const requestSeconds: number[] = [];
    const peerSeconds: number[] = [];
    try {
      // In turn; the first of each warms up.
      for (let round = 0; round <= size.rounds; round += 1) {
        const launched = await portal.launch();
        await portal.settle();
        const added = await peer.add(size.repositories);
        if (round > 0) {
          seconds.push(launched.seconds);
          requestSeconds.push(launched.requestSeconds);
          peerSeconds.push(added);
          say(
            `launch ${round}: stored in ${launched.seconds.toFixed(3)} s, answered after ${launched.requestSeconds.toFixed(3)} s; addJobs: ${added.toFixed(3)} s`,
          );
        }
      }
    } finally {
      await portal.stop();
      await peer.stop();
    }
    const median = (values: number[]) =>
      Number(quantile(values, 0.5).toFixed(3));
    const result = {
      repositories: size.repositories,
      seconds: median(seconds),
      graphileWorkerSeconds: median(peerSeconds),
      ratio: Number((median(seconds) / median(peerSeconds)).toFixed(2)),
      goalSeconds: GOAL_SECONDS,
      requestSeconds: median(requestSeconds),
      teams: size.teams,
      rounds: seconds.map(value => Number(value.toFixed(3))),
      graphileWorkerRounds: peerSeconds.map(value => Number(value.toFixed(3))),
    };
    return { result, holds: result.seconds <= GOAL_SECONDS };
  },
};

async function createDatabase(
  connectionString: string,
  name: string,
): Promise<string> {
  const client = await connect(connectionString);
  try {
    await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
  const url = new URL(connectionString);
  url.pathname = `/${name}`;
  return url.href;
}
