import { join } from 'node:path';
import { Client } from 'pg';
import { connect } from '../harness/connect';
import { quantile } from '../harness/quantile';
import { startPostgres } from '../harness/scripts';
import {
  createInstantCatalog,
  INSTANT_TEMPLATE,
} from '../instant/instantCatalog';
import { INSTANT_PROVIDER } from '../instant/InstantProvider';
import { pluginDatabase } from '../instant/pluginDatabase';
import { untilTemplate } from '../instant/untilTemplate';
import { loadQueue, wrongCounters } from '../queueScale/loadQueue';
import { WakeupPortal } from '../wakeup/WakeupPortal';
import { Run, RunContext } from './Run';

const GOAL_MILLION_OVER_THOUSAND = 1.5;

const SLOTS = 2;

interface ScaleSize {
  teams: number;
  repositories: number;
  /** Numbers of queued tasks. */
  queued: number[];
  /** Each pass measures all sizes, in another order. */
  passes: number;
  samplesPerPass: number;
}

const FULL: ScaleSize = {
  teams: 500,
  repositories: 5_000,
  queued: [1_000, 10_000, 100_000, 1_000_000],
  passes: 8,
  samplesPerPass: 15,
};

const QUICK: ScaleSize = {
  teams: 20,
  repositories: 100,
  queued: [500, 5_000],
  passes: 2,
  samplesPerPass: 5,
};

/** A portal with a queue of one size. */
interface Sized {
  queued: number;
  portal: WakeupPortal;
  client: Client;
  brake: { id: string };
  waitsMs: number[];
  transactionsMs: number[];
}

export const benchQueueScale: Run = {
  kind: 'bench',
  name: 'queue-scale',
  summary:
    'Measures an admission round and its wake-up with a thousand to a million tasks queued',

  async run(context) {
    const { quick, say, workspace } = context;
    const size = quick ? QUICK : FULL;
    const { connectionString, remove } = await startPostgres({
      processes: workspace.processes,
      env: process.env,
      logFile: join(workspace.logs, 'postgres.log'),
    });
    workspace.onClose(remove);
    const sizes: Sized[] = [];
    for (const queued of size.queued) {
      sizes.push(await startSized({ context, size, connectionString, queued }));
    }
    for (let pass = 0; pass <= size.passes; pass += 1) {
      for (const sized of rotated(sizes, pass)) {
        const { portal } = sized;
        const { brake, waitsMs, transactionsMs } = await portal.pass({
          brake: sized.brake,
          samples: size.samplesPerPass,
        });
        sized.brake = brake;
        // The first one warms up.
        if (pass > 0) {
          sized.waitsMs.push(...waitsMs);
          sized.transactionsMs.push(...transactionsMs);
        }
      }
    }
    for (const { client, queued } of sizes) {
      const wrong = await wrongCounters(client);
      if (wrong) {
        throw new Error(
          `The rows of ${queued} queued tasks were wrong: the backend has set counters right ${wrong} times`,
        );
      }
      await client.end();
    }
    const byQueued = (value: (sized: Sized) => number) =>
      Object.fromEntries(
        sizes.map(sized => [sized.queued, Number(value(sized).toFixed(2))]),
      );
    const median = ({ waitsMs }: Sized) => quantile(waitsMs, 0.5);
    const [least] = sizes;
    const most = sizes[sizes.length - 1];
    const ratio = Number((median(most) / median(least)).toFixed(3));
    for (const sized of sizes) {
      say(
        `${sized.queued} queued: ${median(sized).toFixed(1)} ms, of which the transaction ${quantile(sized.transactionsMs, 0.5).toFixed(1)} ms`,
      );
    }
    return {
      result: {
        roundMs: byQueued(median),
        millionOverThousand: ratio,
        goal: GOAL_MILLION_OVER_THOUSAND,
        p95Ms: byQueued(({ waitsMs }) => quantile(waitsMs, 0.95)),
        transactionMs: byQueued(({ transactionsMs }) =>
          quantile(transactionsMs, 0.5),
        ),
        samples: least.waitsMs.length,
        teams: size.teams,
        repositories: size.repositories,
      },
      holds: ratio <= GOAL_MILLION_OVER_THOUSAND,
    };
  },
};

async function startSized(options: {
  context: RunContext;
  size: ScaleSize;
  connectionString: string;
  queued: number;
}): Promise<Sized> {
  const { context, size, connectionString, queued } = options;
  const { workspace, say } = context;
  const database = {
    client: 'pg',
    connectionString,
    prefix: `queued_${queued}_`,
  } as const;
  const { entities } = createInstantCatalog(size);
  const portal = await WakeupPortal.start({
    workspace,
    name: `queued-${queued}`,
    database,
    entities,
    replicas: 1,
    slots: SLOTS,
  });
  await untilTemplate(portal.client, INSTANT_TEMPLATE);
  const brake = await portal.brake('The queue is being filled');
  const client = await connect(pluginDatabase(database));
  await loadQueue({
    client,
    world: size,
    queued,
    template: INSTANT_TEMPLATE,
    provider: INSTANT_PROVIDER,
  });
  say(`${queued} queued`);
  return { queued, portal, client, brake, waitsMs: [], transactionsMs: [] };
}

/** From another one on each time, so that none is always the first. */
function rotated<T>(values: T[], by: number): T[] {
  const at = by % values.length;
  return [...values.slice(at), ...values.slice(0, at)];
}
