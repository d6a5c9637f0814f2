import type {
  TeamDetails,
  TeamSettings,
} from '@agent-tasks/plugin-agent-tasks-common';

const MINUTE_MS = 60_000;

const ago = (minutes: number) =>
  new Date(Date.now() - minutes * MINUTE_MS).toISOString();

/** The limits that the portal gives a team; some may be set. */
export function exampleSettings(
  overrides: Partial<TeamSettings> = {},
): TeamSettings {
  const standard = (value?: number) => ({
    value,
    default: value,
    from: 'default' as const,
  });
  return {
    running: standard(4),
    borrow: standard(2),
    cohort: { from: 'default' },
    openChanges: standard(10),
    reviewMinutes: standard(240),
    autoChanges: standard(5),
    launchesPerDay: standard(),
    weight: standard(1),
    ...overrides,
  };
}

/** A team as the backend tells it; by default one that has nothing to do. */
export function exampleTeam(
  overrides: Partial<TeamDetails> & { team: string },
): TeamDetails {
  return {
    gone: false,
    isParent: false,
    known: true,
    version: 0,
    settings: exampleSettings(),
    queued: 0,
    running: { used: 0, max: 6, nominal: 4, borrowed: 0, lent: 0 },
    changes: { used: 0, max: 10, foreign: 0 },
    reviewMinutes: { used: 0, max: 240, foreign: 0 },
    autoChanges: { used: 0, max: 5 },
    launchesToday: { used: 0 },
    slots: [],
    slotsTotal: 0,
    foreignChanges: [],
    foreignChangesTotal: 0,
    parents: [],
    children: [],
    permissions: { lower: false, raise: false, pause: false },
    ...overrides,
  };
}

/** A team with its hands full: a budget that is nearly taken, foreign changes, a borrowed slot, limits that were set. */
export function exampleBusyTeam(
  overrides: Partial<TeamDetails> = {},
): TeamDetails {
  const repository = 'github.example.com/acme/payments-api';
  return exampleTeam({
    team: 'group:default/team-payments',
    title: 'Payments',
    version: 3,
    settings: exampleSettings({
      openChanges: {
        value: 8,
        default: 10,
        from: 'set',
        by: 'user:default/lee',
        at: ago(2 * 24 * 60),
      },
      cohort: {
        value: 'commerce',
        from: 'set',
        by: 'user:default/ada',
        at: ago(9 * 24 * 60),
      },
    }),
    queued: 12,
    oldestQueuedAt: ago(125),
    running: {
      used: 5,
      max: 6,
      nominal: 4,
      borrowed: 1,
      lent: 0,
      cohort: 'commerce',
    },
    changes: { used: 8, max: 8, foreign: 2 },
    reviewMinutes: { used: 170, max: 240, foreign: 45 },
    autoChanges: { used: 1, max: 5 },
    launchesToday: { used: 14 },
    oldestWaiting: {
      task: 'task_01review',
      since: ago(52),
      repository,
      url: 'https://github.example.com/acme/payments-api/pull/412',
      title: 'Update axios to 1.12.2',
    },
    slots: [
      {
        task: 'task_01review',
        template: 'Bump a dependency',
        state: 'in_review',
        since: ago(95),
        repository,
        holds: ['changes'],
        minutes: 25,
        change: {
          url: 'https://github.example.com/acme/payments-api/pull/412',
          number: 412,
          title: 'Update axios to 1.12.2',
        },
      },
      {
        task: 'task_02running',
        template: 'Fix a lint rule',
        state: 'running',
        since: ago(14),
        repository,
        holds: ['running', 'changes'],
        minutes: 20,
      },
      ...[1, 2, 3].map(index => ({
        task: `task_1${String(index).padStart(3, '0')}`,
        template: 'Bump a dependency',
        state: 'running' as const,
        since: ago(6 - index),
        repository: 'github.example.com/acme/payments-ledger',
        holds: ['running', 'changes'] as ('running' | 'changes')[],
        minutes: 20,
      })),
    ],
    slotsTotal: 6,
    foreignChanges: [
      {
        url: 'https://github.example.com/acme/payments-worker/pull/88',
        title: 'Retry webhooks with jitter',
        author: 'copilot-swe-agent',
        repository: 'github.example.com/acme/payments-worker',
        openedAt: ago(3 * 24 * 60),
        minutes: 30,
      },
      {
        url: 'https://github.example.com/acme/payments-api/pull/409',
        title: 'Document the refund endpoint',
        author: 'copilot-swe-agent',
        repository,
        openedAt: ago(26 * 60),
        minutes: 15,
      },
    ],
    foreignChangesTotal: 2,
    parents: [
      {
        team: 'group:default/commerce',
        title: 'Commerce',
        gone: false,
        paused: false,
        running: { used: 7 },
        changes: { used: 19, max: 25, foreign: 4 },
        reviewMinutes: { used: 400, foreign: 80 },
      },
    ],
    permissions: { lower: true, raise: false, pause: true },
    ...overrides,
  });
}
