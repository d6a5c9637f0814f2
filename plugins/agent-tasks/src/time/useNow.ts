import { useSyncExternalStore } from 'react';

/** Right after a launch times are a matter of seconds; a reader does not notice five. */
const TICK_MS = 5_000;

/** How old a time may be that nothing keeps going. */
const FRESH_MS = 1_000;

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
  // Nothing keeps the clock going yet. It stands still for a moment, because React takes a value that differs at each
  // reading for one that changes while it draws.
  if (listeners.size === 0 && Math.abs(Date.now() - now) > FRESH_MS) {
    now = Date.now();
  }
  return now;
}

/** The time in milliseconds since the epoch, anew every 5 seconds. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, read, read);
}
