/** The times that a start is decided by, all in seconds. */
export interface StartTimes {
  /** After this long a request that left can no longer take effect. */
  settleSeconds: number;
  /** What was not decided for this long goes to a person. */
  decideSeconds: number;
}

/** What is known of an attempt that is not confirmed. */
export interface UnconfirmedStart {
  state: 'intended' | 'requested';
  /** Before the last request left. */
  requestedAt?: Date;
  /** Before the first request left. */
  firstRequestedAt?: Date;
  /** How the provider's starts can be repeated. */
  start: 'idempotent' | 'findable' | 'neither';
  /** The task is being cancelled: a start that is not yet made is not made. */
  cancelling: boolean;
  /** The last search by the marker, if one was made in this pass. */
  search?: { begunAt: Date; outcome: 'absent' | 'failed' };
}

/** What to do with an attempt now. */
export type StartDecision =
  | { do: 'send' }
  | { do: 'search' }
  | { do: 'wait'; until: Date }
  | { do: 'withdraw' }
  | { do: 'ask-person' };

/** A search that failed is repeated after this time, in milliseconds. */
const searchAgainMs = 10_000;

/**
 * Decides how an attempt goes on, so that it is started at most once.
 *
 * @remarks
 *
 * A request that left may take effect until `settleSeconds` have passed. Only a search that began after that and found
 * nothing proves that it did not, and only then is it sent again.
 */
export function decideStart(
  attempt: UnconfirmedStart,
  times: StartTimes,
  now: Date,
): StartDecision {
  if (attempt.state === 'intended') {
    return attempt.cancelling ? { do: 'withdraw' } : { do: 'send' };
  }
  if (!attempt.requestedAt) {
    throw new Error('an attempt that was requested bears the time of it');
  }
  const settledAt = attempt.requestedAt.getTime() + times.settleSeconds * 1000;
  const undecidedAt =
    (attempt.firstRequestedAt ?? attempt.requestedAt).getTime() +
    times.decideSeconds * 1000;

  if (attempt.start === 'neither') {
    return { do: 'ask-person' };
  }
  if (attempt.start === 'idempotent') {
    // The key makes a repeated request harmless. It is repeated even for a cancelled task: the answer names what to stop.
    return { do: 'send' };
  }
  const { search } = attempt;
  if (!search) {
    return { do: 'search' };
  }
  if (search.outcome === 'absent' && search.begunAt.getTime() >= settledAt) {
    return attempt.cancelling ? { do: 'withdraw' } : { do: 'send' };
  }
  if (search.outcome === 'failed') {
    return now.getTime() >= undecidedAt
      ? { do: 'ask-person' }
      : { do: 'wait', until: new Date(now.getTime() + searchAgainMs) };
  }
  return { do: 'wait', until: new Date(Math.max(settledAt, now.getTime())) };
}
