import { Pool } from 'pg';
import { PgBoss } from 'pg-boss';
import { Peer, PeerWorkers, PgBossSetup } from './Peer';

const QUEUE = 'nothing';

function createBoss(pool: Pool): PgBoss {
  const boss = new PgBoss({
    db: {
      executeSql: (text: string, values?: unknown[]) =>
        pool.query(text, values),
    },
    // Upkeep in the background would only take time from the jobs.
    supervise: false,
    schedule: false,
  });
  boss.on('error', error => {
    throw error;
  });
  return boss;
}

export const pgBossPeer: Peer = {
  tables: ['pgboss.job'],

  async prepare(pool) {
    const boss = createBoss(pool);
    await boss.start();
    await boss.createQueue(QUEUE, { partition: true });
    await boss.stop({ graceful: false });
  },

  async enqueue(client, jobs) {
    await client.query(
      `insert into pgboss.job (name, data, policy)
       select $1, json_build_object('task', number)::jsonb, 'standard'
       from generate_series(1, $2::int) number`,
      [QUEUE, jobs],
    );
  },

  async clean(client) {
    await client.query('delete from pgboss.job where name = $1', [QUEUE]);
  },

  async remaining(client) {
    const { rows } = await client.query(
      `select count(*)::int as count from pgboss.job where name = $1 and state < 'completed'`,
      [QUEUE],
    );
    return rows[0].count;
  },
};

/** Starts its workers. */
export async function startPgBoss(options: {
  pool: Pool;
  workers: number;
  setup: PgBossSetup;
}): Promise<PeerWorkers> {
  const { pool, workers, setup } = options;
  const boss = createBoss(pool);
  await boss.start();
  const ids: string[] = [];
  for (let worker = 0; worker < workers; worker += 1) {
    const work = await boss.work(
      QUEUE,
      {
        batchSize: setup.batchSize,
        pollingIntervalSeconds: 0.5,
        priority: setup.ordered,
        orderByCreatedOn: setup.ordered,
      },
      // It waits for the interval after each fetch, unless it is told that there is more.
      async () => boss.notifyWorker(ids[worker]),
    );
    ids.push(work);
  }
  return { nudge: () => ids.forEach(id => boss.notifyWorker(id)) };
}
