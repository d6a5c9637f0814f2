/**
 * All groups above a group, the nearest first. One that is above itself, which the catalog does not prevent, is not above
 * itself here.
 */
export function ancestorsOf(
  ref: string,
  parentsOf: (ref: string) => readonly string[],
): string[] {
  const seen = new Set([ref]);
  // A set goes on over what is added to it while it is gone through: level by level, each group once.
  for (const group of seen) {
    for (const parent of parentsOf(group)) {
      seen.add(parent);
    }
  }
  seen.delete(ref);
  return [...seen];
}
