import { JsonObject, JsonValue } from '@backstage/types';
import { closestName } from './closestName';
import { matchesPattern } from './patterns';
import { Finding, pointTo, toName } from './TemplateProblem';

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function typeOf(value: JsonValue): string {
  if (value === null) {
    return 'null';
  }
  if (Array.isArray(value)) {
    return 'array';
  }
  if (typeof value === 'number') {
    return Number.isInteger(value) ? 'integer' : 'number';
  }
  return typeof value;
}

function isOfType(value: JsonValue, type: string): boolean {
  const actual = typeOf(value);
  return actual === type || (type === 'number' && actual === 'integer');
}

const typeNames: Record<string, string> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object with fields',
  null: 'null',
};

/** What a value is, short enough for a sentence. */
export function quote(value: JsonValue | undefined): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function toList(names: readonly string[]): string {
  return names.join(', ');
}

/**
 * What of a value does not fit a schema, in sentences for its author. It interprets the part of JSON Schema that our own
 * schema is written in, and so needs no code made at run time, which a browser may forbid.
 */
export function checkShape(
  value: JsonValue,
  schema: JsonObject,
  path = '',
): Finding[] {
  const name = toName(path) || 'The template';
  const wrong = (message: string): Finding => ({
    path,
    message: `${name} ${message}`,
    severity: 'error',
  });

  if (Array.isArray(schema.anyOf)) {
    return checkChoice(value, schema.anyOf as JsonObject[], path, wrong);
  }
  if ('const' in schema && value !== schema.const) {
    return [wrong(`must be ${quote(schema.const)}; it is ${quote(value)}.`)];
  }
  if (Array.isArray(schema.enum) && !schema.enum.includes(value)) {
    const close =
      typeof value === 'string'
        ? closestName(value, schema.enum.map(String))
        : undefined;
    return [
      wrong(
        `must be one of ${toList(schema.enum.map(String))}; it is ${quote(
          value,
        )}.${close ? ` Did you mean '${close}'?` : ''}`,
      ),
    ];
  }
  const types = [schema.type ?? []].flat() as string[];
  if (types.length && !types.some(type => isOfType(value, type))) {
    return [
      wrong(
        `must be ${types
          .map(type => typeNames[type] ?? type)
          .join(' or ')}; it is ${quote(value)}.`,
      ),
    ];
  }
  if (typeof value === 'string') {
    return checkText(value, schema, wrong);
  }
  if (typeof value === 'number') {
    return checkNumber(value, schema, wrong);
  }
  if (Array.isArray(value)) {
    return [
      ...checkCount(value.length, schema.minItems, schema.maxItems, wrong),
      ...(schema.uniqueItems === true ? checkUnique(value, wrong) : []),
      ...(isObject(schema.items)
        ? value.flatMap((item, index) =>
            checkShape(item, schema.items as JsonObject, pointTo(path, index)),
          )
        : []),
    ];
  }
  if (isObject(value)) {
    return checkObject(value, schema, path, wrong);
  }
  return [];
}

type Wrong = (message: string) => Finding;

function checkText(value: string, schema: JsonObject, wrong: Wrong): Finding[] {
  const { minLength, maxLength, pattern } = schema;
  if (typeof minLength === 'number' && value.length < minLength) {
    return [
      wrong(
        minLength === 1
          ? 'must not be empty. Write something.'
          : `must have at least ${minLength} characters; it has ${value.length}.`,
      ),
    ];
  }
  if (typeof maxLength === 'number' && value.length > maxLength) {
    return [
      wrong(
        `has ${value.length} characters; the most is ${maxLength}. Shorten it.`,
      ),
    ];
  }
  if (typeof pattern === 'string' && !matchesPattern(pattern, value)) {
    return [
      wrong(
        value.trim() === ''
          ? 'must not be blank. Write something.'
          : `must match ${pattern}; it is ${quote(value)}.`,
      ),
    ];
  }
  return [];
}

function checkNumber(
  value: number,
  schema: JsonObject,
  wrong: Wrong,
): Finding[] {
  const { minimum, maximum, exclusiveMinimum } = schema;
  if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum) {
    return [wrong(`must be more than ${exclusiveMinimum}; it is ${value}.`)];
  }
  const low = typeof minimum === 'number' ? minimum : undefined;
  const high = typeof maximum === 'number' ? maximum : undefined;
  if (
    (low === undefined || value >= low) &&
    (high === undefined || value <= high)
  ) {
    return [];
  }
  const range =
    low !== undefined && high !== undefined
      ? `from ${low} to ${high}`
      : `${low === undefined ? 'at most' : 'at least'} ${low ?? high}`;
  return [wrong(`must be ${range}; it is ${value}.`)];
}

function checkUnique(values: JsonValue[], wrong: Wrong): Finding[] {
  const seen = new Set<string>();
  for (const value of values) {
    const text = JSON.stringify(value);
    if (seen.has(text)) {
      return [wrong(`has ${quote(value)} twice. Remove one of the two.`)];
    }
    seen.add(text);
  }
  return [];
}

function checkCount(
  count: number,
  min: JsonValue | undefined,
  max: JsonValue | undefined,
  wrong: Wrong,
): Finding[] {
  if (typeof min === 'number' && count < min) {
    return [wrong('must not be empty. Fill it, or remove it.')];
  }
  if (typeof max === 'number' && count > max) {
    return [wrong(`has ${count} entries; the most is ${max}. Remove some.`)];
  }
  return [];
}

function checkObject(
  value: JsonObject,
  schema: JsonObject,
  path: string,
  wrong: Wrong,
): Finding[] {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const known = Object.keys(properties);
  const unknown = Object.keys(value).filter(
    key => !Object.hasOwn(properties, key),
  );
  const required = Array.isArray(schema.required) ? schema.required : [];
  const missing = (required as string[]).filter(
    key => !Object.hasOwn(value, key) || value[key] === undefined,
  );
  const findings = checkCount(
    Object.keys(value).length,
    schema.minProperties,
    undefined,
    wrong,
  );
  for (const key of missing) {
    findings.push({
      path: pointTo(path, key),
      message: `${toName(pointTo(path, key))} is missing. Add it.`,
      severity: 'error',
    });
  }
  for (const key of unknown) {
    const at = pointTo(path, key);
    if (schema.additionalProperties === false) {
      const close = closestName(
        key,
        // What stands there already was not meant.
        known.filter(one => !Object.hasOwn(value, one)),
      );
      findings.push({
        path: at,
        message: `${toName(at)} is not a field of a template. ${
          close
            ? `Did you mean '${close}'?`
            : `Remove it, or use one of ${toList(known)}.`
        }`,
        severity: 'error',
        atKey: true,
      });
    } else {
      if (isObject(schema.propertyNames)) {
        findings.push(
          ...checkShape(key, schema.propertyNames, at).map(finding => ({
            ...finding,
            atKey: true,
          })),
        );
      }
      if (isObject(schema.additionalProperties)) {
        findings.push(
          ...checkShape(value[key] ?? null, schema.additionalProperties, at),
        );
      }
    }
  }
  for (const key of known) {
    const inner = value[key];
    if (inner !== undefined) {
      findings.push(
        ...checkShape(inner, properties[key] as JsonObject, pointTo(path, key)),
      );
    }
  }
  return findings;
}

/** Where none of several shapes fits, one sentence says so, instead of one for each shape. */
function checkChoice(
  value: JsonValue,
  choices: JsonObject[],
  path: string,
  wrong: Wrong,
): Finding[] {
  if (choices.some(choice => !checkShape(value, choice, path).length)) {
    return [];
  }
  const describe = (choice: JsonObject): string => {
    if (choice.type === 'array' && isObject(choice.items)) {
      return 'a list of texts';
    }
    if (choice.type === 'string' && typeof choice.pattern === 'string') {
      return 'a share such as 25%';
    }
    return `${typeNames[String(choice.type)] ?? choice.type}${
      typeof choice.minimum === 'number'
        ? ` from ${choice.minimum} to ${choice.maximum}`
        : ''
    }`;
  };
  return [
    wrong(
      `must be ${choices.map(describe).join(' or ')}; it is ${quote(value)}.`,
    ),
  ];
}
