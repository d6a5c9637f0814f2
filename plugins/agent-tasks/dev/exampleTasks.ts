import type { FakeAgentTasksApi } from './FakeAgentTasksApi';
import { exampleChange } from './exampleData';

const MINUTE_MS = 60_000;

const ago = (minutes: number) =>
  new Date(Date.now() - minutes * MINUTE_MS).toISOString();

const repository = (name: string) => ({
  ref: `github.example.com/acme/${name}`,
  url: `https://github.example.com/acme/${name}`,
});

/** Fills the fake with tasks in every state, so that each can be looked at. */
export function addExampleTasks(api: FakeAgentTasksApi): void {
  api.addTask(
    {
      id: 'task_01review',
      state: 'in_review',
      createdAt: ago(95),
      stateSince: ago(52),
      change: exampleChange({ openedAt: ago(80), seenAt: ago(1) }),
    },
    {
      attempts: [
        {
          id: 'mark_1',
          number: 1,
          state: 'ended',
          createdAt: ago(94),
          confirmedAt: ago(94),
          endedAt: ago(52),
          url: 'https://github.example.com/copilot/tasks/1',
          requests: 1,
          aiCredits: 12.5,
        },
      ],
      events: [
        {
          id: 'e1',
          at: ago(95),
          type: 'task.launched',
          actor: 'user:default/ada',
          toState: 'queued',
          message:
            'Launched “Bump a dependency” (revision 3) on acme/payments-api.',
          details: { idempotencyKey: '6f0c-…', components: 1 },
        },
        {
          id: 'e2',
          at: ago(94.9),
          type: 'task.admitted',
          actor: 'system',
          fromState: 'queued',
          toState: 'starting',
          message: 'Admitted: 2 of 5 run slots were taken.',
          details: {},
        },
        {
          id: 'e3',
          at: ago(94),
          type: 'start.confirmed',
          actor: 'provider:github-copilot',
          fromState: 'starting',
          toState: 'running',
          message: 'The agent has started.',
          details: {
            requestId: 'D1A2:3F',
            url: 'https://github.example.com/copilot/tasks/1',
            scope: { repository: 'acme/payments-api', permissions: ['read'] },
          },
        },
        {
          id: 'e4',
          at: ago(80),
          type: 'change.found',
          actor: 'host:github',
          message: 'The agent opened pull request #412 as a draft.',
          details: {},
        },
        {
          id: 'e5',
          at: ago(52),
          type: 'run.ended',
          actor: 'provider:github-copilot',
          fromState: 'running',
          toState: 'in_review',
          message: 'The agent has finished; the change waits for review.',
          details: { sessions: 1, aiCredits: 12.5 },
        },
      ],
    },
  );
  api.addTask({
    id: 'task_02running',
    state: 'running',
    createdAt: ago(14),
    stateSince: ago(12),
    template: { name: 'fix-lint', title: 'Fix a lint rule', revision: 1 },
    change: exampleChange({
      id: 'chg_2',
      number: 415,
      title: 'Resolve no-floating-promises',
      draft: true,
      checks: 'failed',
      review: 'none',
      openedAt: ago(5),
      url: 'https://github.example.com/acme/payments-api/pull/415',
    }),
  });
  api.addTask({
    id: 'task_03input',
    state: 'needs_input',
    stateReason: 'The agent asks which major version to keep.',
    createdAt: ago(33),
    stateSince: ago(20),
    repository: repository('cart'),
    team: 'group:default/team-checkout',
    components: [{ entityRef: 'component:default/cart' }],
    requester: 'user:default/linus',
  });
  api.addTask(
    {
      id: 'task_04queued',
      state: 'queued',
      createdAt: ago(4),
      repository: repository('shop'),
      team: 'group:default/team-checkout',
      components: ['cart', 'search', 'checkout-web'].map(name => ({
        entityRef: `component:default/${name}`,
        path: `packages/${name}`,
      })),
      requester: 'external:nightly-bumps',
    },
    {
      hold: {
        limit: 'portal-running',
        message:
          'All 5 run slots of the portal are taken; the next one that becomes free is for the task before this one.',
        used: 5,
        max: 5,
        position: 2,
        until: ago(-1),
        limits: [
          {
            limit: 'portal-running',
            used: 5,
            max: 5,
            message: 'All run slots of the portal are taken.',
            holders: [
              {
                taskId: 'task_02running',
                team: 'group:default/team-payments',
                repository: 'github.example.com/acme/payments-api',
              },
            ],
          },
          {
            limit: 'team-minutes',
            subject: 'group:default/team-checkout',
            used: 235,
            max: 240,
            message: 'Changes of Checkout wait for 235 minutes of review.',
          },
        ],
        expectedStart: {
          at: ago(-25),
          earliest: ago(-15),
          latest: ago(-70),
          assumption:
            'Run slots become free as fast as they did in the last 30 days.',
          basis: {
            runsMeasured: 12,
            medianRunSeconds: 480,
            medianReviewSeconds: 5_400,
            slots: 5,
          },
        },
        holders: [
          {
            taskId: 'task_02running',
            team: 'group:default/team-payments',
            repository: 'github.example.com/acme/payments-api',
          },
          {
            taskId: 'task_03input',
            team: 'group:default/team-checkout',
            repository: 'github.example.com/acme/cart',
          },
        ],
      },
    },
  );
  api.addTask(
    {
      id: 'task_05undecided',
      state: 'undecided',
      createdAt: ago(40),
      stateSince: ago(22),
    },
    {
      hold: {
        limit: 'undecided-start',
        message:
          'GitHub did not answer the start, and what it shows since then does not say whether the agent began.',
        choices: [
          {
            choice: 'not-started',
            effect: 'The start is sent once more, as a new attempt.',
            risk: 'If it did start, two agents work on the same, and open two pull requests.',
          },
          {
            choice: 'started',
            effect: 'The task follows the one of the agent that you name.',
            risk: 'If it is another one, the task follows work that is not its own.',
          },
        ],
      },
    },
  );
  const settled = ['merged', 'closed', 'no_change', 'failed', 'cancelled'];
  for (let index = 0; index < 60; index++) {
    const state = settled[index % settled.length] as 'merged';
    api.addTask({
      id: `task_1${String(index).padStart(3, '0')}`,
      state,
      createdAt: ago(300 + index * 170),
      stateSince: ago(240 + index * 170),
      settledAt: ago(240 + index * 170),
      ...(index % 3 && {
        repository: repository('payments-ledger'),
        components: [{ entityRef: 'component:default/payments-ledger' }],
      }),
      ...(['merged', 'closed'].includes(state) && {
        change: exampleChange({
          id: `chg_1${index}`,
          number: 400 - index,
          state,
          url: `https://github.example.com/acme/payments-ledger/pull/${400 - index}`,
        }),
      }),
    });
  }
}
