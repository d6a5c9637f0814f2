/**
 * The known key that a misspelt one most probably stands for: it differs by at most a third of its letters.
 */
export function closestKey(options: {
  key: string;
  known: readonly string[];
}): string | undefined {
  const key = options.key.toLocaleLowerCase('en-US');
  let closest: { known: string; distance: number } | undefined;
  for (const known of options.known) {
    const distance = editDistance(key, known.toLocaleLowerCase('en-US'));
    if (
      distance <= Math.ceil(known.length / 3) &&
      (!closest || distance < closest.distance)
    ) {
      closest = { known, distance };
    }
  }
  return closest?.known;
}

/** Levenshtein's distance: insertions, deletions and replacements of single letters. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      current.push(
        Math.min(
          previous[column] + 1,
          current[column - 1] + 1,
          previous[column - 1] + (a[row - 1] === b[column - 1] ? 0 : 1),
        ),
      );
    }
    previous = current;
  }
  return previous[b.length];
}
