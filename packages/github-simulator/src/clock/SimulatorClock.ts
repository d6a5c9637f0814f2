/** Takes back something scheduled. @public */
export type CancelScheduled = () => void;

interface Scheduled {
  at: number;
  sequence: number;
  run: () => void;
  cancelled: boolean;
}

/**
 * The only source of time in the simulator.
 *
 * It runs with the machine's clock until it is frozen; `advance` moves it either way and runs, in order of their time,
 * all that became due. Each callback sees the time for which it was scheduled.
 *
 * @public
 */
export class SimulatorClock {
  #offset = 0;
  #frozenAt: number | undefined;
  /** A binary heap by time, then by order of scheduling. */
  readonly #heap: Scheduled[] = [];
  #sequence = 0;
  #timer: NodeJS.Timeout | undefined;
  #timerAt = Infinity;
  #closed = false;

  private constructor() {}

  /** With `frozenAt` (milliseconds since 1970) it stands still until it is advanced. */
  static create(options: { frozenAt?: number } = {}): SimulatorClock {
    const clock = new SimulatorClock();
    clock.#frozenAt = options.frozenAt;
    return clock;
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.#frozenAt ?? Date.now() + this.#offset;
  }

  get frozen(): boolean {
    return this.#frozenAt !== undefined;
  }

  /** Stops the clock at its present time. */
  freeze(): void {
    this.#frozenAt = this.now();
    this.#rearm();
  }

  /** Lets the clock run on from where it stands. */
  unfreeze(): void {
    if (this.#frozenAt !== undefined) {
      this.#offset = this.#frozenAt - Date.now();
      this.#frozenAt = undefined;
      this.#rearm();
    }
  }

  /** Moves the clock forward by milliseconds and runs what is due by then. */
  advance(milliseconds: number): void {
    if (!(milliseconds >= 0)) {
      throw new RangeError('A clock goes forward only');
    }
    const wasFrozen = this.#frozenAt !== undefined;
    const target = this.now() + milliseconds;
    for (;;) {
      const next = this.#peek();
      if (!next || next.at > target) {
        break;
      }
      this.#pop();
      this.#frozenAt = Math.max(this.now(), next.at);
      next.run();
    }
    this.#frozenAt = target;
    if (!wasFrozen) {
      this.unfreeze();
    }
  }

  /** Calls back once the clock reaches a time. A real timer that waits for it does not keep the process alive. */
  schedule(options: { at: number; run: () => void }): CancelScheduled {
    const scheduled: Scheduled = {
      at: options.at,
      sequence: this.#sequence++,
      run: options.run,
      cancelled: false,
    };
    this.#push(scheduled);
    if (scheduled.at < this.#timerAt) {
      this.#rearm();
    }
    return () => {
      scheduled.cancelled = true;
    };
  }

  /** Forgets all that is scheduled. */
  close(): void {
    this.#closed = true;
    this.#heap.length = 0;
    clearTimeout(this.#timer);
  }

  #rearm(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#timerAt = Infinity;
    const next = this.#peek();
    if (this.#closed || this.#frozenAt !== undefined || !next) {
      return;
    }
    this.#timerAt = next.at;
    // Longer delays overflow the timer of Node.js and would fire at once.
    const delay = Math.min(Math.max(0, next.at - this.now()), 2_000_000_000);
    this.#timer = setTimeout(() => this.#runDue(), delay);
    this.#timer.unref();
  }

  #runDue(): void {
    for (;;) {
      const next = this.#peek();
      if (!next || this.#frozenAt !== undefined || next.at > this.now()) {
        break;
      }
      this.#pop();
      next.run();
    }
    this.#rearm();
  }

  #peek(): Scheduled | undefined {
    while (this.#heap.length > 0 && this.#heap[0].cancelled) {
      this.#pop();
    }
    return this.#heap[0];
  }

  #push(item: Scheduled): void {
    const heap = this.#heap;
    let index = heap.push(item) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!before(heap[index], heap[parent])) {
        break;
      }
      [heap[index], heap[parent]] = [heap[parent], heap[index]];
      index = parent;
    }
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) {
      return;
    }
    heap[0] = last;
    let index = 0;
    for (;;) {
      const left = index * 2 + 1;
      let smallest = index;
      for (const child of [left, left + 1]) {
        if (child < heap.length && before(heap[child], heap[smallest])) {
          smallest = child;
        }
      }
      if (smallest === index) {
        return;
      }
      [heap[index], heap[smallest]] = [heap[smallest], heap[index]];
      index = smallest;
    }
  }
}

function before(a: Scheduled, b: Scheduled): boolean {
  return a.at < b.at || (a.at === b.at && a.sequence < b.sequence);
}

/** ISO 8601 to the second in UTC, as GitHub writes times. @public */
export function isoTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
