/** How many letters have to be added, removed, replaced or swapped with their neighbour to come from one to the other. */
function distance(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, i) => i)];
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const same = from[i - 1] === to[j - 1] ? 0 : 1;
      row[j] = Math.min(
        rows[i - 1][j] + 1,
        row[j - 1] + 1,
        rows[i - 1][j - 1] + same,
      );
      if (
        i > 1 &&
        j > 1 &&
        from[i - 1] === to[j - 2] &&
        from[i - 2] === to[j - 1]
      ) {
        row[j] = Math.min(row[j], rows[i - 2][j - 2] + 1);
      }
    }
    rows.push(row);
  }
  return rows[from.length][to.length];
}

/** Longer than any name that it could be meant for. */
const longestCompared = 64;

/** The name that somebody probably meant; `undefined` where none is close. */
export function closestName(
  written: string,
  names: readonly string[],
): string | undefined {
  if (written.length > longestCompared) {
    return undefined;
  }
  const lower = written.toLowerCase();
  const [closest] = names
    .map(name => {
      const other = name.toLowerCase();
      const isBeginning =
        lower.length >= 3 &&
        (other.startsWith(lower) || lower.startsWith(other));
      return { name, by: isBeginning ? 1 : distance(lower, other) };
    })
    .filter(({ name, by }) => by <= Math.max(1, Math.floor(name.length / 3)))
    .sort((a, b) => a.by - b.by);
  return closest?.name;
}
