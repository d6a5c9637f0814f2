import Ajv, { ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { spec } from '../schema/openapi.generated';

interface Operation {
  id: string;
  method: string;
  path: RegExp;
  /** Validators of JSON bodies by status, or `default`; `undefined`: the body is none, or no JSON. */
  bodies: Map<string, ValidateFunction | undefined>;
}

type Reference = { $ref: string };
type Response = { content?: object };

const document = 'https://agent-tasks.example/openapi';

function pointer(...keys: string[]): string {
  return `#/${keys
    .map(key => key.replaceAll('~', '~0').replaceAll('/', '~1'))
    .join('/')}`;
}

/** Checks answers against the OpenAPI document, and remembers which operations it has seen succeed. */
export class ResponseContract {
  readonly #operations: Operation[];
  readonly #succeeded = new Set<string>();

  private constructor(operations: Operation[]) {
    this.#operations = operations;
  }

  static create(): ResponseContract {
    const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
    ajv.addSchema({ ...spec, $id: document });
    const operations: Operation[] = [];
    for (const [path, methods] of Object.entries(spec.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        const bodies: Operation['bodies'] = new Map();
        for (const [status, response] of Object.entries(
          operation.responses as Record<string, Response | Reference>,
        )) {
          const at =
            '$ref' in response
              ? (response as Reference).$ref
              : pointer('paths', path, method, 'responses', status);
          const hasBody =
            '$ref' in response ||
            'application/json' in (response.content ?? {});
          bodies.set(
            status,
            hasBody
              ? ajv.compile({
                  $ref: `${document}${at}/content/application~1json/schema`,
                })
              : undefined,
          );
        }
        operations.push({
          id: operation.operationId,
          method: method.toUpperCase(),
          path: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
          bodies,
        });
      }
    }
    // `/templates/schema` before `/templates/{name}`.
    const parameters = ({ path }: Operation) => path.source.split('[^').length;
    operations.sort((a, b) => parameters(a) - parameters(b));
    return new ResponseContract(operations);
  }

  /**
   * Checks one answer.
   *
   * @throws Error that names each field that does not fit
   */
  check(answer: {
    method: string;
    /** Below the base path of the API, without query. */
    path: string;
    status: number;
    body: unknown;
  }): void {
    const { method, path, status, body } = answer;
    const operation = this.#operations.find(
      one => one.method === method && one.path.test(path),
    );
    if (!operation) {
      throw new Error(`the document has no operation ${method} ${path}`);
    }
    const validate = operation.bodies.get(
      operation.bodies.has(String(status)) ? String(status) : 'default',
    );
    if (validate && !validate(body)) {
      const problems = validate.errors!.map(
        error =>
          `${error.instancePath || '/'} ${error.message} ${JSON.stringify(
            error.params,
          )}`,
      );
      throw new Error(
        `${operation.id} answered ${status} with a body that does not fit the document: ${problems.join(
          '; ',
        )}`,
      );
    }
    if (status < 300) {
      if (!operation.bodies.has(String(status))) {
        throw new Error(
          `${operation.id} answered ${status}, which the document does not name`,
        );
      }
      this.#succeeded.add(operation.id);
    }
  }

  /** Operations that were never seen to succeed. */
  unseen(): string[] {
    return this.#operations
      .map(operation => operation.id)
      .filter(id => !this.#succeeded.has(id));
  }
}
