import {
  HostChangeRef,
  ProviderError,
  RepositoryRef,
  StopStep,
} from '@agent-tasks/plugin-agent-tasks-node';
import { z } from 'zod';
import { AGENT_BRANCH_PREFIX, AGENT_WORKFLOW_PATH } from '../agentTraces';
import { GithubAuth, TokenPermissions } from '../client/GithubAuth';
import { GithubClient } from '../client/GithubClient';

const runsSchema = z.object({
  workflow_runs: z.array(
    z.object({
      id: z.number().int(),
      path: z.string().nullish(),
      status: z.string().nullable(),
    }),
  ),
});

const CHANGE_QUERY = `
  query Change($id: ID!) {
    node(id: $id) {
      ... on PullRequest { number state headRefName isCrossRepository }
    }
  }`;

const changeSchema = z.object({
  node: z
    .object({
      number: z.number().int(),
      state: z.string(),
      headRefName: z.string(),
      isCrossRepository: z.boolean(),
    })
    .or(z.object({}).strict())
    .nullable(),
});

interface StopOptions {
  client: GithubClient;
  /** A token for the repository alone, with these permissions. */
  authFor: (permissions: TokenPermissions) => Promise<GithubAuth>;
  repository: RepositoryRef;
  branch?: string;
  change?: HostChangeRef;
  signal: AbortSignal;
}

/**
 * Stops what GitHub lets one stop of a task, since the agent's API has no cancel: the workflow run first, so that it
 * pushes no more; then the pull request; then the branch. A step that fails does not keep the next from being tried.
 */
export async function stopWork(options: StopOptions): Promise<StopStep[]> {
  const steps: StopStep[] = [];
  let { branch } = options;
  let change: OpenChange | StopStep | undefined;
  if (options.change) {
    change = await readChange({ ...options, change: options.change });
    if ('headBranch' in change) {
      branch ??= change.headBranch;
    }
  }
  steps.push(await attempt('workflow_run', () => cancelRuns(options, branch)));
  steps.push(await attempt('change', () => closeChange(options, change)));
  steps.push(await attempt('branch', () => deleteBranch(options, branch)));
  return steps;
}

interface OpenChange {
  number: number;
  headBranch: string | undefined;
  open: boolean;
}

async function readChange(
  options: StopOptions & { change: HostChangeRef },
): Promise<OpenChange | StopStep> {
  const { client, authFor, repository, change, signal } = options;
  try {
    const { node } = await client.graphql({
      auth: await authFor({ pull_requests: 'write' }),
      query: CHANGE_QUERY,
      variables: { id: change.globalId },
      tolerate: ['NOT_FOUND'],
      doing: `read a pull request in ${nameOf(repository)}`,
      schema: changeSchema,
      signal,
    });
    if (!node || !('number' in node)) {
      return absent('change', 'GitHub does not know the pull request.');
    }
    return {
      number: node.number,
      headBranch: node.isCrossRepository ? undefined : node.headRefName,
      open: node.state === 'OPEN',
    };
  } catch (error) {
    return failedBy('change', error);
  }
}

async function cancelRuns(
  options: StopOptions,
  branch: string | undefined,
): Promise<StopStep> {
  const { client, authFor, repository, signal } = options;
  if (!branch) {
    return failed(
      'workflow_run',
      'The agent has no branch yet, and before that GitHub offers no way to stop it. It goes on; its pull request can be closed once it is there.',
    );
  }
  const auth = await authFor({ actions: 'write' });
  const parameters = { owner: repository.owner, repo: repository.name };
  const answer = await client.request({
    route: 'GET /repos/{owner}/{repo}/actions/runs',
    parameters: { ...parameters, branch, per_page: 100 },
    auth,
    doing: `list the workflow runs of the branch ${branch} in ${nameOf(repository)}`,
    schema: runsSchema,
    signal,
  });
  const running = answer.data.workflow_runs.filter(
    run => run.path === AGENT_WORKFLOW_PATH && run.status !== 'completed',
  );
  let cancelled = 0;
  for (const run of running) {
    try {
      await client.request({
        route: 'POST /repos/{owner}/{repo}/actions/runs/{run_id}/cancel',
        parameters: { ...parameters, run_id: run.id },
        auth,
        doing: `cancel the workflow run ${run.id} in ${nameOf(repository)}`,
        schema: z.unknown(),
        signal,
      });
      cancelled++;
    } catch (error) {
      // It ended in the meantime.
      if (!(error instanceof ProviderError && error.status === 409)) {
        throw error;
      }
    }
  }
  return cancelled > 0
    ? { what: 'workflow_run', outcome: 'done' }
    : absent('workflow_run', `No run of the agent was under way on ${branch}.`);
}

async function closeChange(
  options: StopOptions,
  change: OpenChange | StopStep | undefined,
): Promise<StopStep> {
  const { client, authFor, repository, signal } = options;
  if (!change) {
    return absent('change', 'The task has no pull request yet.');
  }
  if (!('open' in change)) {
    return change;
  }
  if (!change.open) {
    return absent('change', 'The pull request was settled already.');
  }
  await client.request({
    route: 'PATCH /repos/{owner}/{repo}/pulls/{pull_number}',
    parameters: {
      owner: repository.owner,
      repo: repository.name,
      pull_number: change.number,
      state: 'closed',
    },
    auth: await authFor({ pull_requests: 'write' }),
    doing: `close the pull request #${change.number} in ${nameOf(repository)}`,
    schema: z.unknown(),
    signal,
  });
  return { what: 'change', outcome: 'done' };
}

async function deleteBranch(
  options: StopOptions,
  branch: string | undefined,
): Promise<StopStep> {
  const { client, authFor, repository, signal } = options;
  if (!branch) {
    return absent('branch', 'The task has no branch yet.');
  }
  // No other branch is ever deleted.
  if (!branch.startsWith(AGENT_BRANCH_PREFIX)) {
    return failed(
      'branch',
      `The branch ${branch} stays: only branches that the agent made (${AGENT_BRANCH_PREFIX}…) are deleted.`,
    );
  }
  try {
    await client.request({
      route: 'DELETE /repos/{owner}/{repo}/git/refs/{ref}',
      parameters: {
        owner: repository.owner,
        repo: repository.name,
        ref: `heads/${branch}`,
      },
      auth: await authFor({ contents: 'write' }),
      doing: `delete the branch ${branch} in ${nameOf(repository)}`,
      schema: z.unknown(),
      signal,
    });
  } catch (error) {
    if (
      error instanceof ProviderError &&
      (error.status === 422 || error.status === 404) &&
      /reference does not exist/i.test(error.message)
    ) {
      return absent('branch', `There is no branch ${branch}.`);
    }
    throw error;
  }
  return { what: 'branch', outcome: 'done' };
}

async function attempt(
  what: StopStep['what'],
  run: () => Promise<StopStep>,
): Promise<StopStep> {
  try {
    return await run();
  } catch (error) {
    return failedBy(what, error);
  }
}

function absent(what: StopStep['what'], reason: string): StopStep {
  return { what, outcome: 'absent', reason };
}

function failed(what: StopStep['what'], reason: string): StopStep {
  return { what, outcome: 'failed', reason };
}

/**
 * Only errors of the client are made for people; any other one is a fault in this code, and must not look like one of
 * GitHub's. A refusal stands; anything else may pass, and until then what was to be stopped goes on.
 */
function failedBy(what: StopStep['what'], error: unknown): StopStep {
  if (!(error instanceof ProviderError)) {
    throw error;
  }
  return error.effect === 'refused'
    ? failed(what, error.message)
    : { ...failed(what, error.message), retryable: true };
}

function nameOf(repository: RepositoryRef): string {
  return `${repository.owner}/${repository.name}`;
}
