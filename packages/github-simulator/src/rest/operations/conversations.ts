import { GitHubError } from '../../errors';
import { PullRequest, Permissions } from '../../state';
import { pageOf } from '../pagination';
import { presentComment, presentLabel } from '../present/pullRequests';
import { RepositoryRequest, RestOperation } from '../RestOperation';

const READ: Permissions[] = [{ issues: 'read' }, { pull_requests: 'read' }];
const WRITE: Permissions[] = [{ issues: 'write' }, { pull_requests: 'write' }];

/** Labels and comments of pull requests, which are issues here. */
export const conversationOperations: RestOperation[] = [
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/issues/{issue_number}/labels',
    access: 'repository',
    anyOf: READ,
    handle(request) {
      const { items, headers } = pageOf({
        request,
        items: labelsOf(request, pullRequestOf(request)),
      });
      return { status: 200, body: items, headers };
    },
  },
  {
    method: 'POST',
    path: '/repos/{owner}/{repo}/issues/{issue_number}/labels',
    access: 'repository',
    anyOf: WRITE,
    handle(request) {
      const pullRequest = pullRequestOf(request);
      request.context.world.conversations.addLabels({
        pullRequest,
        names: labelNames(request.body),
        sender: request.principal.account,
      });
      return { status: 200, body: labelsOf(request, pullRequest) };
    },
  },
  {
    method: 'DELETE',
    path: '/repos/{owner}/{repo}/issues/{issue_number}/labels/{name}',
    access: 'repository',
    anyOf: WRITE,
    handle(request) {
      const pullRequest = pullRequestOf(request);
      request.context.world.conversations.removeLabel({
        pullRequest,
        name: request.params.name,
        sender: request.principal.account,
      });
      return { status: 200, body: labelsOf(request, pullRequest) };
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/issues/{issue_number}/comments',
    access: 'repository',
    anyOf: READ,
    handle(request) {
      const { context, query } = request;
      const { items, headers } = pageOf({
        request,
        items: context.world.conversations
          .listComments(pullRequestOf(request))
          .filter(
            comment =>
              !query.since ||
              comment.updatedAt >= Date.parse(String(query.since)),
          ),
      });
      return {
        status: 200,
        body: items.map(comment => presentComment(context, comment)),
        headers,
      };
    },
  },
  {
    method: 'POST',
    path: '/repos/{owner}/{repo}/issues/{issue_number}/comments',
    access: 'repository',
    anyOf: WRITE,
    createsContent: true,
    handle(request) {
      const { context, principal, body } = request;
      const comment = context.world.conversations.addComment({
        pullRequest: pullRequestOf(request),
        user: principal.account,
        body: String(body.body),
      });
      return { status: 201, body: presentComment(context, comment) };
    },
  },
  {
    method: 'PATCH',
    path: '/repos/{owner}/{repo}/issues/comments/{comment_id}',
    access: 'repository',
    anyOf: WRITE,
    handle(request) {
      const { context, repository, principal, params, body } = request;
      const { conversations, pullRequests } = context.world;
      const comment = conversations.getComment(Number(params.comment_id));
      const pullRequest = comment && pullRequests.get(comment.pullRequestId);
      if (!comment || pullRequest?.repositoryId !== repository.id) {
        throw GitHubError.notFound();
      }
      conversations.updateComment({
        comment,
        sender: principal.account,
        body: String(body.body),
      });
      return { status: 200, body: presentComment(context, comment) };
    },
  },
];

function pullRequestOf(request: RepositoryRequest): PullRequest {
  const pullRequest = request.context.world.pullRequests.getByNumber({
    repository: request.repository,
    number: Number(request.params.issue_number),
  });
  if (!pullRequest) {
    throw GitHubError.notFound();
  }
  return pullRequest;
}

function labelsOf(request: RepositoryRequest, pullRequest: PullRequest) {
  const { context, repository } = request;
  return context.world.conversations
    .labels(pullRequest)
    .map(label => presentLabel(context, repository, label));
}

/** `{labels: ['a']}`, `{labels: [{name: 'a'}]}`, or the list itself. */
function labelNames(body: Record<string, unknown>): string[] {
  const labels = (Array.isArray(body) ? body : body.labels) as
    (string | { name: string })[] | undefined;
  return (labels ?? []).map(label =>
    typeof label === 'string' ? label : label.name,
  );
}
