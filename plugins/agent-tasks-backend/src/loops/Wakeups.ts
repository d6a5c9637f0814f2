/** The loops that can be woken. */
export type LoopName = 'admission' | 'starts' | 'watch' | 'changes' | 'stops';

/**
 * Carries "there is work" from where work is written to the loop that does it. A wake-up may be lost, as when the
 * process dies: every loop also polls.
 */
export class Wakeups {
  readonly #listeners = new Map<LoopName, () => void>();

  on(name: LoopName, listener: () => void): void {
    this.#listeners.set(name, listener);
  }

  /** To be called after the transaction that wrote the work was committed. */
  wake(...names: LoopName[]): void {
    for (const name of names) {
      this.#listeners.get(name)?.();
    }
  }
}
