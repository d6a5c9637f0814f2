/** The time of the trace, which goes from event to event. */
export class TraceClock {
  #now: number;

  private constructor(start: number) {
    this.#now = start;
  }

  static create(options: { start: number }): TraceClock {
    return new TraceClock(options.start);
  }

  now(): Date {
    return new Date(this.#now);
  }

  /** Goes forward to a time in milliseconds since 1970; one that is over is left alone. */
  goTo(time: number): void {
    this.#now = Math.max(this.#now, time);
  }
}
