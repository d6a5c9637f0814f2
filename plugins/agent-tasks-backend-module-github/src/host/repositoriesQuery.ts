import {
  HostRepository,
  RepositoryRef,
} from '@agent-tasks/plugin-agent-tasks-node';
import { z } from 'zod';

/** GitHub answers at most so many repositories to one request within its time limit. */
export const REPOSITORIES_PER_REQUEST = 100;

const repositorySchema = z.object({
  name: z.string(),
  owner: z.object({ login: z.string() }),
  url: z.string().url(),
  isArchived: z.boolean(),
  defaultBranchRef: z.object({ name: z.string() }).nullable(),
});

/** By alias `r0`, `r1`, …, in the order asked for; `null` for one that the token does not cover. */
export const repositoriesSchema = z.record(repositorySchema.nullable());

/** A query for up to a hundred repositories by name. */
export function repositoriesQuery(repositories: readonly RepositoryRef[]): {
  query: string;
  variables: Record<string, string>;
} {
  const parameters: string[] = [];
  const fields: string[] = [];
  const variables: Record<string, string> = {};
  repositories.forEach((repository, index) => {
    parameters.push(`$owner${index}: String!`, `$name${index}: String!`);
    fields.push(
      `r${index}: repository(owner: $owner${index}, name: $name${index}) { ...Repository }`,
    );
    variables[`owner${index}`] = repository.owner;
    variables[`name${index}`] = repository.name;
  });
  const query = `
    query Repositories(${parameters.join(', ')}) {
      ${fields.join('\n      ')}
    }
    fragment Repository on Repository {
      name
      owner { login }
      url
      isArchived
      defaultBranchRef { name }
    }`;
  return { query, variables };
}

/** A repository as the host knows it. */
export function toHostRepository(options: {
  repository: z.infer<typeof repositorySchema>;
  host: string;
}): HostRepository {
  const { repository, host } = options;
  return {
    ref: { host, owner: repository.owner.login, name: repository.name },
    url: repository.url,
    // An empty repository has none. Git's own name for "the default branch" is then the only true answer.
    defaultBranch: repository.defaultBranchRef?.name ?? 'HEAD',
    archived: repository.isArchived,
  };
}
