import { ProviderError } from '@agent-tasks/plugin-agent-tasks-node';
import { z } from 'zod';
import { GithubClient } from '../client/GithubClient';
import { AppCredential } from './AppCredential';
import { InstallationTokens } from './InstallationTokens';
import { repositoryKey } from './tokenScope';

/** How long an answer is believed. A repository that was just added to the installation is found after that. */
const KNOWN_MS = 5 * 60_000;
/** Up to so many it takes fewer requests to ask for each, and no token for everything. */
const ASKED_ONE_BY_ONE = 50;
const ASKED_AT_ONCE = 10;

const installationSchema = z.object({ id: z.number() });
const repositoriesSchema = z.object({
  repositories: z.array(z.object({ name: z.string() })),
});

interface Question {
  installationId: number;
  owner: string;
  names: readonly string[];
  signal: AbortSignal;
}

/**
 * Knows which repositories an installation covers. GitHub refuses to make a token as soon as one of its repositories
 * is not covered, and does not say which.
 */
export class CoveredRepositories {
  readonly #client: GithubClient;
  readonly #app: AppCredential;
  readonly #tokens: InstallationTokens;
  /** By installation and name. */
  readonly #known = new Map<string, { covered: boolean; expiresAt: number }>();

  private constructor(options: {
    client: GithubClient;
    app: AppCredential;
    tokens: InstallationTokens;
  }) {
    this.#client = options.client;
    this.#app = options.app;
    this.#tokens = options.tokens;
  }

  static create(options: {
    client: GithubClient;
    app: AppCredential;
    tokens: InstallationTokens;
  }): CoveredRepositories {
    return new CoveredRepositories(options);
  }

  /** Whether a repository is covered; `undefined` where nobody has asked of late. Sends nothing. */
  peek(options: { installationId: number; name: string }): boolean | undefined {
    const key = knownKey(options);
    const known = this.#known.get(key);
    if (known && known.expiresAt <= Date.now()) {
      this.#known.delete(key);
      return undefined;
    }
    return known?.covered;
  }

  /** Asks GitHub which of the repositories are covered. */
  async find(question: Question): Promise<string[]> {
    const unknown = question.names.filter(
      name => this.peek({ ...question, name }) === undefined,
    );
    if (unknown.length > ASKED_ONE_BY_ONE) {
      await this.#list(question);
    } else {
      const queue = [...unknown];
      const ask = async () => {
        for (let name = queue.shift(); name; name = queue.shift()) {
          this.#learn({
            ...question,
            name,
            covered: await this.#ask({ ...question, name }),
          });
        }
      };
      await Promise.all(Array.from({ length: ASKED_AT_ONCE }, ask));
    }
    return question.names.filter(
      name => this.peek({ ...question, name }) === true,
    );
  }

  async #ask(options: {
    installationId: number;
    owner: string;
    name: string;
    signal: AbortSignal;
  }): Promise<boolean> {
    const { installationId, owner, name, signal } = options;
    try {
      const answer = await this.#client.request({
        route: 'GET /repos/{owner}/{repo}/installation',
        parameters: { owner, repo: name },
        auth: await this.#app.getAuth(),
        doing: `find the App's installation for ${owner}/${name}`,
        schema: installationSchema,
        signal,
      });
      // Tokens know repositories by their present names alone; a former one was redirected.
      return answer.data.id === installationId && !answer.redirected;
    } catch (error) {
      if (error instanceof ProviderError && error.status === 404) {
        return false;
      }
      throw error;
    }
  }

  async #list(question: Question): Promise<void> {
    const { installationId, owner, names, signal } = question;
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
    const covered = new Set<string>();
    let page = await this.#client.request({
      ...request,
      route: 'GET /installation/repositories',
      parameters: { per_page: 100 },
    });
    for (;;) {
      page.data.repositories.forEach(({ name }) =>
        covered.add(repositoryKey(name)),
      );
      if (!page.next) {
        break;
      }
      page = await this.#client.requestPage({ ...request, next: page.next });
    }
    for (const name of names) {
      this.#learn({
        installationId,
        name,
        covered: covered.has(repositoryKey(name)),
      });
    }
  }

  #learn(options: {
    installationId: number;
    name: string;
    covered: boolean;
  }): void {
    this.#known.set(knownKey(options), {
      covered: options.covered,
      expiresAt: Date.now() + KNOWN_MS,
    });
  }
}

function knownKey(options: { installationId: number; name: string }): string {
  return `${options.installationId} ${repositoryKey(options.name)}`;
}
