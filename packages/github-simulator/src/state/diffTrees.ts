import { createHash } from 'crypto';
import { diffLines, structuredPatch } from 'diff';
import { FileChange } from './entities';

/** The sha that git gives a content. @public */
export function blobSha(content: string): string {
  const bytes = Buffer.from(content, 'utf8');
  return createHash('sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');
}

/** Hunks of the change from one text to another, with three lines of context, without a file header. @public */
export function unifiedHunks(options: { before: string; after: string }): {
  patch: string;
  additions: number;
  deletions: number;
} {
  const { hunks } = structuredPatch(
    'a',
    'b',
    options.before,
    options.after,
    undefined,
    undefined,
    { context: 3 },
  );
  const lines: string[] = [];
  let additions = 0;
  let deletions = 0;
  for (const hunk of hunks) {
    // Where a side has no lines, unified diffs name the line before.
    const oldStart = hunk.oldLines === 0 ? hunk.oldStart - 1 : hunk.oldStart;
    const newStart = hunk.newLines === 0 ? hunk.newStart - 1 : hunk.newStart;
    lines.push(
      `@@ -${Math.max(0, oldStart)},${hunk.oldLines} +${Math.max(0, newStart)},${
        hunk.newLines
      } @@`,
    );
    for (const line of hunk.lines) {
      lines.push(line);
      if (line.startsWith('+')) {
        additions++;
      } else if (line.startsWith('-')) {
        deletions++;
      }
    }
  }
  return { patch: lines.join('\n'), additions, deletions };
}

/** How alike two texts are by their lines, 0 to 1. */
function similarity(a: string, b: string): number {
  let common = 0;
  let changed = 0;
  for (const { added, removed, count } of diffLines(a, b)) {
    if (added || removed) {
      changed += count;
    } else {
      common += count;
    }
  }
  return (2 * common) / (2 * common + changed);
}

/** The files that differ between two trees (path to content sha), sorted by path, with renames found. @public */
export function diffTrees(options: {
  before: Record<string, string>;
  after: Record<string, string>;
  read: (sha: string) => string;
}): FileChange[] {
  const { before, after, read } = options;
  const added = Object.keys(after).filter(path => !(path in before));
  const removed = Object.keys(before).filter(path => !(path in after));
  const modified = Object.keys(after).filter(
    path => path in before && before[path] !== after[path],
  );
  const changes: FileChange[] = modified.map(path => ({
    path,
    status: 'modified',
    sha: after[path],
    ...unifiedHunks({ before: read(before[path]), after: read(after[path]) }),
  }));
  const renamedFrom = new Set<string>();
  for (const path of added) {
    const content = read(after[path]);
    const previousPath = removed.find(
      candidate =>
        !renamedFrom.has(candidate) &&
        content.length > 0 &&
        (before[candidate] === after[path] ||
          similarity(read(before[candidate]), content) >= 0.5),
    );
    if (previousPath) {
      renamedFrom.add(previousPath);
    }
    changes.push({
      path,
      previousPath,
      status: previousPath ? 'renamed' : 'added',
      sha: after[path],
      ...unifiedHunks({
        before: previousPath ? read(before[previousPath]) : '',
        after: content,
      }),
    });
  }
  for (const path of removed.filter(p => !renamedFrom.has(p))) {
    changes.push({
      path,
      status: 'removed',
      sha: before[path],
      ...unifiedHunks({ before: read(before[path]), after: '' }),
    });
  }
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1));
}
