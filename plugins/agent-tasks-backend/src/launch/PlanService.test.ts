import { PlanRequest } from '@agent-tasks/plugin-agent-tasks-common';
import { mockCredentials } from '@backstage/backend-test-utils';
import { PlanForecast, PlanForecasts } from '../queue/PlanForecasts';
import { exclude } from './exclusions';
import { outlineOf } from './planOutline';
import { Planner, ResolvedPlan, ResolvedTask } from './Planner';
import { PlanService } from './PlanService';

const caller = {
  credentials: mockCredentials.user(),
  requester: 'user:default/dana',
};

function task(
  number: number,
  change: Partial<ResolvedTask> = {},
): ResolvedTask {
  return {
    repository: {
      ref: `github.com/acme/r${number}`,
      url: `https://github.com/acme/r${number}`,
    },
    repositoryRef: { host: 'github.com', owner: 'acme', name: `r${number}` },
    team: `group:default/${number % 3 ? 'shop' : 'pay'}`,
    components: [{ entityRef: `component:default/c${number}` }],
    provider: 'Agent',
    providerId: 'agent',
    account: 'bot',
    lane: 'review',
    reviewMinutes: 30,
    renderPrompt: () => ({ text: `Do ${number}.`, segments: [] }),
    ...change,
  };
}

function planOf(options: {
  tasks: ResolvedTask[];
  resolved?: Partial<ResolvedPlan>;
  request?: Partial<PlanRequest>;
}) {
  const { tasks } = options;
  const resolved: ResolvedPlan = {
    template: {
      id: 'trev_1',
      template: 'bump',
      number: 2,
      title: 'Bump',
    } as ResolvedPlan['template'],
    parameters: {},
    tasks,
    excluded: [],
    warnings: [],
    outline: outlineOf({ templateRevision: 2, tasks: [] }),
    gates: [{ gate: 'review', text: 'Somebody reviews it.' }],
    priority: 'normal',
    rollout: {},
    ...options.resolved,
  };
  const forecast = jest.fn<
    ReturnType<PlanForecasts['forecast']>,
    Parameters<PlanForecasts['forecast']>
  >(async ({ planned, told }) => {
    const result: PlanForecast = {
      holds: planned.slice(0, told).map(() => ({ willStart: true })),
      willStart: Math.min(planned.length, 5),
      waves: [],
      lastStart: { assumption: 'Nobody knows.' },
      slotsOf: (kind, team) =>
        team === 'group:default/pay'
          ? undefined
          : { used: kind === 'minutes' ? 60 : 2, max: 480 },
    };
    return result;
  });
  const service = PlanService.create({
    planner: { resolve: async () => resolved } as unknown as Planner,
    forecasts: { forecast },
  });
  return {
    forecast,
    plan: service.plan({
      caller,
      request: {
        template: 'bump',
        components: ['x'],
        parameters: {} as PlanRequest['parameters'],
        ...options.request,
      },
      permitted: async refs => new Set(refs),
      visible: undefined,
    }),
  };
}

const numbers = (count: number) =>
  Array.from({ length: count }, (_, index) => index);

describe('PlanService', () => {
  it('tells of each task who asks, which account acts, and what its change needs', async () => {
    const { tasks } = await planOf({ tasks: [task(1)] }).plan;
    expect(tasks).toEqual([
      {
        repository: task(1).repository,
        team: 'group:default/shop',
        components: [{ entityRef: 'component:default/c1' }],
        provider: 'Agent',
        identity: {
          requester: 'user:default/dana',
          account: 'bot',
          provider: 'agent',
        },
        gates: [{ gate: 'review', text: 'Somebody reviews it.' }],
        prompt: { text: 'Do 1.', segments: [] },
        wave: 1,
        willStart: true,
      },
    ]);
  });

  it('sums up tasks, teams with their budgets, and reasons', async () => {
    const { summary } = await planOf({
      tasks: [
        task(1),
        task(2),
        task(3),
        task(4, { lane: 'auto', repository: task(1).repository }),
      ],
      resolved: {
        excluded: [
          exclude('a', 'no-owner'),
          exclude('b', 'opted-out'),
          exclude('c', 'opted-out'),
        ],
      },
    }).plan;
    expect(summary).toEqual({
      components: 4,
      repositories: 3,
      tasks: 4,
      excluded: 3,
      byReason: [
        { reason: 'opted-out', count: 2 },
        { reason: 'no-owner', count: 1 },
      ],
      teams: [
        {
          team: 'group:default/shop',
          tasks: 3,
          reviewMinutes: 60,
          minutesBudget: { used: 60, max: 480 },
          openChanges: { used: 2, max: 480 },
        },
        { team: 'group:default/pay', tasks: 1, reviewMinutes: 30 },
      ],
      lastStart: { assumption: 'Nobody knows.' },
      waves: [],
      willStart: 4,
      willWait: 0,
    });
  });

  it('renders the prompts of the first 20 tasks, and of those asked for', async () => {
    const rendered: number[] = [];
    const { tasks } = await planOf({
      tasks: numbers(100).map(number =>
        task(number, {
          renderPrompt: () => {
            rendered.push(number);
            return { text: '', segments: [] };
          },
        }),
      ),
      request: { promptsFor: ['github.com/acme/r77', 'github.com/acme/gone'] },
    }).plan;
    expect(rendered).toEqual([...numbers(20), 77]);
    expect(tasks.filter(one => one.prompt)).toHaveLength(21);
  });

  it('tells 1,000 tasks and exclusions, and counts all', async () => {
    const { plan, forecast } = planOf({
      tasks: numbers(2_000).map(number => task(number)),
      resolved: {
        excluded: numbers(1_500).map(number =>
          exclude(`c${number}`, 'no-owner'),
        ),
      },
    });
    const { tasks, excluded, summary } = await plan;
    expect(tasks).toHaveLength(1_000);
    expect(excluded).toHaveLength(1_000);
    expect(summary).toMatchObject({
      tasks: 2_000,
      excluded: 1_500,
      willStart: 5,
      willWait: 1_995,
    });
    expect(forecast.mock.calls[0][0].planned).toHaveLength(2_000);
  });

  it('puts tasks into the waves of the rollout', async () => {
    const rollout = { waves: [1, 5, '50%', '100%'], soakSeconds: 60 };
    const { plan, forecast } = planOf({
      tasks: numbers(20).map(number => task(number)),
      resolved: { rollout },
    });
    const waves = (await plan).tasks.map(one => one.wave);
    expect(waves).toEqual([
      1,
      ...Array(4).fill(2),
      ...Array(5).fill(3),
      ...Array(10).fill(4),
    ]);
    expect(forecast.mock.calls[0][0].planned.map(one => one.wave)).toEqual(
      waves,
    );
    expect(forecast.mock.calls[0][0].rollout).toBe(rollout);
  });
});
