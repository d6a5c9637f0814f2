import { setTimeout as sleep } from 'node:timers/promises';
import { SimulatorSetup } from '../github/SimulatorSetup';
import { backendConfig } from '../backend/backendConfig';
import { createBenchOrganization, TEMPLATE } from '../github/benchOrganization';
import { BackendProcess } from '../harness/BackendProcess';
import { createClient } from '../harness/createClient';
import { freePort } from '../harness/scripts';
import { SimulatorProcess } from '../harness/SimulatorProcess';
import { TimeWarp } from '../harness/startNode';
import { Workspace } from '../harness/Workspace';
import { listAllTasks } from '../start/readTasks';
import { countRequests, RequestCount } from './countRequests';

const READY_TIMEOUT_MS = 90_000;
const POLL_MS = 250;

/** How the world is in which requests are counted. */
export interface World extends Pick<
  SimulatorSetup,
  'agent' | 'reviewSeconds' | 'random'
> {
  tasks: number;
  warp: TimeWarp;
  /** Real time after which a run is given up. */
  timeoutMs: number;
}

/** Requests of the portal, from the launch of all tasks at once until the last of them is merged. */
export async function measurePortal(options: {
  workspace: Workspace;
  /** Unique in the workspace. */
  name: string;
  world: World;
  webhooks: boolean;
  say: (line: string) => void;
}): Promise<RequestCount> {
  const { workspace, name, world, webhooks, say } = options;
  const port = await freePort();
  const organization = createBenchOrganization({
    repositories: world.tasks,
    webhookUrl: webhooks
      ? `http://127.0.0.1:${port}/api/events/http/github`
      : undefined,
  });
  const simulator = await SimulatorProcess.start({
    workspace,
    name: `${name}-github`,
    warp: world.warp,
    setup: {
      port: await freePort(),
      seed: organization.seed,
      random: world.random,
      agent: world.agent,
      reviewSeconds: world.reviewSeconds,
    },
  });
  const backend = BackendProcess.prepare({
    workspace,
    name: `${name}-backend`,
    port,
    warp: world.warp,
    setup: {
      config: backendConfig({
        port,
        database: {
          client: 'better-sqlite3',
          directory: workspace.makeFolder(`${name}-data`),
        },
        apiBaseUrl: simulator.apiUrl,
        organization,
        // All at once; every other setting is the default.
        agentTasks: {
          limits: {
            running: world.tasks,
            team: { running: world.tasks, openChanges: world.tasks },
          },
        },
      }),
      entities: organization.entities,
      webhooks,
    },
  });
  backend.go();
  await backend.untilReady({ timeoutMs: READY_TIMEOUT_MS });
  const client = createClient({ url: backend.url });
  while ((await client.listTemplates()).items.length === 0) {
    await sleep(POLL_MS);
  }
  await simulator.resetCounters();
  await client.launch(
    {
      template: TEMPLATE,
      components: organization.components,
      parameters: { dependency: 'axios', version: '1.12.2' },
    },
    `bench-${name}`,
  );
  const deadline = Date.now() + world.timeoutMs;
  let merged = -1;
  for (;;) {
    const tasks = await listAllTasks(client);
    const before = merged;
    merged = tasks.filter(task => task.state === 'merged').length;
    if (
      Math.floor((10 * merged) / world.tasks) >
      Math.floor((10 * before) / world.tasks)
    ) {
      say(`${name}: ${merged} of ${world.tasks} merged`);
    }
    if (merged === world.tasks) {
      break;
    }
    if (Date.now() > deadline) {
      const states = tasks.map(task => task.state).sort();
      throw new Error(
        `${name}: after ${world.timeoutMs / 1000} s only ${merged} tasks are merged; the others are ${[...new Set(states)].join(', ')}`,
      );
    }
    await sleep(POLL_MS);
  }
  const counted = countRequests(await simulator.counters());
  await backend.kill();
  await simulator.stop();
  return counted;
}
