import { join } from 'node:path';
import { quantile } from '../harness/quantile';
import { DURABLE, startPostgres } from '../harness/scripts';
import {
  createInstantCatalog,
  INSTANT_TEMPLATE,
} from '../instant/instantCatalog';
import { untilTemplate } from '../instant/untilTemplate';
import { WakeupPortal } from '../wakeup/WakeupPortal';
import { Run } from './Run';

const GOALS = { p50Ms: 10, p99Ms: 50 };

const REPLICAS = 3;
const SLOTS = 4;
const TEAMS = 20;
const REPOSITORIES = 200;

const FULL = { samples: 500, warmUp: 100, launches: 5 };
const QUICK = { samples: 30, warmUp: 10, launches: 1 };

export const benchWakeup: Run = {
  kind: 'bench',
  name: 'wakeup',
  summary:
    'Measures how soon the next task is started when a slot becomes free, with three replicas',

  async run({ quick, workspace, say }) {
    const size = quick ? QUICK : FULL;
    const { connectionString, remove } = await startPostgres({
      processes: workspace.processes,
      env: process.env,
      logFile: join(workspace.logs, 'postgres.log'),
      settings: DURABLE,
    });
    workspace.onClose(remove);
    const catalog = createInstantCatalog({
      teams: TEAMS,
      repositories: REPOSITORIES,
    });
    const portal = await WakeupPortal.start({
      workspace,
      name: 'replica',
      database: { client: 'pg', connectionString },
      entities: catalog.entities,
      replicas: REPLICAS,
      slots: SLOTS,
    });
    const { client } = portal;
    await untilTemplate(client, INSTANT_TEMPLATE);
    let brake = await portal.brake('The queue is being filled');
    for (let launch = 1; launch <= size.launches; launch += 1) {
      await client.launch(
        {
          template: INSTANT_TEMPLATE,
          components: catalog.components,
          parameters: {},
        },
        `bench-launch-${launch}`,
      );
    }
    say(
      `${REPLICAS} replicas, ${SLOTS} slots, ${size.launches * REPOSITORIES} tasks queued`,
    );
    ({ brake } = await portal.pass({ brake, samples: size.warmUp }));
    const { waitsMs, transactionsMs } = await portal.pass({
      brake,
      samples: size.samples,
    });
    const at = (share: number) => round(quantile(waitsMs, share));
    const p50Ms = at(0.5);
    const p99Ms = at(0.99);
    return {
      result: {
        replicas: REPLICAS,
        p50Ms,
        p99Ms,
        goals: GOALS,
        p95Ms: at(0.95),
        maxMs: at(1),
        transactionP50Ms: round(quantile(transactionsMs, 0.5)),
        samples: waitsMs.length,
        slots: SLOTS,
      },
      holds: p50Ms <= GOALS.p50Ms && p99Ms <= GOALS.p99Ms,
    };
  },
};

function round(value: number): number {
  return Number(value.toFixed(2));
}
