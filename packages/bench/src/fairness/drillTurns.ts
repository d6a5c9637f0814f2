import { SeededRandom } from '@agent-tasks/github-simulator';
import { FairPortal } from './FairPortal';

/** Tasks that a large team has queued. */
const LARGE = 10_000;

/**
 * A team launches its first task while another has 10,000 queued and all slots. Returns in which round after that in
 * which a slot became free it started, at worst.
 */
export function drillNewcomer(options: {
  cases: number;
  random: SeededRandom;
}): number {
  const { cases, random } = options;
  let worst = 0;
  for (let number = 0; number < cases; number += 1) {
    const slots = random.integer(1, random.pick([3, 20, 200]));
    const portal = FairPortal.create({
      weights: [random.integer(1, random.pick([1, 10, 1_000])), 1],
      slots,
    });
    const large = { team: 0, count: LARGE };
    portal.round([large]);
    let rounds = 0;
    while (!portal.isAtWork(1) && rounds < LARGE) {
      portal.endOldest();
      portal.round([large, { team: 1, count: 1 }]);
      rounds += 1;
    }
    worst = Math.max(worst, rounds);
  }
  return worst;
}

/**
 * More teams than slots, all with more to do, and tasks that take the same time each. Returns how long a team waited for
 * its next turn at worst, in starts of all teams, as a multiple of what its weight makes of them; the wait for a whole
 * round of turns comes on top for each.
 */
export function drillTurns(options: {
  cases: number;
  random: SeededRandom;
}): number {
  const { cases, random } = options;
  let worst = 0;
  for (let number = 0; number < cases; number += 1) {
    const teams = random.integer(3, 60);
    const weights = Array.from({ length: teams }, () => random.integer(1, 5));
    const sum = weights.reduce((a, b) => a + b, 0);
    const portal = FairPortal.create({
      weights,
      slots: random.integer(1, Math.ceil(teams / 3)),
    });
    const waits = weights.map(() => 0);
    for (let starts = 0; starts < 6 * sum;) {
      const started = portal.round(portal.backlog());
      starts += started.length;
      for (let team = 0; team < teams; team += 1) {
        waits[team] = portal.isAtWork(team) ? 0 : waits[team] + started.length;
        const fair = sum / weights[team] + teams;
        worst = Math.max(worst, waits[team] / fair);
      }
      portal.endOldest();
    }
  }
  return worst;
}
