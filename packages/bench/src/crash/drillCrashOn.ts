import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AgentTask,
  GithubSimulator,
  SeededRandom,
} from '@agent-tasks/github-simulator';
import { backendConfig } from '../backend/backendConfig';
import { createBenchOrganization } from '../github/benchOrganization';
import { reviewChanges } from '../github/reviewChanges';
import { connect } from '../harness/connect';
import { createClient } from '../harness/createClient';
import { Launches } from '../harness/Launches';
import { RequestsUnderWay } from '../harness/RequestsUnderWay';
import { Replicas } from '../harness/Replicas';
import { freePort, PostgresServer } from '../harness/scripts';
import { within } from '../harness/within';
import { pluginDatabase } from '../instant/pluginDatabase';
import { RunContext } from '../runs/Run';
import { addEveryFault } from './addEveryFault';
import { countDrift, Drift } from './countDrift';
import { DriftWatcher } from './DriftWatcher';
import { AgentStart, CrashVerdict, judgeCrash } from './judgeCrash';
import { countUnsettled, readStoredTasks } from './readStoredTasks';
import { WebhookRelay } from './WebhookRelay';

/** How large a drill is. */
export interface CrashDrillSize {
  replicas: number;
  tasks: number;
  kills: number;
  repositories: number;
  /** How long a replica lives at most once it serves requests. */
  longestLifeMs: number;
  /** How long tasks may take to settle after the last kill. */
  settleTimeoutMs: number;
}

/** What came out. */
export interface CrashDrillResult {
  verdict: CrashVerdict;
  tasks: number;
  kills: number;
  /** Kills at which a request to start a task was under way, and how many starts that were. */
  killsDuringRequest: number;
  startsInterrupted: number;
  killsDuringStart: number;
  starts: number;
  /** Differences of counters, while things broke and in the end. */
  drift: Drift[];
  driftLooks: number;
  faults: Record<string, number>;
  requests: number;
  longestStallMs: number;
  seconds: number;
}

const SHARE_OF_FAULTS = 0.1;
const PER_LAUNCH = 10;
const REQUEST_TIMEOUT_SECONDS = 2;

/** After so long a request has had its effect, or none: what the product is told, and what nothing here may break. */
const SETTLE_SECONDS = 6;

/** How long GitHub takes to start a task: the time in which a kill leaves a start in the dark. */
const START_TAKES_MS = 400;

/** What a busy machine may add to the delays of requests. */
const MARGIN_MS = 2_000;
const DURING_START_SHARE = 0.1;
const START_MS = 1_500;
const ANSWER_TIMEOUT_MS = 60_000;
const POLL_MS = 500;
const DRIFT_EVERY_MS = 400;

/** A stuck task is given up by the agent, and one that asks is answered, after so long. */
const STUCK_SECONDS = 8;
const ANSWER_MS = 2_000;

const WIDE = 5_000;
const SETTLED = ['completed', 'failed', 'timed_out', 'cancelled'];

const SETTINGS = {
  limits: {
    running: 80,
    account: { startsPerMinute: 'none' },
    repository: { running: 10, openChanges: WIDE },
    team: {
      running: 40,
      openChanges: WIDE,
      reviewMinutes: 'none',
      launchesPerDay: 'none',
    },
    pendingChecks: 'none',
  },
  backpressure: {
    contentPerMinute: 'none',
    contentPerHour: 'none',
    startsAtOnce: 16,
    // With a third of all requests failing, five in a row are no sign of an outage.
    breakerFailures: 100,
  },
  starts: {
    requestTimeoutSeconds: REQUEST_TIMEOUT_SECONDS,
    settleSeconds: SETTLE_SECONDS,
  },
  watch: {
    tasksSeconds: 1,
    changesSeconds: 2,
    hintsSeconds: 1,
    unseenSeconds: 10,
  },
};

/** Launches, kills and every fault, and the verdict. */
export async function drillCrashOn(options: {
  context: RunContext;
  postgres: PostgresServer;
  size: CrashDrillSize;
}): Promise<CrashDrillResult> {
  const { context, postgres, size } = options;
  const { workspace, seed, say } = context;
  const begin = performance.now();
  const random = SeededRandom.create(seed);
  const relay = await WebhookRelay.start({ port: await freePort() });
  workspace.onClose(() => relay.close());
  const organization = createBenchOrganization({
    repositories: size.repositories,
    teams: 5,
    checks: false,
    webhookUrl: `${relay.url}/api/events/http/github`,
  });
  const simulator = await GithubSimulator.start({
    seed: organization.seed,
    random: seed,
    // Limits of GitHub's are another matter: with them a search would wait for a minute.
    limits: false,
    agent: {
      capacity: WIDE,
      queueSeconds: { min: 0, max: 0.5 },
      durationSeconds: { min: 0.5, max: 2 },
      pullRequestAfterSeconds: 0.2,
      outcomes: { completed: 8, failed: 1, no_change: 1 },
      stuckTimeoutSeconds: STUCK_SECONDS,
      realChanges: false,
    },
  });
  workspace.onClose(() => simulator.close());
  reviewChanges({
    simulator,
    reviewSeconds: { min: 0.5, max: 2 },
    random: SeededRandom.create(seed + 1),
  });
  const ends = answerQuestions(simulator);
  const startsUnderWay = RequestsUnderWay.watch({
    matches: target =>
      /^POST \/api\/v3\/agents\/repos\/[^/]+\/[^/]+\/tasks$/.test(target),
  });
  workspace.onClose(() => startsUnderWay.stop());
  const stalls = monitorEventLoopDelay({ resolution: 10 });
  stalls.enable();

  const replicas = await Replicas.create({
    workspace,
    count: size.replicas,
    setup: ({ port }) => ({
      config: backendConfig({
        port,
        database: { client: 'pg', connectionString: postgres.connectionString },
        apiBaseUrl: simulator.apiUrl,
        organization,
        agentTasks: SETTINGS,
      }),
      entities: organization.entities,
      webhooks: true,
    }),
  });
  const balanced = SeededRandom.create(seed + 2);
  relay.forwardTo(() => replicas.anyUrl(balanced));
  await replicas.startAll();
  const connectionString = pluginDatabase({
    client: 'pg',
    connectionString: postgres.connectionString,
  });
  const drifts = DriftWatcher.start({
    connectionString,
    everyMs: DRIFT_EVERY_MS,
  });
  const launches = Launches.create({
    client: createClient({ url: () => replicas.anyUrl(balanced) }),
    count: size.tasks / PER_LAUNCH,
    components: organization.components,
    perLaunch: PER_LAUNCH,
  });
  workspace.onClose(() => launches.stop());
  const { latestEffectMs } = addEveryFault({
    faults: simulator.faults,
    share: SHARE_OF_FAULTS,
    requestTimeoutMs: REQUEST_TIMEOUT_SECONDS * 1000,
  });
  simulator.faults.add({
    route: 'POST /agents/repos/:owner/:repo/tasks',
    fault: { kind: 'latency', ms: START_TAKES_MS },
  });
  if (latestEffectMs + START_TAKES_MS + MARGIN_MS > SETTLE_SECONDS * 1000) {
    throw new Error(
      'The faults delay requests by more than the product is told',
    );
  }

  const kills = {
    kills: 0,
    killsDuringRequest: 0,
    startsInterrupted: 0,
    killsDuringStart: 0,
  };
  const kill = async (index: number) => {
    kills.killsDuringRequest += startsUnderWay.count > 0 ? 1 : 0;
    kills.startsInterrupted += startsUnderWay.count;
    await replicas.kill(index);
    kills.kills += 1;
  };
  const sending: Promise<void>[] = [];
  // Launches go on until nine of ten kills are over, so that the last kills still find starts to interrupt.
  const perKill = launches.all.length / Math.max(1, 0.9 * size.kills);
  while (kills.kills < size.kills) {
    const until = Math.ceil((kills.kills + 1) * perKill);
    for (const launch of launches.all.slice(sending.length, until)) {
      sending.push(launches.send(launch));
    }
    const index = random.integer(0, replicas.count - 1);
    await sleep(random.next() * size.longestLifeMs);
    await kill(index);
    if (random.next() < DURING_START_SHARE && kills.kills < size.kills) {
      replicas.go(index);
      await sleep(random.next() * START_MS);
      await kill(index);
      kills.killsDuringStart += 1;
    }
    await replicas.start(index);
    if (kills.kills % 20 === 0) {
      say(
        `${kills.kills} kills, ${launches.answered} of ${launches.all.length} launches answered, ${simulator.world.tasks.size} starts, ${drifts.found.length} differences of counters`,
      );
    }
  }
  const faults = Object.fromEntries(
    simulator.faults
      .list()
      .map(({ fault, hits }) => [Object.values(fault).join(' '), hits]),
  );
  simulator.faults.clear();
  await within(Promise.all(sending), ANSWER_TIMEOUT_MS);
  say(
    `${kills.kills} kills, ${launches.answered} of ${launches.all.length} launches answered; waiting for the tasks to settle`,
  );
  const database = await connect(connectionString);
  const deadline = performance.now() + size.settleTimeoutMs;
  while ((await countUnsettled(database)) > 0 && performance.now() < deadline) {
    await sleep(POLL_MS);
  }
  // Each launch once more: an answer with another campaign would be a second launch.
  await within(
    Promise.all(launches.all.map(launch => launches.send(launch))),
    ANSWER_TIMEOUT_MS,
  );
  launches.stop();
  await drifts.stop();
  const tasks = await readStoredTasks(database);
  const drift = [...drifts.found, ...(await countDrift(database))];
  await database.end();
  await replicas.end();
  stalls.disable();
  startsUnderWay.stop();

  const starts = simulator.world.tasks
    .listAll()
    .map(task => toStart(simulator, task, ends));
  return {
    ...kills,
    verdict: judgeCrash({ launches: launches.all, tasks, starts }),
    tasks: tasks.length,
    starts: starts.length,
    drift,
    driftLooks: drifts.looks,
    faults,
    requests: simulator.counters.values.requests,
    longestStallMs: Math.round(stalls.max / 1e6),
    seconds: Math.round((performance.now() - begin) / 1000),
  };
}

/** Answers each task that waits for a person. Returns when each task ended, by its id. */
function answerQuestions(simulator: GithubSimulator): Map<string, number> {
  const { world, clock, agent } = simulator;
  const ends = new Map<string, number>();
  world.events.on('task', ({ task }) => {
    if (SETTLED.includes(task.state)) {
      ends.set(task.id, clock.now());
    }
    if (task.state === 'waiting_for_user') {
      clock.schedule({
        at: clock.now() + ANSWER_MS,
        run: () => {
          if (task.state === 'waiting_for_user') {
            agent.continueTask({ task });
          }
        },
      });
    }
  });
  return ends;
}

function toStart(
  simulator: GithubSimulator,
  task: AgentTask,
  ends: ReadonlyMap<string, number>,
): AgentStart {
  const pullRequest =
    task.pullRequestId === undefined
      ? undefined
      : simulator.world.pullRequests.get(task.pullRequestId);
  return {
    markers: [...new Set(task.prompt.match(/\batt_[0-9A-Z]{26}\b/g) ?? [])],
    state: task.state,
    change: pullRequest && (pullRequest.merged ? 'merged' : pullRequest.state),
    begunAt: task.createdAt,
    endedAt: ends.get(task.id),
  };
}
