import { LoggerService } from '@backstage/backend-plugin-api';

/**
 * Runs a round again and again: after each interval as the safety net, and at once when it is woken.
 *
 * @remarks
 *
 * Rounds of one loop never overlap, and a wake-up during a round makes one more round follow it, so that no wake-up is
 * lost. A round that throws is logged and tried again after the interval.
 */
export class Loop {
  readonly #name: string;
  readonly #intervalMs: number;
  readonly #round: (signal: AbortSignal) => Promise<void>;
  readonly #logger: LoggerService;
  readonly #abort = new AbortController();
  #running?: Promise<void>;
  #woken = false;
  #wakeSleeper?: () => void;

  private constructor(options: LoopOptions) {
    this.#name = options.name;
    this.#intervalMs = options.intervalSeconds * 1000;
    this.#round = options.round;
    this.#logger = options.logger;
  }

  static create(options: LoopOptions): Loop {
    return new Loop(options);
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Makes a round run as soon as the one under way has ended. */
  wake(): void {
    this.#woken = true;
    this.#wakeSleeper?.();
  }

  /** Aborts the round under way and waits for its end. */
  async stop(): Promise<void> {
    this.#abort.abort();
    this.#wakeSleeper?.();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#abort;
    while (!signal.aborted) {
      this.#woken = false;
      try {
        await this.#round(signal);
      } catch (error) {
        if (!signal.aborted) {
          this.#logger.error(
            `A round of '${this.#name}' failed and will be tried again`,
            error instanceof Error ? error : new Error(String(error)),
          );
        }
        // Were the wake-up kept, a round that always fails would spin.
        this.#woken = false;
      }
      if (!this.#woken && !signal.aborted) {
        await this.#sleep();
      }
    }
  }

  async #sleep(): Promise<void> {
    await new Promise<void>(resolve => {
      const timer = setTimeout(resolve, this.#intervalMs);
      this.#wakeSleeper = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wakeSleeper = undefined;
  }
}

export interface LoopOptions {
  name: string;
  intervalSeconds: number;
  round: (signal: AbortSignal) => Promise<void>;
  logger: LoggerService;
}
