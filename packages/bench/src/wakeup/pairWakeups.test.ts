import { pairWakeups } from './pairWakeups';

describe('pairWakeups', () => {
  it('pairs each start with the slot that became free first, but for those that found slots free', () => {
    expect(
      pairWakeups({
        slots: 2,
        freedMs: [100, 110, 180],
        startsMs: [0, 1, 104, 113, 190],
      }),
    ).toEqual([4, 3, 10]);
  });

  it('leaves out slots that nobody took any more', () => {
    expect(
      pairWakeups({ slots: 1, freedMs: [100, 200], startsMs: [0, 105] }),
    ).toEqual([5]);
  });

  it('forgives what the precision of clocks explains, and nothing more', () => {
    expect(
      pairWakeups({ slots: 1, freedMs: [100], startsMs: [0, 99.5] }),
    ).toEqual([0]);
    expect(() =>
      pairWakeups({ slots: 1, freedMs: [100], startsMs: [0, 90] }),
    ).toThrow('10 ms before');
  });
});
