import { GitHubError } from '../errors';
import { Account, PullRequest } from '../state';
import { revertPullRequest } from '../state/revertPullRequest';
import { PageRequest } from './PageRequest';

/** One thing that a person does to a pull request; what it returns is told to them. */
type PullRequestAction = (options: {
  request: PageRequest;
  pullRequest: PullRequest;
  persona: Account;
  /** The fields of the form. */
  fields: Record<string, string>;
}) => string;

/** Why somebody's approval or objection would be refused or would not count; `undefined` when it counts. */
export function reviewRefusal(
  request: PageRequest,
  pullRequest: PullRequest,
  persona: Account,
): string | undefined {
  const { world } = request.simulator;
  if (persona.id === pullRequest.authorId) {
    return 'You cannot review your own pull request.';
  }
  if (persona.id === pullRequest.agentRequesterId) {
    return 'You asked the agent for this pull request, so your approval would not count.';
  }
  const repository = world.pullRequests.repositoryOf(pullRequest);
  return world.repositories.hasRole({
    repository,
    user: persona,
    role: 'write',
  })
    ? undefined
    : 'You have no write access to this repository.';
}

function requireWrite(
  request: PageRequest,
  pullRequest: PullRequest,
  persona: Account,
): void {
  const { world } = request.simulator;
  const repository = world.pullRequests.repositoryOf(pullRequest);
  if (
    !world.repositories.hasRole({ repository, user: persona, role: 'write' })
  ) {
    throw new GitHubError(
      403,
      `${persona.login} has no write access to this repository.`,
    );
  }
}

const review: PullRequestAction = options => {
  const { request, pullRequest, persona, fields } = options;
  const { state, body } = fields;
  const { reviews } = request.simulator.world;
  if (state === 'COMMENTED') {
    reviews.submit({ pullRequest, user: persona, state, body });
    return 'Your comment is there.';
  }
  if (state !== 'APPROVED' && state !== 'CHANGES_REQUESTED') {
    throw GitHubError.validation(
      'A review approves, asks for changes or comments.',
    );
  }
  if (pullRequest.state === 'closed') {
    throw GitHubError.validation('The pull request is closed.');
  }
  const refusal = reviewRefusal(request, pullRequest, persona);
  if (refusal !== undefined) {
    throw GitHubError.validation(refusal);
  }
  reviews.submit({ pullRequest, user: persona, state, body });
  return state === 'APPROVED'
    ? `${persona.login} approved these changes.`
    : `${persona.login} asked for changes.`;
};

const merge: PullRequestAction = ({
  request,
  pullRequest,
  persona,
  fields,
}) => {
  requireWrite(request, pullRequest, persona);
  request.simulator.world.pullRequests.merge({
    pullRequest,
    sender: persona,
    sha: fields.sha,
    method: 'merge',
  });
  return `${persona.login} merged it.`;
};

const checks: PullRequestAction = ({
  request,
  pullRequest,
  persona,
  fields,
}) => {
  requireWrite(request, pullRequest, persona);
  const { world } = request.simulator;
  const { name, conclusion } = fields;
  if (!name || (conclusion !== 'success' && conclusion !== 'failure')) {
    throw GitHubError.validation('A check passes or fails.');
  }
  world.checks.setCheck({
    repository: world.pullRequests.repositoryOf(pullRequest),
    sha: pullRequest.headSha,
    name,
    status: 'completed',
    conclusion,
    branch: pullRequest.headRef,
  });
  return `${name} ${conclusion === 'success' ? 'passed' : 'failed'}.`;
};

const push: PullRequestAction = ({ request, pullRequest, persona }) => {
  requireWrite(request, pullRequest, persona);
  const { world } = request.simulator;
  const repository = world.pullRequests.repositoryOf(pullRequest);
  const path = 'NOTES.md';
  const notes =
    world.repositories.readFile({
      repository,
      ref: pullRequest.headRef,
      path,
    }) ?? '# Notes\n\n';
  const count = world.pullRequests.commits(pullRequest).length;
  const commit = world.repositories.pushCommit({
    repository,
    branch: pullRequest.headRef,
    message: `Add a note (commit ${count + 1} of this pull request)`,
    author: persona,
    files: {
      [path]: `${notes}- ${persona.login} looked at #${pullRequest.number} at commit ${pullRequest.headSha.slice(
        0,
        7,
      )}.\n`,
    },
  });
  return `${persona.login} pushed ${commit.sha.slice(0, 7)}.`;
};

const approveWorkflows: PullRequestAction = ({
  request,
  pullRequest,
  persona,
}) => {
  requireWrite(request, pullRequest, persona);
  const { ci, world } = request.simulator;
  const repository = world.pullRequests.repositoryOf(pullRequest);
  for (const run of world.workflowRuns.list(repository)) {
    if (
      run.headSha === pullRequest.headSha &&
      run.conclusion === 'action_required'
    ) {
      ci.approve(run);
    }
  }
  return 'The workflows run.';
};

/** The actions of a pull request's page, by the last segment of their address. */
export const PULL_REQUEST_ACTIONS: Record<string, PullRequestAction> = {
  review,
  merge,
  checks,
  push,
  'approve-workflows': approveWorkflows,
  ready: ({ request, pullRequest, persona }) => {
    requireWrite(request, pullRequest, persona);
    request.simulator.world.pullRequests.markReadyForReview({
      pullRequest,
      sender: persona,
    });
    return 'It is ready for review.';
  },
  draft: ({ request, pullRequest, persona }) => {
    requireWrite(request, pullRequest, persona);
    request.simulator.world.pullRequests.convertToDraft({
      pullRequest,
      sender: persona,
    });
    return 'It is a draft again.';
  },
  revert: ({ request, pullRequest, persona }) => {
    requireWrite(request, pullRequest, persona);
    const { number } = revertPullRequest({
      world: request.simulator.world,
      pullRequest,
      sender: persona,
    });
    return `${persona.login} opened #${number}, which takes it back once it is merged.`;
  },
  close: ({ request, pullRequest, persona }) => {
    requireWrite(request, pullRequest, persona);
    request.simulator.world.pullRequests.close({
      pullRequest,
      sender: persona,
    });
    return `${persona.login} closed it.`;
  },
  reopen: ({ request, pullRequest, persona }) => {
    requireWrite(request, pullRequest, persona);
    request.simulator.world.pullRequests.reopen({
      pullRequest,
      sender: persona,
    });
    return `${persona.login} opened it again.`;
  },
};
