import { applyPatch } from 'diff';
import fc from 'fast-check';
import { blobSha, diffTrees, unifiedHunks } from './diffTrees';

describe('unifiedHunks', () => {
  it('is a patch that turns the one text into the other', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', 'd', ''), { maxLength: 30 })
      .map(lines => lines.map(line => `${line}\n`).join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { patch, additions, deletions } = unifiedHunks({ before, after });
        const whole = `--- a\n+++ b\n${patch}\n`;
        expect(applyPatch(before, whole)).toBe(after);
        const count = (value: string) => value.split('\n').length - 1;
        expect(additions - deletions).toBe(count(after) - count(before));
      }),
    );
  });

  it('looks as GitHub shows it', () => {
    expect(unifiedHunks({ before: '', after: 'a\nb\n' }).patch).toBe(
      '@@ -0,0 +1,2 @@\n+a\n+b',
    );
    expect(unifiedHunks({ before: 'a\n', after: 'b' }).patch).toBe(
      '@@ -1,1 +1,1 @@\n-a\n+b\n\\ No newline at end of file',
    );
  });
});

describe('diffTrees', () => {
  it('finds additions, removals, changes and renames', () => {
    const blobs = new Map<string, string>();
    const tree = (files: Record<string, string>) =>
      Object.fromEntries(
        Object.entries(files).map(([path, content]) => {
          blobs.set(blobSha(content), content);
          return [path, blobSha(content)];
        }),
      );
    const changes = diffTrees({
      before: tree({
        kept: 'k\n',
        gone: 'completely different\n',
        old: '1\n2\n3\n4\n',
        edited: 'a\n',
      }),
      after: tree({
        kept: 'k\n',
        fresh: 'f\n',
        new: '1\n2\n3\n5\n',
        edited: 'b\n',
      }),
      read: sha => blobs.get(sha)!,
    });
    expect(
      changes.map(({ path, status, previousPath }) => [
        path,
        status,
        previousPath,
      ]),
    ).toEqual([
      ['edited', 'modified', undefined],
      ['fresh', 'added', undefined],
      ['gone', 'removed', undefined],
      ['new', 'renamed', 'old'],
    ]);
  });

  it('names contents as git does', () => {
    expect(blobSha('hello\n')).toBe('ce013625030ba8dba906f756967f9e9ca394464a');
  });
});
