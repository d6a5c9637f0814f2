import { GitHubError } from '../../errors';
import {
  Account,
  MergeMethod,
  PullRequest,
  Team,
  Permissions,
} from '../../state';
import { pageOf } from '../pagination';
import { presentCommit } from '../present/commits';
import {
  presentFile,
  presentPullRequest,
  presentPullRequestSimple,
  presentReview,
} from '../present/pullRequests';
import { presentAccount, presentTeam } from '../present/accounts';
import { RepositoryRequest, RestOperation } from '../RestOperation';

const READ: Permissions[] = [{ pull_requests: 'read' }];
const WRITE: Permissions[] = [{ pull_requests: 'write' }];

/** As many files as GitHub lists. */
const MAX_FILES = 3_000;

/** Pull requests, but for their conversation. */
export const pullRequestOperations: RestOperation[] = [
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/pulls',
    access: 'repository',
    anyOf: READ,
    handle(request) {
      const { context, repository, query } = request;
      const state = (query.state as string) ?? 'open';
      const head = (query.head as string | undefined)?.replace(/^[^:]*:/, '');
      const sort = (query.sort as string) ?? 'created';
      const all = context.world.pullRequests
        .list({ repository })
        .filter(
          pullRequest =>
            (state === 'all' || pullRequest.state === state) &&
            (!head || pullRequest.headRef === head) &&
            (!query.base || pullRequest.baseRef === query.base),
        );
      if (sort === 'updated') {
        all.sort((a, b) => b.updatedAt - a.updatedAt);
      }
      const direction =
        query.direction ?? (sort === 'created' ? 'desc' : 'asc');
      if (direction === 'asc') {
        all.reverse();
      }
      const { items, headers } = pageOf({ request, items: all });
      return {
        status: 200,
        body: items.map(item => presentPullRequestSimple(context, item)),
        headers,
      };
    },
  },
  {
    method: 'POST',
    path: '/repos/{owner}/{repo}/pulls',
    access: 'repository',
    anyOf: WRITE,
    createsContent: true,
    handle({ context, repository, principal, body }) {
      const pullRequest = context.world.pullRequests.create({
        repository,
        author: principal.account,
        title: String(body.title ?? body.head),
        body: body.body as string | undefined,
        headRef: String(body.head).replace(/^[^:]*:/, ''),
        baseRef: String(body.base),
        draft: body.draft as boolean | undefined,
      });
      return { status: 201, body: presentPullRequest(context, pullRequest) };
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/pulls/{pull_number}',
    access: 'repository',
    anyOf: READ,
    handle(request) {
      const { context, headers } = request;
      const pullRequest = pullRequestOf(request);
      const accept = String(headers.accept ?? '');
      if (/\.(v3\.)?(diff|patch)\b/.test(accept)) {
        return {
          status: 200,
          body: context.world.pullRequests
            .files(pullRequest)
            .map(file => {
              const before = file.previousPath ?? file.path;
              return [
                `diff --git a/${before} b/${file.path}`,
                file.status === 'added' ? '--- /dev/null' : `--- a/${before}`,
                file.status === 'removed'
                  ? '+++ /dev/null'
                  : `+++ b/${file.path}`,
                file.patch,
                '',
              ].join('\n');
            })
            .join(''),
          headers: {
            'content-type': 'application/vnd.github.diff; charset=utf-8',
          },
        };
      }
      return { status: 200, body: presentPullRequest(context, pullRequest) };
    },
  },
  {
    method: 'PATCH',
    path: '/repos/{owner}/{repo}/pulls/{pull_number}',
    access: 'repository',
    anyOf: WRITE,
    handle(request) {
      const { context, principal, body } = request;
      const { pullRequests } = context.world;
      const pullRequest = pullRequestOf(request);
      const sender = principal.account;
      if (
        body.title !== undefined ||
        body.body !== undefined ||
        body.base !== undefined
      ) {
        pullRequests.update({
          pullRequest,
          sender,
          title: body.title as string | undefined,
          body: body.body as string | undefined,
          baseRef: body.base as string | undefined,
        });
      }
      if (body.state === 'closed') {
        pullRequests.close({ pullRequest, sender });
      } else if (body.state === 'open') {
        pullRequests.reopen({ pullRequest, sender });
      }
      return { status: 200, body: presentPullRequest(context, pullRequest) };
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/pulls/{pull_number}/files',
    access: 'repository',
    anyOf: READ,
    handle(request) {
      const { context, repository } = request;
      const pullRequest = pullRequestOf(request);
      const { items, headers } = pageOf({
        request,
        items: context.world.pullRequests
          .files(pullRequest)
          .slice(0, MAX_FILES),
      });
      return {
        status: 200,
        body: items.map(file =>
          presentFile(context, repository, pullRequest.headSha, file),
        ),
        headers,
      };
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/pulls/{pull_number}/commits',
    access: 'repository',
    anyOf: READ,
    handle(request) {
      const { context, repository } = request;
      const { items, headers } = pageOf({
        request,
        items: context.world.pullRequests.commits(pullRequestOf(request)),
      });
      return {
        status: 200,
        body: items.map(commit => presentCommit(context, repository, commit)),
        headers,
      };
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/pulls/{pull_number}/merge',
    access: 'repository',
    anyOf: READ,
    handle(request) {
      if (!pullRequestOf(request).merged) {
        throw GitHubError.notFound();
      }
      return { status: 204 };
    },
  },
  {
    method: 'PUT',
    path: '/repos/{owner}/{repo}/pulls/{pull_number}/merge',
    access: 'repository',
    anyOf: [{ contents: 'write' }],
    handle(request) {
      const { context, principal, body } = request;
      const commit = context.world.pullRequests.merge({
        pullRequest: pullRequestOf(request),
        sender: principal.account,
        sha: body.sha as string | undefined,
        method: body.merge_method as MergeMethod | undefined,
        commitTitle: body.commit_title as string | undefined,
        commitMessage: body.commit_message as string | undefined,
      });
      return {
        status: 200,
        body: {
          sha: commit.sha,
          merged: true,
          message: 'Pull Request successfully merged',
        },
      };
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/pulls/{pull_number}/reviews',
    access: 'repository',
    anyOf: READ,
    handle(request) {
      const { context } = request;
      const { items, headers } = pageOf({
        request,
        items: context.world.reviews.list(pullRequestOf(request)),
      });
      return {
        status: 200,
        body: items.map(review => presentReview(context, review)),
        headers,
      };
    },
  },
  {
    method: 'POST',
    path: '/repos/{owner}/{repo}/pulls/{pull_number}/reviews',
    access: 'repository',
    anyOf: WRITE,
    createsContent: true,
    handle(request) {
      const { context, principal, body } = request;
      const states = {
        APPROVE: 'APPROVED',
        REQUEST_CHANGES: 'CHANGES_REQUESTED',
        COMMENT: 'COMMENTED',
      } as const;
      const event = body.event as keyof typeof states | undefined;
      if (!event) {
        throw GitHubError.validation(
          'Pending reviews are not simulated: event is needed',
        );
      }
      const review = context.world.reviews.submit({
        pullRequest: pullRequestOf(request),
        user: principal.account,
        state: states[event],
        body: body.body as string | undefined,
        commitSha: body.commit_id as string | undefined,
      });
      return { status: 200, body: presentReview(context, review) };
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers',
    access: 'repository',
    anyOf: READ,
    handle(request) {
      const { context } = request;
      const { accounts } = context.world;
      const pullRequest = pullRequestOf(request);
      return {
        status: 200,
        body: {
          users: pullRequest.requestedReviewerIds.map(id =>
            presentAccount(context, accounts.require(id)),
          ),
          teams: pullRequest.requestedTeamIds.map(id =>
            presentTeam(context, accounts.getTeam(id)!),
          ),
        },
      };
    },
  },
  {
    method: 'POST',
    path: '/repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers',
    access: 'repository',
    anyOf: WRITE,
    createsContent: true,
    handle(request) {
      const pullRequest = pullRequestOf(request);
      request.context.world.reviews.request({
        pullRequest,
        ...reviewersOf(request),
        sender: request.principal.account,
      });
      return {
        status: 201,
        body: presentPullRequestSimple(request.context, pullRequest),
      };
    },
  },
  {
    method: 'DELETE',
    path: '/repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers',
    access: 'repository',
    anyOf: WRITE,
    handle(request) {
      const pullRequest = pullRequestOf(request);
      request.context.world.reviews.removeRequest({
        pullRequest,
        ...reviewersOf(request),
        sender: request.principal.account,
      });
      return {
        status: 200,
        body: presentPullRequestSimple(request.context, pullRequest),
      };
    },
  },
];

function pullRequestOf(request: RepositoryRequest): PullRequest {
  const pullRequest = request.context.world.pullRequests.getByNumber({
    repository: request.repository,
    number: Number(request.params.pull_number),
  });
  if (!pullRequest) {
    throw GitHubError.notFound();
  }
  return pullRequest;
}

/** @throws GitHubError 422 when one of them cannot review here */
function reviewersOf(request: RepositoryRequest): {
  users: Account[];
  teams: Team[];
} {
  const { context, repository, body } = request;
  const { accounts, repositories } = context.world;
  const users = ((body.reviewers as string[]) ?? []).map(login => {
    const user = accounts.getByLogin(login);
    if (!user || !repositories.roleOf({ repository, user })) {
      throw GitHubError.validation(
        `Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the ${repositories.fullName(
          repository,
        )} repository.`,
      );
    }
    return user;
  });
  const teams = ((body.team_reviewers as string[]) ?? []).map(slug => {
    const team = accounts.getTeamBySlug({
      organizationId: repository.ownerId,
      slug,
    });
    if (!team) {
      throw GitHubError.validation(
        'Could not resolve to a node with that slug',
      );
    }
    return team;
  });
  return { users, teams };
}
