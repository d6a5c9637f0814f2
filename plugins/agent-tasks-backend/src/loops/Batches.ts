/** How many items one batch takes at most: its transaction stays short. */
const itemsAtOnce = 2_000;

/**
 * Gathers items that arrive while a batch is worked on, and works on them together afterwards. A single item is worked on
 * at once; the more arrive, the larger the batches become.
 */
export class Batches<Item> {
  readonly #work: (items: Item[]) => Promise<void>;
  #waiting: {
    item: Item;
    done: () => void;
    failed: (error: unknown) => void;
  }[] = [];
  #running = false;

  private constructor(work: (items: Item[]) => Promise<void>) {
    this.#work = work;
  }

  /** @param options.work - all or nothing; where it fails, each item is tried by itself */
  static create<T>(options: {
    work: (items: T[]) => Promise<void>;
  }): Batches<T> {
    return new Batches(options.work);
  }

  /** Resolves when the item has been worked on. */
  async add(item: Item): Promise<void> {
    const result = new Promise<void>((done, failed) => {
      this.#waiting.push({ item, done, failed });
    });
    if (!this.#running) {
      this.#running = true;
      // Those that are added in the same turn come along.
      queueMicrotask(() => this.#run());
    }
    return result;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length) {
      const batch = this.#waiting.splice(0, itemsAtOnce);
      try {
        await this.#work(batch.map(one => one.item));
        batch.forEach(one => one.done());
      } catch (error) {
        if (batch.length === 1) {
          batch[0].failed(error);
        } else {
          // One that cannot be worked on does not take the others with it.
          for (const one of batch) {
            await this.#work([one.item]).then(one.done, one.failed);
          }
        }
      }
    }
    this.#running = false;
  }
}
