/**
 * A repository on a code host.
 *
 * @public
 */
export interface RepositoryRef {
  /** The host as it stands in web addresses, such as `github.com`. */
  host: string;
  /** The user or organisation that owns the repository. */
  owner: string;
  /** The name of the repository below its owner. */
  name: string;
}

/**
 * The one spelling of a repository that rows, keys and messages use:
 * `host/owner/name`, in lower case since hosts compare names without case.
 *
 * @public
 */
export function stringifyRepositoryRef(repository: RepositoryRef): string {
  return `${repository.host}/${repository.owner}/${repository.name}`.toLowerCase();
}
