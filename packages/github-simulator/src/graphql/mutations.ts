import { MergeMethod, PullRequest } from '../state';
import { revertPullRequest } from '../state/revertPullRequest';
import { GraphqlRefusal } from './GraphqlRefusal';
import { GraphqlSession } from './GraphqlSession';
import { accountNode } from './nodes/account';
import { issueCommentNode } from './nodes/issueComment';
import { pullRequestNode } from './nodes/pullRequest';

interface PullRequestInput {
  pullRequestId: string;
  clientMutationId?: string | null;
}

interface MergeInput extends PullRequestInput {
  mergeMethod?: string | null;
  expectedHeadOid?: string | null;
  commitHeadline?: string | null;
  commitBody?: string | null;
}

function methodOf(input: MergeInput): MergeMethod {
  return (input.mergeMethod ?? 'MERGE').toLocaleLowerCase(
    'en-US',
  ) as MergeMethod;
}

interface RevertInput extends PullRequestInput {
  title?: string | null;
  body?: string | null;
  draft?: boolean | null;
}

/** The pull request that a mutation is about, once it is certain that the session may change it so. */
function subject(
  session: GraphqlSession,
  id: string,
  permissions: Record<string, 'read' | 'write'>,
): PullRequest {
  const { pullRequests } = session.context.world;
  const pullRequest = pullRequests.getByNodeId(id);
  const repository = pullRequest && pullRequests.repositoryOf(pullRequest);
  if (!pullRequest || !repository || !session.sees(repository)) {
    throw new GraphqlRefusal(
      'NOT_FOUND',
      `Could not resolve to a node with the global id of '${id}'`,
    );
  }
  session.require({ repository, permissions });
  return pullRequest;
}

/** The fields of `Mutation` that the simulator serves. */
export function mutationRoot(session: GraphqlSession) {
  const { world } = session.context;
  const sender = session.account;
  const payload = (input: PullRequestInput, pullRequest: PullRequest) => ({
    clientMutationId: input.clientMutationId ?? undefined,
    actor: () => accountNode(session, sender),
    pullRequest: () => pullRequestNode(session, pullRequest),
  });
  // Observed at GitHub: moving between draft and ready needs to write contents beside pull requests.
  const draftPermissions = {
    contents: 'write',
    pull_requests: 'write',
  } as const;
  return {
    markPullRequestReadyForReview: ({ input }: { input: PullRequestInput }) => {
      const pullRequest = subject(
        session,
        input.pullRequestId,
        draftPermissions,
      );
      world.pullRequests.markReadyForReview({ pullRequest, sender });
      return payload(input, pullRequest);
    },
    convertPullRequestToDraft: ({ input }: { input: PullRequestInput }) => {
      const pullRequest = subject(
        session,
        input.pullRequestId,
        draftPermissions,
      );
      world.pullRequests.convertToDraft({ pullRequest, sender });
      return payload(input, pullRequest);
    },
    enablePullRequestAutoMerge: ({ input }: { input: MergeInput }) => {
      const pullRequest = subject(session, input.pullRequestId, {
        contents: 'write',
        pull_requests: 'write',
      });
      world.pullRequests.enableAutoMerge({
        pullRequest,
        sender,
        method: methodOf(input),
        expectedHeadSha: input.expectedHeadOid ?? undefined,
      });
      return payload(input, pullRequest);
    },
    disablePullRequestAutoMerge: ({ input }: { input: PullRequestInput }) => {
      const pullRequest = subject(session, input.pullRequestId, {
        contents: 'write',
        pull_requests: 'write',
      });
      world.pullRequests.disableAutoMerge({ pullRequest, sender });
      return payload(input, pullRequest);
    },
    mergePullRequest: ({ input }: { input: MergeInput }) => {
      const pullRequest = subject(session, input.pullRequestId, {
        contents: 'write',
      });
      world.pullRequests.merge({
        pullRequest,
        sender,
        sha: input.expectedHeadOid ?? undefined,
        method: methodOf(input),
        commitTitle: input.commitHeadline ?? undefined,
        commitMessage: input.commitBody ?? undefined,
      });
      return payload(input, pullRequest);
    },
    closePullRequest: ({ input }: { input: PullRequestInput }) => {
      const pullRequest = subject(session, input.pullRequestId, {
        pull_requests: 'write',
      });
      world.pullRequests.close({ pullRequest, sender });
      return payload(input, pullRequest);
    },
    reopenPullRequest: ({ input }: { input: PullRequestInput }) => {
      const pullRequest = subject(session, input.pullRequestId, {
        pull_requests: 'write',
      });
      world.pullRequests.reopen({ pullRequest, sender });
      return payload(input, pullRequest);
    },
    revertPullRequest: ({ input }: { input: RevertInput }) => {
      const pullRequest = subject(session, input.pullRequestId, {
        contents: 'write',
        pull_requests: 'write',
      });
      const revert = revertPullRequest({
        world,
        pullRequest,
        sender,
        title: input.title ?? undefined,
        body: input.body ?? undefined,
        draft: input.draft ?? false,
      });
      return {
        clientMutationId: input.clientMutationId ?? undefined,
        pullRequest: () => pullRequestNode(session, pullRequest),
        revertPullRequest: () => pullRequestNode(session, revert),
      };
    },
    addComment: ({
      input,
    }: {
      input: {
        subjectId: string;
        body: string;
        clientMutationId?: string | null;
      };
    }) => {
      const pullRequest = subject(session, input.subjectId, {
        pull_requests: 'write',
      });
      const comment = world.conversations.addComment({
        pullRequest,
        user: sender,
        body: input.body,
      });
      return {
        clientMutationId: input.clientMutationId ?? undefined,
        subject: () => pullRequestNode(session, pullRequest),
        commentEdge: () => ({
          cursor: Buffer.from(`comment:${comment.id}`).toString('base64'),
          node: issueCommentNode(session, comment),
        }),
      };
    },
  };
}
