import { Clock } from './Clock';

/** A value that is read at most once in a while, however many ask for it. */
export class Remembered<T> {
  readonly #clock: Clock;
  readonly #seconds: number;
  readonly #read: () => Promise<T>;
  #known?: { readAt: number; value: Promise<T> };

  private constructor(options: RememberedOptions<T>) {
    this.#clock = options.clock;
    this.#seconds = options.seconds;
    this.#read = options.read;
  }

  static create<T>(options: RememberedOptions<T>): Remembered<T> {
    return new Remembered(options);
  }

  async get(): Promise<T> {
    const now = this.#clock.now().getTime();
    if (!this.#known || now - this.#known.readAt >= this.#seconds * 1000) {
      const known = { readAt: now, value: this.#read() };
      this.#known = known;
      known.value.catch(() => {
        // Those who wait are told; the next one asks again.
        if (this.#known === known) {
          this.#known = undefined;
        }
      });
    }
    return this.#known.value;
  }
}

export interface RememberedOptions<T> {
  clock: Clock;
  /** For how long a value serves. */
  seconds: number;
  read: () => Promise<T>;
}
