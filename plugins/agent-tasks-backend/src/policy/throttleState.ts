import { moveBack, Window, WindowLog } from './slidingWindow';

/** How fast one account may start tasks. A limit that is `undefined` does not exist. */
export interface ThrottleSettings {
  /** Starts within any 60 s; 0 starts nothing. */
  startsPerMinute?: number;
  /** What is created at the provider within any 60 s; a start is one. */
  contentPerMinute?: number;
  /** The same within any hour. */
  contentPerHour?: number;
  /** Starts whose answer is awaited at once. */
  startsAtOnce?: number;
  /** After so many failures in a row nothing is started for a while. */
  breakerFailures: number;
  /** After this long a start whose outcome nobody reported is no longer under way: who made it has died. */
  underWaySeconds: number;
}

/** What kind of failure slows an account down. */
export type ThrottleFailureKind =
  /** The provider said that it was asked too often: 429, or 403 with a wait. */
  | 'limited'
  /** The provider failed: 5xx. */
  | 'server'
  /** There was no answer, or the credentials were not accepted. */
  | 'unavailable';

/**
 * What is known of one account, as JSON. All times are milliseconds since 1970, by the latest clock that took part: a
 * clock that is behind never brings a permit back.
 */
export interface ThrottleState {
  /** The time of the last event. */
  seenAt: number;
  /** Starts by second. Kept only while a limit needs it, as the two below. */
  starts: WindowLog;
  /** What was created, by second. */
  content: WindowLog;
  /** What was created, by minute. */
  contentHour: WindowLog;
  /** Starts whose outcome is not known: when they were taken, and how many. */
  underWay: readonly (readonly [takenAt: number, count: number])[];
  /** Part of the configured rate that is used now: more than 0, at most 1. */
  factor: number;
  /** When the factor was last cut. Starts that left before belong to the same incident. */
  cutAt?: number;
  /** Failures in a row. */
  failures: number;
  /** Absent while the breaker is closed. */
  breaker?: {
    /** Nothing is started before; then one start is tried. */
    until: number;
    /** How often in a row it has opened. */
    times: number;
    /** When the one start was taken that is tried. */
    probeAt?: number;
  };
  /** When the provider said to come back. */
  blockedUntil?: number;
  lastFailure?: { at: number; kind: ThrottleFailureKind; message: string };
}

/** Nothing is known yet. */
export const newThrottle: ThrottleState = {
  seenAt: 0,
  starts: [],
  content: [],
  contentHour: [],
  underWay: [],
  factor: 1,
  failures: 0,
};

/** The window of a minute. */
export const minute: Window = { lengthMs: 60_000, unitMs: 1_000 };
/** The window of an hour. A minute is exact enough within it, and keeps a row below two kilobytes. */
export const hour: Window = { lengthMs: 3_600_000, unitMs: 60_000 };

/**
 * Replicas' clocks may differ by two minutes. A clock that is behind the last event by more than this shows that the
 * event had a wrong time, which must not stop the account until then.
 */
const farBehindMs = 300_000;

/**
 * The state without times that no clock of now can have written. Whoever may write saves it where it is another one, so
 * that time goes on from there.
 */
export function withoutFarTimes(
  state: ThrottleState,
  now: Date,
): ThrottleState {
  return state.seenAt - now.getTime() > farBehindMs ? asOf(state, now) : state;
}

/** The state as of now: time never goes back. */
export function asOf(state: ThrottleState, now: Date): ThrottleState {
  const behind = state.seenAt - now.getTime();
  if (behind <= 0) {
    return { ...state, seenAt: now.getTime() };
  }
  if (behind <= farBehindMs) {
    return state;
  }
  const earlier = (at: number | undefined) => at && at - behind;
  return {
    ...state,
    seenAt: now.getTime(),
    starts: moveBack(state.starts, minute, behind),
    content: moveBack(state.content, minute, behind),
    contentHour: moveBack(state.contentHour, hour, behind),
    underWay: state.underWay.map(([takenAt, count]) => [
      takenAt - behind,
      count,
    ]),
    cutAt: earlier(state.cutAt),
    blockedUntil: earlier(state.blockedUntil),
    breaker: state.breaker && {
      ...state.breaker,
      until: state.breaker.until - behind,
      probeAt: earlier(state.breaker.probeAt),
    },
    lastFailure: state.lastFailure && {
      ...state.lastFailure,
      at: state.lastFailure.at - behind,
    },
  };
}

/** Starts whose outcome is still awaited. */
export function stillUnderWay(
  state: ThrottleState,
  settings: ThrottleSettings,
): ThrottleState['underWay'] {
  const since = state.seenAt - settings.underWaySeconds * 1000;
  return state.underWay.some(([takenAt]) => takenAt <= since)
    ? state.underWay.filter(([takenAt]) => takenAt > since)
    : state.underWay;
}
