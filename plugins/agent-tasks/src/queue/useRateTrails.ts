import type { AccountHealth } from '@agent-tasks/plugin-agent-tasks-common';
import { useCallback, useEffect, useState } from 'react';

/** As much as a small line can show. */
const MOST_READINGS = 60;

/**
 * Remembers how the rates of accounts went since the page was opened: the backend tells the present rate alone. Oldest
 * first; nothing for an account before its second reading.
 */
export function useRateTrails(
  accounts: AccountHealth[],
): (account: AccountHealth) => number[] {
  const [trails, setTrails] = useState<ReadonlyMap<string, number[]>>(
    new Map(),
  );
  useEffect(() => {
    setTrails(
      before =>
        new Map(
          accounts.map(account => [
            keyOf(account),
            [...(before.get(keyOf(account)) ?? []), account.factor].slice(
              -MOST_READINGS,
            ),
          ]),
        ),
    );
  }, [accounts]);
  return useCallback(
    (account: AccountHealth) => trails.get(keyOf(account)) ?? [],
    [trails],
  );
}

function keyOf({ provider, account }: AccountHealth): string {
  return `${provider} ${account}`;
}
