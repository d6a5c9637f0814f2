import { findParameterProblems } from './findParameterProblems';

describe('findParameterProblems', () => {
  it('accepts what scaffolder forms use', () => {
    expect(
      findParameterProblems({
        type: 'object',
        required: ['version'],
        'ui:order': ['version'],
        properties: {
          version: {
            type: 'string',
            format: 'semver',
            pattern: '^\\d+$',
            'ui:widget': 'textarea',
            'ui:options': { rows: 3 },
          },
          level: { type: 'string', enum: ['a'], enumNames: ['A'] },
        },
      }),
    ).toEqual([]);
  });

  it.each([
    ['a type that does not exist', { version: { type: 'strin' } }],
    ['a misspelt constraint', { version: { type: 'string', maxLenght: 3 } }],
    ['a pattern that does not compile', { version: { pattern: '(' } }],
    ['a reference to nowhere', { version: { $ref: '#/definitions/x' } }],
  ])('refuses %s', (_, properties) => {
    expect(findParameterProblems({ type: 'object', properties })).toEqual([
      expect.stringMatching(
        /^is no valid JSON Schema \(.+\); correct it as https:/,
      ),
    ]);
  });

  it('refuses to require what is not declared', () => {
    expect(
      findParameterProblems({
        type: 'object',
        required: ['version'],
        properties: { verison: { type: 'string' } },
      }),
    ).toEqual([
      "'version' is required but not declared; add it to properties or remove it from required",
    ]);
  });
});
