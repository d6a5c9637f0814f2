import type { JsonObject, JsonValue } from '@backstage/types';

/** The widgets that the form has; an unknown one would break the whole form. */
const knownWidgets = new Set([
  'checkbox',
  'checkboxes',
  'date',
  'date-time',
  'email',
  'hidden',
  'password',
  'radio',
  'range',
  'select',
  'text',
  'textarea',
  'updown',
  'uri',
]);

/**
 * Parts the parameters of a template into the JSON Schema and the hints for the form (`ui:…`), which stand beside each
 * other in a template as they do in the scaffolder's.
 *
 * Hints that this form does not know, such as a custom field of the scaffolder, are left out: the field then has the
 * form's own look for its type.
 */
export function extractUiSchema(options: { parameters: JsonObject }): {
  schema: JsonObject;
  uiSchema: JsonObject;
} {
  return splitObject(options.parameters);
}

function splitObject(source: JsonObject): {
  schema: JsonObject;
  uiSchema: JsonObject;
} {
  const schema: JsonObject = {};
  const uiSchema: JsonObject = {};

  for (const [key, value] of Object.entries(source)) {
    if (value === undefined) {
      continue;
    }
    if (key.startsWith('ui:')) {
      if (isKnownHint(key, value)) {
        uiSchema[key] = value;
      }
    } else if (
      (key === 'properties' || key === 'definitions' || key === '$defs') &&
      isObject(value)
    ) {
      const parts: JsonObject = {};
      for (const [name, property] of Object.entries(value)) {
        if (isObject(property)) {
          const split = splitObject(property);
          parts[name] = split.schema;
          if (key === 'properties' && Object.keys(split.uiSchema).length) {
            uiSchema[name] = split.uiSchema;
          }
        } else {
          parts[name] = property;
        }
      }
      schema[key] = parts;
    } else if (key === 'items' && isObject(value)) {
      const split = splitObject(value);
      schema.items = split.schema;
      if (Object.keys(split.uiSchema).length) {
        uiSchema.items = split.uiSchema;
      }
    } else if (
      (key === 'allOf' || key === 'anyOf' || key === 'oneOf') &&
      Array.isArray(value)
    ) {
      schema[key] = value.map(one => {
        if (!isObject(one)) {
          return one;
        }
        const split = splitObject(one);
        Object.assign(uiSchema, { ...split.uiSchema, ...uiSchema });
        return split.schema;
      });
    } else if (
      (key === 'if' || key === 'then' || key === 'else') &&
      isObject(value)
    ) {
      const split = splitObject(value);
      schema[key] = split.schema;
      Object.assign(uiSchema, { ...split.uiSchema, ...uiSchema });
    } else {
      schema[key] = value;
    }
  }
  return { schema, uiSchema };
}

function isKnownHint(key: string, value: JsonValue): boolean {
  if (key === 'ui:field') {
    return false;
  }
  return (
    key !== 'ui:widget' ||
    (typeof value === 'string' && knownWidgets.has(value))
  );
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
