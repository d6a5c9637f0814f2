import { createHash } from 'crypto';
import { IncomingMessage } from 'http';
import { Principal } from '../auth/Principal';
import { forbidden, grants } from '../auth/Authenticator';
import { ContractRecord } from '../contract/ContractRecord';
import { OpenApiContract } from '../contract/OpenApiContract';
import { GitHubError } from '../errors';
import { RateLimiter } from '../limits/RateLimiter';
import { SimulatorContext } from '../SimulatorContext';
import { Repository } from '../state';
import { operations } from './operations';
import {
  acceptedPermissions,
  RestOperation,
  RestRequest,
  RestResponse,
} from './RestOperation';
import { RouteTable } from './RouteTable';

/** @public */
export const SUPPORTED_API_VERSIONS = ['2022-11-28', '2026-03-10'];

/** What became of a request, for the counters. */
export interface RestOutcome {
  /** `GET /repos/{owner}/{repo}`; `undefined` where nothing is served. */
  route?: string;
  principal?: Principal;
  status: number;
  headers: Record<string, string>;
  /** Written as it is. */
  body?: string;
}

/** GitHub's REST API: one request in, one answer out, without the connection. */
export class RestService {
  readonly #context: SimulatorContext;
  readonly #limiter: RateLimiter;
  readonly #record: ContractRecord;
  readonly #checkContract: boolean;
  readonly #routes = RouteTable.create(operations);
  #contract: OpenApiContract | undefined;

  private constructor(options: {
    context: SimulatorContext;
    limiter: RateLimiter;
    record: ContractRecord;
    checkContract: boolean;
  }) {
    this.#context = options.context;
    this.#limiter = options.limiter;
    this.#record = options.record;
    this.#checkContract = options.checkContract;
  }

  static create(options: {
    context: SimulatorContext;
    limiter: RateLimiter;
    record: ContractRecord;
    /** Whether answers are checked too: an own answer that does not fit becomes a 500. */
    checkContract: boolean;
  }): RestService {
    return new RestService(options);
  }

  /** `path` is without `/api/v3`. */
  async handle(options: {
    request: IncomingMessage;
    path: string;
    search: string;
    rawBody: Buffer;
  }): Promise<RestOutcome> {
    const { request, path, rawBody } = options;
    const method =
      request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET');
    const found = this.#routes.find({ method, path });
    const route = found && `${method} ${found.operation.path}`;
    const outcome: RestOutcome = { route, status: 500, headers: {} };
    let entered = false;
    try {
      this.#requireVersion(request);
      const principal = await this.#context.auth.authenticate(request);
      outcome.principal = principal;
      if (!found || !route) {
        throw GitHubError.notFound();
      }
      const { operation, params } = found;
      const accepted = acceptedPermissions(operation.anyOf);
      if (accepted) {
        outcome.headers['x-accepted-github-permissions'] = accepted;
      }
      // Asking for the limits is free.
      if (operation.path !== '/rate_limit') {
        this.#limiter.enter({
          principal,
          resource: 'core',
          method,
          createsContent: operation.createsContent,
        });
        entered = true;
      }
      const response = await this.#answer({
        request,
        operation,
        route,
        params,
        principal,
        search: new URLSearchParams(options.search),
        url: `${this.#context.urls.api}${path}`,
        rawBody,
      });
      this.#write(outcome, response);
      if (method === 'GET' && outcome.status === 200 && outcome.body) {
        applyEntityTag(outcome, request);
      }
    } catch (error) {
      this.#writeError(outcome, error);
    }
    if (outcome.principal) {
      if (entered) {
        this.#limiter.leave({
          principal: outcome.principal,
          resource: 'core',
          free: outcome.status === 304,
        });
      }
      Object.assign(
        outcome.headers,
        this.#limiter.headers({
          principal: outcome.principal,
          resource: 'core',
        }),
      );
    }
    return outcome;
  }

  async #answer(options: {
    request: IncomingMessage;
    operation: RestOperation;
    route: string;
    params: Record<string, string>;
    principal: Principal;
    search: URLSearchParams;
    url: string;
    rawBody: Buffer;
  }): Promise<RestResponse> {
    const { operation, route, params, principal, search, rawBody } = options;
    const repository = this.#authorize(operation, route, params, principal);
    const contract = this.#loadContract();
    const sent = parseBody(rawBody);
    const { query, body } = contract.checkRequest({
      operation: route,
      params,
      search,
      body: sent,
    });
    if (this.#checkContract) {
      const problems = contract.unknownInRequest({
        operation: route,
        search,
        body: sent,
      });
      if (problems.length > 0) {
        this.#record.violation({
          side: 'request',
          operation: route,
          problems,
        });
      }
    }
    const restRequest: RestRequest = {
      context: this.#context,
      principal,
      params,
      query,
      body,
      headers: options.request.headers,
      url: options.url,
      search,
    };
    const response =
      operation.access === 'repository'
        ? await operation.handle({ ...restRequest, repository: repository! })
        : await operation.handle(restRequest);
    return this.#checked(route, response);
  }

  /** The repository that the path names, once it is certain that the principal may do the operation there. */
  #authorize(
    operation: RestOperation,
    route: string,
    params: Record<string, string>,
    principal: Principal,
  ): Repository | undefined {
    const { auth, counters, world } = this.#context;
    const fullName = params.owner
      ? `${params.owner}/${params.repo}`
      : undefined;
    try {
      if (operation.access === 'app') {
        if (principal.kind !== 'app') {
          throw new GitHubError(401, 'A JSON web token could not be decoded');
        }
        return undefined;
      }
      if (operation.access === 'user') {
        if (principal.kind !== 'user') {
          throw new GitHubError(403, 'Resource not accessible by integration');
        }
        const allowed =
          !operation.anyOf ||
          !principal.permissions ||
          operation.anyOf.some(permissions =>
            Object.entries(permissions).every(([permission, level]) =>
              grants(principal.permissions!, permission, level),
            ),
          );
        if (!allowed) {
          throw forbidden(principal);
        }
        return undefined;
      }
      if (operation.access !== 'repository') {
        return undefined;
      }
      const repository = world.repositories.getByFullName(fullName!);
      if (!repository) {
        throw GitHubError.notFound();
      }
      if (operation.usersOnly && principal.kind !== 'user') {
        if (!auth.sees({ principal, repository })) {
          throw GitHubError.notFound();
        }
        throw new GitHubError(403, 'Resource not accessible by integration');
      }
      auth.require({ principal, repository, anyOf: operation.anyOf });
      return repository;
    } catch (error) {
      if (error instanceof GitHubError) {
        counters.refused({
          route,
          repository: fullName,
          permission: acceptedPermissions(operation.anyOf) || undefined,
          status: error.status,
        });
      }
      throw error;
    }
  }

  /** An answer of ours that GitHub could not have given is an error of the simulator, and shows itself as one. */
  #checked(route: string, response: RestResponse): RestResponse {
    if (!this.#checkContract) {
      return response;
    }
    const problems = this.#loadContract().checkResponse({
      operation: route,
      status: response.status,
      body: response.body,
    });
    this.#record.count({ operation: route, status: response.status });
    if (problems.length === 0) {
      return response;
    }
    this.#record.violation({
      side: 'response',
      operation: route,
      status: response.status,
      problems,
    });
    return {
      status: 500,
      body: {
        message: `The simulator's answer does not fit GitHub's contract: ${problems[0]}`,
        documentation_url: 'https://docs.github.com/rest',
        status: '500',
      },
    };
  }

  #write(outcome: RestOutcome, response: RestResponse): void {
    outcome.status = response.status;
    outcome.headers['x-github-media-type'] = 'github.v3; format=json';
    if (response.body !== undefined) {
      if (typeof response.body === 'string') {
        outcome.headers['content-type'] = 'text/plain; charset=utf-8';
        outcome.body = response.body;
      } else {
        outcome.headers['content-type'] = 'application/json; charset=utf-8';
        outcome.body = JSON.stringify(response.body);
      }
    }
    Object.assign(outcome.headers, response.headers);
  }

  #writeError(outcome: RestOutcome, error: unknown): void {
    const refusal =
      error instanceof GitHubError
        ? error
        : new GitHubError(
            500,
            `The simulator failed: ${
              error instanceof Error ? error.stack : error
            }`,
          );
    const body = errorBody(refusal);
    let response: RestResponse = {
      status: refusal.status,
      body,
      headers: refusal.headers,
    };
    if (outcome.route && outcome.principal && refusal.status < 500) {
      response = this.#checked(outcome.route, response);
    }
    this.#write(outcome, response);
  }

  #requireVersion(request: IncomingMessage): void {
    const version = request.headers['x-github-api-version'];
    if (version && !SUPPORTED_API_VERSIONS.includes(String(version))) {
      throw new GitHubError(
        410,
        `The API version ${version} is not supported.`,
        {
          documentationUrl:
            'https://docs.github.com/rest/about-the-rest-api/api-versions',
        },
      );
    }
  }

  #loadContract(): OpenApiContract {
    this.#contract ??= OpenApiContract.load(
      operations.map(({ method, path }) => `${method} ${path}`),
    );
    return this.#contract;
  }
}

/** GitHub's body of a refusal. */
export function errorBody(error: GitHubError): Record<string, unknown> {
  return {
    message: error.message,
    ...(error.errors ? { errors: error.errors } : {}),
    documentation_url: error.documentationUrl,
    status: String(error.status),
  };
}

function parseBody(rawBody: Buffer): unknown {
  if (rawBody.length === 0) {
    return undefined;
  }
  let body: unknown;
  try {
    body = JSON.parse(rawBody.toString('utf8'));
  } catch {
    throw new GitHubError(400, 'Problems parsing JSON');
  }
  if (typeof body !== 'object' || body === null) {
    throw new GitHubError(400, 'Body should be a JSON object');
  }
  return body;
}

function applyEntityTag(outcome: RestOutcome, request: IncomingMessage): void {
  const hash = createHash('sha1')
    .update(outcome.body!)
    .update(outcome.headers.link ?? '')
    .digest('hex');
  const tag = `W/"${hash}"`;
  outcome.headers.etag = tag;
  outcome.headers['cache-control'] = 'private, max-age=60, s-maxage=60';
  const known = request.headers['if-none-match'];
  if (known && known.replace(/W\//g, '').includes(`"${hash}"`)) {
    outcome.status = 304;
    outcome.body = undefined;
    delete outcome.headers['content-type'];
  }
}
