import { applyPatch, structuredPatch } from 'diff';

type Tree = Record<string, string>;

/**
 * Lays the changes that `theirs` made since `base` over `ours`.
 *
 * A file that both sides changed is merged by hunks; where these do not fit, its path is among the conflicts.
 */
export function mergeTrees(options: {
  base: Tree;
  ours: Tree;
  theirs: Tree;
  read: (sha: string) => string;
}): { tree: Tree; contents: Record<string, string>; conflicts: string[] } {
  const { base, ours, theirs, read } = options;
  const tree: Tree = { ...ours };
  const contents: Record<string, string> = {};
  const conflicts: string[] = [];
  for (const path of new Set([...Object.keys(base), ...Object.keys(theirs)])) {
    if (base[path] === theirs[path] || ours[path] === theirs[path]) {
      continue;
    }
    if (ours[path] === base[path]) {
      if (theirs[path] === undefined) {
        delete tree[path];
      } else {
        tree[path] = theirs[path];
      }
      continue;
    }
    const merged =
      base[path] && ours[path] && theirs[path]
        ? mergeContents(read(base[path]), read(ours[path]), read(theirs[path]))
        : undefined;
    if (merged === undefined) {
      conflicts.push(path);
    } else {
      contents[path] = merged;
    }
  }
  return { tree, contents, conflicts };
}

function mergeContents(
  base: string,
  ours: string,
  theirs: string,
): string | undefined {
  const merged = applyPatch(ours, structuredPatch('a', 'b', base, theirs));
  return merged === false ? undefined : merged;
}
