import {
  exampleAccount,
  exampleHistory,
  exampleQueue,
  exampleQueueTeam,
  exampleRunningTask,
} from './exampleQueue';
import { exampleBusyTeam, exampleTeam } from './exampleTeams';
import type { FakeAgentTasksApi } from './FakeAgentTasksApi';

const payments = 'group:default/team-payments';
const checkout = 'group:default/team-checkout';
const ledger = 'group:default/team-ledger';

const ago = (minutes: number) =>
  new Date(Date.now() - minutes * 60_000).toISOString();

/** Fills the fake with teams, a deep queue, and tasks at work, so that plots have something to show. */
export function addExampleTeams(api: FakeAgentTasksApi): void {
  api.teams.set(
    exampleBusyTeam({ permissions: { lower: true, raise: true, pause: true } }),
  );
  api.teams.set(
    exampleTeam({
      team: checkout,
      title: 'Checkout',
      queued: 31,
      oldestQueuedAt: ago(48),
      running: {
        used: 3,
        max: 6,
        nominal: 4,
        borrowed: 0,
        lent: 1,
        cohort: 'commerce',
      },
      changes: { used: 6, max: 10, foreign: 0 },
      reviewMinutes: { used: 130, max: 240, foreign: 0 },
      pause: {
        reason: 'Half of us are away until Monday.',
        by: 'user:default/priya',
        at: ago(200),
        until: ago(-2_000),
        mayResume: true,
      },
      permissions: { lower: true, raise: false, pause: true },
    }),
  );
  api.teams.set(exampleTeam({ team: ledger, title: 'Bookkeeping', queued: 3 }));
  api.history = exampleHistory([payments, checkout, ledger]);
  api.running = [
    exampleRunningTask({ id: 'task_02running', elapsedSeconds: 1_500 }),
    ...[610, 420, 300, 90].map((elapsedSeconds, index) =>
      exampleRunningTask({
        id: `task_1${String(index).padStart(3, '0')}`,
        elapsedSeconds,
        team: index % 2 ? checkout : payments,
      }),
    ),
    exampleRunningTask({
      id: 'task_1009',
      team: ledger,
      elapsedSeconds: 30,
      medianSeconds: undefined,
      template: { name: 'fix-lint', title: 'Fix a lint rule' },
    }),
  ];
  api.queue = exampleQueue({
    running: { used: 10, max: 10 },
    checks: { pending: 7, max: 20 },
    throughput: {
      lastHour: { startedPerHour: 26, settledPerHour: 24 },
      lastDay: { startedPerHour: 19.2, settledPerHour: 18.7 },
    },
    forecastScore: {
      days: 30,
      starts: 412,
      withinInterval: 0.83,
      medianErrorSeconds: 140,
    },
    teams: [
      exampleQueueTeam({
        team: checkout,
        queued: 31,
        oldestQueuedAt: ago(48),
        share: { fair: 0.33, actual: 0.3 },
        cohort: 'commerce',
        lent: 1,
        running: { used: 3, max: 6 },
        changes: { used: 6, max: 10 },
        holds: { 'portal-running': 20, 'repository-running': 8, next: 3 },
      }),
      exampleQueueTeam({
        team: payments,
        queued: 12,
        oldestQueuedAt: ago(125),
        share: { fair: 0.33, actual: 0.5 },
        cohort: 'commerce',
        borrowed: 1,
        running: { used: 5, max: 6 },
        changes: { used: 8, max: 8 },
        holds: { 'team-changes': 9, 'team-minutes': 2, brake: 1 },
      }),
      exampleQueueTeam({
        team: ledger,
        queued: 3,
        oldestQueuedAt: ago(12),
        share: { fair: 0.33, actual: 0.2 },
        running: { used: 2, max: 4 },
        changes: { used: 2, max: 10 },
        holds: { 'portal-checks': 3 },
      }),
    ],
    holds: [
      { limit: 'portal-running', used: 10, max: 10, tasks: 20 },
      { limit: 'team-changes', subject: payments, used: 8, max: 8, tasks: 9 },
      {
        limit: 'repository-running',
        subject: 'github.example.com/acme/cart',
        url: 'https://github.example.com/acme/cart',
        used: 1,
        max: 1,
        tasks: 8,
      },
      { limit: 'portal-checks', used: 20, max: 20, tasks: 3 },
      {
        limit: 'team-minutes',
        subject: payments,
        used: 235,
        max: 240,
        tasks: 2,
      },
    ],
    accounts: [
      exampleAccount({
        factor: 0.5,
        lastError: {
          at: ago(4),
          message: 'GitHub answered 429: secondary rate limit.',
        },
      }),
      exampleAccount({
        account: 'docs-bot',
        startsLeftThisMinute: undefined,
        contentLeftThisHour: undefined,
        factor: 0.1,
        breaker: { state: 'open', until: ago(-3) },
        blockedUntil: ago(-3),
        lastError: { at: ago(1), message: 'GitHub answered 503.' },
      }),
    ],
  });
}
