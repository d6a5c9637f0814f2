/**
 * Keeps items in the order of their last change, so that the newest changes are read without sorting.
 *
 * Each change appends an entry; the older entries of an item are skipped when reading and swept once they outnumber
 * the items. Appending and reading the newest n are O(1) and O(n) on average.
 */
export class UpdateLog<T> {
  #entries: (T | undefined)[] = [];
  readonly #positions = new Map<T, number>();

  private constructor() {}

  static create<T>(): UpdateLog<T> {
    return new UpdateLog<T>();
  }

  /** The number of items. */
  get size(): number {
    return this.#positions.size;
  }

  touch(item: T): void {
    const position = this.#positions.get(item);
    if (position !== undefined) {
      if (position === this.#entries.length - 1) {
        return;
      }
      this.#entries[position] = undefined;
    }
    this.#positions.set(item, this.#entries.push(item) - 1);
    if (this.#entries.length > 64 + this.#positions.size * 2) {
      this.#sweep();
    }
  }

  /** Last changed first. */
  *newestFirst(): Generator<T> {
    for (let i = this.#entries.length - 1; i >= 0; i--) {
      const item = this.#entries[i];
      if (item !== undefined) {
        yield item;
      }
    }
  }

  /** Changed longest ago first. */
  *oldestFirst(): Generator<T> {
    for (const item of this.#entries) {
      if (item !== undefined) {
        yield item;
      }
    }
  }

  #sweep(): void {
    this.#entries = this.#entries.filter(item => item !== undefined);
    this.#entries.forEach((item, index) =>
      this.#positions.set(item as T, index),
    );
  }
}
