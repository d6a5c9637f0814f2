/**
 * The first of some numbered things by an order of theirs. Any of them can be taken out, so that one whose place changes
 * is taken out before the change and put back after it. Each operation takes a time in the logarithm of their number.
 */
export class IndexedHeap {
  readonly #goesBefore: (a: number, b: number) => boolean;
  readonly #heap: number[] = [];
  /** Where in the heap each of them is; -1: it is not there. */
  readonly #placeOf: Int32Array;

  private constructor(options: {
    size: number;
    goesBefore: (a: number, b: number) => boolean;
  }) {
    this.#goesBefore = options.goesBefore;
    this.#placeOf = new Int32Array(options.size).fill(-1);
  }

  /**
   * @param options.size - they have the numbers from 0 to below this
   */
  static create(options: {
    size: number;
    goesBefore: (a: number, b: number) => boolean;
  }): IndexedHeap {
    return new IndexedHeap(options);
  }

  /** The first of them. */
  first(): number | undefined {
    return this.#heap[0];
  }

  has(one: number): boolean {
    return this.#placeOf[one] >= 0;
  }

  add(one: number): void {
    if (!this.has(one)) {
      this.#heap.push(one);
      this.#rise(this.#heap.length - 1, one);
    }
  }

  delete(one: number): void {
    const place = this.#placeOf[one];
    if (place < 0) {
      return;
    }
    this.#placeOf[one] = -1;
    const last = this.#heap.pop()!;
    if (last !== one) {
      this.#rise(place, last);
      this.#sink(this.#placeOf[last], last);
    }
  }

  #rise(from: number, one: number): void {
    let place = from;
    while (place > 0) {
      const parent = Math.floor((place - 1) / 2);
      if (!this.#goesBefore(one, this.#heap[parent])) {
        break;
      }
      this.#put(place, this.#heap[parent]);
      place = parent;
    }
    this.#put(place, one);
  }

  #sink(from: number, one: number): void {
    let place = from;
    for (;;) {
      let child = 2 * place + 1;
      const other = child + 1;
      if (
        other < this.#heap.length &&
        this.#goesBefore(this.#heap[other], this.#heap[child])
      ) {
        child = other;
      }
      if (
        child >= this.#heap.length ||
        !this.#goesBefore(this.#heap[child], one)
      ) {
        break;
      }
      this.#put(place, this.#heap[child]);
      place = child;
    }
    this.#put(place, one);
  }

  #put(place: number, one: number): void {
    this.#heap[place] = one;
    this.#placeOf[one] = place;
  }
}
