import fc from 'fast-check';
import { MeasuredTime, measure } from '../policy/forecast';
import { Reckoner } from './Forecasts';
import { PlannedSlots, planMoments } from './planMoments';

const now = new Date('2026-03-02T10:00:00Z');
const minute = 60_000;
let repositories = 0;

function task(
  team: string,
  wave = 1,
  change: Partial<PlannedSlots> = {},
): PlannedSlots {
  repositories += 1;
  return {
    team,
    wave,
    repository: `github.com/acme/${repositories}`,
    provider: 'p',
    account: 'a',
    template: 'bump',
    campaign: '',
    lane: 'review',
    reviewMinutes: 20,
    ...change,
  };
}

/** Each task before it makes a task wait for a minute, and each on its repository for ten. */
const aMinuteEach: Reckoner = ({ before, beforeOnRepository }, delay) =>
  delay && !delay.until
    ? {
        assumption: `${delay.what} lasts.`,
        basis: { runsMeasured: 0, slots: 1 },
      }
    : {
        at: new Date(
          now.getTime() + (before + beforeOnRepository * 10) * minute,
        ).toISOString(),
        assumption: `${before} go first.`,
        basis: { runsMeasured: 0, slots: 1 },
      };

function momentsOf(
  planned: PlannedSlots[],
  options: {
    rollout?: { soakSeconds?: number; continue?: 'automatic' | 'approval' };
    queued?: ReadonlyMap<string, number>;
    delayed?: string;
    run?: MeasuredTime;
    review?: MeasuredTime;
    reckoner?: (planned: ReadonlyMap<string, number>) => Reckoner;
  } = {},
) {
  const {
    run = measure([600]),
    review = measure([3_600]),
    delayed,
    rollout = {},
    queued = new Map(),
    reckoner = () => aMinuteEach,
  } = options;
  return planMoments({
    planned,
    now,
    rollout,
    queued,
    reckoner,
    delayOf: one => (one.team === delayed ? { what: 'The brake' } : undefined),
    times: { runSlotOf: () => run, reviewOf: () => review },
  });
}

const after = (minutes: number) =>
  new Date(now.getTime() + minutes * minute).toISOString();

describe('planMoments', () => {
  it('tells the first and the last start, and the reviews a run later', () => {
    const moments = momentsOf([task('a'), task('a'), task('b')]);
    expect(moments).toMatchObject({
      firstStart: { at: after(0), assumption: '0 go first.' },
      lastStart: { at: after(1), assumption: '1 go first.' },
      firstReview: { at: after(10) },
      lastReview: {
        at: after(11),
        assumption:
          '1 go first. An agent works 10 min, as half of the last 1 did.',
      },
      waves: [
        {
          number: 1,
          tasks: 3,
          from: { at: after(0), assumption: 'It begins with the launch.' },
        },
      ],
    });
  });

  it('puts tasks behind those of their team that wait already', () => {
    const moments = momentsOf([task('a')], { queued: new Map([['a', 7]]) });
    expect(moments.firstStart?.at).toBe(after(7));
  });

  it('waits for the repository that most tasks are on', () => {
    const repository = 'github.com/acme/mono';
    const { lastStart } = momentsOf([
      task('a', 1, { repository }),
      task('b', 1, { repository }),
      task('b', 1, { repository }),
      task('b'),
    ]);
    // 2 of its team and 2 on the repository go first.
    expect(lastStart?.at).toBe(after(22));
  });

  it('tells each team of the tasks of the others', () => {
    const seen: [string, number][][] = [];
    momentsOf([task('a'), task('b'), task('b'), task('b', 2)], {
      reckoner: planned => {
        seen.push([...planned]);
        return aMinuteEach;
      },
    });
    expect(seen).toEqual([
      [
        ['a', 1],
        ['b', 2],
      ],
      [['b', 1]],
    ]);
  });

  it('begins a wave when the one before has settled and the rollout has waited', () => {
    const { waves, lastStart } = momentsOf(
      [task('a'), task('a', 2), task('a', 2), task('a', 3)],
      {
        rollout: { soakSeconds: 1_800, continue: 'approval' },
        // Of those nobody knows whether they are still there by then.
        queued: new Map([['a', 3]]),
      },
    );
    expect(waves).toMatchObject([
      { number: 1, tasks: 1, from: { at: after(0) } },
      {
        number: 2,
        tasks: 2,
        from: {
          at: after(3 + 10 + 60 + 30),
          assumption:
            'When all tasks of wave 1 have settled. Then it waits for 30 min. Somebody has to approve it; it does not begin before.',
        },
      },
      { number: 3, tasks: 1, from: { at: after(103 + 1 + 10 + 60 + 30) } },
    ]);
    expect(lastStart).toEqual({
      at: after(204),
      assumption: '0 go first. Reckoned from the begin of wave 3.',
    });
  });

  it('needs no review in the auto lane', () => {
    const auto = { lane: 'auto' } as const;
    const moments = momentsOf([task('a', 1, auto), task('a', 2, auto)], {
      review: undefined,
    });
    expect(moments).not.toHaveProperty('firstReview');
    expect(moments).not.toHaveProperty('lastReview');
    expect(moments.waves[1].from.at).toBe(after(10));
  });

  it('tells nothing that it would have to guess, and why', () => {
    const { lastStart, lastReview, waves } = planMoments({
      planned: [task('a'), task('a', 2)],
      now,
      rollout: {},
      queued: new Map(),
      reckoner: () => aMinuteEach,
      delayOf: () => undefined,
      times: { runSlotOf: () => undefined, reviewOf: () => undefined },
    });
    const unknown =
      'No run has ended yet, so that nothing is known of how long they take.';
    expect(lastReview).toMatchObject({
      assumption: expect.stringContaining(unknown),
    });
    expect(lastReview).not.toHaveProperty('at');
    expect(waves[1].from).toEqual({
      assumption: `When all tasks of wave 1 have settled. ${unknown}`,
    });
    expect(lastStart).not.toHaveProperty('at');
  });

  it('knows the first start where a brake holds others, and not the last', () => {
    const { firstStart, lastStart } = momentsOf([task('a'), task('b')], {
      delayed: 'a',
    });
    expect(firstStart?.at).toBe(after(0));
    expect(lastStart).toEqual({ assumption: 'The brake lasts.' });
  });

  it('tells nothing of a plan without tasks', () => {
    expect(momentsOf([])).toEqual({ waves: [] });
  });

  const plans = fc
    .array(
      fc.record({
        team: fc.constantFrom('a', 'b', 'c'),
        wave: fc.integer({ min: 1, max: 4 }),
        repository: fc.constantFrom('r', 's', 't'),
      }),
      { minLength: 1, maxLength: 30 },
    )
    .map(some => {
      const sorted = some.sort((x, y) => x.wave - y.wave);
      const numbers = [...new Set(sorted.map(one => one.wave))];
      return sorted.map(({ team, wave, repository }) =>
        task(team, numbers.indexOf(wave) + 1, { repository }),
      );
    });

  it('lets nothing begin before something that it follows', () => {
    fc.assert(
      fc.property(plans, planned => {
        const { firstStart, lastStart, firstReview, lastReview, waves } =
          momentsOf(planned);
        const times = [
          now.toISOString(),
          firstStart?.at,
          lastStart?.at,
          lastReview?.at,
        ].map(at => Date.parse(at!));
        expect([...times].sort((x, y) => x - y)).toEqual(times);
        expect(firstReview!.at! <= lastReview!.at!).toBe(true);
        expect(firstStart!.at! <= firstReview!.at!).toBe(true);
        const begins = waves.map(wave => Date.parse(wave.from.at!));
        expect([...begins].sort((x, y) => x - y)).toEqual(begins);
        expect(waves.reduce((sum, wave) => sum + wave.tasks, 0)).toBe(
          planned.length,
        );
      }),
    );
  });

  it('finds the same last start as a look at every task of a wave', () => {
    fc.assert(
      fc.property(plans, planned => {
        const first = planned.filter(one => one.wave === 1);
        const places = new Map<string, number>();
        const count = (name: string) => {
          const before = places.get(name) ?? 0;
          places.set(name, before + 1);
          return before;
        };
        const each = first.map(one => {
          const before = count(one.team);
          const beforeOnRepository = count(`on ${one.repository}`);
          return Date.parse(
            aMinuteEach({
              holder: one,
              template: 'bump',
              before,
              beforeOnRepository,
            }).at!,
          );
        });
        const { firstStart, lastStart } = momentsOf(first);
        // What waits for a repository is taken for the last of its team.
        expect(Date.parse(lastStart!.at!)).toBeGreaterThanOrEqual(
          Math.max(...each),
        );
        expect(Date.parse(firstStart!.at!)).toBeLessThanOrEqual(
          Math.min(...each),
        );
      }),
    );
  });
});
