/**
 * What happened lately, as pairs of a time slot (a number of `unitMs` since 1970) and how often, the oldest first. Its
 * length is bounded by the window, not by how often something happened.
 */
export type WindowLog = readonly (readonly [slot: number, count: number])[];

/** A window that slides. Both in milliseconds. */
export interface Window {
  /** No more than the limit happens within any stretch of this length. */
  lengthMs: number;
  /** How exactly times are kept. Rounded so that a count is held for up to this much longer, never shorter. */
  unitMs: number;
}

/** When what is counted in a slot has left the window for certain: even its last moment is then longer ago. */
function leavesAt(slot: number, { lengthMs, unitMs }: Window): number {
  return (slot + 1) * unitMs + lengthMs;
}

/** How often it happened within the window that ends at `atMs`. */
export function countWithin(
  log: WindowLog,
  window: Window,
  atMs: number,
): number {
  return log.reduce(
    (sum, [slot, count]) => (leavesAt(slot, window) > atMs ? sum + count : sum),
    0,
  );
}

/** The log after it happened `count` times more, without what has left the window. */
export function addTo(
  log: WindowLog,
  window: Window,
  atMs: number,
  count: number,
): WindowLog {
  const kept = log.filter(([slot]) => leavesAt(slot, window) > atMs);
  if (count <= 0) {
    return kept.length === log.length ? log : kept;
  }
  const slot = Math.floor(atMs / window.unitMs);
  const last = kept.at(-1);
  return last && last[0] >= slot
    ? [...kept.slice(0, -1), [last[0], last[1] + count]]
    : [...kept, [slot, count]];
}

/**
 * When fewer than `max` are left within the window, if nothing more happens; `undefined`: never, since none may be.
 *
 * @returns milliseconds since 1970
 */
export function roomAt(
  log: WindowLog,
  window: Window,
  atMs: number,
  max: number,
): number | undefined {
  if (max <= 0) {
    return undefined;
  }
  let left = countWithin(log, window, atMs);
  if (left < max) {
    return atMs;
  }
  for (const [slot, count] of log) {
    const leaves = leavesAt(slot, window);
    if (leaves > atMs) {
      left -= count;
      if (left < max) {
        return leaves;
      }
    }
  }
  return undefined;
}

/** The log as if everything had happened `byMs` earlier; rounded so that nothing leaves the window too soon. */
export function moveBack(
  log: WindowLog,
  window: Window,
  byMs: number,
): WindowLog {
  return log.map(([slot, count]) => [
    Math.ceil(slot - byMs / window.unitMs),
    count,
  ]);
}
