import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { GithubSimulator, SeededRandom } from '@agent-tasks/github-simulator';
import { backendConfig, BackendDatabase } from '../backend/backendConfig';
import { createBenchOrganization } from '../github/benchOrganization';
import { BackendProcess } from '../harness/BackendProcess';
import { createClient } from '../harness/createClient';
import { addFaultMix } from '../harness/faultMix';
import { labelIn, Launches } from '../harness/Launches';
import { RequestsUnderWay } from '../harness/RequestsUnderWay';
import { freePort } from '../harness/scripts';
import { within } from '../harness/within';
import { RunContext } from '../runs/Run';
import {
  isResting,
  judgeStarts,
  StartedTask,
  StartVerdict,
} from './judgeStarts';
import { killBackends, KillRecord } from './killBackends';
import { listAllTasks, readTasks } from './readTasks';

/** How large a drill is. */
export interface DrillSize {
  launches: number;
  kills: number;
  repositories: number;
  /** How long a backend lives at most once it serves requests. */
  longestLifeMs: number;
}

/** What came out on one database. */
export interface DrillResult extends KillRecord {
  verdict: StartVerdict;
  launched: number;
  /** How often launches were sent. */
  launchTries: number;
  /** Tasks that the agent was given. */
  starts: number;
  /** Start requests that left again after one before had no effect. */
  resent: number;
  /** Starts that were found by their marker. */
  found: number;
  /** Most tasks that the agent worked on in one moment. */
  mostAtOnce: number;
  requests: number;
  /** The longest that the simulator was held up, in milliseconds. */
  longestStallMs: number;
  seconds: number;
}

const SHARE_OF_FAULTS = 0.2;

/** Tasks that may run at once: all of them, so that starts go on though watching stands still between kills. */
export const RUNNING_LIMIT = 100;

const REQUEST_TIMEOUT_SECONDS = 2;

/** After so long a request has had its effect, or none: what the product is told, and what nothing here may break. */
const SETTLE_SECONDS = 7;

/** What a busy machine may add to the delays of requests. */
const MARGIN_MS = 2_000;

const READY_TIMEOUT_MS = 60_000;
const ANSWER_TIMEOUT_MS = 60_000;
const REST_TIMEOUT_MS = 120_000;
const REST_POLL_MS = 500;

/** Launches, kills and faults on one database, and the verdict. */
export async function drillOneDatabase(options: {
  context: RunContext;
  name: string;
  database: BackendDatabase;
  size: DrillSize;
}): Promise<DrillResult> {
  const { context, name, database, size } = options;
  const { workspace, seed, say } = context;
  const begin = performance.now();
  const random = SeededRandom.create(seed);
  const organization = createBenchOrganization({
    repositories: size.repositories,
  });
  const simulator = await GithubSimulator.start({
    seed: organization.seed,
    random: seed,
    // Limits of GitHub's are another matter: with them a search would wait for a minute.
    limits: false,
    agent: {
      capacity: RUNNING_LIMIT,
      queueSeconds: { min: 0, max: 0.5 },
      durationSeconds: { min: 1, max: 3 },
      pullRequestAfterSeconds: 0.5,
      outcomes: { completed: 9, failed: 1 },
      realChanges: false,
    },
  });
  workspace.onClose(() => simulator.close());
  const startsUnderWay = RequestsUnderWay.watch({
    matches: target =>
      /^POST \/api\/v3\/agents\/repos\/[^/]+\/[^/]+\/tasks$/.test(target),
  });
  const stalls = monitorEventLoopDelay({ resolution: 10 });
  stalls.enable();
  workspace.onClose(() => startsUnderWay.stop());

  const port = await freePort();
  const setup = {
    config: backendConfig({
      port,
      database,
      apiBaseUrl: simulator.apiUrl,
      organization,
      agentTasks: {
        // Wide limits per repository and team too: starts are what is drilled here.
        limits: {
          running: RUNNING_LIMIT,
          repository: { running: RUNNING_LIMIT, openChanges: 1_000 },
          team: { running: RUNNING_LIMIT, openChanges: 1_000 },
        },
        starts: {
          requestTimeoutSeconds: REQUEST_TIMEOUT_SECONDS,
          settleSeconds: SETTLE_SECONDS,
        },
        watch: { tasksSeconds: 1, changesSeconds: 1 },
      },
    }),
    entities: organization.entities,
    webhooks: false,
  };
  const prepare = (life: number) =>
    BackendProcess.prepare({
      workspace,
      name: `${name}-${String(life + 1).padStart(2, '0')}`,
      setup,
      port,
    });
  const client = createClient({ url: `http://127.0.0.1:${port}` });
  const launches = Launches.create({
    client,
    count: size.launches,
    components: organization.components,
  });
  workspace.onClose(() => launches.stop());
  const { latestEffectMs } = addFaultMix({
    faults: simulator.faults,
    share: SHARE_OF_FAULTS,
    requestTimeoutMs: REQUEST_TIMEOUT_SECONDS * 1000,
  });
  if (latestEffectMs + MARGIN_MS > SETTLE_SECONDS * 1000) {
    throw new Error(
      'The faults delay requests by more than the product is told',
    );
  }

  const sending: Promise<void>[] = [];
  // Launches go on until nine of ten kills are over, so that the last kills still find starts to interrupt.
  const perLife = size.launches / Math.max(1, 0.9 * size.kills);
  const { record, next: last } = await killBackends({
    kills: size.kills,
    longestLifeMs: size.longestLifeMs,
    random,
    startsUnderWay,
    prepare,
    onLife: life => {
      const until = Math.ceil((life + 1) * perLife);
      for (const launch of launches.all.slice(sending.length, until)) {
        const delayMs = random.next() * size.longestLifeMs;
        sending.push(sleep(delayMs).then(() => launches.send(launch)));
      }
      if (life % 10 === 0) {
        say(
          `${name}: ${life} kills, ${launches.answered} of ${size.launches} launches answered, ${simulator.world.tasks.size} tasks started`,
        );
      }
    },
  });
  simulator.faults.clear();
  last.go();
  await last.untilReady({ timeoutMs: READY_TIMEOUT_MS });
  await within(Promise.all(sending), ANSWER_TIMEOUT_MS);
  say(
    `${name}: ${record.kills} kills, ${launches.answered} of ${size.launches} launches answered; waiting for the tasks to come to rest`,
  );
  const deadline = Date.now() + REST_TIMEOUT_MS;
  while (
    !(await listAllTasks(client)).every(task => isResting(task.state)) &&
    Date.now() < deadline
  ) {
    await sleep(REST_POLL_MS);
  }
  // Each launch once more: an answer with another campaign would be a second launch.
  await within(
    Promise.all(launches.all.map(launch => launches.send(launch))),
    ANSWER_TIMEOUT_MS,
  );
  launches.stop();
  const { tasks, requests, found } = await readTasks(client);
  await last.kill();
  stalls.disable();
  startsUnderWay.stop();

  const started = simulator.world.tasks
    .listAll()
    .map(({ prompt, state }): StartedTask => ({
      label: labelIn(prompt),
      markers: [...new Set(prompt.match(/\batt_[0-9A-Z]{26}\b/g) ?? [])],
      state,
    }));
  return {
    ...record,
    verdict: judgeStarts({ launches: launches.all, tasks, started }),
    launched: launches.answered,
    launchTries: launches.all.reduce((sum, { tries }) => sum + tries, 0),
    starts: started.length,
    resent: requests - tasks.reduce((sum, one) => sum + one.attempts.length, 0),
    found,
    mostAtOnce: simulator.counters.values.maxConcurrentTasks,
    requests: simulator.counters.values.requests,
    longestStallMs: Math.round(stalls.max / 1e6),
    seconds: Math.round((performance.now() - begin) / 1000),
  };
}
