import {
  HostAgentChange,
  RepositoryRef,
  stringifyRepositoryRef,
} from '@agent-tasks/plugin-agent-tasks-node';
import { GithubAuth } from '../client/GithubAuth';
import { GithubClient } from '../client/GithubClient';
import {
  AGENT_CHANGES_REPOSITORIES,
  agentChangesQuery,
  agentChangesSchema,
  ListedRepository,
  toAgentChanges,
} from './agentChangesQuery';

/**
 * Lists the open pull requests of coding agents in repositories of one owner. What GitHub does not show is not in the
 * map.
 */
export async function listAgentChanges(options: {
  client: GithubClient;
  auth: GithubAuth;
  owner: string;
  repositories: readonly RepositoryRef[];
  signal: AbortSignal;
}): Promise<Map<string, HostAgentChange[]>> {
  const { client, auth, owner, repositories, signal } = options;
  const found = new Map<string, HostAgentChange[]>();
  let lists: ListedRepository[] = repositories.map(repository => ({
    repository,
  }));
  while (lists.length) {
    const page = lists.slice(0, AGENT_CHANGES_REPOSITORIES);
    const answer = await client.graphql({
      ...agentChangesQuery(page),
      auth,
      tolerate: ['NOT_FOUND'],
      doing: `list the open pull requests of ${page.length} repositories of ${owner}`,
      schema: agentChangesSchema,
      signal,
    });
    const more: ListedRepository[] = [];
    page.forEach(({ repository }, index) => {
      const pullRequests = answer[`r${index}`]?.pullRequests;
      if (!pullRequests) {
        return;
      }
      const key = stringifyRepositoryRef(repository);
      found.set(key, [
        ...(found.get(key) ?? []),
        ...toAgentChanges(pullRequests.nodes ?? []),
      ]);
      const { hasNextPage, endCursor } = pullRequests.pageInfo;
      if (hasNextPage && endCursor) {
        more.push({ repository, after: endCursor });
      }
    });
    lists = [...lists.slice(AGENT_CHANGES_REPOSITORIES), ...more];
  }
  return found;
}
