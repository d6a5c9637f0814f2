import { closestName } from './closestName';

const names = ['prompt', 'parameters', 'timeoutSeconds', 'type', 'owner'];

describe('closestName', () => {
  it.each([
    ['promt', 'prompt'],
    ['prmopt', 'prompt'],
    ['Prompt', 'prompt'],
    ['parameter', 'parameters'],
    ['timeout', 'timeoutSeconds'],
    ['timeout_seconds', 'timeoutSeconds'],
    ['tpye', 'type'],
    ['owners', 'owner'],
  ])('takes %s for %s', (written, meant) => {
    expect(closestName(written, names)).toBe(meant);
  });

  it.each(['colour', 'x', '', 'seconds', 'p'.repeat(10_000)])(
    'takes %s for nothing',
    written => {
      expect(closestName(written, names)).toBeUndefined();
    },
  );

  it('knows nothing where there is nothing', () => {
    expect(closestName('prompt', [])).toBeUndefined();
  });
});
