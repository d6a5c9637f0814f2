import { useEffect } from 'react';

const listeners = new Set<() => void>();

/** Tells every part of the pages that shows brakes that the person has just pulled or released one. */
export function announceBrakeChange(): void {
  listeners.forEach(notify => notify());
}

/** Calls back when the person has pulled or released a brake. Those of others come by polling. */
export function useBrakeChanges(onChange: () => void): void {
  useEffect(() => {
    listeners.add(onChange);
    return () => void listeners.delete(onChange);
  }, [onChange]);
}
