import { ProviderError } from '@agent-tasks/plugin-agent-tasks-node';
import { z } from 'zod';
import { TokenPermissions } from '../client/GithubAuth';
import { GithubClient } from '../client/GithubClient';
import { InstallationToken, InstallationTokens } from './InstallationTokens';
import { permissionsKey, repositoryKey, widen } from './tokenScope';

/** A repository that was not read for so long is no longer in the next token. */
const RECENT_MS = 60 * 60_000;
const ACCESSIBLE_MS = 5 * 60_000;

const repositoriesSchema = z.object({
  repositories: z.array(z.object({ name: z.string() })),
});

/** What a read of many repositories gets. */
export interface SharedReadToken {
  token: InstallationToken;
  /** Those of the needed repositories for which the token is good, by {@link repositoryKey}. */
  covered: ReadonlySet<string>;
}

/**
 * Tokens for reads of many repositories at once. Such a read repeats every few seconds with a slightly different set,
 * and a token for each set would cost more requests than the reads: so a token is made for what was read within the
 * last hour, and used for every part of that.
 */
export class SharedReadTokens {
  readonly #client: GithubClient;
  readonly #tokens: InstallationTokens;
  /** By installation and permissions: when each repository was last needed. */
  readonly #recent = new Map<string, Map<string, number>>();
  /** By installation: the repositories that it was found to cover. */
  readonly #accessible = new Map<
    number,
    { names: ReadonlySet<string>; expiresAt: number }
  >();

  private constructor(options: {
    client: GithubClient;
    tokens: InstallationTokens;
  }) {
    this.#client = options.client;
    this.#tokens = options.tokens;
  }

  static create(options: {
    client: GithubClient;
    tokens: InstallationTokens;
  }): SharedReadTokens {
    return new SharedReadTokens(options);
  }

  /**
   * A token for those of the repositories that the installation covers; `undefined` where it covers none, or where
   * there is no installation.
   */
  async get(options: {
    owner: string;
    /** Names without the owner, 500 at most. */
    repositories: readonly string[];
    /** `read` alone. */
    permissions: TokenPermissions;
    signal: AbortSignal;
  }): Promise<SharedReadToken | undefined> {
    const { owner, permissions, signal } = options;
    const installationId = await this.#tokens.findInstallation({
      owner,
      signal,
    });
    if (installationId === undefined) {
      return undefined;
    }
    const known = this.#knownAccessible(installationId);
    const needed = this.#note({
      installationId,
      permissions,
      repositories: options.repositories.filter(
        name => known?.has(repositoryKey(name)) ?? true,
      ),
    });
    if (needed.length === 0) {
      return undefined;
    }
    const shared = { installationId, owner, permissions, signal };
    const existing = this.#tokens.findCovering({
      installationId,
      needed: { repositories: needed, permissions },
    });
    if (existing) {
      return { token: existing, covered: new Set(needed.map(repositoryKey)) };
    }
    try {
      return await this.#mint({ ...shared, needed });
    } catch (error) {
      if (!(error instanceof ProviderError && error.status === 422)) {
        throw error;
      }
    }
    // One of the repositories is unknown to the installation. GitHub does not say which.
    const accessible = await this.#listAccessible(shared);
    const covered = needed.filter(name => accessible.has(repositoryKey(name)));
    this.#forgetRecent({ installationId, permissions, keep: accessible });
    return covered.length === 0
      ? undefined
      : this.#mint({ ...shared, needed: covered });
  }

  async #mint(options: {
    installationId: number;
    owner: string;
    permissions: TokenPermissions;
    needed: string[];
    signal: AbortSignal;
  }): Promise<SharedReadToken> {
    const { needed, permissions } = options;
    const token = await this.#tokens.mint({
      ...options,
      scope: {
        permissions,
        repositories: widen({
          needed,
          recent: this.#recentFor(options),
          since: Date.now() - RECENT_MS,
        }),
      },
    });
    return { token, covered: new Set(needed.map(repositoryKey)) };
  }

  /** Remembers that repositories are needed now. */
  #note(options: {
    installationId: number;
    permissions: TokenPermissions;
    repositories: readonly string[];
  }): string[] {
    const recent = this.#recentFor(options);
    const now = Date.now();
    for (const name of options.repositories) {
      recent.set(repositoryKey(name), now);
    }
    for (const [name, neededAt] of recent) {
      if (neededAt < now - RECENT_MS) {
        recent.delete(name);
      }
    }
    return [...options.repositories];
  }

  #recentFor(options: {
    installationId: number;
    permissions: TokenPermissions;
  }): Map<string, number> {
    const key = `${options.installationId} ${permissionsKey(options.permissions)}`;
    let recent = this.#recent.get(key);
    if (!recent) {
      recent = new Map();
      this.#recent.set(key, recent);
    }
    return recent;
  }

  #forgetRecent(options: {
    installationId: number;
    permissions: TokenPermissions;
    keep: ReadonlySet<string>;
  }): void {
    const recent = this.#recentFor(options);
    for (const name of recent.keys()) {
      if (!options.keep.has(name)) {
        recent.delete(name);
      }
    }
  }

  #knownAccessible(installationId: number): ReadonlySet<string> | undefined {
    const known = this.#accessible.get(installationId);
    return known && known.expiresAt > Date.now() ? known.names : undefined;
  }

  /** All repositories of the installation, a hundred a request. Known for some minutes. */
  async #listAccessible(options: {
    installationId: number;
    owner: string;
    signal: AbortSignal;
  }): Promise<ReadonlySet<string>> {
    const { installationId, owner, signal } = options;
    const { auth } = await this.#tokens.mint({
      installationId,
      owner,
      scope: { repositories: [], permissions: { metadata: 'read' } },
      signal,
    });
    const request = {
      auth,
      doing: `list the repositories of the App's installation for ${owner}`,
      schema: repositoriesSchema,
      signal,
    };
    const names = new Set<string>();
    let page = await this.#client.request({
      ...request,
      route: 'GET /installation/repositories',
      parameters: { per_page: 100 },
    });
    for (;;) {
      page.data.repositories.forEach(({ name }) =>
        names.add(repositoryKey(name)),
      );
      if (!page.next) {
        break;
      }
      page = await this.#client.requestPage({ ...request, next: page.next });
    }
    this.#accessible.set(installationId, {
      names,
      expiresAt: Date.now() + ACCESSIBLE_MS,
    });
    return names;
  }
}
