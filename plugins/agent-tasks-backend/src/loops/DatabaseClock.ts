import { Knex } from 'knex';
import { isPostgres } from '../database/bulk';
import { Clock } from './Clock';

/** After this long the database is asked for its time again, in milliseconds. */
const trustedMs = 10_000;

/**
 * The time of the database, which is one for all replicas: theirs may differ by minutes, and leases and the order of
 * request and search depend on it.
 *
 * @remarks
 *
 * Between two readings it goes on by the monotonic clock of the process, so that it does not follow when somebody sets the
 * clock of the machine. It never goes back.
 */
export class DatabaseClock implements Clock {
  readonly #knex: Knex;
  #readAt = 0;
  #time = 0;
  #last = 0;
  #reading?: Promise<void>;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static async create(options: { knex: Knex }): Promise<DatabaseClock> {
    const clock = new DatabaseClock(options.knex);
    await clock.read();
    return clock;
  }

  now(): Date {
    const elapsed = performance.now() - this.#readAt;
    // Before it may be read again: the elapsed time counts from this reading.
    this.#last = Math.max(this.#last, Math.round(this.#time + elapsed));
    if (elapsed > trustedMs) {
      this.#reading ??= this.read()
        // What is known goes on being used; the next call tries again.
        .catch(() => {})
        .finally(() => {
          this.#reading = undefined;
        });
    }
    return new Date(this.#last);
  }

  /** Asks the database for its time. */
  async read(): Promise<void> {
    if (!isPostgres(this.#knex)) {
      // The database is this process.
      this.#time = Date.now();
      this.#readAt = performance.now();
      return;
    }
    const before = performance.now();
    const { rows } = await this.#knex.raw(
      'select extract(epoch from clock_timestamp()) * 1000 as ms',
    );
    const after = performance.now();
    this.#time = Number(rows[0].ms);
    this.#readAt = (before + after) / 2;
  }
}
