import { isoTime } from '../../clock/SimulatorClock';
import { SimulatorContext } from '../../SimulatorContext';
import { CheckRun, CommitStatus, Repository, WorkflowRun } from '../../state';
import { pageUrls, repositoryApiUrl } from '../../urls';
import { presentAccount, presentApp } from './accounts';
import { presentMinimalPullRequest } from './pullRequests';
import { presentMinimalRepository } from './repositories';

/** `check-run` */
export function presentCheckRun(context: SimulatorContext, run: CheckRun) {
  const { world } = context;
  const repository = world.repositories.require(run.repositoryId);
  const url = `${repositoryApiUrl(context, repository)}/check-runs/${run.id}`;
  const html = `${pageUrls.repository(context, repository)}/runs/${run.id}`;
  return {
    id: run.id,
    node_id: run.nodeId,
    head_sha: run.headSha,
    external_id: '',
    url,
    html_url: html,
    details_url: run.detailsUrl ?? html,
    status: run.status,
    conclusion: run.conclusion ?? null,
    started_at: isoTime(run.startedAt),
    completed_at:
      run.completedAt === undefined ? null : isoTime(run.completedAt),
    output: {
      title: run.title ?? null,
      summary: run.summary ?? null,
      text: null,
      annotations_count: 0,
      annotations_url: `${url}/annotations`,
    },
    name: run.name,
    check_suite: { id: run.suiteId },
    app: presentApp(context, world.apps.get(run.appId)!),
    pull_requests: world.pullRequests
      .listByHeadSha({ repository, sha: run.headSha })
      .map(pullRequest => presentMinimalPullRequest(context, pullRequest)),
  };
}

function statusBase(context: SimulatorContext, status: CommitStatus) {
  const repository = context.world.repositories.require(status.repositoryId);
  return {
    url: `${repositoryApiUrl(context, repository)}/statuses/${status.sha}`,
    avatar_url: `${context.urls.html}/_avatars/${status.creatorId}`,
    id: status.id,
    node_id: status.nodeId,
    state: status.state,
    description: status.description ?? null,
    target_url: status.targetUrl ?? null,
    context: status.context,
    created_at: isoTime(status.createdAt),
    updated_at: isoTime(status.updatedAt),
  };
}

/** `status` */
export function presentStatus(context: SimulatorContext, status: CommitStatus) {
  return {
    ...statusBase(context, status),
    creator: presentAccount(
      context,
      context.world.accounts.require(status.creatorId),
    ),
  };
}

/** `combined-commit-status` */
export function presentCombinedStatus(
  context: SimulatorContext,
  repository: Repository,
  sha: string,
) {
  const { checks } = context.world;
  const statuses = checks.latestStatuses({ repository, sha });
  const url = repositoryApiUrl(context, repository);
  return {
    state: checks.combinedStatus({ repository, sha }),
    statuses: statuses.map(status => statusBase(context, status)),
    sha,
    total_count: statuses.length,
    repository: presentMinimalRepository(context, repository),
    commit_url: `${url}/commits/${sha}`,
    url: `${url}/commits/${sha}/status`,
  };
}

/** `workflow-run` */
export function presentWorkflowRun(
  context: SimulatorContext,
  run: WorkflowRun,
) {
  const { world } = context;
  const repository = world.repositories.require(run.repositoryId);
  const api = repositoryApiUrl(context, repository);
  const url = `${api}/actions/runs/${run.id}`;
  const commit = world.repositories.getCommit({
    repository,
    sha: run.headSha,
  });
  const actor = presentAccount(context, world.accounts.require(run.actorId));
  const presented = presentMinimalRepository(context, repository);
  return {
    id: run.id,
    name: run.name,
    node_id: run.nodeId,
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: run.path,
    display_title: run.name,
    run_number: run.runNumber,
    run_attempt: 1,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion ?? null,
    workflow_id: 161_335 + run.path.length,
    check_suite_id: run.suiteId,
    check_suite_node_id: `CS_${run.suiteId}`,
    url,
    html_url: `${pageUrls.repository(context, repository)}/actions/runs/${
      run.id
    }`,
    pull_requests: world.pullRequests
      .listByHeadSha({ repository, sha: run.headSha })
      .map(pullRequest => presentMinimalPullRequest(context, pullRequest)),
    created_at: isoTime(run.createdAt),
    updated_at: isoTime(run.updatedAt),
    run_started_at: isoTime(run.createdAt),
    actor,
    triggering_actor: actor,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${api}/check-suites/${run.suiteId}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: null,
    workflow_url: `${api}/actions/workflows/${161_335 + run.path.length}`,
    head_commit: commit
      ? {
          id: commit.sha,
          tree_id: commit.treeSha,
          message: commit.message,
          timestamp: isoTime(commit.author.date),
          author: { name: commit.author.name, email: commit.author.email },
          committer: {
            name: commit.committer.name,
            email: commit.committer.email,
          },
        }
      : null,
    repository: presented,
    head_repository: presented,
  };
}
