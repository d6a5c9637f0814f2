import fc from 'fast-check';
import { FairOrder, FairTeam } from './FairOrder';

/** The same order as `FairOrder`, found by looking at all teams for each slot. */
class PlainOrder {
  readonly #teams: FairTeam[];
  readonly #present: Set<number>;
  #room: number;

  private constructor(teams: FairTeam[], room: number) {
    this.#teams = teams;
    this.#present = new Set(teams.keys());
    this.#room = room;
  }

  static create(options: { teams: FairTeam[]; room: number }): PlainOrder {
    return new PlainOrder(options.teams, options.room);
  }

  next(): number | undefined {
    const turns = [...this.#present].filter(one => !this.#isKept(one));
    const sum = (of: (team: FairTeam) => number) =>
      turns.reduce((total, one) => total + of(this.#teams[one]), 0);
    const weights = sum(team => team.weight);
    const running = sum(team => team.running);
    const below = turns.filter(one => {
      const team = this.#teams[one];
      return team.running * weights < (running + 1) * team.weight;
    });
    const endOf = (one: number) =>
      (this.#teams[one].running + 1) / this.#teams[one].weight;
    const waitOf = (one: number) =>
      this.#teams[one].waited * this.#teams[one].weight;
    const longest = (a: number, b: number) =>
      waitOf(a) === waitOf(b) ? 0 : waitOf(b) - waitOf(a);
    const whole = below.filter(
      one => endOf(one) <= (running + this.#room) / weights,
    );
    return whole.length
      ? whole.sort((a, b) => endOf(a) - endOf(b) || longest(a, b) || a - b)[0]
      : below.sort((a, b) => longest(a, b) || endOf(a) - endOf(b) || a - b)[0];
  }

  give(one: number): void {
    this.#teams[one].running += 1;
    this.#teams[one].waited = 0;
    this.#room -= 1;
  }

  remove(one: number): void {
    this.#present.delete(one);
  }

  #isKept(one: number): boolean {
    const isBelow = (team: FairTeam) => team.running < (team.nominal ?? 0);
    const team = this.#teams[one];
    return (
      team.cohort !== undefined &&
      !isBelow(team) &&
      [...this.#present].some(
        other =>
          this.#teams[other].cohort === team.cohort &&
          isBelow(this.#teams[other]),
      )
    );
  }
}

const teams = fc.array(
  fc
    .record({
      // Powers of two, so that quotients are exact in the plain order too.
      weight: fc.constantFrom(1, 2, 4, 8),
      running: fc.nat(6),
      waited: fc.oneof(fc.nat(5), fc.constant(Infinity)),
      cohort: fc.option(fc.constantFrom('one', 'other'), { nil: undefined }),
      nominal: fc.nat(8),
    })
    .map(({ cohort, nominal, ...team }) => ({
      ...team,
      ...(cohort && { cohort, nominal }),
    })),
  { minLength: 1, maxLength: 8 },
);

describe('FairOrder', () => {
  it('is the order that looking at all teams for each slot gives', () => {
    fc.assert(
      fc.property(
        teams,
        fc.oneof(fc.nat(30), fc.constant(Infinity)),
        fc.array(fc.nat(99), { maxLength: 30 }),
        (all, room, leaving) => {
          const copy = () => all.map(team => ({ ...team }));
          const order = FairOrder.create({ teams: copy(), room });
          const plain = PlainOrder.create({ teams: copy(), room });
          const turns: (number | undefined)[] = [];
          const expected: (number | undefined)[] = [];
          for (const choice of leaving) {
            const turn = order.next();
            turns.push(turn);
            expected.push(plain.next());
            if (turn === undefined) {
              break;
            }
            if (choice < 80) {
              order.give(turn);
              plain.give(turn);
            }
            // One whose turn it is leaves when nothing of it fits any more; others never do.
            if (choice % 5 === 0) {
              order.remove(turn);
              plain.remove(turn);
            }
          }
          expect(turns).toEqual(expected);
        },
      ),
      { numRuns: 10_000 },
    );
  });
});
