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
  | 'unwanted'
  | JsonObject;

const text: JsonObject = { type: 'string' };
const flag: JsonObject = { type: 'boolean' };
const amount: JsonObject = { type: 'number' };
const count: JsonObject = { type: 'integer', minimum: 0 };
const names: JsonObject = { type: 'array', items: text };
const uniqueNames: JsonObject = { ...names, uniqueItems: true };

const types: JsonValue[] = [
  'string',
  'number',
  'integer',
  'boolean',
  'object',
  'array',
  'null',
];

/** What stands in a list of `dependencies`. */
export const dependentNames = uniqueNames;

/**
 * The words of JSON Schema (draft 7) that parameters may be described with. A word that is not among them is wrong, since a
 * misspelt constraint constrains nothing.
 */
export const parameterWords: Readonly<Record<string, WordKind>> = {
  $schema: {
    enum: [
      'http://json-schema.org/draft-07/schema#',
      'http://json-schema.org/draft-07/schema',
    ],
  },
  $id: 'unwanted',
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
      {
        type: 'array',
        minItems: 1,
        uniqueItems: true,
        items: { enum: types },
      },
    ],
  },
  nullable: flag,
  const: 'any',
  enum: { type: 'array', minItems: 1, uniqueItems: true },
  // Read by forms.
  enumNames: names,
  multipleOf: { type: 'number', exclusiveMinimum: 0 },
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
  required: uniqueNames,
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
