import { LimitBook } from './LimitBook';

/** A task that holds a slot of a limit, as seen from outside. */
export interface Holder {
  id: string;
  /** When it was given the slot, in milliseconds since 1970. */
  since: number;
  /** How much of the limit it takes. */
  amount: number;
}

/** A limit that was exceeded. */
export interface Excess {
  key: string;
  /** By how much. */
  by: number;
  allowed: number;
  /** The task that had no room. */
  task: string;
}

/**
 * Looks at all who hold slots at one moment, by limit. Whoever holds one now held it since it was given, so that all who
 * were given theirs before a task held theirs when that task was given its own: together they must have been within a
 * limit that was in force then. A limit that was lowered below what runs is thereby exceeded by new holders alone.
 *
 * @returns the worst excess of each limit
 */
export function judgeHolders(options: {
  holders: ReadonlyMap<string, readonly Holder[]>;
  book: LimitBook;
}): Excess[] {
  const { holders, book } = options;
  const found: Excess[] = [];
  for (const [key, of] of holders) {
    let sum = 0;
    let worst: Excess | undefined;
    for (const { id, since, amount } of [...of].sort(
      (a, b) => a.since - b.since,
    )) {
      sum += amount;
      const allowed = book.highestAt(key, since);
      if (sum - allowed > (worst?.by ?? 0)) {
        worst = { key, by: sum - allowed, allowed, task: id };
      }
    }
    if (worst) {
      found.push(worst);
    }
  }
  return found;
}
