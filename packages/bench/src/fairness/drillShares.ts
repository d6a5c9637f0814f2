import { SeededRandom } from '@agent-tasks/github-simulator';
import { FairPortal } from './FairPortal';

const MOST_TEAMS = 500;
const MOST_SLOTS = 800;
const ROUNDS = 8;

/** Ways in which weights are spread over teams. */
const SPREADS: ((random: SeededRandom, index: number) => number)[] = [
  () => 1,
  random => random.integer(1, 9),
  random => random.integer(1, 100_000) / 100,
  (random, index) => (index === 0 ? 1_000 : random.integer(1, 3)),
  random => 2 ** random.integer(0, 9),
];

/** How far teams were from their shares, over all cases and rounds. */
export interface ShareResult {
  cases: number;
  rounds: number;
  /** In tasks. */
  maxLag: number;
  /** Rounds that left a slot free. */
  idle: number;
  mostTeams: number;
}

/**
 * Random numbers of teams with random weights, all of which always have more to do. Random tasks end, and after each
 * round every team is compared with its part of the slots.
 */
export function drillShares(options: {
  cases: number;
  random: SeededRandom;
  say: (line: string) => void;
}): ShareResult {
  const { cases, random, say } = options;
  const result = { cases, rounds: 0, maxLag: 0, idle: 0, mostTeams: 0 };
  for (let number = 0; number < cases; number += 1) {
    const spread = random.pick(SPREADS);
    const teams = random.integer(1, random.pick([10, 50, MOST_TEAMS]));
    const portal = FairPortal.create({
      weights: Array.from({ length: teams }, (_, index) =>
        spread(random, index),
      ),
      slots: random.integer(1, random.pick([10, teams, MOST_SLOTS])),
    });
    for (let round = 0; round < ROUNDS; round += 1) {
      portal.round(portal.backlog());
      result.rounds += 1;
      result.maxLag = Math.max(result.maxLag, portal.lag());
      result.idle += Number(portal.free > 0);
      const ended = random.integer(1, random.pick([1, 5, 20, portal.slots]));
      for (let n = Math.min(ended, portal.slots - portal.free); n > 0; n -= 1) {
        portal.endOne(random);
      }
    }
    result.mostTeams = Math.max(result.mostTeams, teams);
    if ((number + 1) % Math.ceil(cases / 10) === 0) {
      say(
        `${number + 1} of ${cases} sets of weights: at most ${result.maxLag.toFixed(3)} tasks from a share`,
      );
    }
  }
  return result;
}
