import fc from 'fast-check';
import { admit, AdmissionInput } from './admit';

const runs = { numRuns: 10_000 };

/** Some teams, repositories and tasks, with limits that are tight, wide, exceeded or not known. */
const inputs: fc.Arbitrary<AdmissionInput> = fc
  .record({
    portal: fc.nat(12),
    used: fc.option(fc.nat(14), { nil: undefined, freq: 12 }),
    teams: fc.array(
      fc.record({
        weight: fc.integer({ min: 1, max: 9 }),
        running: fc.nat(5),
        max: fc.nat(8),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    repositories: fc.array(fc.record({ max: fc.nat(3), used: fc.nat(3) }), {
      minLength: 1,
      maxLength: 5,
    }),
    tasks: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 30 }),
  })
  .map(world => ({
    limits: new Map([
      ['portal', { max: world.portal, used: world.used }],
      ...world.teams.map(
        (team, i) =>
          [`team-${i}`, { max: team.max, used: team.running }] as const,
      ),
      ...world.repositories.map(
        (repository, i) => [`repository-${i}`, repository] as const,
      ),
    ]),
    teams: new Map(
      world.teams.map((team, i) => [
        `team-${i}`,
        { weight: team.weight, running: team.running },
      ]),
    ),
    candidates: world.tasks.map(([team, repository], i) => {
      const name = `team-${team % world.teams.length}`;
      return {
        id: `task-${i}`,
        team: name,
        takes: [
          'portal',
          name,
          `repository-${repository % world.repositories.length}`,
        ],
      };
    }),
  }));

function takenIn(input: AdmissionInput) {
  const { admitted, held } = admit(input);
  const taken = new Map<string, number>();
  for (const key of admitted.flatMap(task => task.takes)) {
    taken.set(key, (taken.get(key) ?? 0) + 1);
  }
  return { admitted, held, taken };
}

function isFull(input: AdmissionInput, key: string, taken = 0): boolean {
  const { used, max } = input.limits.get(key)!;
  return used === undefined || used + taken >= max;
}

describe('admit', () => {
  it('never lets more run than any limit allows', () => {
    fc.assert(
      fc.property(inputs, input => {
        for (const [key, count] of takenIn(input).taken) {
          const { used, max } = input.limits.get(key)!;
          expect(used! + count).toBeLessThanOrEqual(max);
        }
      }),
      runs,
    );
  });

  it('holds a task only where a limit is full, and names that limit', () => {
    fc.assert(
      fc.property(inputs, input => {
        const { held, taken } = takenIn(input);
        const takes = new Map(
          input.candidates.map(task => [task.id, task.takes]),
        );
        for (const { id, limit } of held) {
          expect(takes.get(id)).toContain(limit);
          expect(isFull(input, limit, taken.get(limit))).toBe(true);
        }
      }),
      runs,
    );
  });

  it('decides on each task once', () => {
    fc.assert(
      fc.property(inputs, input => {
        const { admitted, held } = admit(input);
        expect([...admitted, ...held].map(one => one.id).sort()).toEqual(
          input.candidates.map(one => one.id).sort(),
        );
      }),
      runs,
    );
  });

  it('starts nothing that needs a count which is not known, or a limit that is missing', () => {
    const { admitted, held } = admit({
      limits: new Map([['portal', { max: 9, used: undefined }]]),
      teams: new Map(),
      candidates: [
        { id: 'a', team: 'x', takes: ['portal'] },
        { id: 'b', team: 'x', takes: ['nowhere'] },
      ],
    });
    expect(admitted).toEqual([]);
    expect(held).toEqual([
      { id: 'a', limit: 'portal' },
      { id: 'b', limit: 'nowhere' },
    ]);
  });

  it('keeps the order of a team among tasks that take the same', () => {
    fc.assert(
      fc.property(inputs, input => {
        const order = new Map(
          input.candidates.map((task, index) => [task.id, index]),
        );
        const last = new Map<string, number>();
        for (const task of admit(input).admitted) {
          const key = task.takes.join(' ');
          expect(order.get(task.id)!).toBeGreaterThan(last.get(key) ?? -1);
          last.set(key, order.get(task.id)!);
        }
      }),
      runs,
    );
  });

  it('gives every team its weighted share, within one task', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 100 }), {
          minLength: 1,
          maxLength: 40,
        }),
        fc.integer({ min: 0, max: 400 }),
        (weights, slots) => {
          const sum = weights.reduce((a, b) => a + b, 0);
          const { admitted } = admit({
            limits: new Map([['portal', { max: slots, used: 0 }]]),
            teams: new Map(
              weights.map((weight, i) => [`t${i}`, { weight, running: 0 }]),
            ),
            candidates: weights.flatMap((_, i) =>
              Array.from({ length: slots }, (__, n) => ({
                id: `t${i}-${n}`,
                team: `t${i}`,
                takes: ['portal'],
              })),
            ),
          });
          expect(admitted).toHaveLength(slots);
          weights.forEach((weight, i) => {
            const got = admitted.filter(task => task.team === `t${i}`).length;
            expect(Math.abs(got - (slots * weight) / sum)).toBeLessThan(1);
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('starts the one task of a team at once, behind 10,000 of another', () => {
    const { admitted } = admit({
      limits: new Map([['portal', { max: 101, used: 100 }]]),
      teams: new Map([['large', { weight: 1, running: 100 }]]),
      candidates: [
        ...Array.from({ length: 10_000 }, (_, i) => ({
          id: `large-${i}`,
          team: 'large',
          takes: ['portal'],
        })),
        { id: 'small', team: 'small', takes: ['portal'] },
      ],
    });
    expect(admitted.map(task => task.id)).toEqual(['small']);
  });

  it('leaves no slot free that some task could take', () => {
    fc.assert(
      fc.property(inputs, input => {
        const { held, taken } = takenIn(input);
        const takes = new Map(
          input.candidates.map(task => [task.id, task.takes]),
        );
        for (const { id } of held) {
          expect(
            takes.get(id)!.some(key => isFull(input, key, taken.get(key))),
          ).toBe(true);
        }
      }),
      runs,
    );
  });
});
