/** The clocks of the processes and of the database are that of the machine, which they read to this precision. */
const CLOCK_MS = 1;

/**
 * How long it took from each slot that became free to the start that took it, in milliseconds.
 *
 * The first starts take the slots that were free from the beginning. From then on all slots are taken, so that the next
 * start takes the slot that became free first.
 *
 * @param options.slots - how many slots there are
 * @param options.freedMs - when slots became free, the first one first
 * @param options.startsMs - when starts arrived at the agent, the first one first
 */
export function pairWakeups(options: {
  slots: number;
  freedMs: readonly number[];
  startsMs: readonly number[];
}): number[] {
  const { slots, freedMs, startsMs } = options;
  return startsMs.slice(slots, slots + freedMs.length).map((start, index) => {
    const waited = start - freedMs[index];
    if (waited < -CLOCK_MS) {
      throw new Error(
        `A task started ${-waited} ms before there was a free slot`,
      );
    }
    return Math.max(0, waited);
  });
}
