import { addLimits, limitsOfChange } from './limitsOfChange';

const constraints = {
  allowedPaths: ['src/**', 'docs/**'],
  forbiddenPaths: ['.github/**'],
  maxChangedFiles: 20,
  maxChangedLines: 1,
};

describe('limitsOfChange', () => {
  it('tells what a change may touch, and how much', () => {
    expect(limitsOfChange({ constraints })).toEqual([
      'touches nothing but src/** and docs/**',
      'does not touch .github/**',
      'changes at most 20 files',
      'adds and deletes at most 1 line',
    ]);
  });

  it.each([undefined, {}, { forbiddenSecrets: ['*PROD*'] }])(
    'tells nothing of %j',
    none => {
      expect(limitsOfChange({ constraints: none })).toEqual([]);
    },
  );
});

describe('addLimits', () => {
  const prompt = {
    text: 'Do it.',
    segments: [{ text: 'Do it.', source: 'parameters.what' }],
  };

  it('puts the limits behind everything else, as words of the template', () => {
    const { text, segments } = addLimits(prompt, { constraints });
    expect(text).toBe(segments.map(one => one.text).join(''));
    expect(segments[0]).toEqual(prompt.segments[0]);
    expect(segments.slice(1)).toEqual([
      {
        text: expect.stringMatching(
          /^\n\nWhatever is said above.*\n- The change touches nothing but src\/\*\* and docs\/\*\*\.\n/,
        ),
      },
    ]);
  });

  it('leaves a prompt as it is where the template has none', () => {
    expect(addLimits(prompt, {})).toBe(prompt);
  });
});
