import fc from 'fast-check';
import { findScheduleProblem, lastDueTime, nextDueTimes } from './dueTimes';

const vienna = 'Europe/Vienna';

function due(cron: string, after: string, count = 3, timeZone = vienna) {
  return nextDueTimes({ cron, timeZone, after: new Date(after), count }).map(
    time => time.toISOString(),
  );
}

describe('A schedule', () => {
  it('is due once a day, also where the clocks go forward over its hour', () => {
    expect(due('30 2 * * *', '2026-03-28T12:00:00Z')).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:30:00.000Z',
      '2026-03-31T00:30:00.000Z',
    ]);
  });

  it('is due once a day, also where the clocks go back over its hour', () => {
    expect(due('30 2 * * *', '2026-10-24T12:00:00Z')).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
      '2026-10-27T01:30:00.000Z',
    ]);
  });

  it('of every half hour is due in both hours where the clocks go back', () => {
    expect(due('*/30 * * * *', '2026-10-24T23:40:00Z', 5)).toEqual([
      '2026-10-25T00:00:00.000Z',
      '2026-10-25T00:30:00.000Z',
      '2026-10-25T01:00:00.000Z',
      '2026-10-25T01:30:00.000Z',
      '2026-10-25T02:00:00.000Z',
    ]);
  });

  it('is due after a time, never at it', () => {
    expect(due('0 6 * * *', '2026-01-01T06:00:00Z', 1, 'UTC')).toEqual([
      '2026-01-02T06:00:00.000Z',
    ]);
  });

  it('was last due at a time or before it', () => {
    const last = (until: string) =>
      lastDueTime({
        cron: '0 6 * * *',
        timeZone: 'UTC',
        until: new Date(until),
      })?.toISOString();
    expect(last('2026-01-02T06:00:00.000Z')).toBe('2026-01-02T06:00:00.000Z');
    expect(last('2026-01-02T05:59:59.999Z')).toBe('2026-01-01T06:00:00.000Z');
    expect(last('2026-01-02T06:00:00.001Z')).toBe('2026-01-02T06:00:00.000Z');
    expect(last('2026-01-02T05:59:59.001Z')).toBe('2026-01-01T06:00:00.000Z');
  });

  it('was last due no later than its next time, in any zone, at any time', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(vienna, 'UTC', 'America/New_York', 'Asia/Kathmandu'),
        fc.constantFrom('*/7 * * * *', '30 2 * * *', '0 0 1 * 1', '15 3 * 2 *'),
        fc.date({
          min: new Date('2024-01-01'),
          max: new Date('2030-01-01'),
          noInvalidDate: true,
        }),
        (timeZone, cron, at) => {
          const last = lastDueTime({ cron, timeZone, until: at })!;
          const [next] = nextDueTimes({ cron, timeZone, after: at, count: 1 });
          expect(last <= at).toBe(true);
          expect(next > at).toBe(true);
          const [after] = nextDueTimes({
            cron,
            timeZone,
            after: last,
            count: 1,
          });
          expect(after).toEqual(next);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('A schedule is refused, with the reason,', () => {
  it.each([
    ['that never fires', '0 0 30 2 *', 'never fires'],
    ['that never fires in any year', '0 0 31 4,6,9,11 *', 'never fires'],
    ['that fires every second', '* * * * * *', 'more often than once a minute'],
    ['with seconds and years', '0 0 6 * * * *', 'more often than once'],
    ['that fires once', '2026-01-05T00:00:00', 'is no schedule'],
    ['that is empty', '', 'is no schedule'],
    ['with a nickname of another', '@secondly', 'is no schedule'],
    ['with a minute that there is not', '61 * * * *', 'minute'],
    ['with words', 'every day at six', 'is no schedule'],
    ['with letters', 'x * * * *', 'illegal characters'],
    ['with a step of nothing', '*/0 * * * *', 'is no schedule'],
  ])('%s', (_what, cron, reason) => {
    expect(findScheduleProblem({ cron, timeZone: vienna })).toContain(reason);
  });

  it('in a time zone that there is not', () => {
    expect(
      findScheduleProblem({ cron: '0 6 * * *', timeZone: 'Mars/Base' }),
    ).toContain("'Mars/Base' is no time zone");
  });

  it('that is put off by more than the time between two runs', () => {
    const problem = (cron: string, jitterSeconds: number) =>
      findScheduleProblem({ cron, timeZone: vienna, jitterSeconds });
    expect(problem('*/5 * * * *', 300)).toContain('only 300 seconds apart');
    expect(problem('*/5 * * * *', 299)).toBeUndefined();
    expect(problem('0 6 * * MON-FRI', 3600)).toBeUndefined();
  });
});

it.each(['* * * * *', '0 6 * * MON-FRI', '0 0 29 2 *', '0 6 L * *', '@hourly'])(
  'The schedule %s is taken',
  cron => {
    expect(findScheduleProblem({ cron, timeZone: vienna })).toBeUndefined();
  },
);
