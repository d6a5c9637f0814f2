import { AccountHealth } from '@agent-tasks/plugin-agent-tasks-common';
import { ProviderError } from '@agent-tasks/plugin-agent-tasks-node';
import { Transaction } from '../database/connect';
import { Clock } from '../loops/Clock';
import { AccountRoom, accountRoom } from '../policy/accountRoom';
import { Permits, permits, throttleHealth } from '../policy/throttle';
import {
  onFailure,
  onReturned,
  onSpent,
  onStarts,
  onSuccess,
  ThrottleFailure,
} from '../policy/throttleEvents';
import {
  newThrottle,
  ThrottleSettings,
  ThrottleState,
  withoutFarTimes,
} from '../policy/throttleState';
import { describeProblem } from '../remotes/Remotes';
import { AccountRef, ThrottleStore } from './ThrottleStore';

/** Starts that an account may make now, and that are written down. Their outcome is reported with it. */
export interface Reservation extends Permits {
  account: AccountRef;
  /** Opaque: it tells the outcome of these starts from that of others. */
  takenAt: Date;
  /** Nothing was wrong with the account when they were taken. */
  calm: boolean;
}

/** An account that nobody else starts anything under until the transaction ends. */
export interface OpenThrottle extends Permits {
  /** Writes down that so many starts are about to leave: at most `starts`. */
  take(starts: number): Promise<Reservation>;
}

/** What GitHub advises where it says that it was asked too often, and not for how long. */
const waitWithoutAdviceSeconds = 60;

/** What a row keeps of a message. */
const messageLength = 500;

type Change = (state: ThrottleState, now: Date) => ThrottleState;

/**
 * Lets starts leave as fast as each account may, counted over all replicas.
 *
 * @remarks
 *
 * Starts are taken in the transaction that claims or writes them, so that none leaves that is not counted. Outcomes are
 * reported afterwards, **outside of any transaction**; those that come in while one is being written are written
 * together. Where an outcome is lost, its place is free again after `underWaySeconds`.
 */
export class AccountThrottle {
  readonly #options: AccountThrottleOptions;
  /** Outcomes that are not yet being written, by account. */
  readonly #waiting = new Map<
    string,
    { changes: Change[]; written: Promise<void> }
  >();
  /** The last write of each account. */
  readonly #writing = new Map<string, Promise<void>>();

  private constructor(options: AccountThrottleOptions) {
    this.#options = options;
  }

  static create(options: AccountThrottleOptions): AccountThrottle {
    return new AccountThrottle(options);
  }

  /**
   * How many starts may leave under an account now. Nobody else takes any of them until the transaction ends, so that it
   * should be short. Where nothing is limited, nothing is locked and nothing written.
   */
  async open(
    tx: Transaction,
    account: AccountRef,
    now: Date,
  ): Promise<OpenThrottle> {
    const { store, settingsOf } = this.#options;
    const settings = settingsOf(account);
    if (!isLimited(settings)) {
      const free = await store.read(account, tx);
      if (!free.breaker && permits(free, settings, now).starts) {
        return {
          starts: Infinity,
          take: async starts => ({
            account,
            starts,
            takenAt: now,
            calm: free.failures === 0,
          }),
        };
      }
    }
    const locked = await store.lock(tx, account, now);
    let state = withoutFarTimes(locked, now);
    if (state !== locked) {
      await store.save(tx, { account, state, at: now });
    }
    return {
      ...permits(state, settings, now),
      take: async wanted => {
        const allowed = permits(state, settings, now);
        const starts = Math.max(0, Math.min(wanted, allowed.starts));
        const next = onStarts(state, starts, settings, now);
        if (next !== state) {
          await store.save(tx, { account, state: next, at: now });
          state = next;
        }
        return {
          ...allowed,
          account,
          starts,
          takenAt: new Date(Math.max(state.seenAt, now.getTime())),
          calm: isCalm(state),
        };
      },
    };
  }

  /** Takes as many of the wanted starts as an account may make now. */
  async reserve(
    tx: Transaction,
    account: AccountRef,
    wanted: number,
    now: Date,
  ): Promise<Reservation> {
    if (wanted <= 0) {
      return { account, starts: 0, takenAt: now, calm: true };
    }
    return (await this.open(tx, account, now)).take(wanted);
  }

  /** Why nothing may start under an account now, for whoever asks why a task waits. Nothing is taken. */
  async look(account: AccountRef): Promise<Permits> {
    const { store, settingsOf, clock } = this.#options;
    return permits(await store.read(account), settingsOf(account), clock.now());
  }

  /** Reports that the provider answered starts. */
  async succeeded(reservation: Reservation, count = 1): Promise<void> {
    const { account, takenAt } = reservation;
    const settings = this.#options.settingsOf(account);
    if (reservation.calm && settings.startsAtOnce === undefined) {
      // There is nothing to write.
      return;
    }
    await this.#report(account, (state, now) =>
      onSuccess(state, { takenAt, count }, settings, now),
    );
  }

  /** Reports that starts did not leave after all. */
  async returned(reservation: Reservation, count = 1): Promise<void> {
    const { account, takenAt } = reservation;
    await this.#report(account, (state, now) =>
      onReturned(state, { takenAt, count }, now),
    );
  }

  /**
   * Reports that a start failed, or with an account alone, that any other request of it did. A refusal is an answer: it
   * says something about the task, and nothing about the provider.
   */
  async failed(of: Reservation | AccountRef, error: unknown): Promise<void> {
    const taken = 'takenAt' in of ? { takenAt: of.takenAt } : {};
    const account = 'takenAt' in of ? of.account : of;
    const settings = this.#options.settingsOf(account);
    const failure = toThrottleFailure(error);
    if (!failure && !('takenAt' in of)) {
      return;
    }
    await this.#report(account, (state, now) =>
      failure
        ? onFailure(state, { ...taken, ...failure }, settings, now)
        : onSuccess(state, taken, settings, now),
    );
  }

  /** Reports that something else was created at the provider, such as comments. */
  async spent(account: AccountRef, created: number): Promise<void> {
    const settings = this.#options.settingsOf(account);
    const { contentPerMinute, contentPerHour } = settings;
    if (contentPerMinute !== undefined || contentPerHour !== undefined) {
      await this.#report(account, (state, now) =>
        onSpent(state, created, settings, now),
      );
    }
  }

  /**
   * How many tasks may be admitted now, of each account of which something is known; those that wait for their start
   * already are not taken off. Nothing is taken or locked.
   */
  async rooms(
    at: Date,
    tx?: Transaction,
  ): Promise<(AccountRef & { room: AccountRoom })[]> {
    const { store, settingsOf } = this.#options;
    return (await store.list(tx)).map(({ provider, account, state }) => ({
      provider,
      account,
      room: accountRoom(state, settingsOf({ provider, account }), at),
    }));
  }

  /** How all accounts are of which something is known, and those named here. */
  async health(known: AccountRef[] = []): Promise<AccountHealth[]> {
    const { store, settingsOf, clock } = this.#options;
    const now = clock.now();
    const stored = await store.list();
    const keys = new Set(stored.map(keyOf));
    const all = [
      ...stored,
      ...known
        .filter(account => !keys.has(keyOf(account)))
        .map(account => ({ ...account, state: newThrottle })),
    ];
    return all.map(({ provider, account, state }) => {
      const health = throttleHealth(
        state,
        settingsOf({ provider, account }),
        now,
      );
      const { breaker, lastFailure, blockedUntil } = health;
      return {
        provider,
        account,
        factor: health.factor,
        startsLeftThisMinute: health.startsLeftThisMinute,
        contentLeftThisHour: health.contentLeftThisHour,
        breaker: {
          state: breaker.state,
          ...(breaker.until && { until: breaker.until.toISOString() }),
        },
        ...(lastFailure && {
          lastError: {
            at: lastFailure.at.toISOString(),
            message: lastFailure.message,
          },
        }),
        ...(blockedUntil && { blockedUntil: blockedUntil.toISOString() }),
      };
    });
  }

  #report(account: AccountRef, change: Change): Promise<void> {
    const key = keyOf(account);
    const waiting = this.#waiting.get(key);
    if (waiting) {
      waiting.changes.push(change);
      return waiting.written;
    }
    const changes = [change];
    const before = this.#writing.get(key) ?? Promise.resolve();
    const written = before
      // Whoever waited for it was told.
      .catch(() => undefined)
      .then(() => {
        this.#waiting.delete(key);
        return this.#write(account, changes);
      });
    this.#waiting.set(key, { changes, written });
    this.#writing.set(key, written);
    return written;
  }

  async #write(account: AccountRef, changes: Change[]): Promise<void> {
    const { store, settingsOf, clock, freed } = this.#options;
    const settings = settingsOf(account);
    const now = clock.now();
    const frees = await store.transaction(async tx => {
      const state = await store.lock(tx, account, now);
      const next = changes.reduce(
        (one, change) => change(one, now),
        withoutFarTimes(state, now),
      );
      if (next === state) {
        return false;
      }
      await store.save(tx, { account, state: next, at: now });
      // While some may leave nobody waits for more.
      return (
        permits(state, settings, now).starts < 1 &&
        permits(next, settings, now).starts >= 1
      );
    });
    if (frees) {
      freed?.();
    }
  }
}

export interface AccountThrottleOptions {
  store: ThrottleStore;
  /** How fast an account may start tasks. */
  settingsOf: (account: AccountRef) => ThrottleSettings;
  clock: Clock;
  /** Called when starts may leave again after none could, because of an outcome. */
  freed?: () => void;
}

/** What of the configuration says how fast accounts start. */
export function toThrottleSettings(config: {
  limits: { account: { startsPerMinute?: number } };
  backpressure: {
    contentPerMinute?: number;
    contentPerHour?: number;
    startsAtOnce?: number;
    breakerFailures: number;
  };
  starts: { requestTimeoutSeconds: number };
}): ThrottleSettings {
  return {
    startsPerMinute: config.limits.account.startsPerMinute,
    ...config.backpressure,
    // As long as the lease of an attempt: whoever took it is then taken for dead.
    underWaySeconds: 2 * config.starts.requestTimeoutSeconds,
  };
}

function keyOf(account: AccountRef): string {
  return JSON.stringify([account.provider, account.account]);
}

function isLimited(settings: ThrottleSettings): boolean {
  return (
    settings.startsPerMinute !== undefined ||
    settings.contentPerMinute !== undefined ||
    settings.contentPerHour !== undefined ||
    settings.startsAtOnce !== undefined
  );
}

/** Whether a success would change nothing but which starts are under way. */
function isCalm(state: ThrottleState): boolean {
  return state.factor === 1 && state.failures === 0 && !state.breaker;
}

/** What a failed request says about its provider; `undefined`: that it answers. */
function toThrottleFailure(error: unknown): ThrottleFailure | undefined {
  const { effect, status, retryAfterSeconds } =
    error instanceof ProviderError
      ? error
      : ({ effect: 'unknown' } as Partial<ProviderError>);
  if (effect === 'refused') {
    return undefined;
  }
  const limited = status === 429 || status === 403;
  const kind =
    (limited && 'limited') ||
    ((status ?? 0) >= 500 && 'server') ||
    'unavailable';
  return {
    kind,
    message: describeProblem(error).slice(0, messageLength),
    retryAfterSeconds:
      retryAfterSeconds ?? (limited ? waitWithoutAdviceSeconds : undefined),
  };
}
