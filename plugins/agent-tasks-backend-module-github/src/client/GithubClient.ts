import { ProviderError } from '@agent-tasks/plugin-agent-tasks-node';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Octokit } from '@octokit/rest';
import { Endpoints } from '@octokit/types';
import { z } from 'zod';
import { CredentialScope, GithubAuth } from './GithubAuth';
import { toGithubFailure } from './GithubFailure';
import { graphqlAnswerSchema, graphqlFailure } from './graphqlAnswer';
import { nextPage } from './nextPage';
import { assertPathParameters } from './pathParameters';
import { PooledFetch } from './pooledFetch';
import { RequestPurpose, toProviderError } from './toProviderError';

const API_VERSION = '2026-03-10';
const SCOPE_REPOSITORIES_LOGGED = 10;

/** What each request needs beside its address. */
export interface GithubRequestOptions<T> {
  auth: GithubAuth;
  /** Completes "GitHub refused to …", such as `start a task in acme/payments`. */
  doing: string;
  /** What of the answer is used, and must be there. */
  schema: z.ZodType<T, z.ZodTypeDef, unknown>;
  signal: AbortSignal;
}

/** An answer of GitHub, read. */
export interface GithubAnswer<T> {
  status: number;
  data: T;
  etag?: string;
  /** The address of the next page. */
  next?: string;
  /** Whether the answer comes from another address than the one that was asked. */
  redirected: boolean;
}

/**
 * Sends single requests to GitHub: no retry, no time-out but the caller's, each with the credential that it is given.
 *
 * Every method throws ProviderError alone, which holds nothing of the request.
 */
export class GithubClient {
  readonly #octokit: Octokit;
  readonly #apiBaseUrl: string;
  readonly #logger: LoggerService;
  #clockDifferenceMs = 0;

  private constructor(options: {
    octokit: Octokit;
    apiBaseUrl: string;
    logger: LoggerService;
  }) {
    this.#octokit = options.octokit;
    this.#apiBaseUrl = options.apiBaseUrl;
    this.#logger = options.logger;
  }

  static create(options: {
    apiBaseUrl: string;
    fetch: PooledFetch['fetch'];
    logger: LoggerService;
  }): GithubClient {
    const { apiBaseUrl, fetch, logger } = options;
    const octokit = new Octokit({
      baseUrl: apiBaseUrl,
      userAgent: 'backstage-agent-tasks',
      request: { fetch },
      // Octokit logs method, path, status and duration of each request.
      log: {
        debug: message => logger.debug(message),
        info: message => logger.debug(message),
        warn: message => logger.warn(message),
        // What failed is thrown, and logged by whoever handles it.
        error: message => logger.debug(message),
      },
    });
    return new GithubClient({ octokit, apiBaseUrl, logger });
  }

  /** The time at GitHub in milliseconds since 1970, as far as its answers tell. */
  now(): number {
    return Date.now() + this.#clockDifferenceMs;
  }

  /** By how many milliseconds GitHub's clock is ahead of this one; 0 until an answer tells. */
  get clockDifferenceMs(): number {
    return this.#clockDifferenceMs;
  }

  /** Sends a request of GitHub's REST API. */
  async request<Route extends keyof Endpoints, T>(
    options: GithubRequestOptions<T> & {
      route: Route;
      parameters: Endpoints[Route]['parameters'];
    },
  ): Promise<GithubAnswer<T>> {
    return this.#send(options, addressOf(options));
  }

  /**
   * The same, but only if the answer is another one than that which bore `etag`; else `undefined`, which does not
   * count against GitHub's rate limit.
   */
  async requestIfChanged<Route extends keyof Endpoints, T>(
    options: GithubRequestOptions<T> & {
      route: Route;
      parameters: Endpoints[Route]['parameters'];
      etag: string | undefined;
    },
  ): Promise<GithubAnswer<T> | undefined> {
    try {
      return await this.#send(options, {
        ...addressOf(options),
        headers: options.etag ? { 'if-none-match': options.etag } : {},
      });
    } catch (error) {
      if (error instanceof ProviderError && error.status === 304) {
        return undefined;
      }
      throw error;
    }
  }

  /** Reads a further page of a list. */
  async requestPage<T>(
    options: GithubRequestOptions<T> & { next: string },
  ): Promise<GithubAnswer<T>> {
    return this.#send(options, { method: 'GET', url: options.next });
  }

  /**
   * Sends a GraphQL request.
   *
   * Errors of the types in `tolerate` leave their place in the answer `null`; any other one is thrown.
   */
  async graphql<T>(
    options: GithubRequestOptions<T> & {
      query: string;
      variables: Record<string, unknown>;
      tolerate?: readonly string[];
    },
  ): Promise<T> {
    const answer = await this.#send(
      { ...options, schema: graphqlAnswerSchema },
      {
        method: 'POST',
        url: '/graphql',
        // REST lies below /api/v3 everywhere but on github.com, GraphQL beside it.
        baseUrl: this.#apiBaseUrl.replace(/\/v3$/, ''),
        query: options.query,
        variables: options.variables,
      },
    );
    const error = answer.data.errors?.find(
      candidate => !options.tolerate?.includes(candidate.type ?? ''),
    );
    if (error) {
      throw toProviderError(
        graphqlFailure(error, answer.headers),
        purposeOf(options),
      );
    }
    return this.#parse(options, answer.data.data);
  }

  async #send<T>(
    options: GithubRequestOptions<T>,
    parameters: Record<string, unknown> & {
      method: string;
      url: string;
      headers?: Record<string, string>;
    },
  ): Promise<GithubAnswer<T> & { headers: Record<string, string> }> {
    const { auth, doing, signal } = options;
    if (signal.aborted) {
      throw toProviderError(
        { kind: 'aborted', sent: false },
        purposeOf(options),
      );
    }
    this.#logger.debug(`Asking GitHub to ${doing}`, describeScope(auth.scope));
    let answer: { status: number; url: string; headers: object; data: unknown };
    try {
      answer = await this.#octokit.request({
        ...parameters,
        headers: {
          accept: 'application/vnd.github+json',
          authorization: `Bearer ${auth.token}`,
          'x-github-api-version': API_VERSION,
          ...parameters.headers,
        },
        request: { signal },
      });
    } catch (error) {
      const failure = toGithubFailure(error);
      if (failure.kind === 'answer') {
        this.#learnTime(failure.headers);
        if (failure.status === 401) {
          auth.onRefused?.();
        }
      }
      throw toProviderError(failure, purposeOf(options));
    }
    const headers = toStrings(answer.headers);
    this.#learnTime(headers);
    const next = nextPage(headers.link);
    if (next && new URL(next).origin !== new URL(this.#apiBaseUrl).origin) {
      throw toProviderError(
        { kind: 'unreadable', message: 'its next page is on another host' },
        purposeOf(options),
      );
    }
    return {
      status: answer.status,
      data: this.#parse(options, answer.data),
      etag: headers.etag,
      next,
      redirected:
        answer.url !== '' && answer.url !== this.#addressOf(parameters),
      headers,
    };
  }

  #addressOf(parameters: { method: string; url: string }): string {
    const { url } = this.#octokit.request.endpoint({ ...parameters });
    return new URL(url).href;
  }

  #parse<T>(
    options: Pick<GithubRequestOptions<T>, 'schema' | 'auth' | 'doing'>,
    data: unknown,
  ): T {
    const parsed = options.schema.safeParse(data);
    if (parsed.success) {
      return parsed.data;
    }
    const path = parsed.error.issues[0]?.path.join('.');
    throw toProviderError(
      {
        kind: 'unreadable',
        message: path ? `${path} is not as expected` : 'it is not as expected',
      },
      purposeOf(options),
    );
  }

  /** Keeps the difference to GitHub's clock, which judges the validity of the App's signatures. */
  #learnTime(headers: Readonly<Record<string, string>>): void {
    const time = Date.parse(headers.date ?? '');
    if (!Number.isNaN(time)) {
      this.#clockDifferenceMs = time - Date.now();
    }
  }
}

function addressOf(options: {
  route: string;
  parameters: Record<string, unknown>;
  doing: string;
}): Record<string, unknown> & { method: string; url: string } {
  assertPathParameters(options);
  const [method, url] = options.route.split(' ');
  return { method, url, ...options.parameters };
}

function purposeOf(options: {
  auth: GithubAuth;
  doing: string;
}): RequestPurpose {
  return {
    doing: options.doing,
    scope: options.auth.scope,
    secrets: [options.auth.token],
  };
}

function describeScope(scope: CredentialScope): Record<string, string> {
  if (scope.kind !== 'installation') {
    return { credential: scope.kind };
  }
  const { repositories } = scope;
  return {
    credential: `installation ${scope.installationId}`,
    repositories:
      repositories === 'all' || repositories.length > SCOPE_REPOSITORIES_LOGGED
        ? `${repositories === 'all' ? 'all' : repositories.length} of the installation`
        : repositories.join(' '),
    permissions: Object.entries(scope.permissions)
      .map(([name, level]) => `${name}:${level}`)
      .join(' '),
  };
}

function toStrings(headers: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLocaleLowerCase('en-US'),
      String(value),
    ]),
  );
}
