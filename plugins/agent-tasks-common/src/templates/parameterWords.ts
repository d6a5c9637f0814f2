import { JsonObject, JsonValue } from '@backstage/types';

/** What the value of a word of JSON Schema has to be. */
export type WordKind =
  | 'schema'
  | 'schemas'
  | 'schema-map'
  | 'items'
  | 'dependencies'
  | 'pattern'
  | 'reference'
  | 'any'
  | JsonObject;

const text: JsonObject = { type: 'string' };
const flag: JsonObject = { type: 'boolean' };
const amount: JsonObject = { type: 'number' };
const count: JsonObject = { type: 'integer', minimum: 0 };
const names: JsonObject = { type: 'array', items: text };

const types: JsonValue[] = [
  'string',
  'number',
  'integer',
  'boolean',
  'object',
  'array',
  'null',
];

/**
 * The words of JSON Schema (draft 7) that parameters may be described with. A word that is not among them is wrong, since a
 * misspelt constraint constrains nothing.
 */
export const parameterWords: Readonly<Record<string, WordKind>> = {
  $schema: text,
  $id: text,
  $comment: text,
  $ref: 'reference',
  $defs: 'schema-map',
  definitions: 'schema-map',
  title: text,
  description: text,
  default: 'any',
  examples: { type: 'array' },
  deprecated: flag,
  readOnly: flag,
  writeOnly: flag,
  type: {
    anyOf: [
      { enum: types },
      { type: 'array', minItems: 1, items: { enum: types } },
    ],
  },
  nullable: flag,
  const: 'any',
  enum: { type: 'array', minItems: 1 },
  // Read by forms.
  enumNames: names,
  multipleOf: amount,
  minimum: amount,
  maximum: amount,
  exclusiveMinimum: amount,
  exclusiveMaximum: amount,
  minLength: count,
  maxLength: count,
  pattern: 'pattern',
  format: text,
  contentEncoding: text,
  contentMediaType: text,
  items: 'items',
  additionalItems: 'schema',
  contains: 'schema',
  minItems: count,
  maxItems: count,
  uniqueItems: flag,
  properties: 'schema-map',
  patternProperties: 'schema-map',
  additionalProperties: 'schema',
  propertyNames: 'schema',
  required: names,
  minProperties: count,
  maxProperties: count,
  dependencies: 'dependencies',
  if: 'schema',
  then: 'schema',
  else: 'schema',
  allOf: 'schemas',
  anyOf: 'schemas',
  oneOf: 'schemas',
  not: 'schema',
};
