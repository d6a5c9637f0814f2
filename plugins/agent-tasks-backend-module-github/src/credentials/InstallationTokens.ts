import { ProviderError } from '@agent-tasks/plugin-agent-tasks-node';
import { z } from 'zod';
import { GithubAuth } from '../client/GithubAuth';
import { GithubClient } from '../client/GithubClient';
import { AppCredential } from './AppCredential';
import { Installations } from './Installations';
import { covers, scopeKey, TokenScope } from './tokenScope';

/** A token is given up so long before it expires, so that none expires on its way. */
const MARGIN_MS = 5 * 60_000;
/** Several callers may wait for one token, so it has a time of its own. */
const MINT_TIMEOUT_MS = 20_000;

const tokenSchema = z.object({
  token: z.string().min(1),
  expires_at: z.string().datetime({ offset: true }),
  repositories: z
    .array(
      z.object({ name: z.string(), owner: z.object({ login: z.string() }) }),
    )
    .optional(),
});

/** A token of an installation and what it is good for. */
export interface InstallationToken {
  auth: GithubAuth;
  scope: TokenScope;
}

interface CachedToken extends InstallationToken {
  /** Milliseconds since 1970, by GitHub's clock. */
  usableUntil: number;
}

/**
 * Makes tokens of the App's installations, each narrowed to repositories and permissions, and keeps them until
 * shortly before they expire. In memory alone: no token is ever written anywhere.
 */
export class InstallationTokens {
  readonly #client: GithubClient;
  readonly #app: AppCredential;
  readonly #installations: Installations;
  /** By installation, then by scope. */
  readonly #cached = new Map<number, Map<string, CachedToken>>();
  readonly #pending = new Map<string, Promise<CachedToken>>();

  private constructor(options: {
    client: GithubClient;
    app: AppCredential;
    installations: Installations;
  }) {
    this.#client = options.client;
    this.#app = options.app;
    this.#installations = options.installations;
  }

  static create(options: {
    client: GithubClient;
    app: AppCredential;
    installations: Installations;
  }): InstallationTokens {
    return new InstallationTokens(options);
  }

  /**
   * A token for exactly these repositories of an owner.
   *
   * @throws ProviderError, of which the effect is never `unknown`: what the token is for was not asked yet.
   */
  async get(options: {
    owner: string;
    scope: TokenScope;
    signal: AbortSignal;
  }): Promise<GithubAuth> {
    const { owner, scope, signal } = options;
    const installationId = await this.findInstallation({ owner, signal });
    if (installationId === undefined) {
      throw new ProviderError(
        `The GitHub App is not installed for ${owner}. Install it there, for ${scope.repositories.join(', ')}.`,
        { effect: 'refused' },
      );
    }
    const cached = this.#usable(installationId).get(scopeKey(scope));
    return (cached ?? (await this.mint({ ...options, installationId }))).auth;
  }

  /** The id of the installation for an owner; `undefined` where the App is not installed. */
  async findInstallation(options: {
    owner: string;
    signal: AbortSignal;
  }): Promise<number | undefined> {
    try {
      return await this.#installations.find(options);
    } catch (error) {
      throw beforeTheRequest(error);
    }
  }

  /** A token that is there already and serves all that is needed, with no other permissions. */
  findCovering(options: {
    installationId: number;
    needed: TokenScope;
  }): InstallationToken | undefined {
    for (const token of this.#usable(options.installationId).values()) {
      if (covers({ scope: token.scope, needed: options.needed })) {
        return token;
      }
    }
    return undefined;
  }

  /** Makes a token. Callers that ask for the same one at the same time share it. */
  async mint(options: {
    installationId: number;
    owner: string;
    scope: TokenScope;
    signal: AbortSignal;
  }): Promise<InstallationToken> {
    const { installationId, scope, signal } = options;
    const key = `${installationId} ${scopeKey(scope)}`;
    let pending = this.#pending.get(key);
    if (!pending) {
      pending = this.#request(options).finally(() => this.#pending.delete(key));
      // Whoever still waits gets the error; that nobody does is no reason to stop the process.
      pending.catch(() => {});
      this.#pending.set(key, pending);
    }
    try {
      return await orAborted(pending, signal);
    } catch (error) {
      throw beforeTheRequest(error);
    }
  }

  async #request(options: {
    installationId: number;
    owner: string;
    scope: TokenScope;
  }): Promise<CachedToken> {
    const { installationId, owner, scope } = options;
    const repositories = scope.repositories.map(name => `${owner}/${name}`);
    const doing = `make a token of the App for ${describeRepositories(owner, repositories)}`;
    const app = await this.#app.getAuth();
    const answer = await this.#client
      .request({
        route: 'POST /app/installations/{installation_id}/access_tokens',
        parameters: {
          installation_id: installationId,
          permissions: { ...scope.permissions },
          // Without names the token would be good for every repository.
          ...(scope.repositories.length > 0
            ? { repositories: [...scope.repositories] }
            : {}),
        },
        auth: app,
        doing,
        schema: tokenSchema,
        signal: AbortSignal.timeout(MINT_TIMEOUT_MS),
      })
      .catch(error => {
        if (error instanceof ProviderError && error.status === 404) {
          this.#installations.forget(owner);
        }
        throw error;
      });
    assertOwner({ owner, repositories: answer.data.repositories });
    const key = scopeKey(scope);
    const tokens = this.#usable(installationId);
    const token: CachedToken = {
      scope,
      usableUntil: Date.parse(answer.data.expires_at) - MARGIN_MS,
      auth: {
        token: answer.data.token,
        scope: {
          kind: 'installation',
          installationId,
          repositories: repositories.length > 0 ? repositories : 'all',
          permissions: scope.permissions,
        },
        onRefused: () => tokens.delete(key),
      },
    };
    tokens.set(key, token);
    return token;
  }

  /** The tokens of an installation that have not expired. */
  #usable(installationId: number): Map<string, CachedToken> {
    let tokens = this.#cached.get(installationId);
    if (!tokens) {
      tokens = new Map();
      this.#cached.set(installationId, tokens);
    }
    for (const [key, token] of tokens) {
      if (token.usableUntil <= this.#client.now()) {
        tokens.delete(key);
      }
    }
    return tokens;
  }
}

/**
 * A configured installation can belong to somebody else, who has repositories of the same names: then the token would
 * be good for those.
 */
function assertOwner(options: {
  owner: string;
  repositories?: { owner: { login: string } }[];
}): void {
  const owner = options.owner.toLocaleLowerCase('en-US');
  const other = options.repositories?.find(
    repository => repository.owner.login.toLocaleLowerCase('en-US') !== owner,
  );
  if (other) {
    throw new ProviderError(
      `The App's installation is for ${other.owner.login}, not for ${options.owner}. Remove agentTasks.github.app.installationId, so that the installation is looked up for each owner.`,
      { effect: 'refused' },
    );
  }
}

function describeRepositories(owner: string, repositories: string[]): string {
  if (repositories.length === 0) {
    return `the repositories of ${owner}`;
  }
  return repositories.length > 3
    ? `${repositories.length} repositories of ${owner}`
    : repositories.join(', ');
}

/** What went wrong before a request left can have had no effect of that request. */
function beforeTheRequest(error: unknown): unknown {
  if (error instanceof ProviderError && error.effect === 'unknown') {
    return new ProviderError(error.message, {
      effect: 'later',
      status: error.status,
      requestId: error.requestId,
    });
  }
  return error;
}

async function orAborted<T>(
  promise: Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  let onAbort: () => void = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () =>
      reject(
        new ProviderError(
          'The time ran out while a token of the App was made. GitHub was not asked for what it was needed.',
          { effect: 'later' },
        ),
      );
    if (signal.aborted) {
      onAbort();
    }
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
