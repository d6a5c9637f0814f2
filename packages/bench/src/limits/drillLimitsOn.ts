import { setTimeout as sleep } from 'node:timers/promises';
import { GithubSimulator, SeededRandom } from '@agent-tasks/github-simulator';
import { RELATION_CHILD_OF } from '@backstage/catalog-model';
import { backendConfig } from '../backend/backendConfig';
import {
  BenchOrganization,
  createBenchOrganization,
} from '../github/benchOrganization';
import { reviewChanges } from '../github/reviewChanges';
import { connect } from '../harness/connect';
import { createClient } from '../harness/createClient';
import { Launches } from '../harness/Launches';
import { Replicas } from '../harness/Replicas';
import { PostgresServer } from '../harness/scripts';
import { within } from '../harness/within';
import { pluginDatabase } from '../instant/pluginDatabase';
import { RunContext } from '../runs/Run';
import { AgentWitness } from './AgentWitness';
import { CohortBook } from './CohortBook';
import { changeLimits } from './changeLimits';
import { breakThings, ChaosRecord, restartDatabase } from './chaos';
import { DecisionCount } from './DecisionCount';
import { judgeAdmissions, readAdmissions } from './judgeAdmissions';
import { Excess } from './judgeHolders';
import { judgeSuspicions } from './judgeSuspicions';
import { LimitBook } from './LimitBook';
import { SlotWatcher } from './SlotWatcher';

/** How large a drill is. */
export interface LimitsDrillSize {
  replicas: number;
  /** Starts that a replica has under way at once. */
  workers: number;
  starts: number;
  attempts: number;
  teams: number;
  repositories: number;
  /** After so long it ends, whatever was reached. */
  timeoutMs: number;
  /** Between two kills. */
  killEveryMs: { min: number; max: number };
}

/** What came out. */
export interface LimitsDrillResult extends ChaosRecord {
  /** Decisions of admission to admit a queued task or to leave it. */
  attempts: number;
  /** Rounds of admission. */
  rounds: number;
  /** Decisions for which a task was read by itself; the others were taken for all tasks of a line at once. */
  lookedAt: number;
  starts: number;
  launched: number;
  overLimit: number;
  excesses: Excess[];
  duplicates: number;
  looks: number;
  limitChanges: { confirmed: number; unanswered: number };
  configurationChanges: number;
  most: Record<string, number>;
  mostStartsPerMinute: number;
  startsPerMinute: number;
  /** The most that a team launched within a day. */
  mostLaunchesPerDay: number;
  seconds: number;
}

/** The limits that the configuration sets, which change by restarts. */
interface ConfiguredLimits {
  portal: number;
  repository: number;
}

const HOST = 'github.com';
const GROUP = 'group:default/bench-area';
const PORTAL: ConfiguredLimits[] = [
  { portal: 300, repository: 4 },
  { portal: 180, repository: 3 },
  { portal: 340, repository: 5 },
  { portal: 240, repository: 4 },
];
const ACCOUNT = 'github-copilot';
const COHORT = 'bench-cohort';
const TEAM = { running: 9, changes: 14, minutes: 260 };

/** Run slots that a team of the cohort may have beyond its own. */
const BORROW = 5;

/** Every so many teams, one is in the cohort. */
const COHORT_EVERY = 5;

/** Starts of the account a minute: some wait for it, and it does not keep the drill from its end. */
const STARTS_PER_MINUTE = 3_000;

/** Launches of a team within a day beside what it has to start, between which they are raised and lowered. */
const DAY_OVER_NEEDED = { min: 1.05, max: 1.3 };

const REPOSITORY_CHANGES = 8;
const PROVIDER_RUNNING = 290;
const ACCOUNT_RUNNING = 280;
const PENDING_CHECKS = 285;

/** Of the tasks so many come to a pull request; the others find nothing to change. */
const CHANGE_SHARE = 0.03;

/** As many tasks wait at least, as long as there are launches left. */
const QUEUE_DEPTH = 4_000;

/** One as a crash, and one in good order. */
export const DATABASE_RESTARTS = 2;

const PER_LAUNCH = 200;
const REQUEST_TIMEOUT_SECONDS = 2;
const SETTLE_SECONDS = 5;
const LIMIT_CHANGE_EVERY_MS = 1_000;
const LOOK_EVERY_MS = 40;
const TELL_EVERY_MS = 20_000;

/** Tasks under every limit while things break, watched from outside. */
export async function drillLimitsOn(options: {
  context: RunContext;
  postgres: PostgresServer;
  size: LimitsDrillSize;
}): Promise<LimitsDrillResult> {
  const { context, postgres, size } = options;
  const { workspace, seed, say } = context;
  const begin = performance.now();
  const random = SeededRandom.create(seed);
  const organization = createBenchOrganization({
    repositories: size.repositories,
    teams: size.teams,
    checks: false,
  });
  const { teamOf, teams, groupOf } = putInGroup(organization);
  let configured = PORTAL[0];
  const cohortOf = new Map(
    teams
      .filter((_, index) => index % COHORT_EVERY === 0)
      .map(team => [team, COHORT]),
  );
  const needed = Math.ceil(size.starts / size.teams);
  const launchesPerDay = {
    min: Math.ceil(needed * DAY_OVER_NEEDED.min),
    max: Math.ceil(needed * DAY_OVER_NEEDED.max),
  };
  const book = LimitBook.create(
    limitsAtFirst({
      organization,
      teams,
      configured,
      cohortOf,
      launchesPerDay: launchesPerDay.max,
    }),
  );

  const simulator = await GithubSimulator.start({
    seed: organization.seed,
    random: seed,
    limits: false,
    agent: {
      capacity: 1_000,
      queueSeconds: { min: 0, max: 0 },
      durationSeconds: { min: 0, max: 0.3 },
      pullRequestAfterSeconds: 0,
      outcomes: { completed: 1 },
      realChanges: false,
    },
  });
  workspace.onClose(() => simulator.close());
  leaveOutPullRequests(simulator, SeededRandom.create(seed + 2));
  reviewChanges({
    simulator,
    reviewSeconds: { min: 0.5, max: 3 },
    random: SeededRandom.create(seed + 1),
  });
  const witness = AgentWitness.watch({
    simulator,
    book,
    host: HOST,
    teamOf,
    groupOf: team => groupOf.get(team),
    cohortOf: team => cohortOf.get(team),
  });

  const replicas = await Replicas.create({
    workspace,
    count: size.replicas,
    setup: ({ port }) => ({
      config: backendConfig({
        port,
        database: { client: 'pg', connectionString: postgres.connectionString },
        apiBaseUrl: simulator.apiUrl,
        organization,
        agentTasks: settingsOf(configured, size, launchesPerDay.max),
      }),
      entities: organization.entities,
      webhooks: false,
    }),
  });
  await replicas.startAll();

  const connectionString = pluginDatabase({
    client: 'pg',
    connectionString: postgres.connectionString,
  });
  const watcher = SlotWatcher.start({
    connectionString,
    groupOf,
    cohortOf,
    book,
    everyMs: LOOK_EVERY_MS,
  });
  const balanced = SeededRandom.create(seed + 3);
  const client = createClient({ url: () => replicas.anyUrl(balanced) });
  for (const team of cohortOf.keys()) {
    const { version } = await client.getTeam(team);
    await client.setTeamLimits(team, {
      expectedVersion: version,
      running: TEAM.running,
      cohort: COHORT,
      borrow: BORROW,
    });
  }
  const launches = Launches.create({
    client,
    // More than is needed: some tasks wait to the end behind a limit of theirs.
    count: Math.ceil((size.starts * 1.5 + QUEUE_DEPTH) / PER_LAUNCH),
    components: organization.components,
    perLaunch: Math.min(PER_LAUNCH, organization.components.length),
  });
  workspace.onClose(() => launches.stop());

  const decisions = DecisionCount.create();
  const attempts = () => decisions.decided;
  const record: ChaosRecord = {
    kills: 0,
    killsDuringStart: 0,
    databaseRestarts: [],
  };
  let configurationChanges = 0;
  const deadline = begin + size.timeoutMs;
  const reached = () =>
    witness.starts >= size.starts &&
    attempts() >= size.attempts &&
    record.databaseRestarts.length === DATABASE_RESTARTS &&
    configurationChanges === PORTAL.length - 1;
  const isOver = () => reached() || performance.now() > deadline;
  const configure = async (to: ConfiguredLimits) => {
    const confirm = [
      book.change({ key: 'running portal', value: to.portal, now: Date.now }),
      ...repositoriesOf(organization).map(repository =>
        book.change({
          key: `running repository ${repository}`,
          value: to.repository,
          now: Date.now,
        }),
      ),
    ];
    configured = to;
    await replicas.prepareAgain();
    for (let index = 0; index < replicas.count; index += 1) {
      await replicas.kill(index);
      record.kills += 1;
      await replicas.start(index);
    }
    confirm.forEach(one => one());
    configurationChanges += 1;
  };
  const restart = (immediate: boolean) => () =>
    restartDatabase({ postgres, immediate, record });

  const [limitChanges] = await Promise.all([
    changeLimits({
      client,
      teams,
      groups: [GROUP],
      book,
      cohort: CohortBook.create({
        book,
        cohort: COHORT,
        owned: new Map([...cohortOf.keys()].map(team => [team, TEAM.running])),
      }),
      borrow: BORROW,
      launchesPerDay,
      random: SeededRandom.create(seed + 4),
      everyMs: LIMIT_CHANGE_EVERY_MS,
      isOver,
    }),
    breakThings({
      replicas,
      random,
      everyMs: size.killEveryMs,
      isOver,
      progress: () =>
        Math.max(
          Math.min(witness.starts / size.starts, attempts() / size.attempts),
          (performance.now() - begin) / size.timeoutMs,
        ),
      plan: [
        { at: 0.2, step: () => configure(PORTAL[1]) },
        { at: 0.33, step: restart(true) },
        { at: 0.5, step: () => configure(PORTAL[2]) },
        { at: 0.66, step: restart(false) },
        { at: 0.8, step: () => configure(PORTAL[3]) },
      ],
      record,
    }),
    keepQueueFilled({ launches, witness, isOver }),
    readDecisions({
      connectionString,
      isOver,
      decisions,
      tell: () =>
        say(
          `${witness.starts} started, ${attempts()} decisions, ${launches.answered * PER_LAUNCH} launched, ${record.kills} kills, ${watcher.record.looks} looks, ${watcher.record.overLimit} over a limit`,
        ),
    }),
  ]);
  launches.stop();
  await watcher.stop();
  await replicas.end();

  const database = await connect(connectionString);
  const bySimulator = await judgeSuspicions({
    client: database,
    suspicions: witness.suspicions,
    book,
  });
  const overTime = judgeAdmissions({
    admitted: await readAdmissions(database),
    book,
    account: ACCOUNT,
  });
  await database.end();
  return {
    ...record,
    attempts: attempts(),
    rounds: decisions.rounds,
    lookedAt: decisions.lookedAt,
    starts: witness.starts,
    launched: launches.answered * PER_LAUNCH,
    overLimit:
      watcher.record.overLimit + bySimulator.length + overTime.excesses.length,
    excesses: [
      ...watcher.record.excesses,
      ...bySimulator,
      ...overTime.excesses,
    ],
    duplicates: simulator.counters.duplicateMarkers.length,
    looks: watcher.record.looks,
    limitChanges,
    configurationChanges,
    most: Object.fromEntries(
      [...watcher.record.most].filter(
        ([key]) =>
          key.split(' ').length === 2 ||
          / (provider|account|cohort) /.test(key),
      ),
    ),
    mostStartsPerMinute: overTime.mostStartsPerMinute,
    startsPerMinute: STARTS_PER_MINUTE,
    mostLaunchesPerDay: overTime.mostPerDay,
    seconds: Math.round((performance.now() - begin) / 1000),
  };
}

/** Puts every second team into a group, and tells who belongs where, by entity refs and `owner/name`. */
function putInGroup(organization: BenchOrganization) {
  const groups = organization.entities.filter(({ kind }) => kind === 'Group');
  const refOf = (name: string) => `group:default/${name}`;
  const groupOf = new Map<string, string>();
  groups.forEach((entity, index) => {
    if (index % 2 === 1) {
      groupOf.set(refOf(entity.metadata.name), GROUP);
      entity.relations = [{ type: RELATION_CHILD_OF, targetRef: GROUP }];
    }
  });
  organization.entities.push({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name: GROUP.split('/')[1] },
    spec: { type: 'area', children: [] },
  });
  const teamOfRepository = new Map(
    organization.entities
      .filter(({ kind }) => kind === 'Component')
      .map(entity => [
        entity.metadata.annotations?.['github.com/project-slug'] ?? '',
        entity.relations?.[0].targetRef ?? '',
      ]),
  );
  return {
    groupOf,
    teams: groups.map(entity => refOf(entity.metadata.name)),
    teamOf: (repository: string) => teamOfRepository.get(repository) ?? '',
  };
}

function repositoriesOf(organization: BenchOrganization): string[] {
  const [{ login, repositories }] = organization.seed.organizations;
  return repositories.map(({ name }) => `${HOST}/${login}/${name}`);
}

function limitsAtFirst(options: {
  organization: BenchOrganization;
  teams: readonly string[];
  configured: ConfiguredLimits;
  cohortOf: ReadonlyMap<string, string>;
  launchesPerDay: number;
}): Record<string, number> {
  const { organization, teams, configured, cohortOf, launchesPerDay } = options;
  return {
    'running portal': configured.portal,
    'running provider github-copilot': PROVIDER_RUNNING,
    [`running account ${ACCOUNT}`]: ACCOUNT_RUNNING,
    [`starts account ${ACCOUNT}`]: STARTS_PER_MINUTE,
    [`running cohort ${COHORT}`]: cohortOf.size * TEAM.running,
    'checks portal': PENDING_CHECKS,
    ...Object.fromEntries(
      repositoriesOf(organization).flatMap(repository => [
        [`running repository ${repository}`, configured.repository],
        [`changes repository ${repository}`, REPOSITORY_CHANGES],
      ]),
    ),
    ...Object.fromEntries(
      teams.flatMap(team => [
        [
          `running team ${team}`,
          TEAM.running + (cohortOf.has(team) ? BORROW : 0),
        ],
        [`day team ${team}`, launchesPerDay],
        [`changes team ${team}`, TEAM.changes],
        [`minutes team ${team}`, TEAM.minutes],
      ]),
    ),
  };
}

function settingsOf(
  configured: ConfiguredLimits,
  size: LimitsDrillSize,
  launchesPerDay: number,
) {
  return {
    limits: {
      running: configured.portal,
      provider: { running: PROVIDER_RUNNING },
      account: {
        running: ACCOUNT_RUNNING,
        startsPerMinute: STARTS_PER_MINUTE,
      },
      repository: {
        running: configured.repository,
        openChanges: REPOSITORY_CHANGES,
      },
      team: {
        running: TEAM.running,
        openChanges: TEAM.changes,
        reviewMinutes: TEAM.minutes,
        launchesPerDay,
      },
      pendingChecks: PENDING_CHECKS,
    },
    backpressure: {
      contentPerMinute: 'none',
      contentPerHour: 'none',
      startsAtOnce: size.workers,
    },
    starts: {
      requestTimeoutSeconds: REQUEST_TIMEOUT_SECONDS,
      settleSeconds: SETTLE_SECONDS,
    },
    watch: { tasksSeconds: 1, changesSeconds: 2 },
  };
}

/** Most tasks find nothing to change: pull requests are made by the thousand elsewhere. */
function leaveOutPullRequests(
  simulator: GithubSimulator,
  random: SeededRandom,
): void {
  simulator.world.events.on('task', ({ action, task }) => {
    if (action === 'created' && random.next() >= CHANGE_SHARE) {
      task.createPullRequest = false;
    }
  });
}

async function keepQueueFilled(options: {
  launches: Launches;
  witness: AgentWitness;
  isOver: () => boolean;
}): Promise<void> {
  const { launches, witness, isOver } = options;
  for (const launch of launches.all) {
    while (
      launches.answered * PER_LAUNCH - witness.starts > QUEUE_DEPTH &&
      !isOver()
    ) {
      await sleep(200);
    }
    if (isOver()) {
      return;
    }
    const sent = launches.send(launch);
    while (!(await within(sent, 1_000)) && !isOver()) {
      // The end does not wait for an answer.
    }
  }
}

async function readDecisions(options: {
  connectionString: string;
  isOver: () => boolean;
  decisions: DecisionCount;
  tell: () => void;
}): Promise<void> {
  const { connectionString, isOver, decisions, tell } = options;
  let toldAt = performance.now();
  while (!isOver()) {
    try {
      const client = await connect(connectionString);
      try {
        await decisions.read(client);
      } finally {
        client.end().catch(() => {});
      }
    } catch {
      // The server restarts; it is asked again.
    }
    if (performance.now() - toldAt > TELL_EVERY_MS) {
      toldAt = performance.now();
      tell();
    }
    await sleep(1_000);
  }
}
