import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import { Pool } from 'pg';
import { GraphileWorkerSetup, Peer, PeerWorkers } from './Peer';

const TASK = 'nothing';

const silent = new Logger(() => () => {});

export const graphileWorkerPeer: Peer = {
  tables: ['graphile_worker._private_jobs'],

  async prepare(pool) {
    const utils = await makeWorkerUtils({ pgPool: pool, logger: silent });
    try {
      await utils.migrate();
    } finally {
      await utils.release();
    }
  },

  async enqueue(client, jobs) {
    await client.query(
      `select count(*) from graphile_worker.add_jobs(
        (select array_agg(
           json_populate_record(null::graphile_worker.job_spec,
             json_build_object('identifier', $1::text, 'payload', json_build_object('task', number))))
         from generate_series(1, $2::int) number))`,
      [TASK, jobs],
    );
  },

  async clean(client) {
    await client.query('delete from graphile_worker._private_jobs');
  },

  async remaining(client) {
    const { rows } = await client.query(
      'select count(*)::int as count from graphile_worker._private_jobs',
    );
    return rows[0].count;
  },
};

/** Starts its workers. */
export async function startGraphileWorker(options: {
  pool: Pool;
  workers: number;
  setup: GraphileWorkerSetup;
}): Promise<PeerWorkers> {
  const { pool, workers, setup } = options;
  const { localQueueSize, completeBatchDelayMs } = setup;
  await run({
    preset: {
      worker: {
        concurrentJobs: workers,
        pollInterval: 500,
        ...(localQueueSize !== undefined && {
          localQueue: { size: localQueueSize },
        }),
        ...(completeBatchDelayMs !== undefined && {
          completeJobBatchDelay: completeBatchDelayMs,
          failJobBatchDelay: completeBatchDelayMs,
        }),
      },
    },
    pgPool: pool,
    logger: silent,
    noHandleSignals: true,
    taskList: { [TASK]: async () => {} },
  });
  // New jobs are told to it by the database.
  return { nudge: () => {} };
}
