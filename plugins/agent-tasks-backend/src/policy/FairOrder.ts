import { IndexedHeap } from './IndexedHeap';

/** A team whose tasks wait, as far as turns look at it. */
export interface FairTeam {
  /** More than 0. */
  weight: number;
  /** Run slots that it holds. */
  running: number;
  /** Own run slots; of a member of a cohort. */
  nominal?: number;
  /** Teams that lend each other what they do not use. */
  cohort?: string;
  /** How long ago it last got a slot, in any unit that is the same for all; `Infinity`: never. */
  waited: number;
}

interface Cohort {
  /** Members that wait and hold less than their own slots. */
  below: number;
  /** Members that would borrow, and may not before those have what is theirs. */
  kept: Set<number>;
}

/**
 * Whose turn it is, slot by slot: weighted fair shares by a quota method, after Balinski and Young ("The Quota Method of
 * Apportionment", 1975).
 *
 * @remarks
 *
 * With n slots given in all, the share of a team is n times its part of the weights. The next slot goes to a team that
 * has less than its share of one slot more, so that none is ever a whole slot above it. Of those,
 *
 * 1. teams go first that will have a right to the whole slot before the room of this round is given, the one first that
 *    is the first to have it: so that none is left a whole slot below its share;
 * 2. what is left are parts of slots. They go round: to the team with the longest wait, times its weight. Without that a
 *    team whose share is less than a slot might never have one.
 *
 * Within a cohort a team that holds less than its own slots goes before any that borrows.
 */
export class FairOrder {
  readonly #teams: readonly FairTeam[];
  /** Slots that this round may still give. */
  #room: number;
  /** Sums over the teams that may have their turn. */
  #weights = 0;
  #running = 0;
  readonly #present = new Set<number>();
  readonly #cohorts = new Map<string, Cohort>();
  /** Teams that had their share when they were last looked at, those first that have less than it first. */
  readonly #served: IndexedHeap;
  /** The others, twice: by when they have a right to their next slot, and by how long they have waited. */
  readonly #byRight: IndexedHeap;
  readonly #byWait: IndexedHeap;

  private constructor(options: { teams: readonly FairTeam[]; room: number }) {
    const { teams } = options;
    this.#teams = teams;
    this.#room = options.room;
    const size = teams.length;
    // Quotients are compared multiplied out, so that equal ones compare as equal.
    const right = (a: number, b: number) =>
      (teams[a].running + 1) * teams[b].weight -
      (teams[b].running + 1) * teams[a].weight;
    this.#served = IndexedHeap.create({
      size,
      goesBefore: (a, b) =>
        (teams[a].running * teams[b].weight -
          teams[b].running * teams[a].weight || a - b) < 0,
    });
    this.#byRight = IndexedHeap.create({
      size,
      goesBefore: (a, b) => (right(a, b) || byWait(teams, a, b) || a - b) < 0,
    });
    this.#byWait = IndexedHeap.create({
      size,
      goesBefore: (a, b) => (byWait(teams, a, b) || right(a, b) || a - b) < 0,
    });
  }

  /**
   * @param options.teams - they are changed when they get slots; where all else is equal the first goes first
   * @param options.room - slots that this round gives at most
   */
  static create(options: {
    teams: readonly FairTeam[];
    room: number;
  }): FairOrder {
    const order = new FairOrder(options);
    order.#start();
    return order;
  }

  /** The index of the team whose turn it is; `undefined`: none is left. */
  next(): number | undefined {
    for (;;) {
      const late = this.#served.first();
      if (late === undefined || !this.#isBelowShare(late)) {
        break;
      }
      this.#served.delete(late);
      this.#byRight.add(late);
      this.#byWait.add(late);
    }
    for (;;) {
      const first = this.#byRight.first();
      if (first === undefined) {
        // What all hold is one less than the sum of the shares, so that this happens only by rounding.
        return this.#served.first();
      }
      const { running, weight } = this.#teams[first];
      const whole =
        (running + 1) * this.#weights <= (this.#running + this.#room) * weight;
      const chosen = whole ? first : this.#byWait.first()!;
      if (this.#isBelowShare(chosen)) {
        return chosen;
      }
      // Since it was looked at last another team has left with less than its share.
      this.#takeOut(chosen);
      this.#served.add(chosen);
    }
  }

  /** Gives a slot to a team. */
  give(index: number): void {
    const team = this.#teams[index];
    this.#takeOut(index);
    const wasBelow = isBelowNominal(team);
    team.running += 1;
    team.waited = 0;
    this.#running += 1;
    this.#room -= 1;
    this.#served.add(index);
    if (wasBelow && !isBelowNominal(team)) {
      const cohort = this.#cohortOf(team)!;
      cohort.below -= 1;
      if (cohort.below > 0) {
        this.#leaveTurns(index);
        cohort.kept.add(index);
      }
      this.#letBorrow(cohort);
    }
  }

  /** Takes a team out that nothing can be given to. */
  remove(index: number): void {
    if (!this.#present.delete(index)) {
      return;
    }
    const team = this.#teams[index];
    const cohort = this.#cohortOf(team);
    if (cohort?.kept.delete(index)) {
      return;
    }
    this.#leaveTurns(index);
    if (cohort && isBelowNominal(team)) {
      cohort.below -= 1;
      this.#letBorrow(cohort);
    }
  }

  #start(): void {
    this.#teams.forEach((team, index) => {
      this.#present.add(index);
      if (isBelowNominal(team)) {
        this.#cohortOf(team)!.below += 1;
      }
    });
    this.#teams.forEach((team, index) => {
      const cohort = this.#cohortOf(team);
      if (cohort && cohort.below > 0 && !isBelowNominal(team)) {
        cohort.kept.add(index);
      } else {
        this.#enterTurns(index);
      }
    });
  }

  #cohortOf(team: FairTeam): Cohort | undefined {
    if (team.cohort === undefined || team.nominal === undefined) {
      return undefined;
    }
    const known = this.#cohorts.get(team.cohort) ?? {
      below: 0,
      kept: new Set(),
    };
    this.#cohorts.set(team.cohort, known);
    return known;
  }

  #letBorrow(cohort: Cohort): void {
    if (cohort.below === 0) {
      for (const index of cohort.kept) {
        this.#enterTurns(index);
      }
      cohort.kept.clear();
    }
  }

  #enterTurns(index: number): void {
    this.#weights += this.#teams[index].weight;
    this.#running += this.#teams[index].running;
    this.#served.add(index);
  }

  #leaveTurns(index: number): void {
    this.#weights -= this.#teams[index].weight;
    this.#running -= this.#teams[index].running;
    this.#takeOut(index);
  }

  #takeOut(index: number): void {
    this.#served.delete(index);
    this.#byRight.delete(index);
    this.#byWait.delete(index);
  }

  #isBelowShare(index: number): boolean {
    const { running, weight } = this.#teams[index];
    return running * this.#weights < (this.#running + 1) * weight;
  }
}

function isBelowNominal(team: FairTeam): boolean {
  return (
    team.cohort !== undefined &&
    team.nominal !== undefined &&
    team.running < team.nominal
  );
}

/** Less than 0: the first of two teams has waited longer, times its weight. */
function byWait(teams: readonly FairTeam[], a: number, b: number): number {
  const waitOfA = teams[a].waited * teams[a].weight;
  const waitOfB = teams[b].waited * teams[b].weight;
  return waitOfA === waitOfB ? 0 : waitOfB - waitOfA;
}
