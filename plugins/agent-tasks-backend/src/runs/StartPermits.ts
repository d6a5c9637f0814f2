import { LoggerService } from '@backstage/backend-plugin-api';
import { AccountThrottle, Reservation } from '../accounts/AccountThrottle';
import { Transaction } from '../database/connect';

/** A start, as far as its account looks at it. */
interface Start {
  id: string;
  provider: string;
  account: string;
}

/** Which starts may leave now, and when the others are looked at again. */
export interface Permitted<T extends Start> {
  /** By the id of the attempt. */
  reservations: Map<string, Reservation>;
  waiting: { starts: T[]; until: Date }[];
}

/** Where a limit names no time: it changes only when somebody changes a setting. */
const lookAgainMs = 60_000;

/** Answers come within seconds. */
const answersMs = 1_000;

/** Permits of accounts for starts that are about to leave, and what became of them. */
export class StartPermits {
  readonly #throttle: AccountThrottle;
  readonly #logger: LoggerService;

  private constructor(options: StartPermitsOptions) {
    this.#throttle = options.throttle;
    this.#logger = options.logger;
  }

  static create(options: StartPermitsOptions): StartPermits {
    return new StartPermits(options);
  }

  /** Takes as many permits of each account as it has, for the first of its starts. */
  async take<T extends Start>(
    tx: Transaction,
    starts: readonly T[],
    now: Date,
  ): Promise<Permitted<T>> {
    const permitted: Permitted<T> = { reservations: new Map(), waiting: [] };
    const byAccount = new Map<string, T[]>();
    for (const start of starts) {
      const key = `${start.provider} ${start.account}`;
      byAccount.set(key, [...(byAccount.get(key) ?? []), start]);
    }
    // In one order for all, so that two that open several accounts never wait for each other in a circle.
    for (const key of [...byAccount.keys()].sort()) {
      const wanted = byAccount.get(key)!;
      const { provider, account } = wanted[0];
      const open = await this.#throttle.open(tx, { provider, account }, now);
      const first = wanted.slice(0, Math.min(wanted.length, open.starts));
      if (first.length) {
        const reservation = await open.take(first.length);
        for (const { id } of first) {
          permitted.reservations.set(id, reservation);
        }
      }
      if (first.length < wanted.length) {
        permitted.waiting.push({
          starts: wanted.slice(first.length),
          until: untilOf(open, now, first.length > 0),
        });
      }
    }
    return permitted;
  }

  /** Takes a permit for one request; a time: there is none before. */
  async takeOne(
    tx: Transaction,
    start: Start,
    now: Date,
  ): Promise<Reservation | Date> {
    const { reservations, waiting } = await this.take(tx, [start], now);
    return reservations.get(start.id) ?? waiting[0].until;
  }

  /** The provider answered a start as it should. */
  async succeeded(reservation: Reservation | undefined): Promise<void> {
    await this.#tell(async () =>
      reservation ? this.#throttle.succeeded(reservation) : undefined,
    );
  }

  /** A start failed, or, with an account alone, another request for one did. */
  async failed(
    of: Reservation | { provider: string; account: string } | undefined,
    error: unknown,
  ): Promise<void> {
    await this.#tell(async () =>
      of ? this.#throttle.failed(of, error) : undefined,
    );
  }

  /** A start did not leave after all. */
  async returned(reservation: Reservation | undefined): Promise<void> {
    await this.#tell(async () =>
      reservation ? this.#throttle.returned(reservation) : undefined,
    );
  }

  /** A permit whose outcome is lost is free again by itself: the start goes on all the same. */
  async #tell(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#logger.warn(
        'The outcome of a start could not be counted for its account',
        error instanceof Error ? error : new Error(String(error)),
      );
    }
  }
}

function untilOf(
  open: { until?: Date; reason?: { limit: string } },
  now: Date,
  some: boolean,
): Date {
  // Some left: what holds the others is known only when they are looked at again.
  if (some || open.reason?.limit === 'account-at-once') {
    return new Date(now.getTime() + answersMs);
  }
  return open.until ?? new Date(now.getTime() + lookAgainMs);
}

export interface StartPermitsOptions {
  throttle: AccountThrottle;
  logger: LoggerService;
}
