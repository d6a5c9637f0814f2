import { Schema } from './openApiSchemas';

/** A parameter of an operation. */
export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema?: Schema;
}

/** What GitHub's description says about one operation. */
export interface OperationContract {
  parameters: Parameter[];
  body?: { schema: Schema; required: boolean };
  /** Status to the schema of its JSON body; `undefined`: no JSON body is described. */
  responses: Map<string, Schema | undefined>;
}

/** As much of an OpenAPI document as is read. */
export interface OpenApiDocument {
  paths: Record<string, Record<string, unknown>>;
  components: Record<string, Record<string, Schema>>;
}

/**
 * Cuts one operation out of the document.
 *
 * @throws Error where GitHub has no such operation
 */
export function readOperation(options: {
  document: OpenApiDocument;
  /** Such as `GET /user`. */
  operation: string;
}): OperationContract {
  const { document, operation } = options;
  const [method, path] = operation.split(' ');
  const found = document.paths[path]?.[method.toLocaleLowerCase('en-US')] as
    | {
        parameters?: (Parameter | { $ref: string })[];
        requestBody?: {
          required?: boolean;
          content: Record<string, { schema: Schema }>;
        };
        responses: Record<
          string,
          { $ref?: string; content?: Record<string, { schema?: Schema }> }
        >;
      }
    | undefined;
  if (!found) {
    throw new Error(`GitHub has no operation ${operation}`);
  }
  const resolve = <T>(value: T | { $ref: string }): T => {
    if (value && typeof value === 'object' && '$ref' in value) {
      const [, , section, name] = value.$ref.split('/');
      return document.components[section][name] as T;
    }
    return value as T;
  };
  const body = found.requestBody?.content['application/json'];
  const responses = new Map<string, Schema | undefined>();
  for (const [status, response] of Object.entries(found.responses)) {
    const { content } = resolve<{
      content?: Record<string, { schema?: Schema }>;
    }>(response as { $ref: string });
    const schema = content?.['application/json']?.schema;
    responses.set(status, schema && correctAccount(schema));
  }
  return {
    parameters: (found.parameters ?? []).map(parameter =>
      resolve<Parameter>(parameter),
    ),
    body: body && {
      schema: body.schema,
      required: found.requestBody?.required ?? false,
    },
    responses,
  };
}

/**
 * The list of installations says that an account is a user and an enterprise in one (`allOf`), which nothing can be;
 * a single installation says rightly that it is one of them.
 */
function correctAccount(schema: Schema): Schema {
  const items = schema.items as Schema | undefined;
  const properties = items?.properties as Record<string, Schema> | undefined;
  const account = properties?.account;
  if (!account?.allOf) {
    return schema;
  }
  const { allOf, ...rest } = account;
  return {
    ...schema,
    items: {
      ...items,
      properties: { ...properties, account: { ...rest, anyOf: allOf } },
    },
  };
}
