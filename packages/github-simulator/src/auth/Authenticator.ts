import { createPublicKey, KeyObject } from 'crypto';
import { decodeJwt, errors, jwtVerify } from 'jose';
import { GitHubError } from '../errors';
import { Permissions, Repository, RepositoryRole, World } from '../state';
import { Access, Principal } from './Principal';

const LEVELS = ['read', 'write', 'admin'] as const;

/** A level of a permission. @public */
export type PermissionLevel = (typeof LEVELS)[number];

/** The role that a user needs in the repository, whatever its token says. */
const ROLE_FOR_LEVEL: Record<PermissionLevel, RepositoryRole> = {
  read: 'read',
  write: 'write',
  admin: 'admin',
};

/** An App's JWT may be valid for ten minutes at most; a minute of clock drift is tolerated. */
const MAX_JWT_LIFETIME_SECONDS = 600;
const CLOCK_DRIFT_SECONDS = 60;

/** Tells who makes a request, and what they may do. @public */
export class Authenticator {
  readonly #world: World;
  readonly #keys = new Map<string, KeyObject>();

  private constructor(world: World) {
    this.#world = world;
  }

  static create(options: { world: World }): Authenticator {
    return new Authenticator(options.world);
  }

  /** @throws GitHubError 401 when there is no valid token */
  async authenticate(request: {
    headers: { authorization?: string };
  }): Promise<Principal> {
    const { authorization } = request.headers;
    if (!authorization) {
      throw new GitHubError(401, 'Requires authentication');
    }
    const [, token] = /^(?:bearer|token)\s+(\S+)$/i.exec(authorization) ?? [];
    if (!token) {
      throw new GitHubError(401, 'Bad credentials');
    }
    if (token.startsWith('ey') && token.split('.').length === 3) {
      return this.#authenticateApp(token);
    }
    return this.#authenticateToken(token);
  }

  /** What a principal may do with a repository. Every token may read `metadata` of what it sees. */
  access(options: {
    principal: Principal;
    repository: Repository;
    permission: string;
    level: PermissionLevel;
  }): Access {
    const { principal, repository, permission, level } = options;
    if (!this.sees({ principal, repository })) {
      return 'hidden';
    }
    if (principal.kind === 'app') {
      return 'hidden';
    }
    if (permission === 'metadata' && level === 'read') {
      return 'granted';
    }
    if (principal.kind === 'installation') {
      return grants(principal.permissions, permission, level)
        ? 'granted'
        : 'forbidden';
    }
    const byToken =
      !principal.permissions ||
      grants(principal.permissions, permission, level);
    const byRole = this.#world.repositories.hasRole({
      repository,
      user: principal.account,
      role: ROLE_FOR_LEVEL[level],
    });
    return byToken && byRole ? 'granted' : 'forbidden';
  }

  /** Whether `access` is `granted`. */
  canAccess(options: {
    principal: Principal;
    repository: Repository;
    permission: string;
    level: PermissionLevel;
  }): boolean {
    return this.access(options) === 'granted';
  }

  /**
   * Refuses a principal that has none of the alternatives; each of these is a set of permissions, all of them needed.
   *
   * @throws GitHubError 404 when it does not see the repository, 403 when it lacks the permission
   */
  require(options: {
    principal: Principal;
    repository: Repository;
    anyOf: Permissions[];
  }): void {
    const { principal, repository, anyOf } = options;
    if (!this.sees({ principal, repository })) {
      throw GitHubError.notFound();
    }
    const granted = anyOf.some(permissions =>
      Object.entries(permissions).every(([permission, level]) =>
        this.canAccess({ principal, repository, permission, level }),
      ),
    );
    if (!granted) {
      throw forbidden(principal);
    }
  }

  /** Whether a principal knows that a repository exists. */
  sees(options: { principal: Principal; repository: Repository }): boolean {
    const { principal, repository } = options;
    if (principal.kind === 'app') {
      return false;
    }
    const { apps, repositories } = this.#world;
    if (principal.kind === 'installation') {
      return (
        apps.covers({ installation: principal.installation, repository }) &&
        (principal.repositoryIds?.includes(repository.id) ?? true)
      );
    }
    const { account, app } = principal;
    if (app && !apps.installationFor({ app, repository })) {
      return false;
    }
    return (
      repositories.roleOf({ repository, user: account }) !== undefined &&
      matchesAny(
        principal.repositories,
        repositories.fullName(repository).toLocaleLowerCase('en-US'),
      )
    );
  }

  #authenticateToken(token: string): Principal {
    const found = this.#world.tokens.get(token);
    if (!found) {
      throw new GitHubError(401, 'Bad credentials');
    }
    const { accounts, apps } = this.#world;
    if (found.kind === 'installation') {
      const installation = apps.getInstallation(found.installationId);
      const app = installation && apps.get(installation.appId);
      if (!app || installation.suspendedAt !== undefined) {
        throw new GitHubError(401, 'Bad credentials');
      }
      return {
        kind: 'installation',
        token,
        account: accounts.require(app.botId),
        app,
        installation,
        repositoryIds: found.repositoryIds,
        permissions: intersect(found.permissions, installation.permissions),
      };
    }
    const account = accounts.get(found.userId);
    if (!account) {
      throw new GitHubError(401, 'Bad credentials');
    }
    if (found.kind === 'fine_grained') {
      return {
        kind: 'user',
        tokenKind: found.kind,
        token,
        account,
        repositories: found.repositories,
        permissions: found.permissions,
      };
    }
    if (found.kind === 'classic') {
      const { scopes } = found;
      return {
        kind: 'user',
        tokenKind: found.kind,
        token,
        account,
        scopes,
        permissions: scopes.includes('repo') ? undefined : {},
      };
    }
    const app = apps.get(found.appId);
    return {
      kind: 'user',
      tokenKind: found.kind,
      token,
      account,
      app,
      permissions: app?.permissions ?? {},
    };
  }

  async #authenticateApp(token: string): Promise<Principal> {
    let issuer: string | undefined;
    try {
      issuer = String(decodeJwt(token).iss ?? '');
    } catch {
      throw new GitHubError(401, 'A JSON web token could not be decoded');
    }
    const app =
      this.#world.apps.get(Number(issuer)) ??
      this.#world.apps.getByClientId(issuer);
    if (!app?.publicKeyPem) {
      throw new GitHubError(404, 'Integration not found');
    }
    const now = Math.floor(this.#world.clock.now() / 1000);
    try {
      const { payload } = await jwtVerify(token, this.#key(app.publicKeyPem), {
        algorithms: ['RS256'],
        requiredClaims: ['iat', 'exp'],
        currentDate: new Date(now * 1000),
      });
      if (payload.exp! > now + MAX_JWT_LIFETIME_SECONDS + CLOCK_DRIFT_SECONDS) {
        throw new GitHubError(
          401,
          "'Expiration time' claim ('exp') is too far in the future",
        );
      }
      if (payload.iat! > now + CLOCK_DRIFT_SECONDS) {
        throw badIssuedAt();
      }
    } catch (error) {
      if (error instanceof GitHubError) {
        throw error;
      }
      if (error instanceof errors.JWTExpired) {
        // Clients recognise this sentence and correct their clock by the `date` header.
        throw new GitHubError(
          401,
          "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
        );
      }
      if (error instanceof errors.JWTClaimValidationFailed) {
        throw badIssuedAt();
      }
      throw new GitHubError(401, 'A JSON web token could not be decoded');
    }
    return {
      kind: 'app',
      token: `app:${app.id}`,
      account: this.#world.accounts.require(app.botId),
      app,
    };
  }

  #key(pem: string): KeyObject {
    let key = this.#keys.get(pem);
    if (!key) {
      key = createPublicKey(pem);
      this.#keys.set(pem, key);
    }
    return key;
  }
}

/** The refusal of a principal that lacks a permission. @public */
export function forbidden(principal: Principal): GitHubError {
  const by =
    principal.kind === 'user' && principal.tokenKind !== 'app_user'
      ? 'personal access token'
      : 'integration';
  return new GitHubError(403, `Resource not accessible by ${by}`);
}

/** Whether permissions hold a level or a higher one. */
export function grants(
  permissions: Permissions,
  permission: string,
  level: PermissionLevel,
): boolean {
  const granted = permissions[permission];
  return (
    granted !== undefined && LEVELS.indexOf(granted) >= LEVELS.indexOf(level)
  );
}

function intersect(a: Permissions, b: Permissions): Permissions {
  const result: Permissions = {};
  for (const [permission, level] of Object.entries(a)) {
    const other = b[permission];
    if (other) {
      result[permission] = grants({ [permission]: other }, permission, level)
        ? level
        : other;
    }
  }
  return result;
}

function matchesAny(patterns: string[] | undefined, fullName: string): boolean {
  return (
    !patterns ||
    patterns.some(pattern => {
      const wanted = pattern.toLocaleLowerCase('en-US');
      return wanted.endsWith('/*')
        ? fullName.startsWith(wanted.slice(0, -1))
        : wanted === fullName;
    })
  );
}

function badIssuedAt(): GitHubError {
  return new GitHubError(
    401,
    "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
  );
}
