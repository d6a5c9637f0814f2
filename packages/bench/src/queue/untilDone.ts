import { setTimeout as sleep } from 'node:timers/promises';

const LONGEST_POLL_MS = 100;
const SHORTEST_POLL_MS = 4;

/**
 * Watches how many are left until none is, and returns when that was, in the milliseconds of `performance.now()`.
 *
 * The watcher must not slow down what it watches: it looks again after a quarter of the time that the rest will take at
 * the pace so far, so often only at the end.
 */
export async function untilDone(options: {
  total: number;
  remaining: () => Promise<number>;
  timeoutMs: number;
}): Promise<number> {
  const { total, remaining, timeoutMs } = options;
  const begin = performance.now();
  for (;;) {
    const left = await remaining();
    const now = performance.now();
    if (left === 0) {
      return now;
    }
    if (now - begin > timeoutMs) {
      throw new Error(
        `${left} of ${total} are not finished after ${timeoutMs / 1000} s`,
      );
    }
    await sleep(nextLookMs({ total, left, elapsedMs: now - begin }));
  }
}

/** When to look again, in milliseconds. */
export function nextLookMs(options: {
  total: number;
  left: number;
  elapsedMs: number;
}): number {
  const { total, left, elapsedMs } = options;
  const done = total - left;
  if (done <= 0) {
    return SHORTEST_POLL_MS * 5;
  }
  const restMs = (elapsedMs * left) / done;
  return Math.min(LONGEST_POLL_MS, Math.max(SHORTEST_POLL_MS, restMs / 4));
}
