/** A member of a cohort: its own slots, and how many it has. */
export interface CohortMember {
  team: string;
  nominal: number;
  used: number;
}

/**
 * How many slots each member of a cohort has beyond its own, and how many of its own others have.
 *
 * @remarks
 *
 * Slots are alike, so that nobody can say whose one was borrowed: what is borrowed in all is lent by those with idle
 * slots, each in proportion to how many are idle, in whole slots (largest remainder). Where more is taken than the
 * cohort has, as after a limit was lowered below what runs, less is lent than borrowed.
 */
export function shareCohort(
  members: readonly CohortMember[],
): Map<string, { borrowed: number; lent: number }> {
  const borrowed = sum(members.map(one => Math.max(0, one.used - one.nominal)));
  const idleOf = (one: CohortMember) => Math.max(0, one.nominal - one.used);
  const idle = sum(members.map(idleOf));
  const toLend = Math.min(borrowed, idle);
  const shares = members.map(one => {
    const exact = idle === 0 ? 0 : (toLend * idleOf(one)) / idle;
    return { one, lent: Math.floor(exact), rest: exact - Math.floor(exact) };
  });
  let left = toLend - sum(shares.map(share => share.lent));
  const byRest = [...shares].sort(
    (a, b) => b.rest - a.rest || (a.one.team < b.one.team ? -1 : 1),
  );
  for (const share of byRest) {
    if (left > 0 && share.lent < idleOf(share.one)) {
      share.lent += 1;
      left -= 1;
    }
  }
  return new Map(
    shares.map(({ one, lent }) => [
      one.team,
      { borrowed: Math.max(0, one.used - one.nominal), lent },
    ]),
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
