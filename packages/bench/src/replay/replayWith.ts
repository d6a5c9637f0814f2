import { createAgentTasks } from '@agent-tasks/plugin-agent-tasks-backend/src/createAgentTasks';
import { readConfig } from '@agent-tasks/plugin-agent-tasks-backend/src/config';
import { migrationsDirectory } from '@agent-tasks/plugin-agent-tasks-backend/src/database/connect';
import {
  AuthService,
  BackstageCredentials,
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { InMemoryCatalogClient } from '@backstage/catalog-client/testUtils';
import { ConfigReader } from '@backstage/config';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import knexFactory from 'knex';
import { Client } from 'pg';
import { countDrift } from '../crash/countDrift';
import { connect } from '../harness/connect';
import { Agenda } from './Agenda';
import { BudgetWatch } from './BudgetWatch';
import { TraceClock } from './TraceClock';
import { TracedChange } from './readTrace';
import { TEMPLATE, tracedCatalog } from './tracedCatalog';
import { labelOf, TracedWorld } from './TracedWorld';

/** What a budget leads to. */
export interface ReplayResult {
  budget: number;
  tasks: number;
  /** Tasks that did not start at once, as a share of all: 0 to 1. */
  delayedShare: number;
  /** Hours until a task started; of one that never did, until the end of the trace. */
  waitingHours: { p50: number; p90: number; p99: number; mean: number };
  /** Tasks that still waited at the end: changes that nobody ever closed had used up their team's budget. */
  neverStarted: number;
  /** The most changes that any team had open at once. */
  most: number;
  /** Looks at which a team had more in the database than its budget, and starts that found it used up. */
  exceeded: number;
  looks: number;
  duplicates: number;
  counterDrift: number;
  /** How many times as fast as the world it went. */
  speed: number;
  seconds: number;
}

type Happening =
  | { type: 'launch'; index: number }
  | { type: 'settle'; index: number }
  /** What happened before is looked for. */
  | { type: 'look' };

/** A start is seen in the provider's list at the next round of the watcher. */
const WATCH_MS = 16_000;

/** Waits that are no delay: what a round takes. */
const AT_ONCE_MS = 60_000;

const TELL_EVERY_MS = 30_000;
const WIDE = 10_000;

const CREDENTIALS: BackstageCredentials = {
  $$type: '@backstage/BackstageCredentials',
  principal: { type: 'service', subject: 'replay' },
};

const SILENT: LoggerService = {
  error: (message, meta) => {
    process.stderr.write(
      `${message} ${meta instanceof Error ? meta.stack : ''}\n`,
    );
  },
  warn: () => {},
  info: () => {},
  debug: () => {},
  child: () => SILENT,
};

/**
 * Launches the changes of a trace as tasks of their teams, when they were opened, and has them settled as long after
 * their start as in the trace. All stages of the backend run on PostgreSQL, by hand, with the time of the trace: it goes
 * from event to event, and the rounds of the loops follow each.
 */
export async function replayWith(options: {
  connectionString: string;
  changes: readonly TracedChange[];
  budget: number;
  say: (line: string) => void;
}): Promise<ReplayResult> {
  const { connectionString, changes, budget, say } = options;
  const begin = performance.now();
  const clock = TraceClock.create({ start: changes[0].createdAt });
  const agenda = Agenda.create<Happening>();
  const world = TracedWorld.create({
    changes,
    clock,
    budget,
    onStart: ({ index, closesAt }) => {
      agenda.add(clock.now().getTime() + WATCH_MS, { type: 'look' });
      if (closesAt !== undefined) {
        // Not before it is known that there is a change.
        agenda.add(Math.max(closesAt, clock.now().getTime() + 2 * WATCH_MS), {
          type: 'settle',
          index,
        });
      }
    },
  });
  changes.forEach(({ createdAt }, index) => {
    agenda.add(createdAt, { type: 'launch', index });
  });

  const knex = knexFactory({
    client: 'pg',
    connection: connectionString,
    pool: { min: 1, max: 10 },
  });
  const watch = await connect(connectionString);
  try {
    await knex.migrate.latest({ directory: migrationsDirectory });
    const stages = createStages({ knex, clock, world, changes, budget });
    const { signal } = new AbortController();
    const run = async (...names: (keyof typeof stages.rounds)[]) => {
      for (const name of names) {
        await stages.rounds[name].run(signal);
      }
    };
    const budgets = BudgetWatch.create({ client: watch, budget });
    await run('templates', 'teams');

    const end = changes[changes.length - 1].createdAt;
    let launched = 0;
    let toldAt = performance.now();
    for (
      let next = agenda.next();
      next && next.at <= end + 2 * WATCH_MS;
      next = agenda.next()
    ) {
      clock.goTo(next.at);
      const settled: number[] = [];
      for (const what of next.what) {
        if (what.type === 'launch') {
          await stages.launches.launch({
            caller: { credentials: CREDENTIALS, requester: 'service:replay' },
            request: {
              template: TEMPLATE,
              components: [
                `component:default/${changes[what.index].repository}`,
              ],
              parameters: { label: labelOf(what.index) },
            },
            idempotencyKey: `replay-${what.index}`,
          });
          launched += 1;
        } else if (what.type === 'settle') {
          world.settle(what.index);
          settled.push(what.index);
        }
      }
      if (next.what.some(what => what.type === 'look')) {
        await run('watch');
      }
      if (settled.length) {
        await readOnly(watch, settled, clock.now());
        await run('changes');
      }
      if (next.what.some(what => what.type !== 'look')) {
        await run('admission', 'starts');
      }
      await budgets.look();
      if (performance.now() - toldAt > TELL_EVERY_MS) {
        toldAt = performance.now();
        say(
          `Budget ${budget}: ${launched} launched, ${world.started.size} started, ${clock.now().toISOString().slice(0, 10)}`,
        );
      }
    }
    const drift = await countDrift(watch);
    const seconds = (performance.now() - begin) / 1000;
    return {
      budget,
      ...describeWaiting({ changes, world, end }),
      most: Math.max(world.most, budgets.most),
      exceeded: budgets.exceeded + world.exceeded,
      looks: budgets.looks,
      duplicates: world.duplicates,
      counterDrift: drift.length,
      speed: Math.round((end - changes[0].createdAt) / 1000 / seconds),
      seconds: Math.round(seconds),
    };
  } finally {
    await watch.end();
    await knex.destroy();
  }
}

/**
 * Has the next round read the changes that were settled, and no others: with the time of the trace, hours pass between
 * two events, and all open changes would be read again at each of them to find what it is known that they are. That is
 * what webhooks do in production, without the polling behind them.
 */
async function readOnly(
  client: Client,
  settled: readonly number[],
  now: Date,
): Promise<void> {
  const ids = settled.map(String);
  await client.query(
    `update changes set due_at = case when global_id = any($1) then $2::timestamptz else 'infinity' end
      where state in ('found', 'open') and (global_id = any($1) or due_at <> 'infinity')`,
    [ids, now],
  );
}

function describeWaiting(options: {
  changes: readonly TracedChange[];
  world: TracedWorld;
  end: number;
}) {
  const { changes, world, end } = options;
  const waits = changes
    .map(
      ({ createdAt }, index) =>
        (world.started.get(index)?.startedAt ?? end) - createdAt,
    )
    .sort((a, b) => a - b);
  const hours = (ms: number) => Number((ms / 3_600_000).toFixed(2));
  const quantile = (share: number) =>
    hours(waits[Math.min(waits.length - 1, Math.floor(share * waits.length))]);
  const neverStarted = changes.length - world.started.size;
  const delayed = changes.filter(
    ({ createdAt }, index) =>
      (world.started.get(index)?.startedAt ?? Infinity) - createdAt >
      AT_ONCE_MS,
  ).length;
  return {
    tasks: changes.length,
    delayedShare: Number((delayed / changes.length).toFixed(3)),
    waitingHours: {
      p50: quantile(0.5),
      p90: quantile(0.9),
      p99: quantile(0.99),
      mean: hours(waits.reduce((sum, wait) => sum + wait, 0) / waits.length),
    },
    neverStarted,
  };
}

function createStages(options: {
  knex: ReturnType<typeof knexFactory>;
  clock: TraceClock;
  world: TracedWorld;
  changes: readonly TracedChange[];
  budget: number;
}) {
  const { knex, clock, world, changes, budget } = options;
  const allow: { result: AuthorizeResult.ALLOW } = {
    result: AuthorizeResult.ALLOW,
  };
  const permissions: PermissionsService = {
    authorize: async requests => requests.map(() => allow),
    authorizeConditional: async requests => requests.map(() => allow),
  };
  return createAgentTasks({
    auth: {
      getOwnServiceCredentials: async () => CREDENTIALS,
    } as unknown as AuthService,
    // Its methods take credentials where those of the service do, and look at none.
    catalog: new InMemoryCatalogClient({
      entities: tracedCatalog(changes),
    }) as unknown as CatalogService,
    codeHosts: new Map([[world.id, world]]),
    providers: new Map([[world.id, world]]),
    clock,
    config: readConfig(
      new ConfigReader({
        agentTasks: {
          // The budget alone: no other limit holds anything.
          limits: {
            running: WIDE,
            account: { startsPerMinute: 'none' },
            repository: { running: WIDE, openChanges: WIDE },
            team: {
              running: WIDE,
              openChanges: budget,
              reviewMinutes: 'none',
              launchesPerDay: 'none',
            },
            pendingChecks: 'none',
          },
          backpressure: { contentPerMinute: 'none', contentPerHour: 'none' },
        },
      }),
    ),
    knex,
    logger: SILENT,
    permissions,
    signals: { publish: async () => {} },
  });
}
