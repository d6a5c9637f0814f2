import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AgentTasksClient,
  PlanRequest,
} from '@agent-tasks/plugin-agent-tasks-common';
import { CLIENT_TOKEN, databaseConfig } from '../backend/backendConfig';
import { connect } from '../harness/connect';
import { createClient } from '../harness/createClient';
import { quantile } from '../harness/quantile';
import { freePort, startPostgres } from '../harness/scripts';
import { startNode } from '../harness/startNode';
import { untilTemplate } from '../instant/untilTemplate';
import { CountingProxy, SeenRequest } from '../plan/CountingProxy';
import { loadCatalog } from '../plan/loadCatalog';
import { MemoryWatch } from '../plan/MemoryWatch';
import {
  createPlanCatalog,
  FLEET_SEARCH,
  FLEET_TAG,
  INSTANT_TEMPLATE,
  PlanCatalog,
} from '../plan/planCatalog';
import { PlanSetup } from '../plan/PlanSetup';
import { Run, RunContext } from './Run';

const GOALS = { seconds: 1, catalogRequests: 3, memoryRatio: 1.2 };

const FULL = { entities: 20_000, fleet: 1_000, teams: 100, rounds: 20 };
const QUICK = { entities: 300, fleet: 50, teams: 5, rounds: 3 };

const WARM_UP = 3;
const READY_MS = 120_000;
const READY_POLL_MS = 100;

/** What selects the same components in three ways. */
function waysTo(catalog: PlanCatalog): Record<string, Partial<PlanRequest>> {
  return {
    list: { components: catalog.fleet },
    filter: { selection: { filter: [{ 'metadata.tags': [FLEET_TAG] }] } },
    search: { selection: { search: FLEET_SEARCH } },
  };
}

export const benchPlan: Run = {
  kind: 'bench',
  name: 'plan',
  summary:
    'Measures the plan of 1,000 components by list, filter and search, with a real catalog of 20,000 entities',

  async run(context) {
    const { quick, say, workspace } = context;
    const size = quick ? QUICK : FULL;
    const catalog = createPlanCatalog(size);
    const { client, proxy, pid } = await startPortal(context, catalog);
    workspace.onClose(() => proxy.close());
    const byWay: Record<string, WayFigures> = {};
    const peaks: number[] = [];
    const whole: number[] = [];
    const components = catalog.entities.filter(
      entity => entity.kind === 'Component',
    ).length;
    let everything: WayFigures;
    const memory = MemoryWatch.start({ pid });
    try {
      for (const [way, request] of Object.entries(waysTo(catalog))) {
        const figures = await measureWay({
          client,
          proxy,
          request,
          rounds: size.rounds,
          expected: size.fleet,
          peaks,
          memory,
        });
        byWay[way] = figures;
        say(
          `by ${way}: ${figures.seconds} s, 95 % within ${figures.p95Seconds} s, ${figures.catalogRequests} requests to the catalog`,
        );
      }
      everything = await measureWay({
        client,
        proxy,
        request: { selection: { filter: [{ kind: ['component'] }] } },
        rounds: 1,
        expected: components,
        peaks: whole,
        memory,
      });
      say(
        `all ${components} components: ${everything.seconds} s, ${everything.catalogRequests} requests to the catalog`,
      );
    } finally {
      memory.stop();
    }
    const third = Math.max(1, Math.floor(peaks.length / 3));
    const early = Math.max(...peaks.slice(0, third));
    const late = Math.max(...peaks.slice(-third));
    const all = Object.values(byWay);
    const seconds = Math.max(...all.map(one => one.seconds));
    const catalogRequests = Math.max(...all.map(one => one.catalogRequests));
    const memoryRatio = round(late / early);
    return {
      result: {
        components: size.fleet,
        entities: catalog.entities.length,
        seconds,
        catalogRequests,
        peakMb: Math.round(Math.max(...peaks)),
        memoryRatio,
        plans: peaks.length,
        goalSeconds: GOALS.seconds,
        goalCatalogRequests: GOALS.catalogRequests,
        goalMemoryRatio: GOALS.memoryRatio,
        byWay,
        everything: {
          components,
          seconds: everything.seconds,
          catalogRequests: everything.catalogRequests,
          peakMb: Math.round(Math.max(...whole)),
        },
      },
      holds:
        seconds <= GOALS.seconds &&
        catalogRequests <= GOALS.catalogRequests &&
        memoryRatio <= GOALS.memoryRatio,
    };
  },
};

interface WayFigures {
  /** The median. */
  seconds: number;
  p95Seconds: number;
  /** The most in one plan. */
  catalogRequests: number;
}

async function measureWay(options: {
  client: AgentTasksClient;
  proxy: CountingProxy;
  request: Partial<PlanRequest>;
  rounds: number;
  expected: number;
  peaks: number[];
  memory: MemoryWatch;
}): Promise<WayFigures> {
  const { client, proxy, request, rounds, expected, peaks, memory } = options;
  const seconds: number[] = [];
  let catalogRequests = 0;
  for (let count = -WARM_UP; count < rounds; count += 1) {
    proxy.take();
    memory.takePeak();
    const begin = performance.now();
    const plan = await client.plan({
      template: INSTANT_TEMPLATE,
      parameters: {},
      ...request,
    });
    const took = (performance.now() - begin) / 1000;
    const asked = proxy.take().filter(isOfPlan);
    if (plan.summary.tasks !== expected) {
      throw new Error(
        `The plan has ${plan.summary.tasks} tasks instead of ${expected}: ${JSON.stringify(plan.summary.byReason)} ${plan.warnings.join(' ')}`,
      );
    }
    if (count >= 0) {
      seconds.push(took);
      catalogRequests = Math.max(catalogRequests, asked.length);
      peaks.push(memory.takePeak());
    }
  }
  return {
    seconds: round(quantile(seconds, 0.5)),
    p95Seconds: round(quantile(seconds, 0.95)),
    catalogRequests,
  };
}

/** The backend looks for templates now and then, whether somebody plans or not. */
function isOfPlan({ path }: SeenRequest): boolean {
  return !path.toLowerCase().includes('kind=agenttasktemplate');
}

async function startPortal(
  { workspace, say }: RunContext,
  catalog: PlanCatalog,
): Promise<{ client: AgentTasksClient; proxy: CountingProxy; pid: number }> {
  const { connectionString, remove } = await startPostgres({
    processes: workspace.processes,
    env: process.env,
    logFile: join(workspace.logs, 'postgres.log'),
  });
  workspace.onClose(remove);
  const [port, proxyPort] = [await freePort(), await freePort()];
  const proxy = await CountingProxy.start({
    port: proxyPort,
    target: { host: '127.0.0.1', port },
  });
  const url = `http://127.0.0.1:${port}`;
  const setup: PlanSetup = {
    config: {
      app: { baseUrl: url },
      backend: {
        baseUrl: url,
        listen: { host: '127.0.0.1', port },
        database: databaseConfig({ client: 'pg', connectionString }),
        auth: {
          externalAccess: [
            {
              type: 'static',
              options: { token: CLIENT_TOKEN, subject: 'bench' },
            },
          ],
        },
      },
      discovery: {
        endpoints: [
          {
            target: {
              internal: `http://127.0.0.1:${proxyPort}/api/catalog`,
              external: `${url}/api/catalog`,
            },
            plugins: ['catalog'],
          },
        ],
      },
      permission: { enabled: true },
      // What no location has brought is not taken away.
      catalog: { orphanStrategy: 'keep' },
      agentTasks: {},
    },
    claims: catalog.teams,
  };
  const setupFile = join(workspace.makeFolder('backends'), 'plan.json');
  writeFileSync(setupFile, JSON.stringify(setup), { mode: 0o600 });
  const { pid, ended, logFile } = startNode({
    workspace,
    name: 'backend',
    script: 'plan/main.ts',
    args: [setupFile],
  });
  await untilReady(url, ended, logFile);
  say(`filling the catalog with ${catalog.entities.length} entities`);
  const database = new URL(connectionString);
  database.pathname = '/backstage_plugin_catalog';
  const sql = await connect(database.href);
  await loadCatalog({ client: sql, entities: catalog.entities });
  await sql.end();
  const client = createClient({ url });
  await untilTemplate(client, INSTANT_TEMPLATE);
  return { client, proxy, pid };
}

async function untilReady(
  url: string,
  ended: Promise<unknown>,
  logFile: string,
): Promise<void> {
  let over = false;
  ended.then(() => {
    over = true;
  });
  const deadline = Date.now() + READY_MS;
  for (;;) {
    const ready = await fetch(`${url}/.backstage/health/v1/readiness`).then(
      response => response.ok,
      () => false,
    );
    if (ready) {
      return;
    }
    if (over || Date.now() > deadline) {
      throw new Error(`The backend did not become ready; see ${logFile}`);
    }
    await sleep(READY_POLL_MS);
  }
}

function round(value: number): number {
  return Number(value.toFixed(3));
}
