import fc from 'fast-check';
import { type ComparedLine, compareTexts, foldRows } from './compareTexts';

const textOf = (line: ComparedLine | undefined) =>
  line?.parts.map(({ text }) => text).join('');

describe('compareTexts', () => {
  it('puts a line beside the one that took its place, and marks the words', () => {
    const { rows, added, removed } = compareTexts({
      before: 'name: bump\nmaxAttempts: 2\nend: yes\n',
      after: 'name: bump\nmaxAttempts: 3\nnew: line\nend: yes\n',
    });
    expect({ added, removed }).toEqual({ added: 2, removed: 1 });
    expect(
      rows.map(({ kind, before, after }) => [
        kind,
        before?.number,
        textOf(before),
        after?.number,
        textOf(after),
      ]),
    ).toEqual([
      ['same', 1, 'name: bump', 1, 'name: bump'],
      ['changed', 2, 'maxAttempts: 2', 2, 'maxAttempts: 3'],
      ['changed', undefined, undefined, 3, 'new: line'],
      ['same', 3, 'end: yes', 4, 'end: yes'],
    ]);
    expect(rows[1].after?.parts.filter(part => part.isChanged)).toEqual([
      { text: '3', isChanged: true },
    ]);
  });

  it('does not take a missing break at the end for a change', () => {
    expect(compareTexts({ before: 'a\nb', after: 'a\nb\n' })).toMatchObject({
      added: 0,
      removed: 0,
    });
  });

  it('gives back both texts, whatever they are', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', '', 'c d', 'c e'));
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const { rows, added, removed } = compareTexts({
          before: before.map(line => `${line}\n`).join(''),
          after: after.map(line => `${line}\n`).join(''),
        });
        const left = rows.flatMap(row => row.before ?? []);
        const right = rows.flatMap(row => row.after ?? []);
        expect(left.map(textOf)).toEqual(before);
        expect(right.map(textOf)).toEqual(after);
        expect(left.map(({ number }) => number)).toEqual(
          before.map((_, index) => index + 1),
        );
        expect(after.length - before.length).toBe(added - removed);
      }),
    );
  });
});

describe('foldRows', () => {
  const numbers = (count: number, changed?: number) =>
    Array.from({ length: count }, (_, index) =>
      index === changed ? 'changed' : `line ${index}`,
    ).join('\n');

  it('keeps what is near a change, and folds the rest', () => {
    const { rows } = compareTexts({
      before: numbers(20),
      after: numbers(20, 10),
    });
    const folded = foldRows({ rows, around: 3 });
    expect(
      folded.map(row => (row.kind === 'folded' ? row.rows.length : row.kind)),
    ).toEqual([
      7,
      'same',
      'same',
      'same',
      'changed',
      'same',
      'same',
      'same',
      6,
    ]);
  });

  it('does not fold a single line', () => {
    const { rows } = compareTexts({
      before: numbers(8),
      after: numbers(8, 4),
    });
    expect(foldRows({ rows, around: 3 })[0]).toMatchObject({ kind: 'same' });
  });
});
