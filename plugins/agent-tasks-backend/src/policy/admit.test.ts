import fc from 'fast-check';
import {
  admit,
  AdmissionCandidate,
  AdmissionInput,
  LimitState,
  limitsHolding,
} from './admit';
import { isRunKey, portalKey } from './slots';

const runs = { numRuns: 10_000 };

interface World extends AdmissionInput {
  limits: Map<string, LimitState>;
}

/** Some teams, repositories and tasks, with limits that are tight, wide, exceeded or not known. */
const worlds: fc.Arbitrary<World> = fc
  .record({
    portal: fc.nat(12),
    used: fc.option(fc.nat(14), { nil: undefined, freq: 12 }),
    teams: fc.array(
      fc.record({
        weight: fc.integer({ min: 1, max: 9 }),
        running: fc.nat(5),
        max: fc.nat(8),
        minutes: fc.nat(60),
        cohort: fc.option(fc.constantFrom('one', 'other'), { nil: undefined }),
        nominal: fc.nat(6),
        waited: fc.option(fc.nat(5), { nil: undefined }),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    repositories: fc.array(fc.record({ max: fc.nat(3), used: fc.nat(3) }), {
      minLength: 1,
      maxLength: 5,
    }),
    tasks: fc.array(
      fc.record({
        team: fc.nat(4),
        repository: fc.nat(4),
        lane: fc.constantFrom('review', 'review', 'auto', 'awaiting'),
        minutes: fc.integer({ min: 1, max: 30 }),
      }),
      { maxLength: 25 },
    ),
  })
  .map(world => ({
    limits: new Map<string, LimitState>([
      [portalKey, { max: world.portal, used: world.used }],
      ...world.teams.flatMap((team, i): [string, LimitState][] => [
        [`running team ${i}`, { max: team.max, used: team.running }],
        [`minutes team ${i}`, { max: team.minutes, used: 20 }],
      ]),
      ...world.repositories.flatMap(
        ({ max, used }, i): [string, LimitState][] => [
          [`running repository ${i}`, { max, used }],
          [`changes repository ${i}`, { max: 3, used: max }],
        ],
      ),
    ]),
    teams: new Map(
      world.teams.map(({ weight, running, cohort, nominal, waited }, i) => [
        String(i),
        { weight, running, waited, ...(cohort && { cohort, nominal }) },
      ]),
    ),
    candidates: world.tasks.map((task, i) => {
      const team = String(task.team % world.teams.length);
      const repository = task.repository % world.repositories.length;
      const run = [
        portalKey,
        `running repository ${repository}`,
        `running team ${team}`,
      ].map(key => ({ key, amount: 1 }));
      const review = [
        { key: `changes repository ${repository}`, amount: 1 },
        { key: `minutes team ${team}`, amount: task.minutes },
      ];
      return {
        id: `task-${i}`,
        team,
        takes: {
          review: [...run, ...review],
          auto: run,
          awaiting: review,
        }[task.lane],
      };
    }),
  }));

function sumTakes(tasks: readonly AdmissionCandidate[]): Map<string, number> {
  const taken = new Map<string, number>();
  for (const { key, amount } of tasks.flatMap(task => task.takes)) {
    taken.set(key, (taken.get(key) ?? 0) + amount);
  }
  return taken;
}

const runsOf = (task: AdmissionCandidate) =>
  task.takes.some(({ key }) => isRunKey(key));

/** Tasks that take nothing but the portal's run slots. */
function backlog(team: string, count: number): AdmissionCandidate[] {
  const takes = [{ key: portalKey, amount: 1 }];
  return Array.from({ length: count }, (_, i) => ({
    id: `${team}-${i}`,
    team,
    takes,
  }));
}

const portal = (max: number, used: number) =>
  new Map([[portalKey, { max, used }]]);

describe('admit', () => {
  it('never takes more than any limit allows', () => {
    fc.assert(
      fc.property(worlds, world => {
        const exceeded = [...sumTakes(admit(world).admitted)].filter(
          ([key, amount]) => {
            const { used, max } = world.limits.get(key)!;
            return used === undefined || used + amount > max;
          },
        );
        expect(exceeded).toEqual([]);
      }),
      runs,
    );
  });

  it('holds a task only where a limit is full, so that no slot stays free that some task could take', () => {
    fc.assert(
      fc.property(worlds, world => {
        const { admitted, held } = admit(world);
        const taken = sumTakes(admitted);
        const tasks = new Map(world.candidates.map(task => [task.id, task]));
        const wrong = held.filter(({ id, limit }) => {
          const task = tasks.get(id)!;
          return !limitsHolding(task, world.limits, taken).includes(limit);
        });
        expect(wrong).toEqual([]);
      }),
      runs,
    );
  });

  it('names the first limit that is full', () => {
    fc.assert(
      fc.property(worlds, world => {
        const { admitted, held } = admit(world);
        const taken = sumTakes(admitted);
        const tasks = new Map(world.candidates.map(task => [task.id, task]));
        const wrong = held.filter(({ id, limit }) => {
          const task = tasks.get(id)!;
          const place = (key: string | undefined) =>
            task.takes.findIndex(one => one.key === key);
          const [before] = limitsHolding(task, world.limits);
          const [after] = limitsHolding(task, world.limits, taken);
          // It was told at some moment of the round, in which limits only fill up.
          return (
            place(limit) < place(after) ||
            (before !== undefined && place(limit) > place(before))
          );
        });
        expect(wrong).toEqual([]);
      }),
      runs,
    );
  });

  it('decides on each candidate once', () => {
    fc.assert(
      fc.property(worlds, world => {
        const { admitted, held, undecided } = admit(world);
        const decided = [...admitted, ...held].map(one => one.id).sort();
        expect([decided, undecided]).toEqual([
          world.candidates.map(one => one.id).sort(),
          0,
        ]);
      }),
      runs,
    );
  });

  it('decides the same where it stops early, as far as it goes', () => {
    fc.assert(
      fc.property(worlds, fc.nat(6), (world, maxAdmitted) => {
        const all = admit(world);
        const some = admit({ ...world, maxAdmitted });
        const { length } = world.candidates;
        expect([
          some.admitted,
          some.admitted.length + some.held.length + some.undecided,
        ]).toEqual([all.admitted.slice(0, maxAdmitted), length]);
      }),
      runs,
    );
  });

  it('keeps the order of a team among tasks that take the same', () => {
    fc.assert(
      fc.property(worlds, world => {
        const order = new Map(
          world.candidates.map((task, index) => [task.id, index]),
        );
        const last = new Map<string, number>();
        const overtaken = admit(world).admitted.filter(task => {
          const kind = JSON.stringify([task.team, task.takes]);
          const before = last.get(kind) ?? -1;
          last.set(kind, order.get(task.id)!);
          return order.get(task.id)! < before;
        });
        expect(overtaken).toEqual([]);
      }),
      runs,
    );
  });

  it('gives review slots first to changes whose work is done, as if there were no tasks', () => {
    fc.assert(
      fc.property(worlds, world => {
        const { admitted, held } = admit(world);
        const awaiting = world.candidates.filter(one => !runsOf(one));
        const alone = admit({ ...world, candidates: awaiting });
        const ids = new Set(awaiting.map(one => one.id));
        expect({
          admitted: admitted.slice(0, alone.admitted.length),
          held: held.filter(one => ids.has(one.id)),
        }).toEqual({ admitted: alone.admitted, held: alone.held });
      }),
      runs,
    );
  });

  it('gives back first what was lent: nobody borrows while one of the cohort has less than is its own and could start', () => {
    fc.assert(
      fc.property(worlds, world => {
        const running = new Map(
          [...world.teams].map(([team, share]) => [team, share.running]),
        );
        const waiting = new Set(world.candidates.filter(runsOf));
        const done = world.candidates.filter(one => !runsOf(one));
        const before = sumTakes(admit({ ...world, candidates: done }).admitted);
        const wrong = admit(world).admitted.filter(task => {
          if (!runsOf(task)) {
            return false;
          }
          const { cohort, nominal } = world.teams.get(task.team)!;
          const borrows =
            cohort !== undefined && running.get(task.team)! >= nominal!;
          const passedOver =
            borrows &&
            [...waiting].some(other => {
              const share = world.teams.get(other.team)!;
              return (
                share.cohort === cohort &&
                running.get(other.team)! < share.nominal! &&
                limitsHolding(other, world.limits, before).length === 0
              );
            });
          waiting.delete(task);
          running.set(task.team, running.get(task.team)! + 1);
          for (const [key, amount] of sumTakes([task])) {
            before.set(key, (before.get(key) ?? 0) + amount);
          }
          return passedOver;
        });
        expect(wrong).toEqual([]);
      }),
      runs,
    );
  });

  it('starts nothing that needs a count which is not known, a limit that is missing, or no real amount', () => {
    const takes = (key: string, amount = 1) => [{ key, amount }];
    const { admitted, held } = admit({
      limits: new Map([
        ['running team a', { max: 9, used: undefined }],
        ['running team b', { max: NaN, used: 0 }],
        [portalKey, { max: 9, used: 0 }],
      ]),
      teams: new Map(),
      candidates: [
        { id: 'unknown', team: 'x', takes: takes('running team a') },
        { id: 'not-a-number', team: 'x', takes: takes('running team b') },
        { id: 'missing', team: 'x', takes: takes('running team c') },
        { id: 'negative', team: 'x', takes: takes(portalKey, -1) },
        { id: 'no-amount', team: 'x', takes: takes(portalKey, NaN) },
        { id: 'done', team: 'x', takes: takes('changes team a') },
      ],
    });
    expect(admitted).toEqual([]);
    expect(held).toHaveLength(6);
    expect(held).toContainEqual({ id: 'unknown', limit: 'running team a' });
    expect(held).toContainEqual({ id: 'missing', limit: 'running team c' });
  });

  it('adds up what one task takes of the same limit twice', () => {
    const twice = [1, 1].map(amount => ({ key: portalKey, amount }));
    expect(
      admit({
        limits: portal(1, 0),
        teams: new Map(),
        candidates: [{ id: 'a', team: 'x', takes: twice }],
      }).admitted,
    ).toEqual([]);
  });

  it.each([0, -1, NaN, Infinity])('refuses the weight %p', weight => {
    expect(() =>
      admit({
        limits: portal(1, 0),
        teams: new Map([['group:default/a', { weight, running: 0 }]]),
        candidates: [],
      }),
    ).toThrow(RangeError);
  });
});

describe('the share of a team', () => {
  const weights = fc.array(
    fc.oneof(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 1000 }).map(weight => weight / 100),
    ),
    { minLength: 1, maxLength: 12 },
  );

  /** Slots that teams hold, round by round. */
  function createPortal(options: { weights: number[]; slots: number }) {
    const running = options.weights.map(() => 0);
    const waited: (number | undefined)[] = options.weights.map(() => undefined);
    const sum = options.weights.reduce((a, b) => a + b, 0);
    return {
      running,
      release: (choice: number) => {
        const holding = running.flatMap((held, team) => (held ? [team] : []));
        if (holding.length) {
          running[holding[choice % holding.length]] -= 1;
        }
      },
      round: () => {
        const used = running.reduce((a, b) => a + b, 0);
        const { admitted } = admit({
          limits: portal(options.slots, used),
          teams: new Map(
            options.weights.map((weight, i) => [
              `t${i}`,
              { weight, running: running[i], waited: waited[i] },
            ]),
          ),
          candidates: options.weights.flatMap((_, i) =>
            backlog(`t${i}`, options.slots - used),
          ),
        });
        waited.forEach((rounds, i) => {
          waited[i] = rounds === undefined ? undefined : rounds + 1;
        });
        for (const { team } of admitted) {
          const index = Number(team.slice(1));
          running[index] += 1;
          waited[index] = 0;
        }
        return admitted.map(({ team }) => Number(team.slice(1)));
      },
      lag: () =>
        Math.max(
          ...running.map((held, i) =>
            Math.abs(held - (options.slots * options.weights[i]) / sum),
          ),
        ),
    };
  }

  it('is met within one task, whichever slots become free', () => {
    fc.assert(
      fc.property(
        weights,
        fc.integer({ min: 1, max: 30 }),
        fc.array(fc.array(fc.nat(), { maxLength: 10 }), { maxLength: 5 }),
        (chosen, slots, rounds) => {
          const world = createPortal({ weights: chosen, slots });
          world.round();
          const lags = [world.lag()];
          for (const released of rounds) {
            released.forEach(world.release);
            world.round();
            lags.push(world.lag());
          }
          expect(Math.max(...lags)).toBeLessThan(1 + 1e-9);
        },
      ),
      runs,
    );
  });

  it('starts the one task of a team with the next free slot, behind 10,000 of another, whatever the weights', () => {
    const start = (
      large: AdmissionCandidate[],
      weight: number,
      slots: number,
    ) =>
      admit({
        limits: portal(slots, slots - 1),
        teams: new Map([['large', { weight, running: slots - 1, waited: 1 }]]),
        candidates: [...large, ...backlog('small', 1)],
        maxAdmitted: 1,
      }).admitted.map(task => task.team);
    expect(start(backlog('large', 10_000), 1, 101)).toEqual(['small']);
    const few = backlog('large', 10);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 1, max: 200 }),
        (weight, slots) => {
          expect(start(few, weight, slots)).toEqual(['small']);
        },
      ),
      runs,
    );
  });

  it('goes round where there are fewer slots than teams: a team waits no longer than its weight says', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 3 }), {
          minLength: 3,
          maxLength: 6,
        }),
        fc.integer({ min: 1, max: 2 }),
        (chosen, slots) => {
          const world = createPortal({ weights: chosen, slots });
          const sum = chosen.reduce((a, b) => a + b, 0);
          const since = chosen.map(() => 0);
          const late: number[] = [];
          const atWork: number[] = [];
          for (let starts = 0; starts < 24;) {
            const started = world.round();
            starts += started.length;
            atWork.push(...started);
            since.forEach((_, team) => {
              since[team] =
                started.includes(team) || world.running[team]
                  ? 0
                  : since[team] + started.length;
              if (since[team] > 2 * (sum / chosen[team]) + chosen.length) {
                late.push(team);
              }
            });
            // All tasks take the same time: the oldest ends first.
            world.running[atWork.shift()!] -= 1;
          }
          expect(late).toEqual([]);
        },
      ),
      runs,
    );
  });
});

describe('limitsHolding', () => {
  it('names all limits without room, and none exactly where the task would start', () => {
    fc.assert(
      fc.property(
        worlds.filter(world => world.candidates.length > 0),
        world => {
          const [task] = world.candidates;
          const full = task.takes
            .filter(({ key, amount }) => {
              const { used, max } = world.limits.get(key)!;
              return used === undefined || used + amount > max;
            })
            .map(({ key }) => key);
          const { admitted } = admit({ ...world, candidates: [task] });
          expect([limitsHolding(task, world.limits), admitted.length]).toEqual([
            full,
            full.length ? 0 : 1,
          ]);
        },
      ),
      runs,
    );
  });
});
