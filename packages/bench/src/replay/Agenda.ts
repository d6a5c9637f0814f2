/** What happens when; the earliest first, and in the order in which it was put down. */
export class Agenda<T> {
  /** A binary heap. */
  readonly #heap: { at: number; sequence: number; what: T }[] = [];
  #sequence = 0;

  private constructor() {}

  static create<T>(): Agenda<T> {
    return new Agenda<T>();
  }

  add(at: number, what: T): void {
    const heap = this.#heap;
    heap.push({ at, sequence: this.#sequence, what });
    this.#sequence += 1;
    for (let index = heap.length - 1; index > 0;) {
      const parent = Math.floor((index - 1) / 2);
      if (!this.#isBefore(index, parent)) {
        return;
      }
      this.#swap(index, parent);
      index = parent;
    }
  }

  /** Takes all that happens at the earliest time; `undefined`: nothing is left. */
  next(): { at: number; what: T[] } | undefined {
    const first = this.#take();
    if (!first) {
      return undefined;
    }
    const what = [first.what];
    while (this.#heap[0]?.at === first.at) {
      what.push(this.#take()!.what);
    }
    return { at: first.at, what };
  }

  #take() {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (heap.length && last) {
      heap[0] = last;
      for (let index = 0; ;) {
        const left = 2 * index + 1;
        let least = index;
        for (const child of [left, left + 1]) {
          if (child < heap.length && this.#isBefore(child, least)) {
            least = child;
          }
        }
        if (least === index) {
          break;
        }
        this.#swap(index, least);
        index = least;
      }
    }
    return first;
  }

  #isBefore(a: number, b: number): boolean {
    const [one, other] = [this.#heap[a], this.#heap[b]];
    return (
      one.at < other.at ||
      (one.at === other.at && one.sequence < other.sequence)
    );
  }

  #swap(a: number, b: number): void {
    const heap = this.#heap;
    [heap[a], heap[b]] = [heap[b], heap[a]];
  }
}
