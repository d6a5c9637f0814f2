import { useSyncExternalStore } from 'react';

/** Relative times say minutes; a quarter of one is soon enough. */
const TICK_MS = 15_000;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = Date.now();

// One clock for all: a table has hundreds of times, and a timer for each of them would be felt.
function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    now = Date.now();
    timer = setInterval(() => {
      now = Date.now();
      listeners.forEach(notify => notify());
    }, TICK_MS);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
    }
  };
}

function read(): number {
  if (listeners.size === 0) {
    now = Date.now();
  }
  return now;
}

/** The time in milliseconds since the epoch, anew every 15 seconds. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, read, read);
}
