import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AgentOptions, CounterValues } from '@agent-tasks/github-simulator';
import { backendConfig } from '../backend/backendConfig';
import { createBenchOrganization, TEMPLATE } from '../github/benchOrganization';
import { BackendProcess } from '../harness/BackendProcess';
import { createClient } from '../harness/createClient';
import { freePort } from '../harness/scripts';
import { SimulatorProcess } from '../harness/SimulatorProcess';
import { startNode, TimeWarp } from '../harness/startNode';
import { Workspace } from '../harness/Workspace';
import { Freshness, judgeFreshness } from './judgeFreshness';
import { PollingSetup } from './PollingSetup';
import { PortalEyes } from './PortalEyes';
import { Truth } from './Truth';
import { WatchedWorldSetup } from './WatchedWorldSetup';

/** How the world is that is watched. Times are of that world. */
export interface WatchedWorld {
  running: number;
  repositories: number;
  warp: TimeWarp;
  random: number;
  durationSeconds: AgentOptions['durationSeconds'];
  pushesPerMinute: number;
  /** How long it goes on after the start before requests are counted. */
  settleSeconds: number;
  /** How long requests are counted. */
  windowSeconds: number;
  pollSeconds: number;
  /** How long requests of the loop that polls are counted. */
  pollWindowSeconds: number;
}

/** What watching cost, and how fresh it was. */
export interface Watching {
  running: { least: number; most: number };
  minutes: number;
  /** Requests that find out what happened; those that start tasks or change pull requests are left out. */
  requestsPerMinute: number;
  /** Starts, changes of pull requests and the tokens for them. */
  actsPerMinute: number;
  byRoute: Record<string, number>;
  freshness: Freshness;
  ofTasks: Freshness;
  ofPullRequests: Freshness;
  naiveRequestsPerMinute: number;
}

const READY_TIMEOUT_MS = 90_000;
const START_TIMEOUT_MS = 240_000;
const POLL_MS = 250;
const LOOK_EVERY_MS = 100;

/** Has so many tasks at work all the time, and counts the requests with which the portal follows them. */
export async function measureWatching(options: {
  workspace: Workspace;
  name: string;
  world: WatchedWorld;
  webhooks: boolean;
  /** Beside the default settings. */
  watch?: Record<string, number>;
  /** Whether the loop that polls is measured in the same world. */
  polling: boolean;
  say: (line: string) => void;
}): Promise<Watching> {
  const { workspace, name, world, webhooks, watch, polling, say } = options;
  const { warp } = world;
  const now = () => warp.origin + (Date.now() - warp.origin) * warp.factor;
  const waitSeconds = (seconds: number) =>
    sleep((seconds * 1000) / warp.factor);
  const port = await freePort();
  const organization = createBenchOrganization({
    repositories: world.repositories,
    teams: 20,
    webhookUrl: webhooks
      ? `http://127.0.0.1:${port}/api/events/http/github`
      : undefined,
  });
  const truthFile = join(workspace.folder, `${name}-truth.ndjson`);
  writeFileSync(truthFile, '');
  const setup: WatchedWorldSetup = {
    port: await freePort(),
    seed: organization.seed,
    random: world.random,
    agent: {
      capacity: 10 * world.running,
      durationSeconds: world.durationSeconds,
      queueSeconds: { min: 1, max: 10 },
      pullRequestAfterSeconds: 30,
      outcomes: { completed: 9, waiting_for_user: 1 },
      realChanges: false,
    },
    reviewSeconds: { min: 300, max: 1_800 },
    // GitHub's limit on starts would have the tasks begin over hours. Watching stays far below any limit.
    limits: false,
    truthFile,
    pushesPerMinute: world.pushesPerMinute,
  };
  const simulator = await SimulatorProcess.start({
    workspace,
    name: `${name}-github`,
    script: 'watch/githubMain.ts',
    warp,
    setup,
  });
  const directory = workspace.makeFolder(`${name}-data`);
  const backend = BackendProcess.prepare({
    workspace,
    name: `${name}-backend`,
    port,
    warp,
    setup: {
      config: backendConfig({
        port,
        database: { client: 'better-sqlite3', directory },
        apiBaseUrl: simulator.apiUrl,
        organization,
        // All at once; what concerns watching is the default.
        agentTasks: {
          limits: withoutLimits(world.running),
          backpressure: {
            contentPerMinute: 'none',
            contentPerHour: 'none',
            startsAtOnce: 50,
          },
          ...(watch && { watch }),
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
  const eyes = PortalEyes.open({ directory, now, everyMs: LOOK_EVERY_MS });
  // Twice as many: one that ends makes room for another.
  const rounds = Math.ceil((2 * world.running) / world.repositories);
  for (let round = 1; round <= rounds; round += 1) {
    await client.launch(
      {
        template: TEMPLATE,
        components: organization.components,
        parameters: { dependency: 'axios', version: `1.12.${round}` },
      },
      `bench-${name}-${round}`,
    );
  }
  const deadline = Date.now() + START_TIMEOUT_MS;
  // Some end while the last ones start.
  while (eyes.countRunning() < 0.98 * world.running) {
    if (Date.now() > deadline) {
      throw new Error(
        `${name}: only ${eyes.countRunning()} of ${world.running} tasks run after ${START_TIMEOUT_MS / 1000} s`,
      );
    }
    await sleep(POLL_MS);
  }
  say(
    `${name}: ${eyes.countRunning()} tasks run; requests are counted for ${world.windowSeconds / 60} minutes of theirs`,
  );
  // What piled up while all of them started is over then, and what comes after long silence has begun.
  await waitSeconds(world.settleSeconds);

  await simulator.resetCounters();
  const offered = eyes.countOffered();
  const from = now();
  const running = { least: Infinity, most: 0 };
  while (now() < from + world.windowSeconds * 1000) {
    await waitSeconds(15);
    const count = eyes.countRunning();
    running.least = Math.min(running.least, count);
    running.most = Math.max(running.most, count);
  }
  const counters = await simulator.counters();
  const to = now();
  const acts = countActs(counters, eyes.countOffered() - offered);
  // What happened last is seen a little later.
  await waitSeconds(90);
  await eyes.stop();
  await backend.kill();
  const truths = readTruths(truthFile);
  const minutes = (to - from) / 60_000;
  const perMinute = (count: number) => Number((count / minutes).toFixed(1));
  const judge = (type?: Truth['type']) =>
    judgeFreshness({ truths, sightings: eyes.sightings, from, to, type });
  const naiveRequestsPerMinute = polling
    ? await measurePolling({
        workspace,
        name,
        world,
        simulator,
        truths,
        token: organization.starterToken,
      })
    : 0;
  await simulator.stop();
  return {
    running,
    minutes: Number(minutes.toFixed(1)),
    requestsPerMinute: perMinute(counters.requests - acts),
    actsPerMinute: perMinute(acts),
    byRoute: counters.byRoute,
    freshness: judge(),
    ofTasks: judge('task'),
    ofPullRequests: judge('push'),
    naiveRequestsPerMinute,
  };
}

function withoutLimits(running: number) {
  const wide = 10_000;
  return {
    running,
    account: { startsPerMinute: 'none' },
    repository: { running: wide, openChanges: wide },
    team: {
      running: wide,
      openChanges: wide,
      reviewMinutes: 'none',
      launchesPerDay: 'none',
    },
    pendingChecks: 'none',
  };
}

/** Requests that start tasks, mark pull requests as ready, and make the tokens for that. */
function countActs(counters: CounterValues, offered: number): number {
  const starts = counters.byRoute['POST /agents/repos/{owner}/{repo}/tasks'];
  const tokens = counters.tokensMinted.filter(({ permissions }) =>
    Object.values(permissions).includes('write'),
  ).length;
  return (starts ?? 0) + offered + tokens;
}

function readTruths(file: string): Truth[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line));
}

/** Requests a minute of a loop that asks for as many tasks and their pull requests, in the same world. */
async function measurePolling(options: {
  workspace: Workspace;
  name: string;
  world: WatchedWorld;
  simulator: SimulatorProcess;
  truths: readonly Truth[];
  token: string;
}): Promise<number> {
  const { workspace, name, world, simulator, truths, token } = options;
  const opened = truths.filter(truth => truth.type === 'opened');
  const setup: PollingSetup = {
    apiUrl: simulator.apiUrl,
    token,
    pollSeconds: world.pollSeconds,
    tasks: opened
      .slice(-world.running)
      .map(({ repository, taskId, number }) => ({
        repository,
        id: taskId,
        number,
      })),
  };
  const setupFile = join(workspace.folder, `${name}-polling.json`);
  writeFileSync(setupFile, JSON.stringify(setup), { mode: 0o600 });
  const loop = startNode({
    workspace,
    name: `${name}-polling`,
    script: 'watch/pollMain.ts',
    args: [setupFile],
    warp: world.warp,
  });
  const { factor } = world.warp;
  // Its first round, in which it begins.
  await sleep((world.pollSeconds * 1000 + 10_000) / factor);
  await simulator.resetCounters();
  const begin = Date.now();
  await sleep((world.pollWindowSeconds * 1000) / factor);
  const { requests } = await simulator.counters();
  const minutes = ((Date.now() - begin) * factor) / 60_000;
  process.kill(loop.pid, 'SIGKILL');
  await loop.ended;
  return Number((requests / minutes).toFixed(1));
}
