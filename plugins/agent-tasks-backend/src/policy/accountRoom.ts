import { countWithin } from './slidingWindow';
import { permits, slowed } from './throttle';
import { asOf, minute, ThrottleSettings, ThrottleState } from './throttleState';

/** How many starts of an account admission may count on. */
export interface AccountRoom {
  /** How many there may be within a minute now; `undefined`: as many as one likes. */
  max: number | undefined;
  /** How many there were in the last one. */
  used: number;
  /** Why there may be fewer than is set, for people. */
  reason?: string;
  /** Nothing may start at all, because of what the provider answered. */
  blocked: boolean;
}

/**
 * What a throttle leaves for tasks that are still to be admitted. How many answers are awaited does not count: they come
 * within seconds, and a task that has been admitted waits for its start that long.
 */
export function accountRoom(
  state: ThrottleState,
  settings: ThrottleSettings,
  at: Date,
): AccountRoom {
  const allowed = permits(state, { ...settings, startsAtOnce: undefined }, at);
  const { limit, message } = allowed.reason ?? {};
  const current = asOf(state, at);
  const used = countWithin(current.starts, minute, current.seenAt);
  const perMinute = settings.startsPerMinute;
  if (limit === 'account-breaker' || limit === 'account-retry-after') {
    return { max: 0, used, reason: message, blocked: true };
  }
  const max =
    perMinute === undefined ? undefined : slowed(perMinute, current.factor);
  if (max !== undefined && max - used <= allowed.starts) {
    return { max, used, reason: message, blocked: false };
  }
  return allowed.starts === Infinity
    ? { max, used, blocked: false }
    : { max: used + allowed.starts, used, reason: message, blocked: false };
}
