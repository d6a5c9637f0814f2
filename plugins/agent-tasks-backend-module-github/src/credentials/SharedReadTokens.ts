import { ProviderError } from '@agent-tasks/plugin-agent-tasks-node';
import { TokenPermissions } from '../client/GithubAuth';
import { CoveredRepositories } from './CoveredRepositories';
import { InstallationToken, InstallationTokens } from './InstallationTokens';
import { permissionsKey, repositoryKey, widen } from './tokenScope';

/** A repository that was not read for so long is no longer in the next token. */
const RECENT_MS = 60 * 60_000;

/** What a read of many repositories gets. */
export interface SharedReadToken {
  token: InstallationToken;
  /** Those of the needed repositories for which the token is good, by {@link repositoryKey}. */
  covered: ReadonlySet<string>;
}

/** When each repository was last needed, in milliseconds since 1970. */
type Recent = Map<string, number>;

/**
 * Tokens for reads of many repositories at once. Such a read repeats every few seconds with a slightly different set,
 * and a token for each set would cost more requests than the reads: so a token is made for what was read within the
 * last hour, and used for every part of that.
 */
export class SharedReadTokens {
  readonly #tokens: InstallationTokens;
  readonly #covered: CoveredRepositories;
  /** By installation and permissions. */
  readonly #recent = new Map<string, Recent>();

  private constructor(options: {
    tokens: InstallationTokens;
    covered: CoveredRepositories;
  }) {
    this.#tokens = options.tokens;
    this.#covered = options.covered;
  }

  static create(options: {
    tokens: InstallationTokens;
    covered: CoveredRepositories;
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
    const names = options.repositories.filter(
      name => this.#covered.peek({ installationId, name }) !== false,
    );
    if (names.length === 0) {
      return undefined;
    }
    const recent = this.#note({ installationId, permissions, names });
    const existing = this.#tokens.findCovering({
      installationId,
      needed: { repositories: names, permissions },
    });
    if (existing) {
      return shared(existing, names);
    }
    const mint = async (needed: readonly string[]) => {
      const repositories = widen({
        needed,
        recent,
        since: Date.now() - RECENT_MS,
      });
      const scope = { permissions, repositories };
      return shared(
        await this.#tokens.mint({ installationId, owner, scope, signal }),
        needed,
      );
    };
    try {
      return await mint(names);
    } catch (error) {
      if (!(error instanceof ProviderError && error.status === 422)) {
        throw error;
      }
    }
    const covered = await this.#covered.find({
      installationId,
      owner,
      names,
      signal,
    });
    // It may have been one of those that were needed before; they come back when they are needed again.
    recent.clear();
    return covered.length === 0 ? undefined : mint(covered);
  }

  /** Remembers that repositories are needed now, and forgets which were needed long ago. */
  #note(options: {
    installationId: number;
    permissions: TokenPermissions;
    names: readonly string[];
  }): Recent {
    const key = `${options.installationId} ${permissionsKey(options.permissions)}`;
    const recent: Recent = this.#recent.get(key) ?? new Map();
    this.#recent.set(key, recent);
    const now = Date.now();
    for (const name of options.names) {
      recent.set(name, now);
    }
    for (const [name, neededAt] of recent) {
      if (neededAt < now - RECENT_MS) {
        recent.delete(name);
      }
    }
    return recent;
  }
}

function shared(
  token: InstallationToken,
  names: readonly string[],
): SharedReadToken {
  return { token, covered: new Set(names.map(repositoryKey)) };
}
