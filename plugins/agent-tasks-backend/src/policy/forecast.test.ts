import fc from 'fast-check';
import {
  countAhead,
  ForecastLimit,
  forecastStart,
  inTurn,
  measure,
} from './forecast';

const now = new Date('2026-11-28T12:00:00Z');
const seconds = (date: Date | undefined) =>
  date && (date.getTime() - now.getTime()) / 1000;

const tenMinutes = {
  count: 20,
  lower: 300,
  median: 500,
  mean: 600,
  upper: 1200,
};

const limit = (overrides: Partial<ForecastLimit> = {}): ForecastLimit => ({
  key: 'running portal ',
  max: 5,
  used: 5,
  amount: 1,
  ahead: 0,
  holds: tenMinutes,
  ...overrides,
});

describe('measure', () => {
  it('gives the quartiles', () => {
    expect(measure([5, 1, 3, 2, 4])).toEqual({
      count: 5,
      lower: 2,
      median: 3,
      mean: 3,
      upper: 4,
    });
    expect(measure([10])).toEqual({
      count: 1,
      lower: 10,
      median: 10,
      mean: 10,
      upper: 10,
    });
    expect(measure([])).toBeUndefined();
  });

  it('adds times that follow each other, where both are known', () => {
    expect(inTurn(tenMinutes, measure([100]))).toEqual({
      count: 1,
      lower: 400,
      median: 600,
      mean: 700,
      upper: 1300,
    });
    expect(inTurn(tenMinutes, undefined)).toBeUndefined();
  });
});

describe('countAhead', () => {
  it('takes the own tasks before it, and of the others their shares', () => {
    const team = { weight: 1, running: 0 };
    const many = { weight: 1, running: 0, queued: 10_000 };
    expect(countAhead({ place: 0, team, others: [] })).toBe(0);
    expect(countAhead({ place: 3, team, others: [] })).toBe(3);
    expect(countAhead({ place: 3, team, others: [many] })).toBe(3 + 4);
    expect(
      countAhead({ place: 3, team, others: [{ ...many, weight: 2 }] }),
    ).toBe(3 + 8);
    expect(
      countAhead({ place: 3, team, others: [{ ...many, queued: 2 }] }),
    ).toBe(3 + 2);
  });

  it('lets a team go first that has less than its share', () => {
    expect(
      countAhead({
        place: 0,
        team: { weight: 1, running: 0 },
        others: [{ weight: 1, running: 5, queued: 10_000 }],
      }),
    ).toBe(0);
  });
});

describe('forecastStart', () => {
  it('says now where nothing holds it', () => {
    const forecast = forecastStart({ now, limits: [limit({ used: 4 })] });
    expect(forecast).toMatchObject({ at: now, earliest: now });
    expect(forecast.decisive).toBeUndefined();
  });

  it('waits for as many slots as it and those before it need', () => {
    const first = forecastStart({ now, limits: [limit()] });
    expect(first).toMatchObject({ decisive: 'running portal ' });
    expect(seconds(first.at)).toBe((0.5 * 600) / 5);
    const fourth = forecastStart({ now, limits: [limit({ ahead: 3 })] });
    expect(seconds(fourth.at)).toBe((3.5 * 600) / 5);
    expect(fourth.at && seconds(fourth.earliest)).toBe((3 * 300) / 5);
    expect(fourth.at && seconds(fourth.latest)).toBe((4 * 1200) / 5 + 60);
  });

  it('waits for the limit that has room last', () => {
    const forecast = forecastStart({
      now,
      limits: [
        limit(),
        limit({ key: 'running repository x', max: 1, used: 1 }),
      ],
    });
    expect(forecast.decisive).toBe('running repository x');
    expect(seconds(forecast.at)).toBe(300);
  });

  it('waits for the end of what holds it beside the limits', () => {
    const notBefore = new Date(now.getTime() + 7_200_000);
    expect(forecastStart({ now, limits: [limit()], notBefore }).at).toEqual(
      notBefore,
    );
  });

  it('keeps the time between the earliest and the latest, however long a few runs take', () => {
    const long = { count: 5, lower: 10, median: 10, mean: 1000, upper: 20 };
    const forecast = forecastStart({ now, limits: [limit({ holds: long })] });
    expect(seconds(forecast.at)).toBe(100);
    expect(forecast.at && seconds(forecast.latest)).toBe(160);
  });

  it.each([
    [1, 5],
    [1, 50],
    [5, 5],
    [5, 50],
    [50, 100],
  ])(
    'is near the start of a task that waits for %d slots behind %d others',
    (slots, ahead) => {
      // Run times as agents have them: most short, some long (log-normal), the same ones in each run of the test.
      let state = 42;
      const random = () => {
        state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
        return (state + 1) / 4_294_967_297;
      };
      const draw = () =>
        600 *
        Math.exp(
          0.8 *
            Math.sqrt(-2 * Math.log(random())) *
            Math.cos(2 * Math.PI * random()),
        );
      const errors: number[] = [];
      let within = 0;
      const cases = 200;
      for (let n = 0; n < cases; n += 1) {
        const holds = measure(Array.from({ length: 100 }, draw))!;
        // Slots that have been in use for long, looked at somewhere between two of their releases.
        const ends = Array.from({ length: slots }, () => random() * draw());
        const next = () => {
          const index = ends.indexOf(Math.min(...ends));
          const end = ends[index];
          ends[index] += draw();
          return end;
        };
        for (let used = 0; used < 20 * slots; used += 1) {
          next();
        }
        const told = Math.min(...ends) - (random() * holds.mean) / slots;
        let start = told;
        for (let before = 0; before <= ahead; before += 1) {
          start = next();
        }
        const forecast = forecastStart({
          now,
          limits: [limit({ max: slots, used: slots, ahead, holds })],
        });
        const waited = start - told;
        const expected = seconds(forecast.at)!;
        errors.push(Math.abs(expected - waited) / waited);
        within += Number(
          forecast.at !== undefined &&
            seconds(forecast.earliest)! <= waited &&
            waited <= seconds(forecast.latest)!,
        );
      }
      expect(measure(errors)!.median).toBeLessThan(ahead < 50 ? 0.35 : 0.15);
      expect(within / cases).toBeGreaterThan(0.75);
    },
  );

  it('counts what a task takes more than one of', () => {
    const minutes = { max: 100, used: 100, amount: 20 };
    const forecast = forecastStart({ now, limits: [limit(minutes)] });
    expect(seconds(forecast.at)).toBe((0.5 * 600) / 5);
  });

  it('waits for the days that a daily limit takes', () => {
    const day = {
      key: 'day team a',
      max: 10,
      used: 8,
      holds: undefined,
      window: { endsAt: new Date('2026-11-29T00:00:00Z'), seconds: 86_400 },
    };
    const at = (ahead: number) =>
      forecastStart({ now, limits: [limit({ ...day, ahead })] }).at;
    expect(at(1)).toEqual(now);
    expect(at(2)).toEqual(new Date('2026-11-29T00:00:00Z'));
    expect(at(11)).toEqual(new Date('2026-11-29T00:00:00Z'));
    expect(at(12)).toEqual(new Date('2026-11-30T00:00:00Z'));
  });

  it.each<[string, Partial<ForecastLimit>, string]>([
    ['no slots', { max: 0 }, 'no-slots'],
    ['fewer slots than one task takes', { max: 10, amount: 20 }, 'no-slots'],
    ['an unknown count', { used: undefined }, 'count'],
    ['no time measured', { holds: undefined }, 'times'],
  ])('tells nothing of %s', (_what, overrides, unknown) => {
    expect(
      forecastStart({ now, limits: [limit(), limit(overrides)] }),
    ).toMatchObject({ at: undefined, unknown });
  });

  describe('for any limits', () => {
    const anyLimit = fc
      .record({
        key: fc.constantFrom('a', 'b', 'c'),
        max: fc.integer({ min: 1, max: 10_000 }),
        used: fc.integer({ min: 0, max: 20_000 }),
        amount: fc.integer({ min: 1, max: 60 }),
        ahead: fc.integer({ min: 0, max: 1_000_000 }),
        holds: fc
          .array(fc.integer({ min: 0, max: 1_000_000 }), {
            minLength: 1,
            maxLength: 9,
          })
          .map(measure),
        window: fc.option(
          fc.integer({ min: -86_400, max: 86_400 }).map(ends => ({
            endsAt: new Date(now.getTime() + ends * 1000),
            seconds: 86_400,
          })),
          { nil: undefined },
        ),
      })
      .map(one => ({ ...one, max: one.max * one.amount }));
    const anyLimits = fc.array(anyLimit, { minLength: 1, maxLength: 5 });
    const runs = { numRuns: 10_000 };

    it('is never before now, and lies within its interval', () => {
      expect(() =>
        fc.assert(
          fc.property(anyLimits, limits => {
            const forecast = forecastStart({ now, limits });
            return (
              forecast.at !== undefined &&
              now <= forecast.earliest &&
              forecast.earliest <= forecast.at &&
              forecast.at <= forecast.latest
            );
          }),
          runs,
        ),
      ).not.toThrow();
    });

    it('is never earlier for a task further back', () => {
      expect(() =>
        fc.assert(
          fc.property(
            anyLimits,
            fc.integer({ min: 0, max: 1000 }),
            (limits, further) =>
              forecastStart({ now, limits }).at! <=
              forecastStart({
                now,
                limits: limits.map(one => ({
                  ...one,
                  ahead: one.ahead + further,
                })),
              }).at!,
          ),
          runs,
        ),
      ).not.toThrow();
    });

    it('is never later with more slots', () => {
      expect(() =>
        fc.assert(
          fc.property(
            anyLimits,
            fc.integer({ min: 0, max: 1000 }),
            (limits, more) =>
              forecastStart({
                now,
                limits: limits.map(one => ({ ...one, max: one.max + more })),
              }).at! <= forecastStart({ now, limits }).at!,
          ),
          runs,
        ),
      ).not.toThrow();
    });

    it('has no fewer tasks ahead further back, or where others have more', () => {
      const share = fc.record({
        weight: fc.integer({ min: 1, max: 100 }),
        running: fc.integer({ min: 0, max: 50 }),
        queued: fc.integer({ min: 0, max: 10_000 }),
      });
      expect(() =>
        fc.assert(
          fc.property(
            share,
            fc.array(share, { maxLength: 20 }),
            fc.integer({ min: 0, max: 10_000 }),
            (team, others, place) => {
              const ahead = countAhead({ place, team, others });
              const everybody = others.reduce(
                (sum, one) => sum + one.queued,
                0,
              );
              return (
                ahead >= place &&
                ahead <= place + everybody &&
                ahead < countAhead({ place: place + 1, team, others }) &&
                ahead <=
                  countAhead({
                    place,
                    team,
                    others: others.map(one => ({
                      ...one,
                      queued: one.queued + 1,
                    })),
                  })
              );
            },
          ),
          runs,
        ),
      ).not.toThrow();
    });
  });
});
