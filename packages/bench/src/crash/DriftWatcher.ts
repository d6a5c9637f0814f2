import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '../harness/connect';
import { countDrift, Drift } from './countDrift';

const RECONNECT_MS = 100;

/** Compares the counters of slots with a full count again and again, and keeps what was ever wrong. */
export class DriftWatcher {
  looks = 0;
  readonly found: Drift[] = [];
  readonly #connectionString: string;
  readonly #everyMs: number;
  #stopped = false;
  #running?: Promise<void>;

  private constructor(options: { connectionString: string; everyMs: number }) {
    this.#connectionString = options.connectionString;
    this.#everyMs = options.everyMs;
  }

  static start(options: {
    connectionString: string;
    /** Between two looks, in milliseconds. */
    everyMs: number;
  }): DriftWatcher {
    const watcher = new DriftWatcher(options);
    watcher.#running = watcher.#run();
    return watcher;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      try {
        const client = await connect(this.#connectionString);
        try {
          while (!this.#stopped) {
            this.found.push(...(await countDrift(client)));
            this.looks += 1;
            await sleep(this.#everyMs);
          }
        } finally {
          client.end().catch(() => {});
        }
      } catch {
        await sleep(RECONNECT_MS);
      }
    }
  }
}
