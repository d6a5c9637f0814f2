import { useEffect, useRef, useState } from 'react';

/**
 * The value, but changed no more often than every `milliseconds`: for what is dear to draw and need not follow each
 * signal. The last value always arrives.
 */
export function useCalm<T>(value: T, milliseconds: number): T {
  const [calm, setCalm] = useState(value);
  const latest = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const changedAt = useRef(-Infinity);

  useEffect(() => {
    latest.current = value;
    if (timer.current !== undefined) {
      return;
    }
    const take = () => {
      timer.current = undefined;
      changedAt.current = Date.now();
      setCalm(latest.current);
    };
    const wait = changedAt.current + milliseconds - Date.now();
    if (wait <= 0) {
      take();
    } else {
      timer.current = setTimeout(take, wait);
    }
  }, [value, milliseconds]);

  useEffect(() => () => clearTimeout(timer.current), []);
  return calm;
}
