import { diffLines, diffWordsWithSpace } from 'diff';

/** A part of a line; `isChanged` where the other text has something else in its place. */
export interface LinePart {
  text: string;
  isChanged: boolean;
}

/** A line of one of the texts, with its number there. */
export interface ComparedLine {
  number: number;
  parts: LinePart[];
}

/** What stands beside each other: the same line twice, or what was taken away and what came in its place. */
export interface ComparedRow {
  kind: 'same' | 'changed';
  before?: ComparedLine;
  after?: ComparedLine;
}

/** Rows that nothing changed in, out of sight. */
export interface FoldedRows {
  kind: 'folded';
  rows: ComparedRow[];
}

/** Two texts beside each other. */
export interface Comparison {
  rows: ComparedRow[];
  added: number;
  removed: number;
}

/** Beyond this a line is compared as a whole: a comparison by words of long lines is slow, and nobody reads it. */
const LONGEST_COMPARED_LINE = 2_000;

function toLines(text: string): string[] {
  const lines = text.split('\n');
  // What ends with a line break has no further line behind it.
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function compareLine(
  before: string,
  after: string,
): { before: LinePart[]; after: LinePart[] } {
  if (before.length + after.length > LONGEST_COMPARED_LINE) {
    return {
      before: [{ text: before, isChanged: true }],
      after: [{ text: after, isChanged: true }],
    };
  }
  const parts = diffWordsWithSpace(before, after);
  return {
    before: parts
      .filter(({ added }) => !added)
      .map(({ value, removed }) => ({ text: value, isChanged: removed })),
    after: parts
      .filter(({ removed }) => !removed)
      .map(({ value, added }) => ({ text: value, isChanged: added })),
  };
}

/** Compares two texts line by line, and lines that took the place of others word by word. */
export function compareTexts(options: {
  before: string;
  after: string;
}): Comparison {
  const blocks = diffLines(withEnd(options.before), withEnd(options.after));
  const rows: ComparedRow[] = [];
  let beforeNumber = 0;
  let afterNumber = 0;
  let added = 0;
  let removed = 0;
  for (let index = 0; index < blocks.length; index++) {
    const block = blocks[index];
    if (!block.added && !block.removed) {
      for (const text of toLines(block.value)) {
        const parts = [{ text, isChanged: false }];
        rows.push({
          kind: 'same',
          before: { number: ++beforeNumber, parts },
          after: { number: ++afterNumber, parts },
        });
      }
      continue;
    }
    // What goes stands before what comes in its place.
    const next = blocks[index + 1];
    const isReplaced = Boolean(block.removed && next?.added);
    const gone = block.removed ? toLines(block.value) : [];
    let come: string[] = [];
    if (isReplaced) {
      come = toLines(next.value);
      index++;
    } else if (block.added) {
      come = toLines(block.value);
    }
    added += come.length;
    removed += gone.length;
    for (let line = 0; line < Math.max(gone.length, come.length); line++) {
      const hasBefore = line < gone.length;
      const hasAfter = line < come.length;
      const parts =
        hasBefore && hasAfter
          ? compareLine(gone[line], come[line])
          : {
              before: [{ text: gone[line], isChanged: false }],
              after: [{ text: come[line], isChanged: false }],
            };
      rows.push({
        kind: 'changed',
        before: hasBefore
          ? { number: ++beforeNumber, parts: parts.before }
          : undefined,
        after: hasAfter
          ? { number: ++afterNumber, parts: parts.after }
          : undefined,
      });
    }
  }
  return { rows, added, removed };
}

/** Whether the last line ends with a break is no difference that anybody wants to read about. */
function withEnd(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

/** Leaves some lines around each change in sight, and folds the rest. */
export function foldRows(options: {
  rows: ComparedRow[];
  /** Lines that stay in sight before and behind a change. */
  around: number;
}): (ComparedRow | FoldedRows)[] {
  const { rows, around } = options;
  const isShown = new Array<boolean>(rows.length).fill(false);
  rows.forEach(({ kind }, index) => {
    if (kind === 'changed') {
      const last = Math.min(rows.length - 1, index + around);
      for (let near = Math.max(0, index - around); near <= last; near++) {
        isShown[near] = true;
      }
    }
  });
  const folded: (ComparedRow | FoldedRows)[] = [];
  rows.forEach((row, index) => {
    const last = folded.at(-1);
    if (isShown[index]) {
      folded.push(row);
    } else if (last?.kind === 'folded') {
      last.rows.push(row);
    } else {
      folded.push({ kind: 'folded', rows: [row] });
    }
  });
  // A fold of one line takes as much room as the line.
  return folded.map(one =>
    one.kind === 'folded' && one.rows.length === 1 ? one.rows[0] : one,
  );
}
