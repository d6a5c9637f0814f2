import { countWithin, roomAt, Window, WindowLog } from './slidingWindow';
import {
  asOf,
  hour,
  minute,
  stillUnderWay,
  ThrottleFailureKind,
  ThrottleSettings,
  ThrottleState,
} from './throttleState';

/** Why an account starts nothing now. */
export interface ThrottleReason {
  limit:
    | 'account-breaker'
    | 'account-retry-after'
    | 'account-starts'
    | 'account-content'
    /** As many answers as may be are awaited: they come within seconds. */
    | 'account-at-once';
  /** For people. */
  message: string;
}

/** How many starts may leave now. */
export interface Permits {
  /** `Infinity`: as many as one likes. */
  starts: number;
  /** Where `starts` is 0: when that may change by itself. Absent: only when a setting changes. */
  until?: Date;
  /** Where `starts` is 0. */
  reason?: ThrottleReason;
}

/** A limit of our own, slowed down; at least one, unless none is allowed. */
export function slowed(max: number, factor: number): number {
  return max === 0 ? 0 : Math.max(1, Math.floor(max * factor));
}

/** A part of {@link Permits}: what one limit allows. */
interface Cap {
  starts: number;
  /** Milliseconds since 1970. */
  until: number | undefined;
  reason: ThrottleReason;
}

function* capsOf(
  state: ThrottleState,
  settings: ThrottleSettings,
): Generator<Cap> {
  const at = state.seenAt;
  const { blockedUntil = 0, breaker, factor } = state;
  if (blockedUntil > at || breaker) {
    const probeUntil =
      breaker?.probeAt !== undefined
        ? breaker.probeAt + settings.underWaySeconds * 1000
        : 0;
    const message = describeThrottle(state, new Date(at));
    if (blockedUntil > at) {
      yield {
        starts: 0,
        until: blockedUntil,
        reason: { limit: 'account-retry-after', message },
      };
    }
    if (breaker) {
      const until = Math.max(breaker.until, probeUntil);
      yield {
        starts: until > at ? 0 : 1,
        until,
        reason: { limit: 'account-breaker', message },
      };
    }
  }
  if (settings.startsPerMinute !== undefined) {
    const max = slowed(settings.startsPerMinute, factor);
    const used = countWithin(state.starts, minute, at);
    yield {
      starts: max - used,
      until: roomAt(state.starts, minute, at, max),
      reason: {
        limit: 'account-starts',
        message:
          max === 0
            ? 'The account may start nothing: its limit of starts per minute is 0. A platform admin can raise it.'
            : `The account may start ${count(max, 'task')} within a minute${
                factor < 1
                  ? `, of ${settings.startsPerMinute} when its starts do not fail`
                  : ''
              }, and has started ${used}.`,
      },
    };
  }
  for (const [max, log, window, span] of [
    [settings.contentPerMinute, state.content, minute, 'a minute'],
    [settings.contentPerHour, state.contentHour, hour, 'an hour'],
  ] as const) {
    if (max !== undefined) {
      const used = countWithin(log, window, at);
      yield {
        starts: max - used,
        until: roomAt(log, window, at, max),
        reason: {
          limit: 'account-content',
          message: `The account may create ${count(max, 'task or comment', 'tasks and comments')} at the provider within ${span}, and has created ${used}.`,
        },
      };
    }
  }
  if (settings.startsAtOnce !== undefined) {
    const max = slowed(settings.startsAtOnce, factor);
    const underWay = stillUnderWay(state, settings);
    let used = underWay.reduce((sum, [, more]) => sum + more, 0);
    const left = max - used;
    const reason: ThrottleReason = {
      limit: 'account-at-once',
      message: `${count(used, 'start')} of the account ${used === 1 ? 'is' : 'are'} under way, and there may be ${max} at once.`,
    };
    let until: number | undefined = at;
    for (const [takenAt, more] of underWay) {
      if (used < max) {
        break;
      }
      used -= more;
      until = takenAt + settings.underWaySeconds * 1000;
    }
    yield { starts: left, until, reason };
  }
}

/**
 * How many starts may leave now.
 *
 * @remarks
 *
 * Never more than a limit allows in any window, whatever windows one looks at; where the time of a start is not known
 * exactly, it counts for up to a second longer (a minute, of an hour). What is used of it has to be written down by
 * `onStarts` before anybody else asks.
 */
export function permits(
  state: ThrottleState,
  settings: ThrottleSettings,
  now: Date,
): Permits {
  const current = asOf(state, now);
  let starts = Infinity;
  let longest: Cap | undefined;
  for (const cap of capsOf(current, settings)) {
    starts = Math.min(starts, Math.max(0, cap.starts));
    const untilOf = (one: Cap) => one.until ?? Infinity;
    if (cap.starts <= 0 && (!longest || untilOf(cap) > untilOf(longest))) {
      longest = cap;
    }
  }
  return longest
    ? {
        starts: 0,
        ...(longest.until !== undefined && { until: new Date(longest.until) }),
        reason: longest.reason,
      }
    : { starts };
}

/** What is left of the budgets of an account, and whether it is slowed down. */
export interface ThrottleHealth {
  /** Part of the configured rate that is used now: more than 0, at most 1. */
  factor: number;
  /** Absent where there is no such limit, as below. */
  startsLeftThisMinute?: number;
  contentLeftThisMinute?: number;
  contentLeftThisHour?: number;
  breaker: { state: 'closed' | 'open' | 'half-open'; until?: Date };
  blockedUntil?: Date;
  lastFailure?: { at: Date; kind: ThrottleFailureKind; message: string };
}

function breakerHealth(state: ThrottleState): ThrottleHealth['breaker'] {
  const { breaker, seenAt } = state;
  if (!breaker) {
    return { state: 'closed' };
  }
  return breaker.until > seenAt
    ? { state: 'open', until: new Date(breaker.until) }
    : { state: 'half-open' };
}

/** How an account is. */
export function throttleHealth(
  state: ThrottleState,
  settings: ThrottleSettings,
  now: Date,
): ThrottleHealth {
  const current = asOf(state, now);
  const at = current.seenAt;
  const { blockedUntil, lastFailure, factor } = current;
  const left = (max: number | undefined, log: WindowLog, window: Window) =>
    max === undefined
      ? undefined
      : Math.max(0, max - countWithin(log, window, at));
  const starts = settings.startsPerMinute;
  return {
    factor,
    startsLeftThisMinute: left(
      starts === undefined ? undefined : slowed(starts, factor),
      current.starts,
      minute,
    ),
    contentLeftThisMinute: left(
      settings.contentPerMinute,
      current.content,
      minute,
    ),
    contentLeftThisHour: left(
      settings.contentPerHour,
      current.contentHour,
      hour,
    ),
    breaker: breakerHealth(current),
    ...(blockedUntil !== undefined &&
      blockedUntil > at && { blockedUntil: new Date(blockedUntil) }),
    ...(lastFailure && {
      lastFailure: { ...lastFailure, at: new Date(lastFailure.at) },
    }),
  };
}

/** Whether an account is slowed down or stopped, and until when, in a sentence or two for people. */
export function describeThrottle(state: ThrottleState, now: Date): string {
  const {
    seenAt,
    breaker,
    blockedUntil = 0,
    factor,
    failures,
    lastFailure,
  } = asOf(state, now);
  const last = lastFailure ? ` The last failure: ${lastFailure.message}` : '';
  if (blockedUntil > seenAt && blockedUntil >= (breaker?.until ?? 0)) {
    return `The provider asked the account to wait, so that nothing is started before ${clockTime(blockedUntil)}.${last}`;
  }
  if (breaker) {
    const failed = `${count(failures, 'start')} of the account failed in a row`;
    return breaker.until > seenAt
      ? `${failed}, so that nothing is started before ${clockTime(breaker.until)}; then one start is tried.${last}`
      : `${failed}; one start is tried now, and the others go on when it succeeds.${last}`;
  }
  if (factor < 1) {
    return `The account starts at ${Math.max(1, Math.round(factor * 100))} % of its rate, since starts of it failed; each one that succeeds makes it faster.${last}`;
  }
  return 'The account starts at its full rate.';
}

function clockTime(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(11, 19)} UTC`;
}

function count(number: number, noun: string, nouns = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : nouns}`;
}
