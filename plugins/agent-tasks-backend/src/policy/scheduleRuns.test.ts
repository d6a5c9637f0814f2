import {
  nextDueTimes,
  TriggerSchedule,
} from '@agent-tasks/plugin-agent-tasks-common';
import fc from 'fast-check';
import {
  decideDue,
  jitterOf,
  missedAfterSeconds,
  nextRun,
} from './scheduleRuns';

const triggerId = 'trg_1';

function scheduleOf(part: Partial<TriggerSchedule> = {}): TriggerSchedule {
  return {
    cron: '0 6 * * *',
    timeZone: 'UTC',
    jitterSeconds: 0,
    missedRuns: 'skip',
    overlap: 'skip',
    ...part,
  };
}

function decide(now: string, part?: Partial<TriggerSchedule>) {
  return decideDue({
    triggerId,
    schedule: scheduleOf(part),
    dueAt: new Date('2026-01-01T06:00:00Z'),
    now: new Date(now),
  });
}

describe('A schedule', () => {
  it('does not run before its time', () => {
    expect(decide('2026-01-01T05:59:59.999Z')).toBeUndefined();
  });

  it('runs at its time, and then waits for the next', () => {
    expect(decide('2026-01-01T06:00:00Z')).toEqual({
      run: new Date('2026-01-01T06:00:00Z'),
      next: {
        dueAt: new Date('2026-01-02T06:00:00Z'),
        runAt: new Date('2026-01-02T06:00:00Z'),
      },
    });
  });

  it('runs though the portal was restarted at its time', () => {
    expect(decide('2026-01-01T06:05:00Z')?.run).toEqual(
      new Date('2026-01-01T06:00:00Z'),
    );
  });

  it('leaves out what was due while the portal was down', () => {
    expect(decide('2026-01-03T07:00:00Z')).toEqual({
      missed: {
        first: new Date('2026-01-01T06:00:00Z'),
        last: new Date('2026-01-03T06:00:00Z'),
        more: true,
      },
      next: {
        dueAt: new Date('2026-01-04T06:00:00Z'),
        runAt: new Date('2026-01-04T06:00:00Z'),
      },
    });
  });

  it('runs once for all that was due while the portal was down, where it is told to', () => {
    expect(decide('2026-01-03T07:00:00Z', { missedRuns: 'run-once' })).toEqual({
      run: new Date('2026-01-03T06:00:00Z'),
      missed: {
        first: new Date('2026-01-01T06:00:00Z'),
        last: new Date('2026-01-02T06:00:00Z'),
        more: true,
      },
      next: {
        dueAt: new Date('2026-01-04T06:00:00Z'),
        runAt: new Date('2026-01-04T06:00:00Z'),
      },
    });
  });

  it('runs the one of today after it was down until just now', () => {
    expect(decide('2026-01-03T06:01:00Z')).toMatchObject({
      run: new Date('2026-01-03T06:00:00Z'),
      missed: { last: new Date('2026-01-02T06:00:00Z') },
    });
  });

  it('looks for a thousand missed runs in no time', () => {
    const began = performance.now();
    const decision = decide('2027-01-01T00:00:30Z', { cron: '* * * * *' });
    expect(decision?.run).toEqual(new Date('2027-01-01T00:00:00Z'));
    expect(performance.now() - began).toBeLessThan(500);
  });
});

describe('Jitter', () => {
  it('is the same wherever it is reckoned, and within its bounds', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.date({ noInvalidDate: true, min: new Date(0) }),
        fc.integer({ min: 0, max: 3600 }),
        (id, dueAt, jitterSeconds) => {
          const options = { triggerId: id, dueAt, jitterSeconds };
          const jitter = jitterOf(options);
          expect(jitter).toBe(jitterOf(options));
          expect(jitter).toBeGreaterThanOrEqual(0);
          expect(jitter).toBeLessThanOrEqual(jitterSeconds * 1000);
        },
      ),
    );
  });

  it('spreads what is due at the same time', () => {
    const dueAt = new Date('2026-01-01T06:00:00Z');
    const all = new Set(
      Array.from({ length: 100 }, (_, i) =>
        jitterOf({ triggerId: `trg_${i}`, dueAt, jitterSeconds: 3600 }),
      ),
    );
    expect(all.size).toBe(100);
  });
});

it('Every due time is run or missed, once, however often and late it is looked', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('*/5 * * * *', '0 * * * *', '30 2 * * *', '0 6 * * 1-5'),
      fc.constantFrom('Europe/Vienna', 'UTC', 'America/St_Johns'),
      fc.constantFrom('skip', 'run-once'),
      fc.integer({ min: 0, max: 299 }),
      fc.array(fc.integer({ min: 1, max: 200_000 }), {
        minLength: 1,
        maxLength: 12,
      }),
      (cron, timeZone, missedRuns, jitterSeconds, waits) => {
        const schedule = scheduleOf({
          cron,
          timeZone,
          missedRuns: missedRuns as 'skip' | 'run-once',
          jitterSeconds,
        });
        // Over a change of the clocks.
        let now = new Date('2026-03-27T00:00:00Z');
        let next = nextRun({ triggerId, schedule, after: now })!;
        const begin = now;
        const seen: number[] = [];
        let latest = 0;
        for (const wait of waits) {
          now = new Date(now.getTime() + wait * 1000);
          const decision = decideDue({
            triggerId,
            schedule,
            dueAt: next.dueAt,
            now,
          });
          expect(next.runAt > now).toBe(!decision);
          if (!decision) {
            continue;
          }
          if (decision.missed) {
            const { first, last } = decision.missed;
            for (let at = first; at <= last;) {
              seen.push(at.getTime());
              [at] = nextDueTimes({ ...schedule, after: at, count: 1 });
            }
          }
          if (decision.run) {
            seen.push(decision.run.getTime());
            latest = Math.max(latest, now.getTime() - decision.run.getTime());
          }
          next = decision.next!;
          expect(next.runAt > now).toBe(true);
        }
        const all: number[] = [];
        for (let at = begin; ;) {
          [at] = nextDueTimes({ ...schedule, after: at, count: 1 });
          if (at >= next.dueAt) {
            break;
          }
          all.push(at.getTime());
        }
        expect(seen).toEqual(all);
        // What is made up for may be late without end.
        expect(missedRuns === 'run-once' ? 0 : latest).toBeLessThanOrEqual(
          (missedAfterSeconds + jitterSeconds) * 1000,
        );
      },
    ),
    { numRuns: 40 },
  );
});
