/** Counts what happened in the last so many milliseconds, in steps of a sixtieth of that. */
export class SlidingCount {
  readonly #step: number;
  readonly #buckets = new Float64Array(60);
  #lastStep = 0;
  #total = 0;

  private constructor(windowMilliseconds: number) {
    this.#step = windowMilliseconds / 60;
  }

  static create(options: { windowMilliseconds: number }): SlidingCount {
    return new SlidingCount(options.windowMilliseconds);
  }

  add(options: { now: number; amount: number }): void {
    this.#forget(options.now);
    this.#buckets[this.#lastStep % 60] += options.amount;
    this.#total += options.amount;
  }

  total(now: number): number {
    this.#forget(now);
    return this.#total;
  }

  #forget(now: number): void {
    const step = Math.floor(now / this.#step);
    const passed = Math.min(60, step - this.#lastStep);
    for (let i = 1; i <= passed; i++) {
      const index = (this.#lastStep + i) % 60;
      this.#total -= this.#buckets[index];
      this.#buckets[index] = 0;
    }
    if (passed === 60) {
      this.#buckets.fill(0);
      this.#total = 0;
    }
    if (step > this.#lastStep) {
      this.#lastStep = step;
    }
  }
}
