import { isoTime } from '../clock/SimulatorClock';
import { presentAccount, presentApp } from '../rest/present/accounts';
import { presentMinimalPullRequest } from '../rest/present/pullRequests';
import { presentRepository } from '../rest/present/repositories';
import { SimulatorContext } from '../SimulatorContext';
import {
  CheckRun,
  CheckSuite,
  nodeId,
  Repository,
  WorkflowRun,
} from '../state';
import { pageUrls, repositoryApiUrl } from '../urls';
import { presentSimpleCommit } from './presentHookCommit';

function pullRequestsOf(
  context: SimulatorContext,
  repository: Repository,
  sha: string,
) {
  return context.world.pullRequests
    .listByHeadSha({ repository, sha })
    .map(pullRequest => presentMinimalPullRequest(context, pullRequest));
}

function appOf(context: SimulatorContext, appId: number) {
  const app = context.world.apps.get(appId) ?? context.world.apps.actions;
  const { installations_count: _count, ...presented } = presentApp(
    context,
    app,
  );
  return presented;
}

/** `check-run-with-simple-check-suite` */
export function presentCheckRun(
  context: SimulatorContext,
  repository: Repository,
  run: CheckRun,
) {
  const url = `${repositoryApiUrl(context, repository)}/check-runs/${run.id}`;
  const html = `${pageUrls.repository(context, repository)}/runs/${run.id}`;
  const suite = context.world.checks.getSuite(run.suiteId)!;
  const app = appOf(context, run.appId);
  const pullRequests = pullRequestsOf(context, repository, run.headSha);
  return {
    id: run.id,
    node_id: run.nodeId,
    name: run.name,
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
    check_suite: {
      id: suite.id,
      node_id: suite.nodeId,
      head_branch: suite.headBranch,
      head_sha: suite.headSha,
      status: suite.status,
      conclusion: suite.conclusion ?? null,
      url: `${repositoryApiUrl(context, repository)}/check-suites/${suite.id}`,
      before: null,
      after: suite.headSha,
      pull_requests: pullRequests,
      app,
      created_at: isoTime(suite.createdAt),
      updated_at: isoTime(suite.updatedAt),
    },
    app,
    pull_requests: pullRequests,
  };
}

/** The suite as the event `check_suite` has it. */
export function presentCheckSuite(
  context: SimulatorContext,
  repository: Repository,
  suite: CheckSuite,
) {
  const url = `${repositoryApiUrl(context, repository)}/check-suites/${
    suite.id
  }`;
  const { checks, repositories } = context.world;
  return {
    id: suite.id,
    node_id: suite.nodeId,
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    status: suite.status,
    conclusion: suite.conclusion ?? null,
    url,
    before: null,
    after: suite.headSha,
    pull_requests: pullRequestsOf(context, repository, suite.headSha),
    app: appOf(context, suite.appId),
    created_at: isoTime(suite.createdAt),
    updated_at: isoTime(suite.updatedAt),
    latest_check_runs_count: checks
      .latestRuns({ repository, sha: suite.headSha })
      .filter(run => run.suiteId === suite.id).length,
    check_runs_url: `${url}/check-runs`,
    head_commit: presentSimpleCommit(
      repositories.requireCommit({ repository, sha: suite.headSha }),
    ),
  };
}

/** The commit as the event `status` has it. */
export function presentStatusCommit(
  context: SimulatorContext,
  repository: Repository,
  sha: string,
) {
  const commit = context.world.repositories.requireCommit({ repository, sha });
  const api = repositoryApiUrl(context, repository);
  const account =
    commit.authorId === undefined
      ? undefined
      : context.world.accounts.get(commit.authorId);
  const user = account ? presentAccount(context, account) : null;
  const identity = ({ name, email, date }: typeof commit.author) => ({
    name,
    email,
    date: isoTime(date),
  });
  return {
    sha,
    node_id: `C_${Buffer.from(`${repository.id}:${sha}`).toString(
      'base64url',
    )}`,
    commit: {
      author: identity(commit.author),
      committer: identity(commit.committer),
      message: commit.message,
      tree: { sha: commit.treeSha, url: `${api}/git/trees/${commit.treeSha}` },
      url: `${api}/git/commits/${sha}`,
      comment_count: 0,
      verification: {
        verified: commit.verified,
        reason: commit.verified ? 'valid' : 'unsigned',
        signature: null,
        payload: null,
        verified_at: null,
      },
    },
    url: `${api}/commits/${sha}`,
    html_url: pageUrls.commit(context, repository, sha),
    comments_url: `${api}/commits/${sha}/comments`,
    author: user,
    committer: user,
    parents: commit.parents.map(parent => ({
      sha: parent,
      url: `${api}/commits/${parent}`,
      html_url: pageUrls.commit(context, repository, parent),
    })),
  };
}

/** A number for a workflow, which the simulator knows by its path alone. */
function workflowId(run: WorkflowRun): number {
  return Number.parseInt(Buffer.from(run.path).toString('hex').slice(-8), 16);
}

/** `workflow` */
export function presentWorkflow(
  context: SimulatorContext,
  repository: Repository,
  run: WorkflowRun,
) {
  const id = workflowId(run);
  const html = pageUrls.repository(context, repository);
  return {
    id,
    node_id: nodeId({ kind: 'WFR', repositoryId: repository.id, id }),
    name: run.name,
    path: run.path,
    state: 'active',
    created_at: isoTime(repository.createdAt),
    updated_at: isoTime(repository.createdAt),
    url: `${repositoryApiUrl(context, repository)}/actions/workflows/${id}`,
    html_url: `${html}/blob/${repository.defaultBranch}/${run.path}`,
    badge_url: `${html}/workflows/${encodeURIComponent(run.name)}/badge.svg`,
  };
}

/** The run as the event `workflow_run` has it. */
export function presentWorkflowRun(
  context: SimulatorContext,
  repository: Repository,
  run: WorkflowRun,
) {
  const api = repositoryApiUrl(context, repository);
  const url = `${api}/actions/runs/${run.id}`;
  const actor = presentAccount(
    context,
    context.world.accounts.require(run.actorId),
  );
  const id = workflowId(run);
  const presentedRepository = presentRepository(context, repository);
  return {
    id: run.id,
    node_id: run.nodeId,
    name: run.name,
    path: run.path,
    display_title: run.name,
    head_branch: run.headBranch,
    head_sha: run.headSha,
    run_number: run.runNumber,
    run_attempt: 1,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion ?? null,
    workflow_id: id,
    workflow_url: `${api}/actions/workflows/${id}`,
    check_suite_id: run.suiteId,
    check_suite_node_id: nodeId({
      kind: 'CS',
      repositoryId: repository.id,
      id: run.suiteId,
    }),
    check_suite_url: `${api}/check-suites/${run.suiteId}`,
    url,
    html_url: `${pageUrls.repository(context, repository)}/actions/runs/${
      run.id
    }`,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: null,
    pull_requests: pullRequestsOf(context, repository, run.headSha),
    created_at: isoTime(run.createdAt),
    updated_at: isoTime(run.updatedAt),
    run_started_at: isoTime(run.createdAt),
    actor,
    triggering_actor: actor,
    head_commit: presentSimpleCommit(
      context.world.repositories.requireCommit({
        repository,
        sha: run.headSha,
      }),
    ),
    head_repository: presentedRepository,
    repository: presentedRepository,
  };
}
