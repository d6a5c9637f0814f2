import { GithubSimulator, PullRequest } from '@agent-tasks/github-simulator';
import { TaskDetails } from '@agent-tasks/plugin-agent-tasks-common';

/** The pull request of a task, as GitHub has it. */
export function pullRequestOf(options: {
  simulator: GithubSimulator;
  details: TaskDetails;
}): PullRequest {
  const { world } = options.simulator;
  const { repository, change } = options.details.task;
  const [, ...fullName] = repository.ref.split('/');
  const pullRequest = world.pullRequests.getByNumber({
    repository: world.repositories.getByFullName(fullName.join('/'))!,
    number: change!.number!,
  });
  if (!pullRequest) {
    throw new Error(`GitHub has no pull request ${change?.url}`);
  }
  return pullRequest;
}

/** Merges the pull request of a task, as somebody does at GitHub. */
export function mergeAtGithub(options: {
  simulator: GithubSimulator;
  details: TaskDetails;
}): void {
  const { world } = options.simulator;
  world.pullRequests.merge({
    pullRequest: pullRequestOf(options),
    sender: world.accounts.getByLogin('lee')!,
  });
}
