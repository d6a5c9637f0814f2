import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { connect } from '../harness/connect';

/** How often it looks, in milliseconds. */
const LOOK_MS = 5;

/**
 * Watches from outside how long the transactions of others take: by when PostgreSQL says that they began, and when they
 * were last seen. What it tells is at most two looks short of the truth, and adds them.
 */
export class TransactionWatch {
  readonly #client: Client;
  #longestMs = 0;
  #stopped = false;
  #looking: Promise<void> = Promise.resolve();

  private constructor(client: Client) {
    this.#client = client;
  }

  static async start(connectionString: string): Promise<TransactionWatch> {
    const watch = new TransactionWatch(await connect(connectionString));
    watch.#looking = watch.#look();
    return watch;
  }

  reset(): void {
    this.#longestMs = 0;
  }

  /** In seconds, since the last reset; what is under way has ended. */
  async longest(): Promise<number> {
    await sleep(4 * LOOK_MS);
    return (this.#longestMs + 2 * LOOK_MS) / 1000;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#looking;
    await this.#client.end();
  }

  async #look(): Promise<void> {
    while (!this.#stopped) {
      const { rows } = await this.#client.query(
        `select max(extract(epoch from clock_timestamp() - xact_start) * 1000)::float as ms
         from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid()
           and xact_start is not null and backend_type = 'client backend'`,
      );
      this.#longestMs = Math.max(this.#longestMs, rows[0].ms ?? 0);
      await sleep(LOOK_MS);
    }
  }
}
