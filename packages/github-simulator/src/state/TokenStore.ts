import { AccessToken } from './entities';
import type { World } from './World';

/** @public */
export interface TokenStoreData {
  tokens: AccessToken[];
}

const HOUR = 3_600_000;
/** Installation tokens live an hour, user tokens eight hours, their refresh tokens half a year. */
const INSTALLATION_TOKEN_LIFETIME = HOUR;
const USER_TOKEN_LIFETIME = 8 * HOUR;
const REFRESH_TOKEN_LIFETIME = 15_811_200_000;

/** A token without what the store itself adds. @public */
export type NewInstallationToken = Omit<
  Extract<AccessToken, { kind: 'installation' }>,
  'kind' | 'token' | 'expiresAt'
>;

/** Access tokens of every kind. @public */
export class TokenStore {
  readonly #world: World;
  readonly #tokens = new Map<string, AccessToken>();
  readonly #byRefreshToken = new Map<string, AccessToken>();

  private constructor(world: World) {
    this.#world = world;
  }

  static create(world: World): TokenStore {
    return new TokenStore(world);
  }

  add(token: AccessToken): AccessToken {
    this.#tokens.set(token.token, token);
    if (token.kind === 'app_user') {
      this.#byRefreshToken.set(token.refreshToken, token);
    }
    return token;
  }

  /** A token that exists and has not expired. */
  get(token: string): AccessToken | undefined {
    const found = this.#tokens.get(token);
    return found?.expiresAt !== undefined &&
      found.expiresAt <= this.#world.clock.now()
      ? undefined
      : found;
  }

  list(): AccessToken[] {
    return [...this.#tokens.values()];
  }

  revoke(token: string): void {
    const found = this.#tokens.get(token);
    this.#tokens.delete(token);
    if (found?.kind === 'app_user') {
      this.#byRefreshToken.delete(found.refreshToken);
    }
  }

  createInstallationToken(
    options: NewInstallationToken,
  ): Extract<AccessToken, { kind: 'installation' }> {
    this.#sweep();
    const token = {
      ...options,
      kind: 'installation' as const,
      token: `ghs_${this.#world.random.hex(36)}`,
      expiresAt: this.#world.clock.now() + INSTALLATION_TOKEN_LIFETIME,
    };
    this.add(token);
    return token;
  }

  createUserToken(options: {
    userId: number;
    appId: number;
  }): Extract<AccessToken, { kind: 'app_user' }> {
    const now = this.#world.clock.now();
    const token = {
      ...options,
      kind: 'app_user' as const,
      token: `ghu_${this.#world.random.hex(36)}`,
      refreshToken: `ghr_${this.#world.random.hex(76)}`,
      refreshTokenExpiresAt: now + REFRESH_TOKEN_LIFETIME,
      expiresAt: now + USER_TOKEN_LIFETIME,
    };
    this.add(token);
    return token;
  }

  /** Trades a refresh token, once: both old tokens are void afterwards. */
  refresh(options: {
    refreshToken: string;
    appId: number;
  }): Extract<AccessToken, { kind: 'app_user' }> | undefined {
    const old = this.#byRefreshToken.get(options.refreshToken);
    if (
      old?.kind !== 'app_user' ||
      old.appId !== options.appId ||
      old.refreshTokenExpiresAt <= this.#world.clock.now()
    ) {
      return undefined;
    }
    this.revoke(old.token);
    return this.createUserToken({ userId: old.userId, appId: old.appId });
  }

  load(data: TokenStoreData): void {
    data.tokens.forEach(token => this.add(token));
  }

  toData(): TokenStoreData {
    return { tokens: this.list() };
  }

  #minted = 0;

  /** Forgets expired installation tokens now and then: a long run mints one for nearly every call. */
  #sweep(): void {
    if (++this.#minted % 1_000 === 0) {
      const now = this.#world.clock.now();
      for (const token of this.#tokens.values()) {
        if (token.kind === 'installation' && token.expiresAt <= now) {
          this.#tokens.delete(token.token);
        }
      }
    }
  }
}
