/** The loops that can be woken. */
export const loopNames = [
  'admission',
  'starts',
  'watch',
  'changes',
  'stops',
  'triggers',
  'campaigns',
] as const;

/** A loop that can be woken. */
export type LoopName = (typeof loopNames)[number];

/**
 * Carries "there is work" from where work is written to the loops that do it, here and in other replicas. A wake-up may
 * be lost, as when the process dies: every loop also polls.
 */
export class Wakeups {
  readonly #listeners = new Map<LoopName, () => void>();
  #tellOthers?: (names: LoopName[]) => void;

  on(name: LoopName, listener: () => void): void {
    this.#listeners.set(name, listener);
  }

  /** Has other replicas told of what is woken here. */
  onWake(tellOthers: (names: LoopName[]) => void): void {
    this.#tellOthers = tellOthers;
  }

  /** To be called after the transaction that wrote the work was committed. */
  wake(...names: LoopName[]): void {
    this.wakeHere(...names);
    this.#tellOthers?.(names);
  }

  /** Wakes loops of this replica alone: of what others cannot help with, or have told of. */
  wakeHere(...names: LoopName[]): void {
    for (const name of names) {
      this.#listeners.get(name)?.();
    }
  }
}
