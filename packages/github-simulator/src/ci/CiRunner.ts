import { SimulatorClock } from '../clock/SimulatorClock';
import { GitHubError } from '../errors';
import {
  CheckConclusion,
  CheckRun,
  PullRequest,
  Repository,
  WorkflowRun,
  World,
} from '../state';

/** The repository's own workflow, which runs its checks. */
const CI_WORKFLOW_PATH = '.github/workflows/ci.yml';

/**
 * Runs the checks of a repository on each head of its pull requests: pending at once, concluded after a while.
 *
 * Where the repository wants its workflows approved, those on pull requests of the agent wait as `action_required`.
 */
export class CiRunner {
  readonly #world: World;
  readonly #clock: SimulatorClock;

  private constructor(world: World) {
    this.#world = world;
    this.#clock = world.clock;
  }

  static create(options: { world: World }): CiRunner {
    const runner = new CiRunner(options.world);
    options.world.events.on('pull_request', event => {
      if (['opened', 'synchronize', 'reopened'].includes(event.action)) {
        runner.#start(event.repository, event.pullRequest);
      }
    });
    return runner;
  }

  /** Takes up what a saved world left unfinished. */
  resume(): void {
    for (const checkRun of this.#world.checks.listAllRuns()) {
      if (checkRun.status !== 'completed' && checkRun.planned) {
        const repository = this.#world.repositories.require(
          checkRun.repositoryId,
        );
        this.#scheduleConclusion(
          repository,
          checkRun,
          this.#world.workflowRuns
            .list(repository)
            .find(
              run =>
                run.path === CI_WORKFLOW_PATH &&
                run.status !== 'completed' &&
                run.headSha === checkRun.headSha,
            ),
        );
      }
    }
  }

  /** Lets a workflow run that waited go on. */
  approve(run: WorkflowRun): void {
    if (run.conclusion !== 'action_required') {
      throw new GitHubError(403, 'This run is not waiting for approval');
    }
    const repository = this.#world.repositories.require(run.repositoryId);
    run.conclusion = 'success';
    this.#runChecks(repository, run.headBranch, run.headSha);
  }

  #start(repository: Repository, pullRequest: PullRequest): void {
    if (repository.ci.length === 0) {
      return;
    }
    const { headRef, headSha } = pullRequest;
    const author = this.#world.accounts.require(pullRequest.authorId);
    const waits =
      repository.agent.requireWorkflowApproval &&
      author.id === this.#world.accounts.copilot.id;
    if (waits) {
      const run = this.#world.workflowRuns.create({
        repository,
        name: 'CI',
        path: CI_WORKFLOW_PATH,
        event: 'pull_request',
        headBranch: headRef,
        headSha,
        actor: author,
      });
      this.#world.workflowRuns.complete({ run, conclusion: 'action_required' });
    } else {
      this.#runChecks(repository, headRef, headSha);
    }
  }

  #runChecks(repository: Repository, branch: string, sha: string): void {
    const breaks = this.#world.repositories.requireCommit({
      repository,
      sha,
    }).breaksChecks;
    const run = this.#world.workflowRuns.create({
      repository,
      name: 'CI',
      path: CI_WORKFLOW_PATH,
      event: 'pull_request',
      headBranch: branch,
      headSha: sha,
      actor: this.#world.accounts.actions,
    });
    for (const check of repository.ci) {
      const { random } = this.#world;
      const seconds = random.between(
        check.durationSeconds.min,
        check.durationSeconds.max,
      );
      const fails =
        breaks.includes(check.name) ||
        breaks.includes('*') ||
        random.next() < check.flakiness;
      const checkRun = this.#world.checks.setCheck({
        repository,
        sha,
        branch,
        name: check.name,
        status: 'in_progress',
        planned: {
          at: this.#clock.now() + seconds * 1000,
          conclusion: fails ? 'failure' : 'success',
        },
      });
      this.#scheduleConclusion(repository, checkRun, run);
    }
  }

  #scheduleConclusion(
    repository: Repository,
    checkRun: CheckRun,
    run?: WorkflowRun,
  ): void {
    const { planned } = checkRun;
    if (!planned) {
      return;
    }
    this.#clock.schedule({
      at: planned.at,
      run: () => {
        // Somebody may have failed or passed it by hand in the meantime.
        if (checkRun.planned === planned) {
          this.#conclude(repository, checkRun, planned.conclusion);
        }
        this.#completeRun(repository, checkRun.headSha, run);
      },
    });
  }

  #conclude(
    repository: Repository,
    checkRun: CheckRun,
    conclusion: CheckConclusion,
  ): void {
    this.#world.checks.setCheck({
      repository,
      sha: checkRun.headSha,
      name: checkRun.name,
      appId: checkRun.appId,
      status: 'completed',
      conclusion,
      title: conclusion === 'success' ? 'All tests passed' : '2 tests failed',
      summary:
        conclusion === 'success'
          ? 'Nothing to report.'
          : 'AssertionError: expected values to be strictly equal',
    });
  }

  #completeRun(
    repository: Repository,
    sha: string,
    run: WorkflowRun | undefined,
  ): void {
    const runs = this.#world.checks
      .latestRuns({ repository, sha })
      .filter(checkRun => checkRun.appId === this.#world.apps.actions.id);
    if (run && runs.every(checkRun => checkRun.status === 'completed')) {
      this.#world.workflowRuns.complete({
        run,
        conclusion: runs.some(checkRun => checkRun.conclusion === 'failure')
          ? 'failure'
          : 'success',
      });
    }
  }
}
