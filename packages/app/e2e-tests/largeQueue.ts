import type {
  Queue,
  QueueHistory,
  QueueTeam,
  RunningTaskList,
  TaskDetails,
  TeamDetails,
  TeamList,
  TeamSlot,
} from '@agent-tasks/plugin-agent-tasks-common';
import { Page } from '@playwright/test';

const TEAMS = 500;
const QUEUED = 20_000;

/** Everything changes this often, as in a portal where hundreds of agents work. */
const SIGNAL_EVERY_MS = 1_000;

const HOST = 'github.example.com';
const REASONS = [
  'portal-running',
  'team-running',
  'repository-running',
  'team-changes',
  'team-minutes',
  'portal-checks',
] as const;

const refOf = (index: number) => `group:default/squad-${index}`;
const titleOf = (index: number) => `Squad ${index}`;
const ago = (minutes: number) =>
  new Date(Date.now() - minutes * 60_000).toISOString();

/**
 * Puts a portal with 500 teams and 20,000 queued tasks behind the page: every answer of the Agent Tasks API and of the
 * catalog comes from here, each a little different from the one before, and a signal every second says that tasks changed.
 */
export async function serveLargeQueue(page: Page): Promise<void> {
  let round = 0;
  await page.routeWebSocket(/\/api\/signals/, socket => {
    const timer = setInterval(
      () =>
        socket.send(
          JSON.stringify({
            channel: 'agent-tasks',
            message: { taskIds: ['task_0'] },
          }),
        ),
      SIGNAL_EVERY_MS,
    );
    socket.onClose(() => clearInterval(timer));
  });
  await page.route(/\/api\/catalog\/entities\/by-refs/, async route => {
    const { entityRefs } = route.request().postDataJSON() as {
      entityRefs: string[];
    };
    await route.fulfill({ json: { items: entityRefs.map(toGroup) } });
  });
  await page.route(/\/api\/agent-tasks\//, async route => {
    const { pathname } = new URL(route.request().url());
    const path = pathname.replace(/^.*\/api\/agent-tasks/, '');
    round++;
    await route.fulfill({ json: answer(path, round) });
  });
}

function answer(path: string, round: number): unknown {
  switch (path) {
    case '/queue':
      return makeQueue(round);
    case '/queue/history':
      return makeHistory();
    case '/queue/running':
      return makeRunning(round);
    case '/teams':
      return makeTeams(round);
    case '/brakes':
      return { items: [], mayPull: { everything: true, teams: [] } };
    case '/status':
      return {
        remotes: [
          {
            id: 'github-copilot',
            title: 'GitHub Copilot',
            role: 'provider',
            state: 'available',
          },
        ],
        queue: { queued: QUEUED, running: 200, limit: 200 },
      };
    case '/templates':
      return { items: [] };
    case '/tasks':
      return { items: [0, 1, 2].map(makeTask) };
    default:
      return path.startsWith('/teams/') ? makeTeam(round) : makeTaskDetails();
  }
}

function toGroup(ref: string) {
  const name = ref.slice(ref.indexOf('/') + 1);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, namespace: 'default', title: name.replace('-', ' ') },
    spec: { type: 'team', children: [] },
  };
}

/** Adds up to {@link QUEUED}: the depths of the teams fall evenly, and the deepest has twice the mean. */
function queuedOf(index: number): number {
  const deepest = (2 * QUEUED) / TEAMS;
  const depth = Math.round(deepest * (1 - (index + 0.5) / TEAMS));
  return Math.max(1, depth);
}

function makeQueue(round: number): Queue {
  const teams = Array.from({ length: TEAMS }, (_, index): QueueTeam => {
    const queued = queuedOf(index) + (round % 3);
    const first = Math.floor(queued / 2);
    return {
      team: refOf(index),
      queued,
      oldestQueuedAt: ago(queued),
      weight: 1,
      share: { fair: 1 / TEAMS, actual: (1 + (index % 3)) / (2 * TEAMS) },
      cohort: `cohort-${index % 20}`,
      borrowed: index % 5 === 0 ? 1 : 0,
      lent: index % 7 === 0 ? 1 : 0,
      running: { used: index % 4, max: 4 },
      changes: { used: 3 + (index % 8), max: 10 },
      holds: {
        [REASONS[index % REASONS.length]]: first,
        [REASONS[(index + 1) % REASONS.length]]: queued - first,
      },
    };
  });
  return {
    known: true,
    running: { used: 200, max: 200 },
    checks: { pending: 120, max: 200 },
    throughput: {
      lastHour: { startedPerHour: 800 + round, settledPerHour: 790 },
      lastDay: { startedPerHour: 700, settledPerHour: 690 },
    },
    teams,
    holds: teams.map(({ team, queued }) => ({
      limit: 'team-changes',
      subject: team,
      used: 10,
      max: 10,
      tasks: queued,
    })),
    brakes: [],
    accounts: Array.from({ length: 10 }, (_, index) => ({
      provider: 'github-copilot',
      account: `bot-${index}`,
      startsLeftThisMinute: 20,
      contentLeftThisHour: 400,
      factor: ((round + index) % 10) / 10,
      breaker: { state: 'closed' as const },
    })),
    forecastScore: {
      days: 30,
      starts: 18_000,
      withinInterval: 0.8,
      medianErrorSeconds: 300,
    },
  };
}

function makeHistory(): QueueHistory {
  const teams = Array.from({ length: 8 }, (_, index) => refOf(index));
  return {
    teams,
    samples: Array.from({ length: 300 }, (_, sample) => {
      const byTeam = teams.map((_team, index) =>
        Math.round(queuedOf(index) * (1 + Math.sin(sample / 40 + index) / 2)),
      );
      return {
        at: ago((300 - sample) * 4.8),
        queued: QUEUED,
        running: 200,
        byTeam,
        other: QUEUED - byTeam.reduce((sum, queued) => sum + queued, 0),
      };
    }),
  };
}

function makeTask(index: number): TaskDetails['task'] {
  return {
    id: `task_${index}`,
    campaignId: 'camp_1',
    state: 'queued',
    stateSince: ago(30),
    template: { name: 'bump', title: 'Bump a dependency', revision: 1 },
    team: refOf(0),
    repository: repositoryOf(index),
    components: [{ entityRef: `component:default/service-${index}` }],
    provider: 'GitHub Copilot',
    requester: 'user:default/ada',
    createdAt: ago(30),
    updatedAt: ago(1),
  };
}

function repositoryOf(index: number) {
  const ref = `${HOST}/acme/service-${index}`;
  return { ref, url: `https://${ref}` };
}

function makeTaskDetails(): TaskDetails {
  return {
    task: makeTask(0),
    parameters: {},
    prompt: { text: 'Do it.', segments: [{ text: 'Do it.' }] },
    attempts: [],
    permissions: { cancel: true },
    hold: {
      limit: 'team-changes',
      message: 'Squad 0 has 10 of 10 changes open.',
    },
  };
}

function makeRunning(round: number): RunningTaskList {
  return {
    items: Array.from({ length: 200 }, (_, index) => ({
      id: `task_${index}`,
      team: refOf(index),
      repository: repositoryOf(index),
      template: { name: 'bump', title: 'Bump a dependency' },
      provider: 'GitHub Copilot',
      state: 'running' as const,
      startedAt: ago(index / 4),
      elapsedSeconds: 4_000 - index * 20 + round,
      medianSeconds: 1_800,
    })),
  };
}

function usageOf(index: number, round: number) {
  return {
    running: { used: index % 4, max: 6 },
    changes: { used: 3 + ((index + round) % 8), max: 10, foreign: index % 3 },
    reviewMinutes: { used: 100 + index / 10, max: 240, foreign: 20 },
  };
}

function makeTeams(round: number): TeamList {
  return {
    known: true,
    items: Array.from({ length: TEAMS }, (_, index) => ({
      team: refOf(index),
      title: titleOf(index),
      gone: false,
      isParent: false,
      paused: index % 50 === 0,
      queued: queuedOf(index),
      ...usageOf(index, round),
      cohort: `cohort-${index % 20}`,
      limitsSet: index % 10 === 0,
    })),
  };
}

function makeTeam(round: number): TeamDetails {
  const standard = (value: number) => ({
    value,
    default: value,
    from: 'default' as const,
  });
  return {
    team: refOf(0),
    title: titleOf(0),
    gone: false,
    isParent: false,
    known: true,
    version: 1,
    settings: {
      running: standard(4),
      borrow: standard(2),
      cohort: { from: 'default' },
      openChanges: standard(10),
      reviewMinutes: standard(240),
      autoChanges: standard(5),
      launchesPerDay: standard(100),
      weight: standard(1),
    },
    queued: queuedOf(0),
    oldestQueuedAt: ago(300),
    ...usageOf(0, round),
    running: { used: 5, max: 6, nominal: 4, borrowed: 1, lent: 0 },
    autoChanges: { used: 0, max: 5 },
    launchesToday: { used: 40, max: 100 },
    slots: Array.from({ length: 200 }, (_, index): TeamSlot => ({
      task: `task_${index}`,
      template: 'Bump a dependency',
      state: index % 2 ? 'in_review' : 'running',
      since: ago(index),
      repository: `${HOST}/acme/service-${index}`,
      holds: ['running', 'changes'],
      minutes: 20,
    })),
    slotsTotal: 200,
    foreignChanges: Array.from({ length: 200 }, (_, index) => ({
      url: `https://${HOST}/acme/service-${index}/pull/1`,
      title: `Change ${index}`,
      author: 'copilot-swe-agent',
      repository: `${HOST}/acme/service-${index}`,
      openedAt: ago(index * 60),
      minutes: 10,
    })),
    foreignChangesTotal: 200,
    parents: [],
    children: [],
    permissions: { lower: true, raise: true, pause: true },
  };
}
