import type {
  Campaign,
  CampaignBurndown,
  CampaignWave,
} from '@agent-tasks/plugin-agent-tasks-common';

const HOUR_MS = 3_600_000;

const fromNow = (hours: number) =>
  new Date(Date.now() + hours * HOUR_MS).toISOString();

/** A wave that has been released and is over; some of it may differ. */
export function exampleWave(
  overrides: Partial<CampaignWave> & { number: number },
): CampaignWave {
  return {
    size: String(overrides.number),
    tasks: 1,
    states: { merged: 1 },
    state: 'done',
    releasedAt: fromNow(-30),
    ...overrides,
  };
}

/** A campaign over 42 repositories in its third wave of four. */
export function exampleCampaign(overrides: Partial<Campaign> = {}): Campaign {
  return {
    id: 'camp_example',
    template: {
      name: 'bump-dependency',
      title: 'Bump a dependency',
      revision: 3,
    },
    parameters: { dependency: 'axios', version: '1.12.2' },
    requester: 'user:default/ada',
    createdAt: fromNow(-30),
    state: 'running',
    taskCount: 42,
    priority: 'normal',
    rollout: {
      waves: [1, 5, '25%', '100%'],
      continue: 'automatic',
      soakSeconds: 14_400,
      stopOn: { failedPercent: 20, closedPercent: 25, minTasks: 3 },
    },
    states: {
      merged: 9,
      in_review: 1,
      failed: 1,
      held: 31,
    },
    waves: [
      exampleWave({ number: 1, size: '1' }),
      exampleWave({
        number: 2,
        size: '5',
        tasks: 4,
        states: { merged: 3, failed: 1 },
        releasedAt: fromNow(-22),
      }),
      exampleWave({
        number: 3,
        size: '25%',
        tasks: 6,
        states: { merged: 5, in_review: 1 },
        state: 'soaking',
        releasedAt: fromNow(-8),
        continuesAt: fromNow(14),
      }),
      exampleWave({
        number: 4,
        size: '100%',
        tasks: 31,
        states: { held: 31 },
        state: 'waiting',
        releasedAt: undefined,
      }),
    ],
    teams: [
      {
        team: 'group:default/team-payments',
        tasks: 30,
        states: { merged: 6, failed: 1, in_review: 1, held: 22 },
      },
      {
        team: 'group:default/team-checkout',
        tasks: 12,
        states: { merged: 3, held: 9 },
      },
    ],
    expectedEnd: {
      at: fromNow(40),
      assumption: 'Runs take as long as before.',
    },
    tasks: [],
    excluded: [
      {
        component: 'component:default/cart',
        reason: 'no-owner',
        message: 'It has no owner.',
        remedy: 'Set spec.owner in its catalog-info.yaml.',
      },
    ],
    can: { cancel: true, approve: true, create: true },
    ...overrides,
  };
}

/** The same campaign after a rule has stopped it. */
export function exampleStoppedCampaign(
  overrides: Partial<Campaign> = {},
): Campaign {
  const { waves, ...campaign } = exampleCampaign();
  return {
    ...campaign,
    state: 'stopped',
    states: { merged: 2, failed: 3, held: 37 },
    waves: [
      waves[0],
      exampleWave({
        number: 2,
        size: '5',
        tasks: 4,
        states: { merged: 1, failed: 3 },
        state: 'stopped',
        stop: {
          rule: 'failed',
          at: fromNow(-1),
          actualPercent: 60,
          limitPercent: 20,
          counted: 5,
          message: '3 of 5 tasks failed.',
          evidence: [
            {
              taskId: 'task_f1',
              repository: 'github.example.com/acme/cart-0001',
              what: 'The agent gave up: the tests do not build.',
            },
            {
              taskId: 'task_f2',
              repository: 'github.example.com/acme/billing-0002',
              what: 'The agent ran out of time.',
            },
          ],
        },
      }),
      {
        ...waves[2],
        state: 'waiting',
        states: { held: 6 },
        releasedAt: undefined,
        continuesAt: undefined,
      },
      waves[3],
    ],
    expectedEnd: undefined,
    ...overrides,
  };
}

/** How the example has gone so far, what was planned, and what is forecast. */
export function exampleBurndown(): CampaignBurndown {
  return {
    points: [
      { at: fromNow(-30), open: 42, settled: 0 },
      { at: fromNow(-24), open: 41, settled: 1 },
      { at: fromNow(-16), open: 38, settled: 4 },
      { at: fromNow(-12), open: 37, settled: 5 },
      { at: fromNow(-3), open: 33, settled: 9 },
      { at: fromNow(0), open: 32, settled: 10 },
    ],
    planned: [
      { at: fromNow(-30), open: 42 },
      { at: fromNow(-20), open: 37 },
      { at: fromNow(-4), open: 31 },
      { at: fromNow(24), open: 0 },
    ],
    forecast: [
      { at: fromNow(14), open: 31 },
      { at: fromNow(40), open: 0 },
    ],
  };
}
