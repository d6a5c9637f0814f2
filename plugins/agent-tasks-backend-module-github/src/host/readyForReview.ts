import {
  HostChangeRef,
  ProviderError,
} from '@agent-tasks/plugin-agent-tasks-node';
import { z } from 'zod';
import { GithubAuth } from '../client/GithubAuth';
import { GithubClient } from '../client/GithubClient';

const MUTATION = `
  mutation ReadyForReview($id: ID!) {
    markPullRequestReadyForReview(input: { pullRequestId: $id }) {
      pullRequest { isDraft }
    }
  }`;

const QUERY = `
  query IsDraft($id: ID!) {
    node(id: $id) {
      ... on PullRequest { isDraft }
    }
  }`;

const mutationSchema = z.object({
  markPullRequestReadyForReview: z.object({
    pullRequest: z.object({ isDraft: z.boolean() }),
  }),
});

const querySchema = z.object({
  node: z.object({ isDraft: z.boolean().optional() }).nullable(),
});

/** Offers a draft for review. GitHub refuses that for one that is no draft, which is then no error. */
export async function readyForReview(options: {
  client: GithubClient;
  auth: GithubAuth;
  change: HostChangeRef;
  signal: AbortSignal;
}): Promise<void> {
  const { client, auth, change, signal } = options;
  const { owner, name } = change.repository;
  const variables = { id: change.globalId };
  try {
    await client.graphql({
      auth,
      query: MUTATION,
      variables,
      doing: `offer a pull request in ${owner}/${name} for review`,
      schema: mutationSchema,
      signal,
    });
  } catch (error) {
    if (!(error instanceof ProviderError && error.effect === 'refused')) {
      throw error;
    }
    const { node } = await client.graphql({
      auth,
      query: QUERY,
      variables,
      tolerate: ['NOT_FOUND'],
      doing: `read a pull request in ${owner}/${name}`,
      schema: querySchema,
      signal,
    });
    if (node?.isDraft !== false) {
      throw error;
    }
  }
}
