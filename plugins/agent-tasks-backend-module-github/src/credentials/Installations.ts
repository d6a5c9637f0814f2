import { ProviderError } from '@agent-tasks/plugin-agent-tasks-node';
import { z } from 'zod';
import { GithubClient } from '../client/GithubClient';
import { AppCredential } from './AppCredential';

const FOUND_MS = 60 * 60_000;
/** Short, so that an App that was just installed is soon found. */
const NOT_FOUND_MS = 60_000;

const installationSchema = z.object({ id: z.number().int().positive() });

/** Finds the App's installation for the owner of repositories. */
export class Installations {
  readonly #client: GithubClient;
  readonly #app: AppCredential;
  readonly #configured: number | undefined;
  readonly #found = new Map<
    string,
    { id: number | undefined; expiresAt: number }
  >();

  private constructor(options: {
    client: GithubClient;
    app: AppCredential;
    installationId?: number;
  }) {
    this.#client = options.client;
    this.#app = options.app;
    this.#configured = options.installationId;
  }

  static create(options: {
    client: GithubClient;
    app: AppCredential;
    /** The only installation, where it is configured. */
    installationId?: number;
  }): Installations {
    return new Installations(options);
  }

  /** The id of the installation for an owner; `undefined` where the App is not installed. */
  async find(options: {
    owner: string;
    signal: AbortSignal;
  }): Promise<number | undefined> {
    if (this.#configured !== undefined) {
      return this.#configured;
    }
    const key = options.owner.toLocaleLowerCase('en-US');
    const known = this.#found.get(key);
    if (known && known.expiresAt > Date.now()) {
      return known.id;
    }
    const id =
      (await this.#request({ ...options, type: 'organization' })) ??
      (await this.#request({ ...options, type: 'user' }));
    this.#found.set(key, {
      id,
      expiresAt: Date.now() + (id === undefined ? NOT_FOUND_MS : FOUND_MS),
    });
    return id;
  }

  /** Has the owner's installation looked up again: GitHub no longer knows the one that was found. */
  forget(owner: string): void {
    this.#found.delete(owner.toLocaleLowerCase('en-US'));
  }

  async #request(options: {
    owner: string;
    type: 'organization' | 'user';
    signal: AbortSignal;
  }): Promise<number | undefined> {
    const { owner, signal } = options;
    const shared = {
      auth: await this.#app.getAuth(),
      doing: `find the App's installation for ${owner}`,
      schema: installationSchema,
      signal,
    };
    try {
      const answer =
        options.type === 'organization'
          ? await this.#client.request({
              ...shared,
              route: 'GET /orgs/{org}/installation',
              parameters: { org: owner },
            })
          : await this.#client.request({
              ...shared,
              route: 'GET /users/{username}/installation',
              parameters: { username: owner },
            });
      return answer.data.id;
    } catch (error) {
      if (error instanceof ProviderError && error.status === 404) {
        return undefined;
      }
      throw error;
    }
  }
}
