/** How long something took, in seconds, as measured. */
export interface MeasuredTime {
  /** How many were measured; at least 1. */
  count: number;
  /** A quarter of them took no longer. */
  lower: number;
  median: number;
  mean: number;
  /** A quarter of them took at least as long. */
  upper: number;
}

/** A limit in which a queued task takes something, as far as its forecast looks at it. */
export interface ForecastLimit {
  key: string;
  max: number;
  /** `undefined`: the count is not known, and nothing can be told. */
  used: number | undefined;
  /** What each task takes of it. */
  amount: number;
  /** Tasks that take from it before this one does. */
  ahead: number;
  /** For how long a task holds what it takes; `undefined`: none has been measured. */
  holds: MeasuredTime | undefined;
  /** Of a limit that is emptied at fixed times instead, as at midnight. */
  window?: { endsAt: Date; seconds: number };
}

/** When a queued task is expected to start. */
export type StartForecast =
  | {
      at: Date;
      earliest: Date;
      latest: Date;
      /** Key of the limit that it waits for longest; `undefined`: none has too little room. */
      decisive: string | undefined;
    }
  | {
      at: undefined;
      /**
       * Why nothing can be told: a limit allows none at all, how full it is is not known, or nobody has measured yet how
       * long what it counts is held.
       */
      unknown: 'no-slots' | 'count' | 'times';
      /** Key of that limit. */
      decisive: string;
    };

/** How far from now a start is that nothing holds: a round of admission, and the intent's way to the provider. */
const slackSeconds = 60;

/** The mean and the quartiles of measured times, interpolated between the two nearest; `undefined` without any. */
export function measure(seconds: readonly number[]): MeasuredTime | undefined {
  if (!seconds.length) {
    return undefined;
  }
  const sorted = [...seconds].sort((a, b) => a - b);
  const quantile = (part: number) => {
    const place = part * (sorted.length - 1);
    const below = Math.floor(place);
    const above = Math.ceil(place);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  };
  return {
    count: sorted.length,
    lower: quantile(0.25),
    median: quantile(0.5),
    mean: sorted.reduce((sum, one) => sum + one, 0) / sorted.length,
    upper: quantile(0.75),
  };
}

/** The time of one thing after another, quartile by quartile. */
export function inTurn(
  first: MeasuredTime | undefined,
  second: MeasuredTime | undefined,
): MeasuredTime | undefined {
  return (
    first &&
    second && {
      count: Math.min(first.count, second.count),
      lower: first.lower + second.lower,
      median: first.median + second.median,
      mean: first.mean + second.mean,
      upper: first.upper + second.upper,
    }
  );
}

/**
 * How many tasks take a run slot of all teams before a task does that has `place` tasks of its own team before it.
 *
 * @remarks
 *
 * With shares by weight, when this team has its next n slots another team with the weight w' beside w has had
 * n · w' / w in all, counted with those that it has now, but no more than it has queued.
 */
export function countAhead(options: {
  place: number;
  team: { weight: number; running: number };
  others: Iterable<{ weight: number; running: number; queued: number }>;
}): number {
  const { place, team, others } = options;
  const reached = (team.running + place + 1) / team.weight;
  let ahead = place;
  for (const other of others) {
    const had = Math.floor(reached * other.weight) - other.running;
    ahead += Math.min(Math.max(had, 0), other.queued);
  }
  return ahead;
}

/** How many tasks have to give back what they hold of a limit before this one can take from it. */
function countReleases(limit: ForecastLimit & { used: number }): number {
  const free = limit.max - limit.used;
  const needed = (limit.ahead + 1) * limit.amount;
  return Math.max(0, Math.ceil((needed - free) / limit.amount));
}

/** Seconds. */
interface Wait {
  lower: number;
  middle: number;
  upper: number;
}

const noWait: Wait = { lower: 0, middle: 0, upper: 0 };

/** Until a limit has room for a task. */
function waitFor(
  limit: ForecastLimit,
  now: Date,
): Wait | { unknown: 'no-slots' | 'count' | 'times' } {
  const { used } = limit;
  if (used === undefined) {
    return { unknown: 'count' };
  }
  const slots = Math.floor(limit.max / limit.amount);
  if (slots < 1) {
    return { unknown: 'no-slots' };
  }
  const releases = countReleases({ ...limit, used });
  if (!releases) {
    return noWait;
  }
  if (limit.window) {
    // What was taken is forgotten at the end of the window, and each window gives `slots` once.
    const free = Math.max(0, Math.floor((limit.max - used) / limit.amount));
    const windows = Math.floor((limit.ahead - free) / slots);
    const first = Math.max(0, limit.window.endsAt.getTime() - now.getTime());
    const wait = first / 1000 + windows * limit.window.seconds;
    return { lower: wait, middle: wait, upper: wait };
  }
  const { holds } = limit;
  if (!holds) {
    return { unknown: 'times' };
  }
  const middle = ((releases - 0.5) * holds.mean) / slots;
  return {
    lower: Math.min(((releases - 1) * holds.lower) / slots, middle),
    middle,
    // A few very long runs can have the mean beyond the upper quartile.
    upper: Math.max((releases * holds.upper) / slots, middle),
  };
}

/**
 * Says when a queued task is expected to start.
 *
 * @remarks
 *
 * A limit with s slots that are all taken, each for a mean time T, gives one back every T / s on average (the elementary
 * renewal theorem: Cox, "Renewal Theory", 1962, section 4.2, for s of them); the first comes back after half of that, as
 * nothing is known of how old the runs are. A task that has to wait for k of them waits
 *
 *     at        (k − ½) · mean / s
 *     earliest  (k − 1) · lower quartile / s, and not more than that
 *     latest    k · upper quartile / s, and not less; and a minute for admission itself
 *
 * where k is what it and those before it take, less what is free now. It starts when all its limits have room, which is
 * the latest of these times. So it is never before now, never earlier for a task further back, and never later with more
 * slots. Where a time is needed that nobody has measured, nothing is told.
 *
 * @param options.notBefore - the end of what holds it beside the limits, as a brake
 */
export function forecastStart(options: {
  now: Date;
  limits: readonly ForecastLimit[];
  notBefore?: Date;
}): StartForecast {
  const { now, limits, notBefore } = options;
  const begin = Math.max(now.getTime(), notBefore?.getTime() ?? 0);
  let decisive: string | undefined;
  let [lower, middle, upper] = [0, 0, 0];
  for (const limit of limits) {
    const wait = waitFor(limit, now);
    if ('unknown' in wait) {
      return { at: undefined, unknown: wait.unknown, decisive: limit.key };
    }
    if (wait !== noWait && (!decisive || wait.middle > middle)) {
      decisive = limit.key;
    }
    lower = Math.max(lower, wait.lower);
    middle = Math.max(middle, wait.middle);
    upper = Math.max(upper, wait.upper);
  }
  const after = (seconds: number) =>
    new Date(Math.max(begin, now.getTime() + Math.round(seconds * 1000)));
  return {
    at: after(middle),
    earliest: after(lower),
    latest: new Date(after(upper).getTime() + slackSeconds * 1000),
    decisive,
  };
}
