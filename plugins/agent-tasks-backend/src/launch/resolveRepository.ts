import { RepositoryRef } from '@agent-tasks/plugin-agent-tasks-node';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
  Entity,
} from '@backstage/catalog-model';
import gitUrlParse from 'git-url-parse';

/** Where a component lives. */
export interface ResolvedRepository {
  repository: RepositoryRef;
  /** Folder of the component; absent for the whole repository. */
  path?: string;
}

const annotationProjectSlug = 'github.com/project-slug';

/** The host that the project slug annotation speaks of, unless a location names another one. */
const slugHost = 'github.com';

/**
 * What hosts allow in the names of owners and repositories; owners may be nested. Anything else, such as `..`, would lead
 * a request astray.
 */
function isName(value: string): boolean {
  return value
    .split('/')
    .every(
      part => /^[A-Za-z0-9_.-]{1,100}$/.test(part) && !/^\.{1,2}$/.test(part),
    );
}

function parseLocation(
  location: string | undefined,
  kind: 'folder' | 'file',
): ResolvedRepository | undefined {
  if (!location?.startsWith('url:')) {
    return undefined;
  }
  let parsed: gitUrlParse.GitUrl;
  try {
    parsed = gitUrlParse(location.slice('url:'.length));
  } catch {
    return undefined;
  }
  const { resource, owner, name, filepath } = parsed;
  if (!resource || !isName(owner) || !isName(name)) {
    return undefined;
  }
  const segments = filepath.split('/').filter(Boolean);
  if (kind === 'file' || parsed.filepathtype === 'blob') {
    segments.pop();
  }
  return {
    repository: { host: resource, owner, name },
    ...(segments.length && { path: segments.join('/') }),
  };
}

/** Whether two repositories bear the same name; hosts compare names without case. */
function sameName(
  a: Pick<RepositoryRef, 'owner' | 'name'>,
  b: Pick<RepositoryRef, 'owner' | 'name'>,
): boolean {
  return (
    a.owner.toLowerCase() === b.owner.toLowerCase() &&
    a.name.toLowerCase() === b.name.toLowerCase()
  );
}

/**
 * The repository of a component: by its project slug, else by where its source is, else by where it is described. The
 * folder of a component in a monorepo is kept.
 *
 * @remarks
 *
 * A project slug may speak of a GitHub Enterprise server, and does not say so. Where the source of a repository of that
 * name is on another host it is meant, so that no task ever works on a namesake on github.com.
 */
export function resolveRepository(
  entity: Entity,
): ResolvedRepository | undefined {
  const annotations = entity.metadata.annotations ?? {};
  const bySource = parseLocation(
    annotations[ANNOTATION_SOURCE_LOCATION],
    'folder',
  );
  const byManager = parseLocation(annotations[ANNOTATION_LOCATION], 'file');

  const [owner, name, ...rest] = (annotations[annotationProjectSlug] ?? '')
    .trim()
    .split('/');
  if (owner && name && !rest.length && isName(owner) && isName(name)) {
    const located = [bySource, byManager].find(
      candidate => candidate && sameName(candidate.repository, { owner, name }),
    );
    return {
      repository: { host: located?.repository.host ?? slugHost, owner, name },
      ...(located?.path && { path: located.path }),
    };
  }
  return bySource ?? byManager;
}
