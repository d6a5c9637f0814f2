import * as fc from 'fast-check';
import { estimateReviewMinutes, mayBeExpected } from './foreignChanges';

describe('estimateReviewMinutes', () => {
  it.each([
    [0, 5],
    [10, 5],
    [250, 30],
    [251, 31],
    [1_000, 120],
    [1_000_000, 120],
  ])('takes for %d lines %d minutes', (lines, minutes) => {
    expect(estimateReviewMinutes({ additions: lines, deletions: 0 })).toBe(
      minutes,
    );
  });

  it('is a whole number, and never less for more lines', () => {
    fc.assert(
      fc.property(fc.nat(2_000), fc.nat(2_000), (additions, deletions) => {
        const minutes = estimateReviewMinutes({ additions, deletions });
        expect(Number.isInteger(minutes)).toBe(true);
        expect(
          estimateReviewMinutes({ additions: additions + 1, deletions }),
        ).toBeGreaterThanOrEqual(minutes);
      }),
    );
  });
});

describe('mayBeExpected', () => {
  const since = new Date('2026-03-02T08:00:00Z');
  const change = (createdAt: string, headBranch = 'copilot/x') => ({
    createdAt,
    headBranch,
  });

  it('takes what was opened after the start of an agent whose branch is not known', () => {
    const expected = [{ repository: 'r', since }];
    expect(mayBeExpected(change('2026-03-02T08:10:00Z'), expected)).toBe(true);
    expect(mayBeExpected(change('2026-03-02T07:59:00Z'), expected)).toBe(true);
    expect(mayBeExpected(change('2026-03-02T07:50:00Z'), expected)).toBe(false);
    expect(mayBeExpected(change('2026-03-02T08:10:00Z'), [])).toBe(false);
  });

  it('takes what is on the branch of an agent, and nothing else then', () => {
    const expected = [{ repository: 'r', since, branch: 'copilot/mine' }];
    const at = '2026-03-02T08:10:00Z';
    expect(mayBeExpected(change(at, 'copilot/mine'), expected)).toBe(true);
    expect(mayBeExpected(change(at, 'copilot/other'), expected)).toBe(false);
  });
});
