import { addTo } from './slidingWindow';
import {
  asOf,
  hour,
  minute,
  stillUnderWay,
  ThrottleFailureKind,
  ThrottleSettings,
  ThrottleState,
} from './throttleState';

/** Starts that an event is about. */
export interface ThrottledStarts {
  /** When they were taken, as {@link onStarts} wrote it down. Without it the event counts as news of this moment. */
  takenAt?: Date;
  /** Default: 1. */
  count?: number;
}

/** A failure, as far as it slows down. */
export interface ThrottleFailure extends ThrottledStarts {
  kind: ThrottleFailureKind;
  /** For people; must not hold a credential. */
  message: string;
  /** How long the provider said to wait. */
  retryAfterSeconds?: number;
}

/** Additive increase: the part of the configured rate that one success gives back. */
const recovery = 0.05;
/** Low enough for any rate to come down to one start, high enough to recover within twenty. */
const leastFactor = 0.01;
/** A failure of the same second belongs to the same incident, whoever reports it. */
const incidentMs = 1_000;

const breakerFirstMs = 30_000;
const breakerLongestMs = 600_000;

/** A provider that says to wait longer is asked again after a day. */
const longestWaitSeconds = 86_400;

/** Writes down that starts leave now. The time to name when their outcome is reported is the new state's `seenAt`. */
export function onStarts(
  state: ThrottleState,
  starts: number,
  settings: ThrottleSettings,
  now: Date,
): ThrottleState {
  if (starts <= 0) {
    return state;
  }
  const spent = onSpent(state, starts, settings, now);
  const current = spent === state ? asOf(state, now) : spent;
  const at = current.seenAt;
  let next = current;
  if (settings.startsPerMinute !== undefined) {
    next = { ...next, starts: addTo(next.starts, minute, at, starts) };
  }
  if (settings.startsAtOnce !== undefined) {
    const underWay = stillUnderWay(next, settings);
    const last = underWay.at(-1);
    next = {
      ...next,
      underWay:
        last && last[0] >= at
          ? [...underWay.slice(0, -1), [last[0], last[1] + starts]]
          : [...underWay, [at, starts]],
    };
  }
  if (next.breaker) {
    next = { ...next, breaker: { ...next.breaker, probeAt: at } };
  }
  return next === current && spent === state ? state : next;
}

/** Writes down that something else was created at the provider, such as a comment. */
export function onSpent(
  state: ThrottleState,
  created: number,
  settings: ThrottleSettings,
  now: Date,
): ThrottleState {
  const { contentPerMinute, contentPerHour } = settings;
  if (
    created <= 0 ||
    (contentPerMinute === undefined && contentPerHour === undefined)
  ) {
    return state;
  }
  const next = asOf(state, now);
  return {
    ...next,
    content:
      contentPerMinute === undefined
        ? []
        : addTo(next.content, minute, next.seenAt, created),
    contentHour:
      contentPerHour === undefined
        ? []
        : addTo(next.contentHour, hour, next.seenAt, created),
  };
}

/** Starts that are no longer under way. Those that are not named by their time are taken to be the oldest. */
function release(state: ThrottleState, starts: ThrottledStarts): ThrottleState {
  const takenAt = starts.takenAt?.getTime();
  let left = starts.count ?? 1;
  if (
    !state.underWay.length ||
    (takenAt !== undefined &&
      !state.underWay.some(([since]) => since === takenAt))
  ) {
    return state;
  }
  const underWay = state.underWay
    .map(([since, count]): [number, number] => {
      const done =
        takenAt === undefined || since === takenAt ? Math.min(left, count) : 0;
      left -= done;
      return [since, count - done];
    })
    .filter(([, count]) => count > 0);
  return { ...state, underWay };
}

/** Whether an outcome is that of the one start which a breaker lets through. */
function isOfProbe(state: ThrottleState, starts: ThrottledStarts): boolean {
  const probeAt = state.breaker?.probeAt;
  return (
    probeAt !== undefined &&
    (starts.takenAt === undefined || starts.takenAt.getTime() >= probeAt)
  );
}

/** Whether starts left after the factor was last cut, so that they say something about the rate since. */
function leftSinceCut(state: ThrottleState, starts: ThrottledStarts): boolean {
  return (
    state.cutAt === undefined ||
    (starts.takenAt?.getTime() ?? state.seenAt) > state.cutAt
  );
}

/** Writes down that the provider answered starts as it should. */
export function onSuccess(
  state: ThrottleState,
  starts: ThrottledStarts,
  settings: ThrottleSettings,
  now: Date,
): ThrottleState {
  const current = asOf(state, now);
  let next = release(current, starts);
  const closes = isOfProbe(next, starts);
  if (closes) {
    next = { ...next, breaker: undefined };
  }
  if (!next.breaker && next.failures > 0) {
    next = { ...next, failures: 0 };
  }
  if (next.factor < 1 && leftSinceCut(next, starts)) {
    const factor = next.factor + recovery * (starts.count ?? 1);
    next = { ...next, factor: Math.min(1, Math.round(factor * 1e4) / 1e4) };
  }
  return next === current
    ? state
    : { ...next, underWay: stillUnderWay(next, settings) };
}

/** Writes down that permits were not used after all: nothing left for the provider. */
export function onReturned(
  state: ThrottleState,
  starts: ThrottledStarts,
  now: Date,
): ThrottleState {
  const current = asOf(state, now);
  let next = release(current, starts);
  if (next.breaker && isOfProbe(next, starts)) {
    const { probeAt: _, ...breaker } = next.breaker;
    next = { ...next, breaker };
  }
  return next === current ? state : next;
}

/** Writes down that a start failed in a way that says something about the provider, not about the task. */
export function onFailure(
  state: ThrottleState,
  failure: ThrottleFailure,
  settings: ThrottleSettings,
  now: Date,
): ThrottleState {
  const current = asOf(state, now);
  const at = current.seenAt;
  const next: ThrottleState = {
    ...release(current, failure),
    lastFailure: { at, kind: failure.kind, message: failure.message },
  };
  const wait = failure.retryAfterSeconds;
  if (wait !== undefined && wait > 0) {
    next.blockedUntil = Math.max(
      next.blockedUntil ?? 0,
      Math.ceil(at + Math.min(wait, longestWaitSeconds) * 1000),
    );
  }
  const scales =
    settings.startsPerMinute !== undefined ||
    settings.startsAtOnce !== undefined;
  if (
    scales &&
    leftSinceCut(current, failure) &&
    (current.cutAt === undefined || at >= current.cutAt + incidentMs)
  ) {
    next.factor = Math.max(leastFactor, current.factor / 2);
    next.cutAt = at;
  }
  const failures = current.failures + (failure.count ?? 1);
  if (!current.breaker) {
    next.failures = failures;
    if (failures >= settings.breakerFailures) {
      next.breaker = { until: at + breakerFirstMs, times: 1 };
    }
  } else if (isOfProbe(current, failure)) {
    next.failures = failures;
    const times = current.breaker.times + 1;
    next.breaker = {
      until: at + Math.min(breakerLongestMs, breakerFirstMs * 2 ** (times - 1)),
      times,
    };
  }
  return { ...next, underWay: stillUnderWay(next, settings) };
}
