import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { Excess, judgeHolders } from './judgeHolders';
import { LimitBook } from './LimitBook';
import { GroupOf, readHolders } from './readHolders';

const RECONNECT_MS = 100;
const QUERY_TIMEOUT_MS = 10_000;

/** What was seen of the slots. */
export interface SlotRecord {
  /** How often it looked. */
  looks: number;
  /** The most that each limit had in use. */
  most: Map<string, number>;
  excesses: Excess[];
  /** Looks at which some limit was exceeded. */
  overLimit: number;
}

/**
 * Looks at the slots in the database again and again, on a connection of its own, each time at one moment, and compares
 * them with the limits that were in force. It reads what tasks hold, never the counters, and outlives restarts of the
 * server.
 */
export class SlotWatcher {
  readonly record: SlotRecord = {
    looks: 0,
    most: new Map(),
    excesses: [],
    overLimit: 0,
  };
  readonly #options: SlotWatcherOptions;
  #stopped = false;
  #running?: Promise<void>;

  private constructor(options: SlotWatcherOptions) {
    this.#options = options;
  }

  static start(options: SlotWatcherOptions): SlotWatcher {
    const watcher = new SlotWatcher(options);
    watcher.#running = watcher.#run();
    return watcher;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const client = new Client({
        connectionString: this.#options.connectionString,
        query_timeout: QUERY_TIMEOUT_MS,
      });
      // A broken connection is found by the next look.
      client.on('error', () => {});
      try {
        await client.connect();
        while (!this.#stopped) {
          await this.#look(client);
          await sleep(this.#options.everyMs);
        }
      } catch {
        await sleep(RECONNECT_MS);
      } finally {
        client.end().catch(() => {});
      }
    }
  }

  async #look(client: Client): Promise<void> {
    const { groupOf, cohortOf, book } = this.#options;
    const { record } = this;
    const holders = await readHolders(client, groupOf, cohortOf);
    record.looks += 1;
    for (const [key, of] of holders) {
      const used = of.reduce((sum, { amount }) => sum + amount, 0);
      record.most.set(key, Math.max(record.most.get(key) ?? 0, used));
    }
    const excesses = judgeHolders({ holders, book });
    if (excesses.length) {
      record.overLimit += 1;
      record.excesses.push(...excesses);
    }
  }
}

export interface SlotWatcherOptions {
  connectionString: string;
  groupOf: GroupOf;
  cohortOf: GroupOf;
  book: LimitBook;
  /** Between two looks, in milliseconds. */
  everyMs: number;
}
