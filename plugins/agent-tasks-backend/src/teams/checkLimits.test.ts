import { TeamLimitsRequest } from '@agent-tasks/plugin-agent-tasks-common';
import * as fc from 'fast-check';
import { checkLimits, compareLimits, withChanges } from './checkLimits';
import { TeamNumber, teamNumbers, TeamValues } from './TeamSettings';

function check(request: Partial<TeamLimitsRequest>, isParent = false) {
  return checkLimits({ request: { expectedVersion: 0, ...request }, isParent });
}

const values: fc.Arbitrary<TeamValues> = fc.record(
  {
    ...Object.fromEntries(teamNumbers.map(name => [name, fc.nat(20)])),
    cohort: fc.constantFrom('a', 'b'),
  },
  { requiredKeys: [] },
);

describe('checkLimits', () => {
  it('takes what the request names, and nothing else', () => {
    expect(
      check({
        running: 0,
        weight: 0.5,
        cohort: 'front-end',
        openChanges: null,
      }),
    ).toEqual({
      running: 0,
      weight: 0.5,
      cohort: 'front-end',
      openChanges: undefined,
    });
  });

  it.each<[Partial<TeamLimitsRequest>, string]>([
    [
      { running: -1 },
      "'running' must be a whole number from 0 to 10,000, and is -1.",
    ],
    [
      { openChanges: 2.5 },
      "'openChanges' must be a whole number from 0 to 10,000, and is 2.5.",
    ],
    [{ borrow: 10_001 }, "'borrow' must be a whole number from 0 to 10,000"],
    [
      { reviewMinutes: 1e9 },
      "'reviewMinutes' must be a whole number from 0 to",
    ],
    [{ launchesPerDay: Infinity }, 'and is Infinity.'],
    [{ autoChanges: NaN }, 'and is NaN.'],
    [
      { weight: 0 },
      "'weight' must be a number from 0.01 to 1,000, and is 0. To let nothing start, pause the team.",
    ],
    [
      { weight: -2 },
      "'weight' must be a number from 0.01 to 1,000, and is -2.",
    ],
    [{ cohort: '' }, "'cohort' must be 1 to 63 letters"],
    [{ cohort: 'a b' }, "'cohort' must be 1 to 63 letters"],
    [{ running: '3' as unknown as number }, "'running' must be a whole number"],
  ])('refuses %j', (request, message) => {
    expect(() => check(request)).toThrow(message);
  });

  it('names everything that is wrong at once', () => {
    expect(() => check({ running: -1, weight: 0 })).toThrow(
      /'running' must .* 'weight' must .* Nothing was changed\.$/,
    );
  });

  it('refuses for a group above others what belongs to single teams', () => {
    expect(() => check({ cohort: 'a' }, true)).toThrow(
      "'cohort' cannot be set for a group that has groups below it: set it for those. Its own limits, for the sum of all below it, are 'running', 'openChanges', 'reviewMinutes'.",
    );
    expect(check({ running: 3, reviewMinutes: null }, true)).toEqual({
      running: 3,
      reviewMinutes: undefined,
    });
  });
});

describe('compareLimits', () => {
  it('says of each change whether it raises', () => {
    expect(
      compareLimits(
        { running: 5, openChanges: 3, weight: 1 },
        { running: 4, openChanges: 4, weight: 1, cohort: 'a' },
      ),
    ).toEqual([
      { name: 'running', before: 5, after: 4, raises: false },
      { name: 'openChanges', before: 3, after: 4, raises: true },
      { name: 'cohort', before: undefined, after: 'a', raises: true },
    ]);
  });

  it('takes no limit for higher than any', () => {
    expect(compareLimits({}, { reviewMinutes: 100_000 })[0].raises).toBe(false);
    expect(compareLimits({ reviewMinutes: 0 }, {})[0].raises).toBe(true);
  });

  it('lets nobody come by a higher limit over changes that do not raise', () => {
    fc.assert(
      fc.property(
        values,
        fc.array(values, { maxLength: 5 }),
        (first, steps) => {
          const highest = (of: TeamValues, name: TeamNumber) =>
            of[name] ?? Infinity;
          let current = first;
          for (const step of steps) {
            const next = withChanges(current, step);
            if (compareLimits(current, next).every(one => !one.raises)) {
              current = next;
            }
          }
          for (const name of teamNumbers) {
            expect(highest(current, name)).toBeLessThanOrEqual(
              highest(first, name),
            );
          }
          expect(current.cohort).toBe(first.cohort);
        },
      ),
      { numRuns: 10_000 },
    );
  });
});

describe('withChanges', () => {
  it('goes back to the default where a value is none', () => {
    expect(
      withChanges({ running: 3, weight: 2 }, { running: undefined, borrow: 1 }),
    ).toEqual({ weight: 2, borrow: 1 });
  });
});
