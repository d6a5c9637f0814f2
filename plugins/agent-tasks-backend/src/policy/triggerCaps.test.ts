import fc from 'fast-check';
import { findCapReached } from './triggerCaps';

const caps = { tasksPerHour: 10, openAtOnce: 5 };

describe('findCapReached', () => {
  it.each([
    [{ tasksLastHour: 0, openTasks: 0 }, 5, undefined],
    [{ tasksLastHour: 5, openTasks: 0 }, 5, undefined],
    [{ tasksLastHour: 6, openTasks: 0 }, 5, '6 of at most 10'],
    [{ tasksLastHour: 0, openTasks: 1 }, 5, '1 of at most 5'],
    [{ tasksLastHour: 0, openTasks: 0 }, 6, 'raise its cap of tasks open'],
    [{ tasksLastHour: 0, openTasks: 0 }, 11, 'raise its cap of tasks an hour'],
  ])('%j and %d more: %s', (usage, tasks, reason) => {
    expect(findCapReached({ caps, usage, tasks }) ?? 'none').toContain(
      reason ?? 'none',
    );
  });

  it('lets no sequence of launches exceed a cap', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 50 }),
        fc.array(
          fc.record({
            tasks: fc.integer({ min: 1, max: 20 }),
            settled: fc.integer({ min: 0, max: 20 }),
          }),
          { maxLength: 30 },
        ),
        (tasksPerHour, openAtOnce, launches) => {
          const usage = { tasksLastHour: 0, openTasks: 0 };
          for (const { tasks, settled } of launches) {
            usage.openTasks = Math.max(0, usage.openTasks - settled);
            const reached = findCapReached({
              caps: { tasksPerHour, openAtOnce },
              usage,
              tasks,
            });
            const fits =
              usage.tasksLastHour + tasks <= tasksPerHour &&
              usage.openTasks + tasks <= openAtOnce;
            expect(reached === undefined).toBe(fits);
            if (reached === undefined) {
              usage.tasksLastHour += tasks;
              usage.openTasks += tasks;
            }
          }
          expect(usage.tasksLastHour).toBeLessThanOrEqual(tasksPerHour);
          expect(usage.openTasks).toBeLessThanOrEqual(openAtOnce);
        },
      ),
    );
  });
});
