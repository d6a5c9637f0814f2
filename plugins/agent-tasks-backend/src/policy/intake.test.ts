import fc from 'fast-check';
import {
  checksIntake,
  checksPatience,
  Intake,
  Pace,
  reviewIntake,
  reviewPatience,
} from './intake';

const runs = { numRuns: 10_000 };
const hour = 3_600_000;

const someMs = fc.integer({ min: 0, max: 400 * hour });
const somePace: fc.Arbitrary<Pace> = fc.record({
  waitingMs: fc.array(someMs, { maxLength: 30 }),
  lastMs: fc.array(someMs, { maxLength: 20 }),
});
const someLimit = fc.nat(40);

const kinds: [string, (set: number, pace: Pace) => Intake][] = [
  [
    'reviewIntake',
    (budget, reviews) =>
      reviewIntake({ team: 'group:default/shop', budget, reviews }),
  ],
  [
    'checksIntake',
    (pendingChecks, checks) => checksIntake({ pendingChecks, checks }),
  ],
];

describe.each(kinds)('%s', (_, intake) => {
  it('is never above what is set, and below 1 only where 0 is set', () => {
    fc.assert(
      fc.property(someLimit, somePace, (set, pace) => {
        const { limit, reason } = intake(set, pace);
        expect(limit).toBeLessThanOrEqual(set);
        expect(limit).toBeGreaterThanOrEqual(Math.min(1, set));
        expect(reason !== undefined).toBe(limit < set);
      }),
      runs,
    );
  });

  it('never rises when something waits longer, or more waits', () => {
    fc.assert(
      fc.property(
        someLimit,
        somePace,
        fc.array(someMs, { maxLength: 30 }),
        someMs,
        (set, pace, longer, another) => {
          const older = pace.waitingMs.map((ms, i) => ms + (longer[i] ?? 0));
          const before = intake(set, pace).limit;
          expect(
            intake(set, { ...pace, waitingMs: older }).limit,
          ).toBeLessThanOrEqual(before);
          expect(
            intake(set, { ...pace, waitingMs: [...pace.waitingMs, another] })
              .limit,
          ).toBeLessThanOrEqual(before);
        },
      ),
      runs,
    );
  });

  it('recovers by itself: it is what is set once nothing waits', () => {
    fc.assert(
      fc.property(someLimit, somePace, (set, pace) => {
        expect(intake(set, { ...pace, waitingMs: [] }).limit).toBe(set);
      }),
      runs,
    );
  });

  it('rises with each one that stalled and comes to its end, whatever it adds to what is usual', () => {
    fc.assert(
      fc.property(someLimit, somePace, fc.nat(), (set, pace, pick) => {
        fc.pre(pace.waitingMs.length > 0);
        const index = pick % pace.waitingMs.length;
        const waitingMs = pace.waitingMs.filter((__, i) => i !== index);
        const lastMs = [pace.waitingMs[index], ...pace.lastMs];
        const before = intake(set, pace);
        // Another one that was fast makes what is usual shorter; a stalled one does not.
        fc.pre(
          pace.lastMs.length >= 5 && pace.waitingMs[index] >= before.patienceMs,
        );
        expect(intake(set, { waitingMs, lastMs }).limit).toBeGreaterThanOrEqual(
          before.limit,
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it('does not depend on the order of what it is told', () => {
    fc.assert(
      fc.property(someLimit, somePace, (set, pace) => {
        expect(
          intake(set, {
            waitingMs: [...pace.waitingMs].reverse(),
            lastMs: [...pace.lastMs].reverse(),
          }),
        ).toEqual(intake(set, pace));
      }),
    );
  });
});

describe('reviewIntake', () => {
  const usual = Array.from({ length: 9 }, () => 10 * hour);

  it('takes one place more for each change that waits for long, and says so', () => {
    expect(
      reviewIntake({
        team: 'group:default/shop',
        budget: 10,
        reviews: {
          waitingMs: [40 * hour, 31 * hour, 29 * hour],
          lastMs: usual,
        },
      }),
    ).toEqual({
      limit: 8,
      stalled: 2,
      patienceMs: 30 * hour,
      reason:
        '2 changes of group:default/shop have waited for a review for more than 30 h, so that it may have 8 open instead of 10. Review, merge or close the oldest.',
    });
  });

  it.each([
    ['little is known', [hour], reviewPatience.unknownMs],
    ['all went at once', [0, 0, 0, 0, 0], reviewPatience.leastMs],
    ['all took months', Array(5).fill(2_000 * hour), reviewPatience.mostMs],
    ['one took for ever', [...usual, 9_000 * hour], 30 * hour],
  ])('knows what is long where %s', (_, lastMs, patienceMs) => {
    expect(
      reviewIntake({
        team: 'shop',
        budget: 5,
        reviews: { waitingMs: [], lastMs },
      }).patienceMs,
    ).toBe(patienceMs);
  });

  it('lets nothing new in where everything stalls', () => {
    const waitingMs = Array.from({ length: 10 }, () => 200 * hour);
    expect(
      reviewIntake({
        team: 'shop',
        budget: 10,
        reviews: { waitingMs, lastMs: usual },
      }).limit,
    ).toBe(1);
  });
});

describe('checksIntake', () => {
  it('slows down as CI stalls, and says what to look at', () => {
    const lastMs = Array.from({ length: 5 }, () => 600_000);
    expect(
      checksIntake({
        pendingChecks: 20,
        checks: { waitingMs: [3_000_000], lastMs },
      }),
    ).toEqual({
      limit: 19,
      stalled: 1,
      patienceMs: 2_400_000,
      reason:
        'The checks of 1 change have been pending for more than 40 min, so that 19 may be pending instead of 20. See whether CI has capacity, and whether its workflows wait for an approval.',
    });
    expect(
      checksIntake({
        pendingChecks: 1,
        checks: { waitingMs: [checksPatience.mostMs], lastMs },
      }).limit,
    ).toBe(1);
  });
});
