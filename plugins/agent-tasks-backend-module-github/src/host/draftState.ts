import {
  HostChangeRef,
  ProviderError,
} from '@agent-tasks/plugin-agent-tasks-node';
import { z } from 'zod';
import { GithubAuth } from '../client/GithubAuth';
import { GithubClient } from '../client/GithubClient';

const READY = `
  mutation ReadyForReview($id: ID!) {
    markPullRequestReadyForReview(input: { pullRequestId: $id }) {
      pullRequest { isDraft }
    }
  }`;

const DRAFT = `
  mutation BackToDraft($id: ID!) {
    convertPullRequestToDraft(input: { pullRequestId: $id }) {
      pullRequest { isDraft }
    }
  }`;

const QUERY = `
  query IsDraft($id: ID!) {
    node(id: $id) {
      ... on PullRequest { isDraft }
    }
  }`;

const payload = z.object({ pullRequest: z.object({ isDraft: z.boolean() }) });

const readySchema = z.object({ markPullRequestReadyForReview: payload });

const draftSchema = z.object({ convertPullRequestToDraft: payload });

const querySchema = z.object({
  node: z.object({ isDraft: z.boolean().optional() }).nullable(),
});

/**
 * Offers a draft for review, or makes a pull request a draft again. GitHub refuses that for one that is so already, which
 * is then no error.
 */
export async function setDraft(options: {
  client: GithubClient;
  auth: GithubAuth;
  change: HostChangeRef;
  draft: boolean;
  signal: AbortSignal;
}): Promise<void> {
  const { client, auth, change, draft, signal } = options;
  const { owner, name } = change.repository;
  const variables = { id: change.globalId };
  try {
    if (draft) {
      await client.graphql({
        auth,
        query: DRAFT,
        variables,
        doing: `make a pull request in ${owner}/${name} a draft`,
        schema: draftSchema,
        signal,
      });
    } else {
      await client.graphql({
        auth,
        query: READY,
        variables,
        doing: `offer a pull request in ${owner}/${name} for review`,
        schema: readySchema,
        signal,
      });
    }
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
    if (node?.isDraft !== draft) {
      throw error;
    }
  }
}
