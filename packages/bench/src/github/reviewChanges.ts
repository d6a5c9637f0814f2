import { GithubSimulator, SeededRandom } from '@agent-tasks/github-simulator';
import { REVIEWER } from './benchOrganization';

const MERGE_AGAIN_MS = 30_000;

/**
 * Plays the people: each pull request is approved and merged some time after it became ready for review, a little later
 * where its checks are not over yet.
 */
export function reviewChanges(options: {
  simulator: GithubSimulator;
  reviewSeconds: { min: number; max: number };
  random: SeededRandom;
}): void {
  const { simulator, reviewSeconds, random } = options;
  const { world, clock } = simulator;
  const reviewer = world.accounts.getByLogin(REVIEWER);
  if (!reviewer) {
    throw new Error(`There is no ${REVIEWER}`);
  }
  world.events.on('pull_request', ({ action, pullRequest }) => {
    if (action !== 'ready_for_review') {
      return;
    }
    const merge = () => {
      try {
        world.pullRequests.merge({ pullRequest, sender: reviewer });
      } catch {
        clock.schedule({ at: clock.now() + MERGE_AGAIN_MS, run: merge });
      }
    };
    clock.schedule({
      at:
        clock.now() +
        1000 * random.between(reviewSeconds.min, reviewSeconds.max),
      run: () => {
        world.reviews.submit({
          pullRequest,
          user: reviewer,
          state: 'APPROVED',
          body: '',
        });
        merge();
      },
    });
  });
}
