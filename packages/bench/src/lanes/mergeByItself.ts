import { GithubSimulator } from '@agent-tasks/github-simulator';
import { REVIEWER } from '../github/benchOrganization';

/** Stands in the prompts of the tasks whose pull requests are merged. */
export const AUTO_LABEL = 'It goes by itself.';

/** Merges the pull request of each task of the auto lane, a moment after the agent is done with it. */
export function mergeByItself(options: {
  simulator: GithubSimulator;
  afterMs: number;
}): void {
  const { simulator, afterMs } = options;
  const { world, clock } = simulator;
  const sender = world.accounts.getByLogin(REVIEWER);
  if (!sender) {
    throw new Error(`There is no ${REVIEWER}`);
  }
  world.events.on('task', ({ task }) => {
    const { pullRequestId } = task;
    if (
      task.state !== 'completed' ||
      pullRequestId === undefined ||
      !task.prompt.includes(AUTO_LABEL)
    ) {
      return;
    }
    clock.schedule({
      at: clock.now() + afterMs,
      run: () => {
        const pullRequest = world.pullRequests.get(pullRequestId);
        if (pullRequest?.state !== 'open') {
          return;
        }
        if (pullRequest.draft) {
          world.pullRequests.markReadyForReview({ pullRequest, sender });
        }
        world.reviews.submit({
          pullRequest,
          user: sender,
          state: 'APPROVED',
          body: '',
        });
        world.pullRequests.merge({ pullRequest, sender });
      },
    });
  });
}
