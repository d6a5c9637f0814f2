import { isError } from '@backstage/errors';

/** How often a resource is read while it may change at any moment. */
export const POLL_UNSETTLED_MS = 5_000;

/** How often it is read when nothing in it is under way, or nobody looks. */
export const POLL_SETTLED_MS = 30_000;

/** Signals can come by the hundred; one reading answers all that came within this time. */
export const SIGNAL_GAP_MS = 1_000;

/** A request without an answer would end the live updates in silence; after this time it counts as failed. */
export const REQUEST_TIMEOUT_MS = 30_000;

/**
 * Reads a resource again and again: at once when it is told to, shortly after a signal, and by polling behind that.
 *
 * @remarks
 *
 * At most one request is under way, so that an answer can never overtake a later one. What is asked for meanwhile is
 * read once more afterwards, because the request under way may have read the state from before.
 */
export class LiveLoop<T> {
  readonly #load: (signal: AbortSignal) => Promise<T>;
  readonly #onValue: (value: T) => void;
  readonly #onError: (error: Error) => void;
  readonly #isUnsettled: (value: T) => boolean;

  #controller: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #signalTimer: ReturnType<typeof setTimeout> | undefined;
  #startedAt = -Infinity;
  #again = false;
  #stopped = false;
  #unsettled = true;

  private constructor(options: LiveLoopOptions<T>) {
    this.#load = options.load;
    this.#onValue = options.onValue;
    this.#onError = options.onError;
    this.#isUnsettled = options.isUnsettled;
  }

  static start<T>(options: LiveLoopOptions<T>): LiveLoop<T> {
    const loop = new LiveLoop(options);
    document.addEventListener('visibilitychange', loop.#onVisibilityChange);
    loop.refresh();
    return loop;
  }

  /** Reads now, or again as soon as the request under way has ended. */
  refresh(): void {
    if (this.#stopped) {
      return;
    }
    if (this.#controller) {
      this.#again = true;
    } else {
      this.#read();
    }
  }

  /** Reads soon: something is said to have changed. */
  hint(): void {
    if (this.#stopped || this.#signalTimer) {
      return;
    }
    const wait = Math.max(0, this.#startedAt + SIGNAL_GAP_MS - Date.now());
    this.#signalTimer = setTimeout(() => {
      this.#signalTimer = undefined;
      this.refresh();
    }, wait);
  }

  stop(): void {
    this.#stopped = true;
    document.removeEventListener('visibilitychange', this.#onVisibilityChange);
    clearTimeout(this.#timer);
    clearTimeout(this.#signalTimer);
    this.#controller?.abort();
  }

  readonly #onVisibilityChange = () => {
    if (document.visibilityState === 'hidden') {
      this.#schedule();
    } else if (Date.now() - this.#startedAt >= POLL_UNSETTLED_MS) {
      this.refresh();
    } else {
      this.#schedule();
    }
  };

  #read(): void {
    clearTimeout(this.#timer);
    const controller = new AbortController();
    this.#controller = controller;
    this.#startedAt = Date.now();
    this.#again = false;

    let timeout: ReturnType<typeof setTimeout> | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timeout = setTimeout(() => {
        controller.abort();
        reject(
          new Error(
            `no answer within ${Math.round(REQUEST_TIMEOUT_MS / 1000)} s`,
          ),
        );
      }, REQUEST_TIMEOUT_MS);
    });

    Promise.race([this.#load(controller.signal), tooLate])
      .then(
        value => {
          if (!this.#stopped) {
            this.#unsettled = this.#isUnsettled(value);
            this.#onValue(value);
          }
        },
        error => {
          if (!this.#stopped) {
            this.#onError(isError(error) ? error : new Error(String(error)));
          }
        },
      )
      .finally(() => {
        clearTimeout(timeout);
        this.#controller = undefined;
        if (this.#stopped) {
          return;
        }
        if (this.#again) {
          this.#read();
        } else {
          this.#schedule();
        }
      });
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    if (this.#stopped || this.#controller) {
      return;
    }
    const isQuick = this.#unsettled && document.visibilityState !== 'hidden';
    this.#timer = setTimeout(
      () => this.refresh(),
      isQuick ? POLL_UNSETTLED_MS : POLL_SETTLED_MS,
    );
  }
}

export interface LiveLoopOptions<T> {
  load: (signal: AbortSignal) => Promise<T>;
  onValue: (value: T) => void;
  onError: (error: Error) => void;
  /** Whether something in the value is under way, so that it is worth to look often. */
  isUnsettled: (value: T) => boolean;
}
