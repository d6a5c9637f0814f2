import { admit } from './admit';
import { GroupSettings, LimitCounts, LimitSettings } from './LimitSettings';
import { maxOf, shareOf, usedOf } from './limits';
import { Lane, portalKey } from './slots';
import { reviewTakesOf, takesOf } from './takes';

const at = new Date('2026-03-02T08:00:00Z');

const task = (id: string, team: string, lane: Lane = 'review') => ({
  id,
  team,
  repository: `github.com/acme/${id}`,
  provider: 'copilot',
  account: 'default',
  lane,
  reviewMinutes: 20,
});

function decide(options: {
  queued: ReturnType<typeof task>[];
  awaitingReview?: ReturnType<typeof task>[];
  groups?: Record<string, GroupSettings>;
  counts?: Partial<LimitCounts>;
  running?: number;
}) {
  const counts = { known: true, taken: new Map(), ...options.counts };
  const settings: LimitSettings = {
    at,
    portal: { running: options.running ?? 9 },
    team: { running: 3, openChanges: 2, autoChanges: 5 },
    groups: new Map(Object.entries(options.groups ?? {})),
    ancestors: new Map(),
  };
  const { queued, awaitingReview = [] } = options;
  const { admitted, held } = admit({
    limits: {
      get: key => {
        const max = maxOf(key, settings);
        const used = usedOf(key, counts, settings);
        return max === undefined ? undefined : { max, used };
      },
    },
    teams: new Map(
      queued.map(({ team }) => [team, shareOf(team, counts, settings)]),
    ),
    candidates: [
      ...awaitingReview.map(one => ({
        ...one,
        takes: reviewTakesOf(one, settings),
      })),
      ...queued.map(one => ({ ...one, takes: takesOf(one, settings) })),
    ],
  });
  return { admitted: admitted.map(one => one.id), held };
}

describe('the policies of admission together', () => {
  it('admits nothing while the counters are not known', () => {
    const { admitted, held } = decide({
      queued: [task('1', 'a')],
      counts: { known: false },
    });
    expect(admitted).toEqual([]);
    expect(held).toEqual([{ id: '1', limit: portalKey }]);
  });

  it.each<[string, number, number, string[]]>([
    ['while nothing else is open', 100, 0, ['1']],
    ['not while something is', 100, 20, []],
    ['not into a budget of nothing', 0, 0, []],
  ])(
    'lets a change in that takes more than the whole budget: %s',
    (_, reviewMinutes, taken, expected) => {
      expect(
        decide({
          queued: [{ ...task('1', 'a'), reviewMinutes: 300 }],
          groups: { a: { reviewMinutes } },
          counts: { taken: new Map([['minutes team a', taken]]) },
        }).admitted,
      ).toEqual(expected);
    },
  );

  it('lets the auto lane go on while all review slots are taken', () => {
    expect(
      decide({
        queued: [task('1', 'a'), task('2', 'a', 'auto')],
        counts: { taken: new Map([['changes team a', 2]]) },
      }),
    ).toEqual({
      admitted: ['2'],
      held: [{ id: '1', limit: 'changes team a' }],
    });
  });

  it('gives a free review slot first to a change that fell out of the auto lane', () => {
    expect(
      decide({
        queued: [task('1', 'a')],
        awaitingReview: [task('2', 'a'), task('3', 'a')],
        counts: { taken: new Map([['changes team a', 1]]) },
      }),
    ).toEqual({
      admitted: ['2'],
      held: [
        { id: '3', limit: 'changes team a' },
        { id: '1', limit: 'changes team a' },
      ],
    });
  });

  it('counts changes that agents opened elsewhere', () => {
    expect(
      decide({
        queued: [task('1', 'a')],
        counts: { foreign: new Map([['changes team a', 2]]) },
      }).held,
    ).toEqual([{ id: '1', limit: 'changes team a' }]);
  });

  it('lets a team borrow what its cohort does not use, and gives it back first', () => {
    const groups = {
      a: { cohort: 'shop', running: 1, borrow: 2, openChanges: 9 },
      b: { cohort: 'shop', running: 2, openChanges: 9 },
    };
    const ofA = ['1', '2', '3', '4'].map(id => task(id, 'a'));
    expect(decide({ groups, queued: ofA }).admitted).toEqual(['1', '2', '3']);
    expect(
      decide({
        groups,
        queued: [...ofA, task('5', 'b')],
        // One of the three has ended.
        counts: { taken: new Map([['running team a', 2]]) },
      }).admitted,
    ).toEqual(['5']);
  });

  it('shares by the weights that are set', () => {
    const queued = ['a', 'b'].flatMap(team =>
      [1, 2, 3, 4].map(n => task(`${team}${n}`, team)),
    );
    const groups = {
      a: { weight: 3, running: 9, openChanges: 9 },
      b: { running: 9, openChanges: 9 },
    };
    const { admitted } = decide({ groups, queued, running: 4 });
    expect(admitted.sort()).toEqual(['a1', 'a2', 'a3', 'b1']);
  });

  it('goes by the limits as they are now, also for what is queued', () => {
    const queued = ['1', '2', '3', '4'].map(id => task(id, 'a'));
    const started = [4, 0, 2].map(
      running =>
        decide({ queued, groups: { a: { running, openChanges: 9 } } }).admitted
          .length,
    );
    expect(started).toEqual([4, 0, 2]);
  });
});
