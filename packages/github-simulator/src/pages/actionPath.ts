import { PullRequest } from '../state';
import { PageRequest } from './PageRequest';

/** Below which all actions of a pull request are. */
export function actionPath(
  request: PageRequest,
  pullRequest: PullRequest,
): string {
  const { pullRequests, repositories } = request.simulator.world;
  const repository = pullRequests.repositoryOf(pullRequest);
  return `/${repositories.fullName(repository)}/pull/${pullRequest.number}`;
}
