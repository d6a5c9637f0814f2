import fc from 'fast-check';
import { describeThrottle, Permits, permits, throttleHealth } from './throttle';
import {
  onFailure,
  onReturned,
  onSpent,
  onStarts,
  onSuccess,
} from './throttleEvents';
import {
  newThrottle,
  ThrottleSettings,
  ThrottleState,
  withoutFarTimes,
} from './throttleState';

const runs = { numRuns: 10_000 };
const base = Date.parse('2026-03-02T08:00:00Z');
const at = (seconds: number) => new Date(base + seconds * 1000);

const limit = (min: number, max: number) =>
  fc.option(fc.integer({ min, max }), { nil: undefined, freq: 4 });

const someSettings: fc.Arbitrary<ThrottleSettings> = fc.record({
  startsPerMinute: limit(0, 8),
  contentPerMinute: limit(1, 10),
  contentPerHour: limit(1, 25),
  startsAtOnce: limit(1, 6),
  breakerFailures: fc.integer({ min: 1, max: 4 }),
  underWaySeconds: fc.integer({ min: 1, max: 90 }),
});

/** How far the clock moves between two events: often little, at times backwards by up to two minutes. */
const someMs = fc.oneof(
  { weight: 4, arbitrary: fc.nat(3_000) },
  { weight: 3, arbitrary: fc.nat(70_000) },
  { weight: 1, arbitrary: fc.nat(2_000_000) },
  { weight: 2, arbitrary: fc.integer({ min: -120_000, max: 0 }) },
);

type Step = { moveMs: number; pick: number } & (
  | { do: 'start'; wanted: number }
  | { do: 'succeed' | 'return' }
  | { do: 'fail'; retryAfterSeconds: number | undefined }
  | { do: 'spend'; created: number }
);

const someStep: fc.Arbitrary<Step> = fc
  .tuple(
    fc.record({ moveMs: someMs, pick: fc.nat(100) }),
    fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({
          do: fc.constant('start' as const),
          wanted: fc.integer({ min: 1, max: 12 }),
        }),
      },
      {
        weight: 3,
        arbitrary: fc.record({ do: fc.constantFrom('succeed', 'return') }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          do: fc.constant('fail' as const),
          retryAfterSeconds: fc.option(fc.integer({ min: 1, max: 200 }), {
            nil: undefined,
          }),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          do: fc.constant('spend' as const),
          created: fc.integer({ min: 1, max: 5 }),
        }),
      },
    ),
  )
  .map(([common, step]) => ({ ...common, ...step }) as Step);

const someRun = fc.tuple(
  someSettings,
  fc.array(someStep, { minLength: 1, maxLength: 30 }),
);

interface Batch {
  takenAt: Date;
  count: number;
}

/** What happened, kept without any of the cleverness of the state. */
interface History {
  state: ThrottleState;
  now: number;
  starts: { at: number; count: number }[];
  created: { at: number; count: number }[];
  underWay: Batch[];
}

/** Plays a run; `watch` sees each start before it is written down, and each event. */
function play(
  some: ThrottleSettings,
  steps: Step[],
  watch: {
    start?: (history: History, starts: number) => void;
    event?: (before: ThrottleState, after: ThrottleState, step: Step) => void;
  } = {},
): History {
  const history: History = {
    state: newThrottle,
    now: base,
    starts: [],
    created: [],
    underWay: [],
  };
  for (const step of steps) {
    // No clock is more than two minutes behind the one that is furthest ahead.
    history.now = Math.max(
      history.now + step.moveMs,
      history.state.seenAt - 120_000,
    );
    const now = new Date(history.now);
    const before = history.state;
    const batch = history.underWay[step.pick % (history.underWay.length || 1)];
    if (step.do === 'start') {
      const starts = Math.min(step.wanted, permits(before, some, now).starts);
      if (starts > 0) {
        history.state = onStarts(before, starts, some, now);
        const seenAt = Math.max(before.seenAt, history.now);
        history.starts.push({ at: seenAt, count: starts });
        history.created.push({ at: seenAt, count: starts });
        history.underWay.push({ takenAt: new Date(seenAt), count: starts });
        watch.start?.({ ...history, state: before }, starts);
      }
    } else if (step.do === 'spend') {
      history.state = onSpent(before, step.created, some, now);
      history.created.push({
        at: Math.max(before.seenAt, history.now),
        count: step.created,
      });
    } else if (batch) {
      history.underWay = history.underWay.filter(one => one !== batch);
      if (step.do === 'fail') {
        history.state = onFailure(
          before,
          {
            ...batch,
            kind: 'limited',
            message: 'Too many requests.',
            retryAfterSeconds: step.retryAfterSeconds,
          },
          some,
          now,
        );
      } else if (step.do === 'succeed') {
        history.state = onSuccess(before, batch, some, now);
      } else {
        history.state = onReturned(before, batch, now);
      }
    }
    watch.event?.(before, history.state, step);
  }
  return history;
}

/** How often it happened in the window that ends with the latest event. */
function lately(events: { at: number; count: number }[], lengthMs: number) {
  const end = Math.max(...events.map(event => event.at));
  return events
    .filter(event => event.at > end - lengthMs)
    .reduce((sum, event) => sum + event.count, 0);
}

const settings: ThrottleSettings = {
  startsPerMinute: 20,
  contentPerMinute: 80,
  contentPerHour: 500,
  startsAtOnce: 8,
  breakerFailures: 5,
  underWaySeconds: 60,
};

const failure = { kind: 'server' as const, message: 'GitHub failed (502).' };

describe('permits', () => {
  it('never lets more start within any 60 s, or create more within any minute and hour', () => {
    fc.assert(
      fc.property(someRun, ([some, steps]) => {
        const wrong: unknown[] = [];
        play(some, steps, {
          start: ({ starts, created }) => {
            // A window is full at the latest with the last start in it, so that those ending with a start are enough.
            const kept =
              lately(starts, 60_000) <= (some.startsPerMinute ?? Infinity) &&
              lately(created, 60_000) <= (some.contentPerMinute ?? Infinity) &&
              lately(created, 3_600_000) <= (some.contentPerHour ?? Infinity);
            if (!kept) {
              wrong.push({ starts: [...starts], created: [...created] });
            }
          },
        });
        expect(wrong).toEqual([]);
      }),
      runs,
    );
  });

  it('never has more starts under way than may be at once', () => {
    fc.assert(
      fc.property(someRun, ([some, steps]) => {
        const wrong: number[] = [];
        play(some, steps, {
          start: ({ underWay }) => {
            const since =
              Math.max(...underWay.map(one => one.takenAt.getTime())) -
              some.underWaySeconds * 1000;
            const now = underWay
              .filter(one => one.takenAt.getTime() > since)
              .reduce((sum, one) => sum + one.count, 0);
            if (now > (some.startsAtOnce ?? Infinity)) {
              wrong.push(now);
            }
          },
        });
        expect(wrong).toEqual([]);
      }),
      runs,
    );
  });

  it('starts nothing before the time that the provider named, and may start at that time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3_600 }),
        fc.integer({ min: -120_000, max: 3_600_000 }),
        (retryAfterSeconds, laterMs) => {
          const state = onFailure(
            newThrottle,
            { ...failure, retryAfterSeconds },
            settings,
            at(0),
          );
          const allowed = permits(state, settings, new Date(base + laterMs));
          expect(allowed.starts > 0).toBe(laterMs >= retryAfterSeconds * 1000);
          expect(allowed.until).toEqual(
            allowed.starts ? undefined : at(retryAfterSeconds),
          );
        },
      ),
      runs,
    );
  });

  it('lets one start through after a break, and only one', () => {
    fc.assert(
      fc.property(someRun, ([some, steps]) => {
        const wrong: unknown[] = [];
        let probe: number | undefined;
        play(some, steps, {
          start: ({ state, starts: all }, starts) => {
            if (state.breaker) {
              const { at: now } = all[all.length - 1];
              // Another one only where who made the first has died.
              const alone = now - (probe ?? 0) >= some.underWaySeconds * 1000;
              if (starts !== 1 || now < state.breaker.until || !alone) {
                wrong.push({ starts, now, probe });
              }
              probe = now;
            }
          },
          event: (before, after) => {
            if (
              before.breaker?.probeAt !== after.breaker?.probeAt &&
              after.breaker?.probeAt === undefined
            ) {
              probe = undefined;
            }
          },
        });
        expect(wrong).toEqual([]);
      }),
      runs,
    );
  });

  it('allows no more to a clock that is behind', () => {
    fc.assert(
      fc.property(someRun, fc.nat(120_000), ([some, steps], behindMs) => {
        const { state } = play(some, steps);
        const now = Math.max(state.seenAt, base);
        expect(
          permits(state, some, new Date(now - behindMs)).starts,
        ).toBeLessThanOrEqual(permits(state, some, new Date(now)).starts);
      }),
      runs,
    );
  });

  it('says when it will allow something, and does, whatever happened before', () => {
    fc.assert(
      fc.property(someRun, ([some, steps]) => {
        const { state, now } = play(some, steps);
        let allowed = permits(state, some, new Date(now));
        // Each time at least one limit is over. There are seven reasons to wait.
        const waits: Permits[] = [];
        while (!allowed.starts && allowed.until && waits.length < 8) {
          waits.push(allowed);
          allowed = permits(state, some, allowed.until);
        }
        for (const wait of waits) {
          expect(wait.reason?.message).toMatch(/\.$/);
          expect(wait.until!.getTime()).toBeGreaterThan(now);
        }
        expect(allowed.starts > 0).toBe(some.startsPerMinute !== 0);
        expect(allowed.until).toBeUndefined();
      }),
      runs,
    );
  });

  it('recovers its full rate by itself once starts succeed', () => {
    fc.assert(
      fc.property(someRun, ([some, steps]) => {
        fc.pre(some.startsPerMinute !== 0);
        let { state } = play(some, steps);
        let now = new Date(state.seenAt);
        for (
          let round = 0;
          round < 60 && (state.factor < 1 || state.breaker);
          round += 1
        ) {
          now = new Date(now.getTime() + 4_000_000);
          expect(permits(state, some, now).starts).toBeGreaterThan(0);
          state = onStarts(state, 1, some, now);
          state = onSuccess(state, { takenAt: now }, some, now);
        }
        expect(state.factor).toBe(1);
        expect(throttleHealth(state, some, now).breaker.state).toBe('closed');
      }),
      { numRuns: 2_000 },
    );
  });

  it('slows down to no less than one start', () => {
    fc.assert(
      fc.property(someRun, ([some, steps]) => {
        const wrong: unknown[] = [];
        play(some, steps, {
          event: (before, after) => {
            const least = Math.max(0.01, before.factor / 2);
            if (!(after.factor >= least && after.factor <= 1)) {
              wrong.push([before.factor, after.factor]);
            }
          },
        });
        expect(wrong).toEqual([]);
      }),
      runs,
    );
  });

  it('keeps a state that is small and survives JSON, and no log where nothing is limited', () => {
    fc.assert(
      fc.property(someRun, ([some, steps]) => {
        const { state } = play(some, steps);
        const again: ThrottleState = JSON.parse(JSON.stringify(state));
        const now = new Date(state.seenAt + 1_000);
        expect(permits(again, some, now)).toEqual(permits(state, some, now));
        expect(
          Math.max(
            again.starts.length,
            again.content.length,
            again.contentHour.length,
          ),
        ).toBeLessThanOrEqual(62);

        const free = play(
          { breakerFailures: 3, underWaySeconds: 60 },
          steps.filter(step => step.do !== 'fail'),
        );
        expect(free.state).toBe(newThrottle);
      }),
      runs,
    );
  });
});

describe('throttle', () => {
  it('counts one incident once, however many starts it hit', () => {
    let state = onStarts(newThrottle, 8, settings, at(0));
    for (let i = 0; i < 4; i += 1) {
      state = onFailure(
        state,
        { ...failure, takenAt: at(0) },
        settings,
        at(1 + i * 5),
      );
    }
    expect(state.factor).toBe(0.5);
    state = onStarts(state, 1, settings, at(30));
    state = onFailure(state, { ...failure, takenAt: at(30) }, settings, at(31));
    expect(state.factor).toBe(0.25);
  });

  it('takes back what it slowed down a bit with each success, of starts that left since', () => {
    let state = onStarts(newThrottle, 2, settings, at(0));
    state = onFailure(state, { ...failure, takenAt: at(0) }, settings, at(1));
    state = onSuccess(state, { takenAt: at(0) }, settings, at(2));
    expect(state.factor).toBe(0.5);
    state = onStarts(state, 2, settings, at(3));
    state = onSuccess(state, { takenAt: at(3), count: 2 }, settings, at(4));
    expect(state.factor).toBe(0.6);
  });

  it('halves both the rate and what may be at once', () => {
    const state = onFailure(newThrottle, failure, settings, at(0));
    expect(
      permits(state, { ...settings, startsAtOnce: undefined }, at(1)).starts,
    ).toBe(10);
    expect(permits(state, settings, at(1)).starts).toBe(4);
  });

  it('opens after failures in a row, tries one start, and waits longer each time that it fails', () => {
    const unpaced = { ...settings, startsPerMinute: undefined };
    let state = newThrottle;
    for (let i = 0; i < 5; i += 1) {
      expect(permits(state, unpaced, at(i * 10)).starts).toBeGreaterThan(0);
      state = onStarts(state, 1, unpaced, at(i * 10));
      state = onFailure(
        state,
        { ...failure, takenAt: at(i * 10) },
        unpaced,
        at(i * 10 + 1),
      );
    }
    let opened = 41;
    for (const wait of [30, 60, 120, 240, 480, 600, 600]) {
      const until = at(opened + wait);
      expect(permits(state, unpaced, at(opened + wait - 0.001))).toEqual({
        starts: 0,
        until,
        reason: {
          limit: 'account-breaker',
          message: expect.stringContaining('failed in a row'),
        },
      });
      expect(throttleHealth(state, unpaced, at(opened)).breaker).toEqual({
        state: 'open',
        until,
      });
      expect(permits(state, unpaced, until).starts).toBe(1);
      state = onStarts(state, 1, unpaced, until);
      expect(throttleHealth(state, unpaced, until).breaker).toEqual({
        state: 'half-open',
      });
      expect(permits(state, unpaced, at(opened + wait + 1)).starts).toBe(0);
      opened += wait + 2;
      state = onFailure(
        state,
        { ...failure, takenAt: until },
        unpaced,
        at(opened),
      );
    }
    const probe = at(opened + 600);
    state = onStarts(state, 1, unpaced, probe);
    state = onSuccess(state, { takenAt: probe }, unpaced, at(opened + 601));
    expect(throttleHealth(state, unpaced, at(opened + 602)).breaker).toEqual({
      state: 'closed',
    });
    expect(state.failures).toBe(0);
  });

  it('takes the outcome of a start that left before the break for no answer to its probe', () => {
    let state = onStarts(newThrottle, 6, settings, at(0));
    for (let i = 0; i < 5; i += 1) {
      state = onFailure(state, { ...failure, takenAt: at(0) }, settings, at(1));
    }
    state = onStarts(state, 1, settings, at(31));
    state = onSuccess(state, { takenAt: at(0) }, settings, at(32));
    expect(permits(state, settings, at(33)).starts).toBe(0);
    state = onSuccess(state, { takenAt: at(31) }, settings, at(33));
    expect(permits(state, settings, at(33)).starts).toBeGreaterThan(1);
  });

  it('lets another start be tried where the first was not used, or who made it has died', () => {
    let state = newThrottle;
    for (let i = 0; i < 5; i += 1) {
      state = onFailure(state, failure, settings, at(0));
    }
    state = onStarts(state, 1, settings, at(30));
    expect(permits(state, settings, at(40))).toMatchObject({
      starts: 0,
      until: at(90),
    });
    expect(permits(state, settings, at(90)).starts).toBe(1);
    expect(
      permits(onReturned(state, { takenAt: at(30) }, at(40)), settings, at(40))
        .starts,
    ).toBe(1);
  });

  it('slides: what started a minute ago no longer counts, what started less than that does', () => {
    const slow = { ...settings, startsAtOnce: undefined, startsPerMinute: 3 };
    let state = onStarts(newThrottle, 2, slow, at(0.4));
    state = onStarts(state, 1, slow, at(30));
    expect(permits(state, slow, at(59.9))).toEqual({
      starts: 0,
      until: at(61),
      reason: {
        limit: 'account-starts',
        message:
          'The account may start 3 tasks within a minute, and has started 3.',
      },
    });
    expect(permits(state, slow, at(61)).starts).toBe(2);
    expect(permits(state, slow, at(91)).starts).toBe(3);
  });

  it('keeps below what GitHub lets an account create', () => {
    const wide = {
      ...settings,
      startsAtOnce: undefined,
      startsPerMinute: undefined,
    };
    let state = newThrottle;
    let started = 0;
    for (let second = 0; second < 3_600; second += 1) {
      const { starts } = permits(state, wide, at(second));
      state = onStarts(state, starts, wide, at(second));
      started += starts;
    }
    expect(started).toBe(500);
    expect(permits(state, wide, at(3_599)).reason).toEqual({
      limit: 'account-content',
      message:
        'The account may create 500 tasks and comments at the provider within an hour, and has created 500.',
    });
    expect(JSON.stringify(state).length).toBeLessThan(2_000);
  });

  it('goes on where a clock was hours ahead, and forgets nothing that happened', () => {
    let state = onStarts(newThrottle, 5, settings, at(7_200));
    state = onFailure(
      state,
      { ...failure, retryAfterSeconds: 100 },
      settings,
      at(7_200),
    );
    expect(withoutFarTimes(state, at(7_080))).toBe(state);
    state = withoutFarTimes(state, at(0));
    expect(permits(state, settings, at(0))).toMatchObject({
      starts: 0,
      until: at(100),
    });
    const left = (seconds: number) =>
      throttleHealth(state, settings, at(seconds)).startsLeftThisMinute;
    expect(left(0)).toBe(5);
    expect(left(62)).toBe(10);
    expect(permits(state, settings, at(100)).starts).toBe(4);
  });

  it('asks again after a day where a provider says to wait for a year', () => {
    const state = onFailure(
      newThrottle,
      { ...failure, retryAfterSeconds: 1e12 },
      settings,
      at(0),
    );
    expect(permits(state, settings, at(0)).until).toEqual(at(86_400));
  });

  it('starts nothing where it may start nothing, and names no end of that', () => {
    expect(
      permits(newThrottle, { ...settings, startsPerMinute: 0 }, at(0)),
    ).toEqual({
      starts: 0,
      reason: {
        limit: 'account-starts',
        message:
          'The account may start nothing: its limit of starts per minute is 0. A platform admin can raise it.',
      },
    });
  });

  it('says how an account is, in sentences for people', () => {
    expect(describeThrottle(newThrottle, at(0))).toBe(
      'The account starts at its full rate.',
    );
    let state = onFailure(newThrottle, failure, settings, at(0));
    expect(describeThrottle(state, at(1))).toBe(
      'The account starts at 50 % of its rate, since starts of it failed; each one that succeeds makes it faster. The last failure: GitHub failed (502).',
    );
    state = onFailure(
      state,
      { ...failure, retryAfterSeconds: 20 },
      settings,
      at(2),
    );
    expect(describeThrottle(state, at(3))).toBe(
      'The provider asked the account to wait, so that nothing is started before 08:00:22 UTC. The last failure: GitHub failed (502).',
    );
    state = onFailure(state, { ...failure, count: 3 }, settings, at(4));
    expect(describeThrottle(state, at(5))).toBe(
      '5 starts of the account failed in a row, so that nothing is started before 08:00:34 UTC; then one start is tried. The last failure: GitHub failed (502).',
    );
    expect(describeThrottle(state, at(34))).toBe(
      '5 starts of the account failed in a row; one start is tried now, and the others go on when it succeeds. The last failure: GitHub failed (502).',
    );
  });
});
