/** A schema, of OpenAPI or JSON Schema. */
export type Schema = { [keyword: string]: unknown };

/** Keywords whose value is a schema, a list or a record of schemas. */
const SINGLE = ['items', 'not', 'additionalProperties'];
const LISTS = ['allOf', 'anyOf', 'oneOf'];

/**
 * Turns a schema of OpenAPI 3.0 into one of JSON Schema: `nullable`, boolean `exclusiveMinimum`, references.
 *
 * A strict schema also refuses properties that the contract does not name: one that is misspelt would otherwise pass.
 * Where schemas are combined, the refusal stands around the combination.
 */
export function toJsonSchema(options: {
  schema: Schema;
  strict: boolean;
  /** Whether it is a part of a combination. */
  combined?: boolean;
}): Schema {
  const { strict, combined = false } = options;
  const schema = options.schema;
  if (typeof schema.$ref === 'string') {
    const variant = strict && !combined ? 'strict' : 'loose';
    return { $ref: `${variant}${schema.$ref}` };
  }
  const result: Schema = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (SINGLE.includes(keyword) && isSchema(value)) {
      result[keyword] = toJsonSchema({ schema: value, strict });
    } else if (LISTS.includes(keyword) && Array.isArray(value)) {
      result[keyword] = value.map(part =>
        toJsonSchema({ schema: part, strict, combined: true }),
      );
    } else if (keyword === 'properties' && isSchema(value)) {
      result.properties = Object.fromEntries(
        Object.entries(value).map(([name, property]) => [
          name,
          toJsonSchema({ schema: property as Schema, strict }),
        ]),
      );
    } else if (
      ![
        'nullable',
        'example',
        'examples',
        'discriminator',
        'xml',
        'externalDocs',
        'deprecated',
        'description',
        'title',
      ].includes(keyword)
    ) {
      result[keyword] = value;
    }
  }
  for (const bound of ['Minimum', 'Maximum']) {
    const exclusive = `exclusive${bound}`;
    const inclusive = bound.toLocaleLowerCase('en-US');
    if (result[exclusive] === true) {
      result[exclusive] = result[inclusive];
      delete result[inclusive];
    } else if (result[exclusive] === false) {
      delete result[exclusive];
    }
  }
  // GitHub's own list of permissions lags behind: `agent_tasks` is not on it.
  const isOpen = schema.title === 'App Permissions';
  if (strict && !combined && !isOpen) {
    const isCombination = LISTS.some(keyword => keyword in result);
    if (isCombination) {
      result.unevaluatedProperties = false;
    } else if (result.properties && !('additionalProperties' in result)) {
      result.additionalProperties = false;
    }
  }
  return schema.nullable === true ? nullable(result) : result;
}

/** The names of component schemas that a schema refers to, those that these refer to included. */
export function collectReferences(options: {
  schema: unknown;
  components: Record<string, Schema>;
  into: Set<string>;
}): void {
  const { schema, components, into } = options;
  if (Array.isArray(schema)) {
    schema.forEach(part =>
      collectReferences({ schema: part, components, into }),
    );
  } else if (isSchema(schema)) {
    for (const [keyword, value] of Object.entries(schema)) {
      if (keyword === '$ref' && typeof value === 'string') {
        const name = value.replace('#/components/schemas/', '');
        if (!into.has(name) && components[name]) {
          into.add(name);
          collectReferences({ schema: components[name], components, into });
        }
      } else if (!['example', 'examples', 'enum'].includes(keyword)) {
        collectReferences({ schema: value, components, into });
      }
    }
  }
}

function nullable(schema: Schema): Schema {
  if (typeof schema.type === 'string' && !('enum' in schema)) {
    return { ...schema, type: [schema.type, 'null'] };
  }
  return { anyOf: [schema, { type: 'null' }] };
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
