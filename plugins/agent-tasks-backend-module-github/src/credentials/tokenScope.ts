import { TokenPermissions } from '../client/GithubAuth';

/** GitHub narrows a token to at most so many repositories. */
export const MOST_REPOSITORIES = 500;

/** What a token of an installation is narrowed to. Names of repositories, without their owner. */
export interface TokenScope {
  repositories: readonly string[];
  permissions: TokenPermissions;
}

/** GitHub compares names of repositories without case. */
export function repositoryKey(name: string): string {
  return name.toLocaleLowerCase('en-US');
}

/** The same text for the same permissions, however they are ordered. */
export function permissionsKey(permissions: TokenPermissions): string {
  return Object.entries(permissions)
    .map(([name, level]) => `${name}:${level}`)
    .sort()
    .join(',');
}

/** The same text for the same scope. */
export function scopeKey(scope: TokenScope): string {
  const repositories = [...new Set(scope.repositories.map(repositoryKey))];
  return `${permissionsKey(scope.permissions)} ${repositories.sort().join(',')}`;
}

/** Whether a token of one scope serves all that another one needs, with the same permissions and no more. */
export function covers(options: {
  scope: TokenScope;
  needed: TokenScope;
}): boolean {
  const { scope, needed } = options;
  if (
    permissionsKey(scope.permissions) !== permissionsKey(needed.permissions)
  ) {
    return false;
  }
  const covered = new Set(scope.repositories.map(repositoryKey));
  return needed.repositories.every(name => covered.has(repositoryKey(name)));
}

/**
 * The repositories for a token that many reads will share: those needed now, and of those needed of late as many as
 * fit, the latest first. So the next read of a part of them needs no token of its own.
 *
 * @returns at most {@link MOST_REPOSITORIES} names, each once, all of `needed` among them.
 */
export function widen(options: {
  /** At most {@link MOST_REPOSITORIES}. */
  needed: readonly string[];
  /** When each was last needed, in milliseconds since 1970. */
  recent: ReadonlyMap<string, number>;
  since: number;
}): string[] {
  const chosen = new Map(
    options.needed.map(name => [repositoryKey(name), name]),
  );
  const recent = [...options.recent]
    .filter(([, neededAt]) => neededAt >= options.since)
    .sort(([, a], [, b]) => b - a);
  for (const [name] of recent) {
    if (chosen.size >= MOST_REPOSITORIES) {
      break;
    }
    if (!chosen.has(repositoryKey(name))) {
      chosen.set(repositoryKey(name), name);
    }
  }
  return [...chosen.values()];
}
