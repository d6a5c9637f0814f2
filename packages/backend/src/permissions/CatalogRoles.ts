import {
  AuthService,
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';

/** What a user may do in the portal, from the least to the most. */
export type Role = 'developer' | 'lead' | 'admin';

/** The label of a User entity that gives its role. */
export const ROLE_LABEL = 'agent-tasks.io/role';

/** A user as the policy sees them. */
export interface RoleHolder {
  /** Full entity ref, such as `user:default/dana`. */
  userEntityRef: string;
  /** Absent where the catalog has no such user or gives it no role that is known. */
  role?: Role;
  /** Entity refs of the user and of the groups that the user owns things through. */
  ownershipEntityRefs: string[];
}

/**
 * How long an answer is kept, in milliseconds. A page asks for dozens of decisions at once; a changed role holds within
 * half a minute.
 */
const CACHE_MILLISECONDS = 30_000;

/** How many users are kept at most, so that a portal with many users does not grow without end. */
const CACHE_ENTRIES = 1_000;

/** Finds roles in the catalog. */
export class CatalogRoles {
  static create(options: {
    auth: AuthService;
    catalog: CatalogService;
    userInfo: UserInfoService;
    /** The time in milliseconds. */
    now?: () => number;
  }): CatalogRoles {
    return new CatalogRoles(options);
  }

  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #userInfo: UserInfoService;
  readonly #now: () => number;
  readonly #holders = new Map<
    string,
    { holder: Promise<RoleHolder>; expiresAt: number }
  >();

  private constructor(options: {
    auth: AuthService;
    catalog: CatalogService;
    userInfo: UserInfoService;
    now?: () => number;
  }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#userInfo = options.userInfo;
    this.#now = options.now ?? Date.now;
  }

  /**
   * The user behind credentials, or undefined where there is none.
   *
   * @throws when the catalog does not answer: without a role nothing is decided.
   */
  async find(
    credentials: BackstageCredentials,
  ): Promise<RoleHolder | undefined> {
    if (!this.#auth.isPrincipal(credentials, 'user')) {
      return undefined;
    }
    const { userEntityRef } = credentials.principal;
    const kept = this.#holders.get(userEntityRef);
    if (kept && kept.expiresAt > this.#now()) {
      return kept.holder;
    }
    const holder = this.#read({ userEntityRef, credentials });
    this.#keep({ userEntityRef, holder });
    return holder;
  }

  #keep(options: { userEntityRef: string; holder: Promise<RoleHolder> }): void {
    const { userEntityRef, holder } = options;
    this.#holders.delete(userEntityRef);
    const [oldest] = this.#holders.keys();
    if (oldest !== undefined && this.#holders.size >= CACHE_ENTRIES) {
      this.#holders.delete(oldest);
    }
    const entry = { holder, expiresAt: this.#now() + CACHE_MILLISECONDS };
    this.#holders.set(userEntityRef, entry);
    // A failure is not kept: the next question asks again.
    holder.catch(() => {
      if (this.#holders.get(userEntityRef) === entry) {
        this.#holders.delete(userEntityRef);
      }
    });
  }

  async #read(options: {
    userEntityRef: string;
    credentials: BackstageCredentials;
  }): Promise<RoleHolder> {
    const { userEntityRef, credentials } = options;
    const [entity, { ownershipEntityRefs }] = await Promise.all([
      this.#catalog.getEntityByRef(userEntityRef, {
        credentials: await this.#auth.getOwnServiceCredentials(),
      }),
      this.#userInfo.getUserInfo(credentials),
    ]);
    return {
      userEntityRef,
      role: parseRole(entity?.metadata.labels?.[ROLE_LABEL]),
      ownershipEntityRefs,
    };
  }
}

function parseRole(value: string | undefined): Role | undefined {
  return value === 'developer' || value === 'lead' || value === 'admin'
    ? value
    : undefined;
}
