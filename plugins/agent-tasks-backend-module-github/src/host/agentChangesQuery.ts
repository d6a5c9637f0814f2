import {
  HostAgentChange,
  RepositoryRef,
} from '@agent-tasks/plugin-agent-tasks-node';
import { z } from 'zod';
import { isByCodingAgent } from './codingAgents';

/** Repositories in one request: 100 lists are one point of GitHub's hourly budget, and their answer stays small. */
export const AGENT_CHANGES_REPOSITORIES = 100;

/** Pull requests of each repository in one answer. Few repositories have more that are open; those are read on. */
const PER_PAGE = 50;

const pullRequestSchema = z.object({
  id: z.string(),
  number: z.number().int(),
  url: z.string().url(),
  title: z.string(),
  headRefName: z.string(),
  additions: z.number().int(),
  deletions: z.number().int(),
  createdAt: z.string(),
  author: z.object({ __typename: z.string(), login: z.string() }).nullable(),
});

/** By alias `r0`, `r1`, …, in the order asked for; `null` for one that the token does not cover. */
export const agentChangesSchema = z.record(
  z
    .object({
      pullRequests: z.object({
        pageInfo: z.object({
          hasNextPage: z.boolean(),
          endCursor: z.string().nullish(),
        }),
        nodes: z.array(pullRequestSchema.nullable()).nullable(),
      }),
    })
    .nullable(),
);

/** A list of open pull requests, and where it goes on. */
export interface ListedRepository {
  repository: RepositoryRef;
  /** The end of the page before. */
  after?: string;
}

/**
 * A query for one page of the open pull requests of up to a hundred repositories. GitHub lists the oldest first, so that one
 * opened between two pages comes at the end, and none is passed over.
 */
export function agentChangesQuery(lists: readonly ListedRepository[]): {
  query: string;
  variables: Record<string, string | null>;
} {
  const parameters: string[] = [];
  const fields: string[] = [];
  const variables: Record<string, string | null> = {};
  lists.forEach(({ repository, after }, index) => {
    parameters.push(
      `$owner${index}: String!`,
      `$name${index}: String!`,
      `$after${index}: String`,
    );
    fields.push(
      `r${index}: repository(owner: $owner${index}, name: $name${index}) {
        pullRequests(first: ${PER_PAGE}, after: $after${index}, states: OPEN) { ...Open }
      }`,
    );
    variables[`owner${index}`] = repository.owner;
    variables[`name${index}`] = repository.name;
    variables[`after${index}`] = after ?? null;
  });
  const query = `
    query AgentChanges(${parameters.join(', ')}) {
      ${fields.join('\n      ')}
    }
    fragment Open on PullRequestConnection {
      pageInfo { hasNextPage endCursor }
      nodes {
        id
        number
        url
        title
        headRefName
        additions
        deletions
        createdAt
        author { __typename login }
      }
    }`;
  return { query, variables };
}

/** Those of a page that coding agents made. */
export function toAgentChanges(
  nodes: readonly (z.infer<typeof pullRequestSchema> | null)[],
): HostAgentChange[] {
  return nodes.flatMap(node =>
    node && isByCodingAgent(node)
      ? [
          {
            globalId: node.id,
            number: node.number,
            url: node.url,
            title: node.title,
            author: node.author?.login ?? 'ghost',
            headBranch: node.headRefName,
            additions: node.additions,
            deletions: node.deletions,
            createdAt: node.createdAt,
          },
        ]
      : [],
  );
}
