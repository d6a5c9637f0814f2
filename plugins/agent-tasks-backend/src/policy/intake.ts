/** Durations and waits that say whether reviews, or checks, go on as they use to. All in milliseconds. */
export interface Pace {
  /** How long what waits has waited. */
  waitingMs: readonly number[];
  /** How long the last ones took that came to their end, at most some tens. */
  lastMs: readonly number[];
}

/** When a wait counts as a stall. */
export interface Patience {
  /** A wait of this many times what is usual is a stall. */
  times: number;
  /** However fast they are usually, a shorter wait is none. Milliseconds, as below. */
  leastMs: number;
  /** However slow they are usually, a longer wait is one. */
  mostMs: number;
  /** Where too few have come to their end to say what is usual. */
  unknownMs: number;
}

/** What may be under way at once now. */
export interface Intake {
  /** At most what is set; at least 1, unless 0 is set. */
  limit: number;
  /** How many have waited for too long. Each takes one more place than its own. */
  stalled: number;
  /** How long is too long, in milliseconds. */
  patienceMs: number;
  /** Where it is less than what is set: why, and what to do, for people. */
  reason?: string;
}

const hourMs = 3_600_000;

/** Of reviews: weekends are no stall, a week is. */
export const reviewPatience: Patience = {
  times: 3,
  leastMs: 4 * hourMs,
  mostMs: 120 * hourMs,
  unknownMs: 72 * hourMs,
};

/** Of checks. */
export const checksPatience: Patience = {
  times: 4,
  leastMs: 10 * 60_000,
  mostMs: 4 * hourMs,
  unknownMs: hourMs,
};

/** Below this many durations nothing is usual. */
const enough = 5;

function patienceOf(pace: Pace, patience: Patience): number {
  if (pace.lastMs.length < enough) {
    return patience.unknownMs;
  }
  const sorted = [...pace.lastMs].sort((a, b) => a - b);
  // The lower of the two in the middle: when in doubt, slow.
  const median = sorted[Math.floor((sorted.length - 1) / 2)];
  return Math.min(
    patience.mostMs,
    Math.max(patience.leastMs, patience.times * median),
  );
}

function slowDown(
  set: number,
  pace: Pace,
  patience: Patience,
): Omit<Intake, 'reason'> {
  const patienceMs = patienceOf(pace, patience);
  const stalled = pace.waitingMs.filter(wait => wait >= patienceMs).length;
  return {
    limit: set === 0 ? 0 : Math.max(1, set - stalled),
    stalled,
    patienceMs,
  };
}

/**
 * How many changes of a team may be open now: its budget, less one for each change that has waited for a review for too
 * long. So intake slows as reviews stall, stops when all of them have, and comes back as they are reviewed, without
 * anybody who turns it down and up.
 *
 * @param options.budget - open changes that the team may have
 */
export function reviewIntake(options: {
  team: string;
  budget: number;
  reviews: Pace;
  patience?: Patience;
}): Intake {
  const { team, budget, reviews, patience = reviewPatience } = options;
  const intake = slowDown(budget, reviews, patience);
  return intake.limit < budget
    ? {
        ...intake,
        reason: `${plural(intake.stalled, 'change')} of ${team} ${
          intake.stalled === 1 ? 'has' : 'have'
        } waited for a review for more than ${describeMs(intake.patienceMs)}, so that it may have ${intake.limit} open instead of ${budget}. Review, merge or close the oldest.`,
      }
    : intake;
}

/**
 * How many changes may have pending checks now: what is set, less one for each whose checks have been pending for too
 * long.
 *
 * @param options.pendingChecks - what is set. Where there is no such limit, nothing slows down either: do not ask.
 */
export function checksIntake(options: {
  pendingChecks: number;
  checks: Pace;
  patience?: Patience;
}): Intake {
  const { pendingChecks, checks, patience = checksPatience } = options;
  const intake = slowDown(pendingChecks, checks, patience);
  return intake.limit < pendingChecks
    ? {
        ...intake,
        reason: `The checks of ${plural(intake.stalled, 'change')} have been pending for more than ${describeMs(intake.patienceMs)}, so that ${intake.limit} may be pending instead of ${pendingChecks}. See whether CI has capacity, and whether its workflows wait for an approval.`,
      }
    : intake;
}

function plural(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** A duration as people say it: `45 min`, `26 h`, `3 days`. */
function describeMs(ms: number): string {
  if (ms < 2 * hourMs) {
    return `${Math.round(ms / 60_000)} min`;
  }
  return ms < 72 * hourMs
    ? `${Math.round(ms / hourMs)} h`
    : `${Math.round(ms / (24 * hourMs))} days`;
}
