import { GitHubError } from '../../errors';
import {
  CheckConclusion,
  CheckStatus,
  CommitStatusState,
  WorkflowRun,
} from '../../state';
import { pageOf } from '../pagination';
import {
  presentCheckRun,
  presentCombinedStatus,
  presentStatus,
  presentWorkflowRun,
} from '../present/checks';
import { RepositoryRequest, RestOperation } from '../RestOperation';
import { commitOf } from './repositories';

/** Check runs, commit statuses and workflow runs. */
export const checkOperations: RestOperation[] = [
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/commits/{ref}/check-runs',
    access: 'repository',
    anyOf: [{ checks: 'read' }],
    handle(request) {
      const { context, repository, params, query } = request;
      const { sha } = commitOf(request, params.ref);
      const { checks } = context.world;
      const runs = (
        query.filter === 'all'
          ? checks.listRuns({ repository, sha })
          : checks.latestRuns({ repository, sha })
      ).filter(
        run =>
          (!query.check_name || run.name === query.check_name) &&
          (!query.status || run.status === query.status) &&
          (!query.app_id || run.appId === query.app_id),
      );
      const { items, headers } = pageOf({ request, items: runs });
      return {
        status: 200,
        body: {
          total_count: runs.length,
          check_runs: items.map(run => presentCheckRun(context, run)),
        },
        headers,
      };
    },
  },
  {
    method: 'POST',
    path: '/repos/{owner}/{repo}/check-runs',
    access: 'repository',
    anyOf: [{ checks: 'write' }],
    handle(request) {
      const { context, repository, principal, body } = request;
      if (principal.kind !== 'installation') {
        throw new GitHubError(403, 'You must authenticate via a GitHub App.');
      }
      const output = body.output as
        { title?: string; summary?: string } | undefined;
      const conclusion = body.conclusion as CheckConclusion | undefined;
      const run = context.world.checks.setCheck({
        repository,
        sha: commitOf(request, String(body.head_sha)).sha,
        name: String(body.name),
        status: conclusion
          ? 'completed'
          : ((body.status as CheckStatus | undefined) ?? 'queued'),
        conclusion,
        appId: principal.app.id,
        title: output?.title,
        summary: output?.summary,
        detailsUrl: body.details_url as string | undefined,
        sender: principal.account,
      });
      return { status: 201, body: presentCheckRun(context, run) };
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/commits/{ref}/status',
    access: 'repository',
    anyOf: [{ statuses: 'read' }],
    handle(request) {
      const { context, repository, params } = request;
      const { sha } = commitOf(request, params.ref);
      return {
        status: 200,
        body: presentCombinedStatus(context, repository, sha),
      };
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/commits/{ref}/statuses',
    access: 'repository',
    anyOf: [{ statuses: 'read' }],
    handle(request) {
      const { context, repository, params } = request;
      const { sha } = commitOf(request, params.ref);
      const { items, headers } = pageOf({
        request,
        items: context.world.checks.listStatuses({ repository, sha }),
      });
      return {
        status: 200,
        body: items.map(status => presentStatus(context, status)),
        headers,
      };
    },
  },
  {
    method: 'POST',
    path: '/repos/{owner}/{repo}/statuses/{sha}',
    access: 'repository',
    anyOf: [{ statuses: 'write' }],
    handle(request) {
      const { context, repository, principal, params, body } = request;
      const status = context.world.checks.setStatus({
        repository,
        sha: commitOf(request, params.sha).sha,
        state: body.state as CommitStatusState,
        context: body.context as string | undefined,
        description: (body.description as string | null) ?? undefined,
        targetUrl: (body.target_url as string | null) ?? undefined,
        creator: principal.account,
        appId: principal.kind === 'installation' ? principal.app.id : undefined,
      });
      return { status: 201, body: presentStatus(context, status) };
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/actions/runs',
    access: 'repository',
    anyOf: [{ actions: 'read' }],
    handle(request) {
      const { context, repository, query } = request;
      const runs = context.world.workflowRuns
        .list(repository)
        .filter(
          run =>
            (!query.branch || run.headBranch === query.branch) &&
            (!query.event || run.event === query.event) &&
            (!query.head_sha || run.headSha === query.head_sha) &&
            (!query.status ||
              run.status === query.status ||
              run.conclusion === query.status),
        );
      const { items, headers } = pageOf({ request, items: runs });
      return {
        status: 200,
        body: {
          total_count: runs.length,
          workflow_runs: items.map(run => presentWorkflowRun(context, run)),
        },
        headers,
      };
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/actions/runs/{run_id}',
    access: 'repository',
    anyOf: [{ actions: 'read' }],
    handle: request => ({
      status: 200,
      body: presentWorkflowRun(request.context, runOf(request)),
    }),
  },
  {
    method: 'POST',
    path: '/repos/{owner}/{repo}/actions/runs/{run_id}/cancel',
    access: 'repository',
    anyOf: [{ actions: 'write' }],
    handle(request) {
      request.context.world.workflowRuns.cancel({
        run: runOf(request),
        sender: request.principal.account,
      });
      return { status: 202, body: {} };
    },
  },
  {
    method: 'POST',
    path: '/repos/{owner}/{repo}/actions/runs/{run_id}/approve',
    access: 'repository',
    anyOf: [{ actions: 'write' }],
    handle(request) {
      request.context.ci.approve(runOf(request));
      return { status: 201, body: {} };
    },
  },
];

function runOf(request: RepositoryRequest): WorkflowRun {
  const run = request.context.world.workflowRuns.get(
    Number(request.params.run_id),
  );
  if (!run || run.repositoryId !== request.repository.id) {
    throw GitHubError.notFound();
  }
  return run;
}
