import fc from 'fast-check';
import { priorities, rankOf } from './rank';

const runs = { numRuns: 10_000 };
const hour = 3_600_000;
const base = Date.parse('2026-03-02T08:00:00Z');

const priority = fc.constantFrom(...priorities);
const times = fc.integer({ min: 0, max: 10 * hour });
const tasks = fc.record({ at: times, priority }).map(task => ({
  queuedAt: new Date(base + task.at),
  priority: task.priority,
}));

describe('rankOf', () => {
  it('is a whole number, of a normal task the time of its launch', () => {
    fc.assert(
      fc.property(tasks, task => {
        expect(Number.isSafeInteger(rankOf(task))).toBe(true);
        expect(rankOf({ ...task, priority: 'normal' })).toBe(
          task.queuedAt.getTime(),
        );
      }),
      runs,
    );
  });

  it('lets the older of two go first where they are equally urgent, and the more urgent of two of one age', () => {
    fc.assert(
      fc.property(tasks, tasks, (one, other) => {
        const byAge =
          rankOf(one) - rankOf({ ...other, priority: one.priority });
        const byUrgency =
          rankOf({ ...other, queuedAt: one.queuedAt }) - rankOf(one);
        expect([Math.sign(byAge), Math.sign(byUrgency)]).toEqual([
          Math.sign(one.queuedAt.getTime() - other.queuedAt.getTime()),
          Math.sign(
            priorities.indexOf(one.priority) -
              priorities.indexOf(other.priority),
          ),
        ]);
      }),
      runs,
    );
  });

  it('counts an hour of waiting as much as a level', () => {
    for (const level of [0, 1, 2]) {
      const urgent = {
        queuedAt: new Date(base),
        priority: priorities[level + 1],
      };
      const waited = (ms: number) => ({
        queuedAt: new Date(base - ms),
        priority: priorities[level],
      });
      expect(rankOf(waited(hour - 1))).toBeGreaterThan(rankOf(urgent));
      expect(rankOf(waited(hour + 1))).toBeLessThan(rankOf(urgent));
    }
  });

  it('starves no task, though more tasks come than go, all of them as urgent as one likes', () => {
    const arrivals = fc.array(
      fc.record({ priority, pause: fc.integer({ min: 1, max: 30 }) }),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(tasks, arrivals, (task, others) => {
        const own = rankOf(task);
        const waiting = [own];
        let now = task.queuedAt.getTime();
        let steps = 0;
        let arrived = 0;
        // With each step the first one goes and two come, those of the wave again and again.
        for (let gone; gone !== own; steps += 1) {
          for (let n = 0; n < 2; n += 1) {
            const next = others[arrived % others.length];
            now += next.pause * 60_000;
            arrived += 1;
            waiting.push(
              rankOf({ queuedAt: new Date(now), priority: next.priority }),
            );
          }
          waiting.sort((a, b) => a - b);
          gone = waiting.shift();
          if (steps > 2 * 180) {
            throw new Error('it is never the first');
          }
        }
        // Beyond three hours none comes that goes before it: with a minute between them no more than these.
        expect(steps).toBeLessThanOrEqual(3 * 60 + 1);
      }),
      runs,
    );
  });
});
