import { changedPaths } from './changedPaths';

const before = `
spec:
  prompt: Fix it.
  execution: { maxAttempts: 1, timeoutSeconds: 60 }
  appliesTo: [{ kind: Component }]
`;

describe('changedPaths', () => {
  it('names what was changed, added and taken away, in the order of the newer text', () => {
    expect(
      changedPaths({
        before,
        after: `
spec:
  review: { autoMerge: true }
  execution: { maxAttempts: 2 }
  appliesTo: [{ kind: API }]
  prompt: Fix it.
`,
      }),
    ).toEqual([
      'spec.review',
      'spec.execution.maxAttempts',
      'spec.execution.timeoutSeconds',
      'spec.appliesTo',
    ]);
  });

  it('names nothing where only the writing differs', () => {
    expect(
      changedPaths({
        before: 'a: { b: 1 }',
        after: '# The same.\na:\n  b: 1\n',
      }),
    ).toEqual([]);
  });

  it('says that it does not know where a text is no YAML, and survives a bomb', () => {
    expect(changedPaths({ before, after: 'a: [' })).toBeUndefined();
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]']
      .concat(
        Array.from({ length: 8 }, (_, index) => {
          const to = String.fromCharCode(98 + index);
          const from = String.fromCharCode(97 + index);
          return `${to}: &${to} [${Array(9).fill(`*${from}`).join(', ')}]`;
        }),
      )
      .join('\n');
    expect(changedPaths({ before, after: bomb })).toBeUndefined();
  });
});
