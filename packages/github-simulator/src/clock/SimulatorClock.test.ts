import fc from 'fast-check';
import { isoTime, SimulatorClock } from './SimulatorClock';

describe('SimulatorClock', () => {
  it('runs what is due in order of time, each at its own time', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 50 })),
        fc.nat({ max: 60 }),
        (delays, by) => {
          const clock = SimulatorClock.create({ frozenAt: 1_000 });
          const seen: [number, number][] = [];
          delays.forEach((delay, index) =>
            clock.schedule({
              at: 1_000 + delay,
              run: () => {
                expect(clock.now()).toBe(1_000 + delay);
                seen.push([delay, index]);
              },
            }),
          );
          clock.advance(by);
          expect(seen).toEqual(
            delays
              .map((delay, index): [number, number] => [delay, index])
              .filter(([delay]) => delay <= by)
              .sort(([a, i], [b, j]) => a - b || i - j),
          );
          expect(clock.now()).toBe(1_000 + by);
        },
      ),
    );
  });

  it('runs what callbacks schedule, within the same advance', () => {
    const clock = SimulatorClock.create({ frozenAt: 0 });
    const seen: number[] = [];
    const again = () => {
      seen.push(clock.now());
      clock.schedule({ at: clock.now() + 10, run: again });
    };
    clock.schedule({ at: 10, run: again });
    clock.advance(35);
    expect(seen).toEqual([10, 20, 30]);
  });

  it('does not run what was cancelled', () => {
    const clock = SimulatorClock.create({ frozenAt: 0 });
    const run = jest.fn();
    clock.schedule({ at: 5, run })();
    clock.advance(10);
    expect(run).not.toHaveBeenCalled();
  });

  it('never goes back', () => {
    const clock = SimulatorClock.create({ frozenAt: 0 });
    expect(() => clock.advance(-1)).toThrow(RangeError);
  });

  it('follows the machine until it is frozen, and runs timers by itself', async () => {
    const clock = SimulatorClock.create();
    const reached = new Promise<number>(resolve =>
      clock.schedule({ at: clock.now() + 20, run: () => resolve(clock.now()) }),
    );
    const due = clock.now() + 20;
    // A timer of the clock does not keep the process alive: something else must.
    const alive = setInterval(() => {}, 1_000);
    expect(await reached).toBeGreaterThanOrEqual(due - 1);
    clearInterval(alive);
    clock.freeze();
    const stopped = clock.now();
    clock.advance(3_600_000);
    expect(clock.now()).toBe(stopped + 3_600_000);
    clock.close();
  });

  it('writes times as GitHub does', () => {
    expect(isoTime(Date.UTC(2026, 0, 2, 3, 4, 5, 678))).toBe(
      '2026-01-02T03:04:05Z',
    );
  });
});
