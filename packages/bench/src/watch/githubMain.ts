// The simulator of GitHub in a process of its own, which writes down what happens and when. People push commits to pull
// requests of agents at work. The argument is a JSON file with a `WatchedWorldSetup`.
import { appendFileSync, readFileSync } from 'node:fs';
import { GithubSimulator, SeededRandom } from '@agent-tasks/github-simulator';
import { REVIEWER } from '../github/benchOrganization';
import { reviewChanges } from '../github/reviewChanges';
import { Truth } from './Truth';
import { WatchedWorldSetup } from './WatchedWorldSetup';

const TOLD = ['completed', 'failed', 'timed_out', 'waiting_for_user'];

async function main([setupFile]: string[]): Promise<void> {
  const setup: WatchedWorldSetup = JSON.parse(readFileSync(setupFile, 'utf8'));
  const simulator = await GithubSimulator.start(setup);
  const { world, clock } = simulator;
  const random = SeededRandom.create(setup.random + 1);
  const tell = (truth: Truth) =>
    appendFileSync(setup.truthFile, `${JSON.stringify(truth)}\n`);

  const told = new Map<string, string>();
  const working = new Map<string, number>();
  world.events.on('task', ({ task }) => {
    if (TOLD.includes(task.state) && told.get(task.id) !== task.state) {
      told.set(task.id, task.state);
      tell({ at: clock.now(), type: 'task', id: task.id, state: task.state });
    }
    if (task.state === 'in_progress' && task.pullRequestId !== undefined) {
      working.set(task.id, task.pullRequestId);
    } else {
      working.delete(task.id);
    }
  });
  world.events.on('pull_request', ({ action, pullRequest }) => {
    const id = pullRequest.nodeId;
    if (action === 'synchronize') {
      tell({ at: clock.now(), type: 'push', id, head: pullRequest.headSha });
    }
    if (action === 'opened') {
      const task = world.tasks
        .listAll()
        .find(
          ({ headRef, repositoryId }) =>
            headRef === pullRequest.headRef &&
            repositoryId === pullRequest.repositoryId,
        );
      const repository = world.pullRequests.repositoryOf(pullRequest);
      tell({
        at: clock.now(),
        type: 'opened',
        id,
        taskId: task?.id ?? '',
        repository: world.repositories.fullName(repository),
        number: pullRequest.number,
      });
    }
  });
  reviewChanges({ simulator, reviewSeconds: setup.reviewSeconds, random });

  const push = () => {
    const ids = [...working.values()];
    const pullRequest = ids.length
      ? world.pullRequests.get(random.pick(ids))
      : undefined;
    if (pullRequest?.state === 'open') {
      world.repositories.pushCommit({
        repository: world.pullRequests.repositoryOf(pullRequest),
        branch: pullRequest.headRef,
        message: 'One more change',
        author: world.accounts.getByLogin(REVIEWER)!,
        files: { 'NOTES.md': `${random.hex(16)}\n` },
      });
    }
    clock.schedule({
      at: clock.now() + 60_000 / setup.pushesPerMinute,
      run: push,
    });
  };
  push();
}

main(process.argv.slice(2)).catch(error => {
  process.stderr.write(`The simulator did not start: ${error.stack}\n`);
  process.exit(1);
});
