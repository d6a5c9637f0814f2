import { useSyncExternalStore } from 'react';

/** Right after a launch times are a matter of seconds; a reader does not notice five. */
const TICK_MS = 5_000;

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

/** The time in milliseconds since the epoch, anew every 5 seconds. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, read, read);
}
