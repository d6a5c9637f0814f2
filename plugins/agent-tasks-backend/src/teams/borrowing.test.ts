import * as fc from 'fast-check';
import { shareCohort } from './borrowing';

const members = fc.uniqueArray(
  fc.record({
    team: fc.string({ minLength: 1, maxLength: 8 }),
    nominal: fc.nat(50),
    used: fc.nat(80),
  }),
  { selector: one => one.team, maxLength: 12 },
);

describe('shareCohort', () => {
  it('lends what is idle to those who have more than their own', () => {
    const shares = shareCohort([
      { team: 'a', nominal: 4, used: 7 },
      { team: 'b', nominal: 4, used: 0 },
      { team: 'c', nominal: 2, used: 0 },
    ]);
    expect(Object.fromEntries(shares)).toEqual({
      a: { borrowed: 3, lent: 0 },
      b: { borrowed: 0, lent: 2 },
      c: { borrowed: 0, lent: 1 },
    });
  });

  it('is empty for nobody', () => {
    expect(shareCohort([])).toEqual(new Map());
  });

  it('lends whole idle slots, as many as are borrowed or idle', () => {
    fc.assert(
      fc.property(members, cohort => {
        const shares = shareCohort(cohort);
        let borrowed = 0;
        let lent = 0;
        let idle = 0;
        for (const one of cohort) {
          const share = shares.get(one.team)!;
          const ownIdle = Math.max(0, one.nominal - one.used);
          expect(share.borrowed).toBe(Math.max(0, one.used - one.nominal));
          expect(Number.isInteger(share.lent)).toBe(true);
          expect(share.lent).toBeGreaterThanOrEqual(0);
          expect(share.lent).toBeLessThanOrEqual(ownIdle);
          borrowed += share.borrowed;
          lent += share.lent;
          idle += ownIdle;
        }
        expect(lent).toBe(Math.min(borrowed, idle));
      }),
      { numRuns: 10_000 },
    );
  });

  it('does not depend on the order of the members', () => {
    fc.assert(
      fc.property(members, cohort => {
        const there = shareCohort(cohort);
        const back = shareCohort([...cohort].reverse());
        for (const { team } of cohort) {
          expect(back.get(team)).toEqual(there.get(team));
        }
      }),
    );
  });
});
