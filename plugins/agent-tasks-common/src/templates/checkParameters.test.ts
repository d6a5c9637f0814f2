import { JsonObject, JsonValue } from '@backstage/types';
import Ajv from 'ajv';
import fc from 'fast-check';
import { checkParameters } from './checkParameters';
import { parameterWords } from './parameterWords';

const ajv = new Ajv({
  allErrors: true,
  strict: false,
  useDefaults: true,
  logger: false,
});

/** As a launch compiles them. */
function compile(parameters: JsonObject): void {
  const schema = { additionalProperties: false, ...parameters, type: 'object' };
  ajv.compile(schema);
  ajv.removeSchema(schema);
}

function told(parameters: JsonObject): string[] {
  return checkParameters(parameters, '').map(({ message }) => message);
}

const value: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom<JsonValue>(0, 1, -1, 0.5, true, false, null, '', 'a', [], {}),
  fc.constantFrom<JsonValue>('string', 'object', 'array', 'integer', 'number'),
  fc.constantFrom<JsonValue>('^a+$', '(', '#', '#/properties/a', 'x#/y'),
  fc.constantFrom<JsonValue>(['a'], ['a', 'a'], [1, 'b'], ['string', 'null']),
);

const schemas = fc.letrec<{ schema: JsonObject; any: JsonValue }>(tie => ({
  any: fc.oneof(
    { depthSize: 'small' },
    value,
    value,
    tie('schema'),
    fc.array(tie('schema'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('a', 'b', '^a', '('), tie('schema'), {
      maxKeys: 2,
    }),
  ),
  schema: fc.dictionary(
    fc.constantFrom(...Object.keys(parameterWords), 'x', 'ui:x'),
    tie('any'),
    { maxKeys: 3 },
  ),
})).schema;

describe('checkParameters', () => {
  it('takes what scaffolder forms use', () => {
    expect(
      told({
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
          level: { type: ['string', 'null'], enum: ['a'], enumNames: ['A'] },
          more: { $ref: '#/definitions/list' },
        },
        definitions: {
          list: { type: 'array', items: { $ref: '#/definitions/item' } },
          item: { type: 'string', default: 'x' },
        },
        dependencies: { more: ['level'] },
        if: { properties: { level: { const: 'a' } } },
        then: { required: ['more'] },
      }),
    ).toEqual([]);
  });

  it('lets the same part be referred to twice, which is no circle', () => {
    expect(
      told({
        type: 'object',
        properties: {
          a: { $ref: '#/definitions/x' },
          b: { allOf: [{ $ref: '#/definitions/x' }] },
        },
        definitions: { x: { type: 'string' } },
      }),
    ).toEqual([]);
  });

  it('refuses names of schemas within hints for the form', () => {
    expect(
      told({ type: 'object', 'ui:options': { a: [{ $id: '#' }] } }),
    ).toEqual([expect.stringContaining('must not hold $id')]);
  });

  it('refuses nullable without a type, and against it', () => {
    expect(
      told({ type: 'object', properties: { a: { nullable: true } } }),
    ).toEqual([expect.stringContaining('needs a type beside it')]);
    expect(
      told({
        type: 'object',
        properties: { a: { type: ['string', 'null'], nullable: false } },
      }),
    ).toEqual([expect.stringContaining('but the type takes null')]);
  });

  it('refuses a part of more than a thousand parts', () => {
    const properties = Object.fromEntries(
      Array.from({ length: 2000 }, (_, i) => [`p${i}`, { type: 'string' }]),
    );
    expect(told({ type: 'object', properties })).toEqual([
      expect.stringContaining('has more than 1000 parts'),
    ]);
  });

  it('lets nothing through that a launch could not compile', () => {
    let taken = 0;
    fc.assert(
      fc.property(schemas, generated => {
        const parameters: JsonObject = JSON.parse(JSON.stringify(generated));
        fc.pre(told(parameters).length === 0);
        taken += 1;
        compile(parameters);
      }),
      { numRuns: 2000 },
    );
    expect(taken).toBeGreaterThan(100);
  });
});
