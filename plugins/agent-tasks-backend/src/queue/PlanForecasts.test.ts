import { limitKey } from '../policy/slots';
import { Remotes } from '../remotes/Remotes';
import { ManualClock } from '../__testUtils__/ManualClock';
import { StoredBrake } from './BrakeStore';
import { Forecasts } from './Forecasts';
import { Measurements } from './MeasuredTimes';
import { PlanForecasts } from './PlanForecasts';
import { PlannedSlots } from './planMoments';
import { QueueLineReader } from './QueueLineReader';
import { TaskStore } from './TaskStore';

const shop = 'group:default/shop';
const pay = 'group:default/pay';

function task(
  number: number,
  change: Partial<PlannedSlots> = {},
): PlannedSlots {
  return {
    team: shop,
    wave: 1,
    repository: `github.com/acme/r${number}`,
    provider: 'agent',
    account: 'bot',
    template: 'bump',
    campaign: '',
    lane: 'review',
    reviewMinutes: 20,
    ...change,
  };
}

const tasks = (count: number, change?: Partial<PlannedSlots>) =>
  Array.from({ length: count }, (_, number) => task(number, change));

function setUp(
  options: {
    running?: number;
    openChanges?: number;
    reviewMinutes?: number;
    taken?: Record<string, number>;
    queued?: number;
    brakes?: Partial<StoredBrake>[];
    providers?: string[];
  } = {},
) {
  const {
    running = 5,
    queued = 0,
    brakes = [],
    providers = ['agent'],
  } = options;
  const clock = new ManualClock();
  const listSlotHolders = jest.fn(async () => []);
  const readCounts = jest.fn<
    ReturnType<QueueLineReader['readCounts']>,
    Parameters<QueueLineReader['readCounts']>
  >(
    async () =>
      ({
        known: true,
        taken: new Map(Object.entries(options.taken ?? {})),
      }) as never,
  );
  const times: Measurements = {
    runOfTemplate: new Map(),
    runSlot: undefined,
    runSlotOf: () => undefined,
    reviewOf: () => undefined,
  };
  const forecasts = PlanForecasts.create({
    clock,
    tasks: {
      countQueued: async () => queued,
      listSlotHolders,
    } as unknown as TaskStore,
    lines: { readCounts } as unknown as QueueLineReader,
    brakes: { listActive: async () => brakes as StoredBrake[] } as never,
    remotes: {
      startableProviders: async () => providers,
      store: () => ({ getAll: async () => new Map() }),
      provider: () => ({ title: 'The agent' }),
    } as unknown as Remotes,
    limits: {
      read: async at => ({
        settings: {
          at,
          portal: { running },
          team: {
            openChanges: options.openChanges,
            reviewMinutes: options.reviewMinutes,
          },
          groups: new Map(),
          ancestors: new Map(),
        },
        foreign: new Map(),
        starts: new Map(),
        lowered: new Map(),
      }),
    },
    forecasts: Forecasts.create({
      times: { read: async () => times, measure: async () => {} },
      store: {} as never,
      countBefore: async () => 0,
      clock,
    }),
  });
  return {
    listSlotHolders,
    readCounts,
    forecast: (planned: PlannedSlots[], told = 1_000) =>
      forecasts.forecast({ planned, rollout: {}, visible: undefined, told }),
  };
}

describe('PlanForecasts', () => {
  it('starts as many as have room, and names every limit that holds the others', async () => {
    const { forecast } = setUp({ running: 3, reviewMinutes: 60 });
    const { holds, willStart } = await forecast(tasks(5));
    expect(willStart).toBe(3);
    expect(holds.map(one => one.willStart)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(holds[3].hold).toMatchObject({
      limit: 'portal-running',
      limits: [
        { limit: 'portal-running', max: 3 },
        { limit: 'team-minutes', subject: shop, max: 60 },
      ],
      expectedStart: { assumption: expect.any(String) },
    });
  });

  it('lets no team wait for the budget of another', async () => {
    const { forecast } = setUp({ running: 10, openChanges: 1 });
    const { holds } = await forecast([
      task(1),
      task(2),
      task(3, { team: pay }),
    ]);
    expect(holds.map(one => one.hold?.limit)).toEqual([
      undefined,
      'team-changes',
      undefined,
    ]);
  });

  it('plans what a brake on the template holds, and says so', async () => {
    const { forecast } = setUp({
      brakes: [
        {
          scope: 'template',
          subject: 'bump',
          reason: 'It broke the build.',
          pulledBy: 'user:default/ada',
        },
      ],
    });
    const { holds, willStart, firstStart } = await forecast(tasks(2));
    expect(willStart).toBe(0);
    expect(holds[1].hold).toMatchObject({
      limit: 'brake',
      message: expect.stringContaining('It broke the build.'),
    });
    expect(firstStart).toEqual({
      assumption:
        'Nobody knows when the brake ends, and nothing starts before.',
    });
  });

  it('says that the provider does not answer', async () => {
    const { forecast } = setUp({ providers: [] });
    const { holds } = await forecast(tasks(1));
    expect(holds[0].hold).toMatchObject({ limit: 'provider-unavailable' });
  });

  it('holds what is in later waves, which take nothing yet', async () => {
    const { forecast } = setUp({ running: 2 });
    const { holds, willStart, waves } = await forecast([
      task(1),
      task(2, { wave: 2 }),
      task(3, { wave: 2 }),
    ]);
    expect(willStart).toBe(1);
    expect(holds[1].hold).toEqual({
      limit: 'wave',
      message: 'It is held until wave 2 of the campaign begins.',
    });
    expect(waves.map(wave => wave.tasks)).toEqual([1, 2]);
  });

  it('gives free slots to those that wait already', async () => {
    const { forecast } = setUp({ running: 5, queued: 4 });
    const { holds } = await forecast(tasks(2));
    expect(holds[0]).toEqual({ willStart: true });
    expect(holds[1].hold?.message).toMatch(/^4 tasks wait already/);
  });

  it('tells how full the budgets of a team are', async () => {
    const { forecast } = setUp({
      reviewMinutes: 240,
      taken: {
        [limitKey({ kind: 'minutes', scope: 'team', subject: shop })]: 100,
      },
    });
    const { slotsOf } = await forecast(tasks(1));
    expect(slotsOf('minutes', shop)).toEqual({ max: 240, used: 100 });
    expect(slotsOf('changes', shop)).toBeUndefined();
  });

  it('asks for the same whether there are ten tasks or ten thousand', async () => {
    const asked = async (count: number) => {
      const { forecast, listSlotHolders, readCounts } = setUp({
        running: 1,
        openChanges: 1,
        taken: { 'running portal ': 1 },
      });
      const { holds } = await forecast(
        tasks(count).map((one, number) => ({
          ...one,
          team: number % 2 ? shop : pay,
        })),
        100,
      );
      expect(holds).toHaveLength(Math.min(count, 100));
      return {
        holders: listSlotHolders.mock.calls.length,
        // By 5,000 repositories.
        counts: Math.ceil(readCounts.mock.calls.length / (count / 5_000)),
      };
    };
    const few = await asked(10);
    const many = await asked(10_000);
    expect(many.holders).toBe(few.holders);
    expect(many.counts).toBe(1);
  });
});
