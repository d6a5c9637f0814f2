import {
  HostChange,
  HostChangeState,
  HostChecksState,
  HostReviewState,
} from '@agent-tasks/plugin-agent-tasks-node';
import { z } from 'zod';

/** GitHub's limit for `nodes(ids)`. */
export const CHANGES_PER_REQUEST = 100;

/** Reads up to a hundred pull requests by their global ids. */
export const CHANGES_QUERY = `
  query Changes($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on PullRequest {
        id
        number
        url
        title
        state
        isDraft
        headRefName
        headRefOid
        baseRefName
        additions
        deletions
        changedFiles
        reviewDecision
        mergedBy { login }
        createdAt
        updatedAt
        mergedAt
        closedAt
        commits(last: 1) {
          nodes { commit { oid statusCheckRollup { state } } }
        }
      }
    }
  }`;

const pullRequestSchema = z.object({
  id: z.string(),
  number: z.number().int(),
  url: z.string().url(),
  title: z.string(),
  state: z.string(),
  isDraft: z.boolean(),
  headRefName: z.string(),
  headRefOid: z.string(),
  baseRefName: z.string(),
  additions: z.number().int(),
  deletions: z.number().int(),
  changedFiles: z.number().int(),
  reviewDecision: z.string().nullable(),
  mergedBy: z.object({ login: z.string() }).nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
  mergedAt: z.string().nullable(),
  closedAt: z.string().nullable(),
  commits: z.object({
    nodes: z
      .array(
        z
          .object({
            commit: z.object({
              oid: z.string(),
              statusCheckRollup: z.object({ state: z.string() }).nullable(),
            }),
          })
          .nullable(),
      )
      .nullable(),
  }),
});

export type GithubPullRequest = z.infer<typeof pullRequestSchema>;

/** In the order asked for: `null` for what the token does not cover, empty for what is no pull request. */
export const changesSchema = z.object({
  nodes: z.array(
    z.union([pullRequestSchema, z.object({}).strict()]).nullable(),
  ),
});

const STATES: Record<string, HostChangeState> = {
  OPEN: 'open',
  MERGED: 'merged',
  CLOSED: 'closed',
};

const CHECKS: Record<string, HostChecksState> = {
  SUCCESS: 'passed',
  FAILURE: 'failed',
  ERROR: 'failed',
  PENDING: 'pending',
  EXPECTED: 'pending',
};

const REVIEWS: Record<string, HostReviewState> = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes_requested',
  REVIEW_REQUIRED: 'required',
};

/** A pull request in the words of all code hosts. */
export function toHostChange(pullRequest: GithubPullRequest): HostChange {
  const settledAt = pullRequest.mergedAt ?? pullRequest.closedAt;
  return {
    globalId: pullRequest.id,
    number: pullRequest.number,
    url: pullRequest.url,
    title: pullRequest.title,
    state: STATES[pullRequest.state] ?? 'open',
    draft: pullRequest.isDraft,
    headBranch: pullRequest.headRefName,
    headCommit: pullRequest.headRefOid,
    baseBranch: pullRequest.baseRefName,
    additions: pullRequest.additions,
    deletions: pullRequest.deletions,
    changedFiles: pullRequest.changedFiles,
    checks: checksOf(pullRequest),
    review: REVIEWS[pullRequest.reviewDecision ?? ''] ?? 'none',
    ...(pullRequest.mergedBy ? { mergedBy: pullRequest.mergedBy.login } : {}),
    createdAt: pullRequest.createdAt,
    updatedAt: pullRequest.updatedAt,
    ...(settledAt ? { settledAt } : {}),
  };
}

/** Checks count for the head commit alone: those of an older one say nothing of what would be merged. */
function checksOf(pullRequest: GithubPullRequest): HostChecksState {
  const commit = pullRequest.commits.nodes?.at(-1)?.commit;
  if (!commit || commit.oid !== pullRequest.headRefOid) {
    return 'pending';
  }
  const { statusCheckRollup } = commit;
  return statusCheckRollup
    ? (CHECKS[statusCheckRollup.state] ?? 'pending')
    : 'none';
}
