import { GithubAuth } from '../client/GithubAuth';

/**
 * The credential that starts and reads tasks: a fine-grained token of a machine user, since GitHub refuses those of
 * Apps for agent tasks.
 */
export class StarterCredential {
  readonly #token: string;

  private constructor(token: string) {
    this.#token = token;
  }

  static create(options: { token: string }): StarterCredential {
    return new StarterCredential(options.token);
  }

  getAuth(): GithubAuth {
    return { token: this.#token, scope: { kind: 'starter' } };
  }
}
