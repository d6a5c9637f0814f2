import { toError } from '@backstage/errors';
import { JsonObject, JsonValue } from '@backstage/types';
import Ajv from 'ajv';

/** Words that forms read and validation does not. */
const FORM_VOCABULARY = ['enumNames'];

/**
 * What is wrong with the parameters of a template as a JSON Schema, each in a sentence for its author. A word that JSON
 * Schema does not know is wrong, since a misspelt constraint constrains nothing.
 *
 * @param parameters - a JSON Schema of type `object`; keys that begin with `ui:` are for the form and not looked at
 */
export function findParameterProblems(parameters: JsonObject): string[] {
  const ajv = new Ajv({
    allErrors: true,
    strictSchema: true,
    strictTypes: false,
    // Which formats exist is known to the form and to the launch, which both bring their own.
    validateFormats: false,
    logger: false,
  });
  ajv.addVocabulary(FORM_VOCABULARY);
  const schema = withoutFormKeys(parameters) as JsonObject;
  try {
    ajv.compile(schema);
  } catch (error) {
    return [
      `is no valid JSON Schema (${
        toError(error).message
      }); correct it as https://json-schema.org/understanding-json-schema says`,
    ];
  }
  const { properties, required } = schema as {
    properties?: JsonObject;
    required?: string[];
  };
  return (required ?? [])
    .filter(name => !Object.hasOwn(properties ?? {}, name))
    .map(
      name =>
        `'${name}' is required but not declared; add it to properties or remove it from required`,
    );
}

function withoutFormKeys(value: JsonValue | undefined): JsonValue | undefined {
  if (Array.isArray(value)) {
    return value.map(item => withoutFormKeys(item) as JsonValue);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !key.startsWith('ui:'))
      .map(([key, item]) => [key, withoutFormKeys(item)]),
  );
}
