import fc from 'fast-check';
import { limitsHolding } from './admit';
import { LimitCounts, LimitSettings } from './LimitSettings';
import { maxOf, pauseOf, shareOf, usedOf } from './limits';
import { limitKey, portalKey, SlotHolder } from './slots';
import { takesOf } from './takes';

const runs = { numRuns: 10_000 };
const at = new Date('2026-03-02T08:00:00Z');

function settingsOf(settings: Partial<LimitSettings>): LimitSettings {
  return {
    at,
    portal: { running: 5 },
    groups: new Map(),
    ancestors: new Map(),
    ...settings,
  };
}

const counts = (
  taken: Record<string, number>,
  more?: Partial<LimitCounts>,
): LimitCounts => ({
  known: true,
  taken: new Map(Object.entries(taken)),
  ...more,
});

const task: SlotHolder = {
  team: 'a',
  repository: 'github.com/acme/shop',
  provider: 'copilot',
  account: 'default',
  lane: 'review',
  reviewMinutes: 20,
};

const everything = settingsOf({
  portal: { running: 5, pendingChecks: 20 },
  provider: { running: 4 },
  account: { running: 3, startsPerMinute: 20 },
  repository: { running: 1, openChanges: 3, autoChanges: 2 },
  team: {
    running: 10,
    openChanges: 9,
    reviewMinutes: 300,
    autoChanges: 8,
    launchesPerDay: 100,
  },
});

describe('maxOf', () => {
  it.each([
    [portalKey, 5],
    ['running provider copilot', 4],
    ['running account default', 3],
    ['running repository github.com/acme/shop', 1],
    ['running team a', 10],
    ['changes repository github.com/acme/shop', 3],
    ['changes team a', 9],
    ['minutes team a', 300],
    ['auto repository github.com/acme/shop', 2],
    ['auto team a', 8],
    ['checks portal ', 20],
    ['day team a', 100],
    ['starts account default', 20],
    ['running group a', undefined],
    ['running cohort a', undefined],
    ['queued team a', undefined],
    ['changes portal ', undefined],
  ])('reads %j from the defaults', (key, max) => {
    expect(maxOf(key, everything)).toBe(max);
  });

  it('prefers what is set for a team, a provider or an account, value by value', () => {
    const settings = {
      ...everything,
      groups: new Map([['a', { running: 2, openChanges: undefined }]]),
      providers: new Map([['copilot', { running: 7 }]]),
      accounts: new Map([['default', { startsPerMinute: 1 }]]),
    };
    expect(
      [
        'running team a',
        'changes team a',
        'running team b',
        'running provider copilot',
        'starts account default',
        'running account default',
      ].map(key => maxOf(key, settings)),
    ).toEqual([2, 9, 10, 7, 1, 3]);
  });

  it('takes the lower one where a limit is lowered for now, also where there was none', () => {
    const settings = settingsOf({
      team: { running: 4 },
      lowered: new Map([
        ['running team a', 2],
        ['running team b', 6],
        ['starts account default', 3],
      ]),
    });
    expect(
      ['running team a', 'running team b', 'starts account default'].map(key =>
        maxOf(key, settings),
      ),
    ).toEqual([2, 4, 3]);
  });

  it('lets a team borrow beyond its own, and a cohort have what its teams have together', () => {
    const settings = settingsOf({
      team: { running: 4 },
      groups: new Map([
        ['a', { cohort: 'shop', borrow: 3 }],
        ['b', { cohort: 'shop', running: 6 }],
        ['c', { borrow: 3 }],
      ]),
    });
    expect(
      [
        'running team a',
        'running team b',
        'running team c',
        'running cohort shop',
      ].map(key => maxOf(key, settings)),
    ).toEqual([7, 6, 4, 10]);
  });

  it('reads what is set for a group with teams below it as the limit of their sum, and its own tasks by the defaults', () => {
    const settings = settingsOf({
      team: { running: 4, openChanges: 5, launchesPerDay: 9 },
      groups: new Map([
        ['top', { running: 20, launchesPerDay: 1, cohort: 'shop', weight: 9 }],
      ]),
      ancestors: new Map([['a', ['middle', 'top']]]),
    });
    expect(
      [
        'running group top',
        'running team top',
        'changes group top',
        'day group top',
        'running group middle',
        'running cohort shop',
      ].map(key => maxOf(key, settings)),
    ).toEqual([20, 4, undefined, undefined, undefined, undefined]);
    expect(shareOf('top', counts({}), settings)).toEqual({
      weight: 1,
      running: 0,
    });
  });

  it('is 0 for a team or a group while it is paused', () => {
    const pause = { reason: 'release', by: 'user:default/mia' };
    const until = (ms: number) => ({
      paused: { ...pause, until: new Date(at.getTime() + ms) },
    });
    const settings = settingsOf({
      team: { running: 4 },
      groups: new Map([
        ['a', { running: 2, paused: pause }],
        ['b', until(1)],
        ['c', until(0)],
        ['top', { paused: pause }],
      ]),
      ancestors: new Map([['d', ['top']]]),
    });
    const keys = ['team a', 'team b', 'team c', 'group top', 'team d'].map(
      subject => `running ${subject}`,
    );
    expect(keys.map(key => maxOf(key, settings))).toEqual([0, 0, 4, 0, 4]);
    expect(keys.map(key => pauseOf(key, settings)?.reason)).toEqual([
      'release',
      'release',
      undefined,
      'release',
      undefined,
    ]);
    expect(
      takesOf({ ...task, team: 'd' }, settings).map(({ key }) => key),
    ).toContain('running group top');
  });
});

describe('usedOf', () => {
  it('adds up what the teams of a group or a cohort hold, with what was opened elsewhere', () => {
    const settings = settingsOf({
      groups: new Map([
        ['a', { cohort: 'shop' }],
        ['b', { cohort: 'shop' }],
      ]),
      ancestors: new Map([
        ['a', ['top', 'top']],
        ['top', ['top']],
        ['c', ['top']],
      ]),
    });
    const taken = counts(
      {
        'running team a': 1,
        'running team b': 2,
        'running team c': 4,
        'running team top': 8,
        'changes team a': 1,
      },
      { foreign: new Map([['changes team a', 5]]) },
    );
    expect(
      [
        'running team a',
        'running team z',
        'running group top',
        'running cohort shop',
        'changes team a',
        'changes group top',
      ].map(key => usedOf(key, taken, settings)),
    ).toEqual([1, 0, 13, 3, 6, 6]);
  });

  it('does not know a sum of which it does not know a part, nor anything while no counter can be trusted', () => {
    const settings = settingsOf({ ancestors: new Map([['a', ['top']]]) });
    const part = counts({}, { unknown: new Set(['changes team a']) });
    const keys = ['changes team a', 'changes group top', 'running team a'];
    expect(keys.map(key => usedOf(key, part, settings))).toEqual([
      undefined,
      undefined,
      0,
    ]);
    const none = counts({ 'running team a': 1 }, { known: false });
    expect(usedOf('running team a', none, settings)).toBeUndefined();
  });
});

describe('takesOf', () => {
  const keysOf = (holder: SlotHolder, settings: LimitSettings) =>
    takesOf(holder, settings).map(({ key }) => key);

  it('is one of each limit, and the minutes of the review', () => {
    expect(takesOf(task, everything)).toEqual([
      { key: portalKey, amount: 1 },
      { key: 'running provider copilot', amount: 1 },
      { key: 'running account default', amount: 1 },
      { key: 'running repository github.com/acme/shop', amount: 1 },
      { key: 'running team a', amount: 1 },
      { key: 'changes repository github.com/acme/shop', amount: 1 },
      { key: 'changes team a', amount: 1 },
      { key: 'minutes team a', amount: 20 },
      { key: 'checks portal ', amount: 1 },
      { key: 'day team a', amount: 1 },
      { key: 'starts account default', amount: 1 },
    ]);
  });

  it('keeps the lanes apart: neither takes what the other waits for', () => {
    const kinds = (lane: 'review' | 'auto') =>
      keysOf({ ...task, lane }, everything)
        .map(key => key.split(' ')[0])
        .filter(kind => ['changes', 'minutes', 'auto'].includes(kind));
    expect(kinds('review')).toEqual(['changes', 'changes', 'minutes']);
    expect(kinds('auto')).toEqual(['auto', 'auto']);
  });

  it('leaves out what has no limit, and holds for all groups above and the cohort', () => {
    const settings = settingsOf({
      groups: new Map([
        ['a', { cohort: 'shop', running: 1 }],
        ['top', { reviewMinutes: 100, running: 3 }],
      ]),
      ancestors: new Map([['a', ['middle', 'top']]]),
    });
    expect(takesOf(task, settings)).toEqual([
      { key: portalKey, amount: 1 },
      { key: 'running team a', amount: 1 },
      { key: 'running group top', amount: 1 },
      { key: 'running cohort shop', amount: 1 },
      { key: 'minutes group top', amount: 20 },
    ]);
    expect(keysOf({ ...task, team: 'top' }, settings)).toContain(
      'running group top',
    );
  });

  it('never lets a sum of teams beyond the limit of a group above them, wherever in the tree', () => {
    const world = fc.record({
      parents: fc.array(fc.nat(5), { minLength: 6, maxLength: 6 }),
      limits: fc.array(fc.option(fc.nat(4), { nil: undefined }), {
        minLength: 6,
        maxLength: 6,
      }),
      tasks: fc.array(fc.nat(5), { maxLength: 15 }),
    });
    fc.assert(
      fc.property(world, ({ parents, limits, tasks }) => {
        // A tree: the parent of a group has a lower number, and 0 has none.
        const above = (n: number): string[] => {
          const parent = parents[n] % Math.max(1, n);
          return n === 0 ? [] : [`g${parent}`, ...above(parent)];
        };
        const settings = settingsOf({
          portal: { running: 99 },
          groups: new Map(
            limits.map((running, n) => [`g${n}`, { running }] as const),
          ),
          ancestors: new Map(parents.map((_, n) => [`g${n}`, above(n)])),
        });
        const taken = new Map<string, number>();
        const state = {
          get: (key: string) => {
            const max = maxOf(key, settings);
            const used = usedOf(key, { known: true, taken }, settings);
            return max === undefined ? undefined : { max, used };
          },
        };
        for (const n of tasks) {
          const takes = takesOf({ ...task, team: `g${n}` }, settings);
          if (!limitsHolding({ takes }, state).length) {
            const key = limitKey({
              kind: 'running',
              scope: 'team',
              subject: `g${n}`,
            });
            taken.set(key, (taken.get(key) ?? 0) + 1);
          }
        }
        const exceeded = limits.filter((max, n) => {
          const sum = [...taken].reduce((total, [key, count]) => {
            const team = Number(key.slice('running team g'.length));
            const within = team === n || above(team).includes(`g${n}`);
            return within ? total + count : total;
          }, 0);
          return max !== undefined && sum > max;
        });
        expect(exceeded).toEqual([]);
      }),
      runs,
    );
  });
});
