/**
 * A time until which something may be begun.
 *
 * @remarks
 *
 * After a pause of the process its timers may fire later than the code that waits for them goes on, so that a signal alone
 * is not enough: two clocks are looked at, since the monotonic one stands still while a machine sleeps, and the other may
 * be set.
 */
export class Deadline {
  readonly signal: AbortSignal;
  readonly #wallClock: number;
  readonly #monotonic: number;

  private constructor(milliseconds: number) {
    this.signal = AbortSignal.timeout(milliseconds);
    this.#wallClock = Date.now() + milliseconds;
    this.#monotonic = performance.now() + milliseconds;
  }

  static in(milliseconds: number): Deadline {
    return new Deadline(milliseconds);
  }

  passed(): boolean {
    return (
      this.signal.aborted ||
      Date.now() >= this.#wallClock ||
      performance.now() >= this.#monotonic
    );
  }
}
