import { createPrivateKey, KeyObject, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { ProviderError } from '@agent-tasks/plugin-agent-tasks-node';
import { GithubAuth } from '../client/GithubAuth';
import {
  isPrivateKey,
  normalizePem,
  PrivateKeySource,
} from '../config/readGithubConfig';

/** Signatures count from a minute ago, as GitHub advises, so that a clock that is a little fast does no harm. */
const BACKDATED_SECONDS = 60;
/** GitHub takes ten minutes at most. */
const VALID_SECONDS = 9 * 60;

/** The GitHub App itself: what finds its installations and makes their tokens. */
export class AppCredential {
  readonly #appId: number;
  readonly #source: PrivateKeySource;
  readonly #now: () => number;
  #key: KeyObject | undefined;

  private constructor(options: {
    appId: number;
    privateKey: PrivateKeySource;
    now: () => number;
  }) {
    this.#appId = options.appId;
    this.#source = options.privateKey;
    this.#now = options.now;
  }

  static create(options: {
    appId: number;
    privateKey: PrivateKeySource;
    /** The time at GitHub in milliseconds since 1970. */
    now: () => number;
  }): AppCredential {
    return new AppCredential(options);
  }

  /** A signature of the App. A key in a file is read when it is first needed. */
  async getAuth(): Promise<GithubAuth> {
    this.#key ??= await this.#readKey();
    return {
      token: this.#sign(this.#key),
      scope: { kind: 'app' },
      // The file may hold a new key by now.
      onRefused: () => {
        this.#key = undefined;
      },
    };
  }

  async #readKey(): Promise<KeyObject> {
    if (this.#source.type === 'inline') {
      return createPrivateKey(this.#source.pem);
    }
    let pem: string;
    try {
      pem = normalizePem(await readFile(this.#source.path, 'utf8'));
    } catch {
      throw new ProviderError(
        `The App's private key could not be read: there is no readable file ${this.#source.path}. It is named at agentTasks.github.app.privateKeyFile.`,
        { effect: 'later' },
      );
    }
    if (!isPrivateKey(pem)) {
      throw new ProviderError(
        `The file ${this.#source.path} holds no RSA private key in PEM format. It is named at agentTasks.github.app.privateKeyFile.`,
        { effect: 'later' },
      );
    }
    return createPrivateKey(pem);
  }

  /** A JSON web token (RFC 7519), signed with RS256, as GitHub asks of Apps. */
  #sign(key: KeyObject): string {
    const now = Math.floor(this.#now() / 1000);
    const signed = [
      { alg: 'RS256', typ: 'JWT' },
      {
        iat: now - BACKDATED_SECONDS,
        exp: now + VALID_SECONDS,
        iss: String(this.#appId),
      },
    ]
      .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    const signature = sign('RSA-SHA256', Buffer.from(signed), key);
    return `${signed}.${signature.toString('base64url')}`;
  }
}
