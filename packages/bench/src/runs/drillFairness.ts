import { SeededRandom } from '@agent-tasks/github-simulator';
import { drillShares } from '../fairness/drillShares';
import { drillNewcomer, drillTurns } from '../fairness/drillTurns';
import { Run } from './Run';

const FULL = { cases: 10_000, newcomers: 300, turns: 200 };
const QUICK = { cases: 100, newcomers: 10, turns: 5 };

/** No team is further from its share than this, in tasks. */
const GOAL_LAG = 1;

/** What rounding of fractions may add: shares are quotients. */
const ROUNDING = 1e-9;

/** The first task of a team starts in this round after a slot became free. */
const GOAL_ROUNDS = 1;

/** Nor does a team wait longer for its turn than this many times what is fair. */
const GOAL_WAIT = 2;

export const drillFairness: Run = {
  kind: 'drill',
  name: 'fairness',
  summary:
    'Compares what teams hold with their weighted shares, over random weights, slots and ends of tasks',

  async run({ quick, seed, say }) {
    const size = quick ? QUICK : FULL;
    const random = SeededRandom.create(seed);
    const shares = drillShares({ cases: size.cases, random, say });
    const roundsToStart = drillNewcomer({ cases: size.newcomers, random });
    say(
      `The first task of a team behind 10,000 of another started in round ${roundsToStart}, at worst of ${size.newcomers} cases`,
    );
    const longestWait = drillTurns({ cases: size.turns, random });
    say(
      `With fewer slots than teams, one waited ${longestWait.toFixed(2)} times as long as is fair for its turn, at worst of ${size.turns} cases`,
    );
    const { maxLag, idle } = shares;
    return {
      result: {
        cases: shares.cases,
        maxLag: Number(maxLag.toFixed(6)),
        roundsToStart,
        rounds: shares.rounds,
        mostTeams: shares.mostTeams,
        idleRounds: idle,
        longestWait: Number(longestWait.toFixed(2)),
        seed,
      },
      holds:
        maxLag <= GOAL_LAG + ROUNDING &&
        roundsToStart === GOAL_ROUNDS &&
        idle === 0 &&
        longestWait <= GOAL_WAIT,
    };
  },
};
