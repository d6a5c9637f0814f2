import type { TaskRepository } from '@agent-tasks/plugin-agent-tasks-common';
import { ExternalLink } from './ExternalLink';

/** `owner/name` of a repository, as a link to it; the host stands in the address. */
export function RepositoryLink(props: { repository: TaskRepository }) {
  return (
    <ExternalLink to={props.repository.url}>
      {repositoryName({ repositoryRef: props.repository.ref })}
    </ExternalLink>
  );
}

/** `owner/name` of `host/owner/name`. */
export function repositoryName(options: { repositoryRef: string }): string {
  const parts = options.repositoryRef.split('/');
  return parts.length > 2 ? parts.slice(1).join('/') : options.repositoryRef;
}
