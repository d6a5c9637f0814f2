import { readFileSync } from 'fs';
import Ajv2019, { ValidateFunction } from 'ajv/dist/2019';
import addFormats from 'ajv-formats';
import { GitHubError } from '../errors';
import { collectReferences, Schema, toJsonSchema } from './openApiSchemas';
import {
  OpenApiDocument,
  OperationContract,
  Parameter,
  readOperation,
} from './readOperation';

interface Validators {
  path: ValidateFunction;
  query: ValidateFunction;
  queryNames: Set<string>;
  body?: ValidateFunction;
  strictBody?: ValidateFunction;
}

/** GitHub's body of a refusal. */
const ERROR_SCHEMA: Schema = {
  type: 'object',
  required: ['message', 'documentation_url', 'status'],
  additionalProperties: false,
  properties: {
    message: { type: 'string' },
    documentation_url: { type: 'string' },
    status: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['code'],
        additionalProperties: false,
        properties: {
          resource: { type: 'string' },
          field: { type: 'string' },
          code: { type: 'string' },
          message: { type: 'string' },
        },
      },
    },
  },
};

/** What is left of the document once the served operations are cut out, shared in the process. */
let shared: { operations: string; contract: OpenApiContract } | undefined;

/**
 * GitHub's own description of its REST API, as far as it is served.
 *
 * The document has 13 MB: it is read once, at the first request, and only the operations that are served are kept.
 */
export class OpenApiContract {
  readonly #operations = new Map<string, OperationContract>();
  readonly #lenient: Ajv2019;
  readonly #coercing: Ajv2019;
  readonly #validators = new Map<string, Validators>();
  readonly #responses = new Map<string, ValidateFunction>();

  private constructor(document: OpenApiDocument, operations: string[]) {
    const options = {
      strict: false,
      allErrors: true,
      logger: false as const,
      allowUnionTypes: true,
    };
    this.#lenient = new Ajv2019(options);
    this.#coercing = new Ajv2019({
      ...options,
      coerceTypes: 'array',
      useDefaults: true,
    });
    const components = document.components.schemas;
    const names = new Set<string>();
    for (const operation of operations) {
      const contract = readOperation({ document, operation });
      this.#operations.set(operation, contract);
      collectReferences({
        schema: [
          contract.body?.schema,
          ...contract.responses.values(),
          ...contract.parameters.map(parameter => parameter.schema),
        ],
        components,
        into: names,
      });
    }
    for (const ajv of [this.#lenient, this.#coercing]) {
      addFormats(ajv);
      for (const strict of [true, false]) {
        ajv.addSchema({
          $id: strict ? 'strict' : 'loose',
          components: {
            schemas: Object.fromEntries(
              [...names].map(name => [
                name,
                toJsonSchema({
                  schema: components[name],
                  strict,
                  combined: !strict,
                }),
              ]),
            ),
          },
        });
      }
    }
  }

  /** @param operations - such as `GET /repos/{owner}/{repo}`; one that GitHub does not have is an error */
  static load(operations: string[]): OpenApiContract {
    const key = operations.join();
    if (shared?.operations !== key) {
      const path =
        require.resolve('@octokit/openapi/generated/api.github.com.json');
      const document = JSON.parse(
        readFileSync(path, 'utf8'),
      ) as OpenApiDocument;
      shared = {
        operations: key,
        contract: new OpenApiContract(document, operations),
      };
    }
    return shared.contract;
  }

  /** The operations that are checked. */
  get operations(): string[] {
    return [...this.#operations.keys()];
  }

  /**
   * Checks parameters and body, and gives the query its types and defaults.
   *
   * @throws GitHubError 404 for a path parameter of the wrong type, 422 for a query or body that does not fit
   */
  checkRequest(options: {
    operation: string;
    params: Record<string, string>;
    search: URLSearchParams;
    body: unknown;
  }): { query: Record<string, unknown>; body: Record<string, unknown> } {
    const { operation, params, search } = options;
    const validators = this.#validatorsOf(operation);
    if (!validators.path({ ...params })) {
      throw GitHubError.notFound();
    }
    const query = parseQuery(search, this.#operations.get(operation)!);
    if (!validators.query(query)) {
      throw invalidRequest(operation, validators.query);
    }
    const body = options.body ?? {};
    if (validators.body && !validators.body(body)) {
      throw invalidRequest(operation, validators.body);
    }
    return { query, body: body as Record<string, unknown> };
  }

  /** What a client sent that GitHub ignores: most likely a mistake of the client. */
  unknownInRequest(options: {
    operation: string;
    search: URLSearchParams;
    body: unknown;
  }): string[] {
    const { operation, search, body } = options;
    const validators = this.#validatorsOf(operation);
    const problems = [...search.keys()]
      .map(name => name.replace(/\[\]$/, ''))
      .filter(name => !validators.queryNames.has(name))
      .map(name => `query: ${name} is unknown`);
    if (body && validators.strictBody && !validators.strictBody(body)) {
      problems.push(...describe(validators.strictBody, 'body'));
    }
    return problems;
  }

  /** What in an answer does not fit; an empty list when all does. */
  checkResponse(options: {
    operation: string;
    status: number;
    body: unknown;
  }): string[] {
    const { operation, status, body } = options;
    const { responses } = this.#operations.get(operation)!;
    const key = String(status);
    if (!responses.has(key)) {
      // The contract leaves out most refusals; their body is always the same.
      return status >= 400
        ? this.#check('error', ERROR_SCHEMA, body)
        : [`status ${status} is not in the contract`];
    }
    const schema = responses.get(key);
    if (!schema) {
      return body === undefined || status >= 300
        ? []
        : ['a body where the contract has none'];
    }
    // GitHub adds `status` and details to refusals, beside what the contract names.
    return this.#check(
      `${operation} ${key}`,
      toJsonSchema({ schema, strict: status < 400, combined: status >= 400 }),
      body,
    );
  }

  #check(key: string, schema: Schema, body: unknown): string[] {
    let validate = this.#responses.get(key);
    if (!validate) {
      validate = this.#lenient.compile(schema);
      this.#responses.set(key, validate);
    }
    // Checked as the client will read it: without `undefined`, with dates as text.
    const asRead = body === undefined ? null : JSON.parse(JSON.stringify(body));
    return validate(asRead) ? [] : describe(validate, 'body');
  }

  #validatorsOf(operation: string): Validators {
    let validators = this.#validators.get(operation);
    if (!validators) {
      const contract = this.#operations.get(operation);
      if (!contract) {
        throw new Error(`${operation} is not served`);
      }
      const ofKind = (kind: Parameter['in']) =>
        contract.parameters.filter(parameter => parameter.in === kind);
      const compile = (parameters: Parameter[]) =>
        this.#coercing.compile({
          type: 'object',
          properties: Object.fromEntries(
            parameters.map(parameter => [
              parameter.name,
              toJsonSchema({
                schema: parameter.schema ?? {},
                strict: false,
                combined: true,
              }),
            ]),
          ),
          required: parameters
            .filter(parameter => parameter.required)
            .map(parameter => parameter.name),
        });
      const query = ofKind('query');
      validators = {
        path: compile(ofKind('path')),
        query: compile(query),
        queryNames: new Set(query.map(parameter => parameter.name)),
        body:
          contract.body &&
          this.#lenient.compile(
            toJsonSchema({
              schema: contract.body.schema,
              strict: false,
              combined: true,
            }),
          ),
        strictBody:
          contract.body &&
          this.#lenient.compile(
            toJsonSchema({ schema: contract.body.schema, strict: true }),
          ),
      };
      this.#validators.set(operation, validators);
    }
    return validators;
  }
}

function parseQuery(
  search: URLSearchParams,
  contract: OperationContract,
): Record<string, unknown> {
  const query: Record<string, unknown> = {};
  for (const parameter of contract.parameters) {
    if (parameter.in === 'query') {
      const values = [
        ...search.getAll(parameter.name),
        ...search.getAll(`${parameter.name}[]`),
      ];
      if (values.length > 0) {
        query[parameter.name] =
          parameter.schema?.type === 'array' ? values : values.at(-1);
      }
    }
  }
  return query;
}

function describe(validate: ValidateFunction, where: string): string[] {
  return (validate.errors ?? []).slice(0, 20).map(error => {
    const extra =
      error.params.additionalProperty ?? error.params.unevaluatedProperty;
    return `${where}${error.instancePath} ${error.message}${
      extra ? `: ${extra}` : ''
    }`;
  });
}

function invalidRequest(
  operation: string,
  validate: ValidateFunction,
): GitHubError {
  const lines = (validate.errors ?? []).slice(0, 5).map(error => {
    const missing = error.params.missingProperty;
    const field = error.instancePath.slice(1).replace(/\//g, '.');
    return missing
      ? `"${missing}" wasn't supplied.`
      : `For '${field || 'properties'}', ${error.message}.`;
  });
  const [first] = validate.errors ?? [];
  return GitHubError.validation(
    `Invalid request.\n\n${lines.join('\n')}`,
    // Agent tasks tell details; elsewhere the sentence is all there is.
    first && operation.includes(' /agents/')
      ? [{ code: first.params.missingProperty ? 'missing_field' : 'invalid' }]
      : undefined,
  );
}
