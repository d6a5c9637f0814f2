/** A value of a limit and the time in which it may have been in force, in milliseconds since 1970. */
interface Entry {
  value: number;
  from: number;
  /** When its successor was certain to be in force. */
  until: number;
}

/** By how much the backend's clock, which is the database's, may differ from that of the one who asks, in milliseconds. */
const CLOCKS_DIFFER_MS = 100;

/**
 * Which limits were in force when, as the one knows who changes them from outside: a value may be in force as soon as it
 * is asked for, and its predecessor until the change is confirmed.
 */
export class LimitBook {
  readonly #entries = new Map<string, Entry[]>();

  private constructor() {}

  /** `limits` are those from the beginning, by key. */
  static create(limits: Readonly<Record<string, number>>): LimitBook {
    const book = new LimitBook();
    for (const [key, value] of Object.entries(limits)) {
      book.#entries.set(key, [{ value, from: -Infinity, until: Infinity }]);
    }
    return book;
  }

  /** Before a change is asked for. Returns what is called once it is confirmed; until then both values hold. */
  change(options: {
    key: string;
    value: number;
    now: () => number;
  }): () => void {
    const { key, value, now } = options;
    const entries = this.#entries.get(key) ?? [];
    const before = entries.filter(entry => entry.until === Infinity);
    this.#entries.set(key, [
      ...entries,
      { value, from: now() - CLOCKS_DIFFER_MS, until: Infinity },
    ]);
    return () => {
      const at = now() + CLOCKS_DIFFER_MS;
      for (const entry of before) {
        entry.until = at;
      }
    };
  }

  /** The highest value that may have been in force at a time; without any limit `Infinity`. */
  highestAt(key: string, at: number): number {
    return this.highestBetween(key, at, at);
  }

  /** The same for a stretch of time. */
  highestBetween(key: string, begin: number, end: number): number {
    let highest: number | undefined;
    for (const { value, from, until } of this.#entries.get(key) ?? []) {
      if (from <= end && begin <= until && value >= (highest ?? 0)) {
        highest = value;
      }
    }
    return highest ?? Infinity;
  }

  /** The lowest value that may be in force at a time. */
  lowestAt(key: string, at: number): number {
    let lowest = Infinity;
    for (const { value, from, until } of this.#entries.get(key) ?? []) {
      if (from <= at && at <= until) {
        lowest = Math.min(lowest, value);
      }
    }
    return lowest;
  }
}
