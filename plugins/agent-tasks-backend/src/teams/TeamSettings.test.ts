import { isPaused, valuesInForce } from './TeamSettings';

const defaults = { running: 10, openChanges: 10, reviewMinutes: 300 };

describe('valuesInForce', () => {
  it('takes what was set before the default, and 0 for a value', () => {
    expect(
      valuesInForce({
        defaults,
        values: { running: 0, cohort: 'a' },
        isParent: false,
      }),
    ).toEqual({
      inForce: { ...defaults, running: 0, borrow: 0, weight: 1, cohort: 'a' },
      defaults: { ...defaults, borrow: 0, weight: 1 },
    });
  });

  it('has no defaults for a group above others, and nothing of single teams', () => {
    expect(
      valuesInForce({
        defaults,
        values: { openChanges: 20, weight: 3, cohort: 'a' },
        isParent: true,
      }),
    ).toEqual({ inForce: { openChanges: 20 }, defaults: {} });
  });
});

describe('isPaused', () => {
  const at = new Date('2026-03-02T08:00:00Z');
  const pause = { reason: 'x', by: 'user:default/ada', at, byManager: false };

  it('ends at its end', () => {
    const until = new Date('2026-03-02T09:00:00Z');
    expect(isPaused(undefined, at)).toBe(false);
    expect(isPaused(pause, new Date('2126-01-01'))).toBe(true);
    expect(isPaused({ ...pause, until }, new Date(+until - 1))).toBe(true);
    expect(isPaused({ ...pause, until }, until)).toBe(false);
  });
});
