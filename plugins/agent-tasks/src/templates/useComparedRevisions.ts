import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/** Two revisions to compare, as they stand in the address, so that a comparison can be sent to somebody. */
export interface ComparedRevisions {
  from?: number;
  to?: number;
  choose: (chosen: { from?: number; to?: number }) => void;
}

export function useComparedRevisions(): ComparedRevisions {
  const [parameters, setParameters] = useSearchParams();
  const from = toNumber(parameters.get('from'));
  const to = toNumber(parameters.get('to'));
  const choose = useCallback(
    (chosen: { from?: number; to?: number }) =>
      setParameters(
        before => {
          const next = new URLSearchParams(before);
          for (const side of ['from', 'to'] as const) {
            if (chosen[side] !== undefined) {
              next.set(side, String(chosen[side]));
            }
          }
          return next;
        },
        { replace: true },
      ),
    [setParameters],
  );
  return useMemo(() => ({ from, to, choose }), [from, to, choose]);
}

function toNumber(text: string | null): number | undefined {
  return text && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
