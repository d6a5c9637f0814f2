import { SimulatorClock } from '../clock/SimulatorClock';
import { Counters } from '../counters/Counters';
import { GitHubError } from '../errors';
import { FaultInjector } from '../faults/FaultInjector';
import {
  Account,
  AGENT_WORKFLOW_PATH,
  AgentOutcome,
  AgentTask,
  PullRequest,
  Repository,
  SETTLED_TASK_STATES,
  TaskState,
  World,
} from '../state';
import { AgentOptions, DEFAULT_AGENT_OPTIONS } from './AgentOptions';
import { AgentWork, planWork, rewrittenName } from './work';

/** What a request to start a task asks for. @public */
export interface StartAgentTask {
  repository: Repository;
  creator: Account;
  prompt: string;
  model?: string;
  customAgent?: string;
  /** Left out, one is opened all the same, as observed. */
  createPullRequest?: boolean;
  baseRef?: string;
  /** Ignored without a word when the branch has no open pull request, as observed. */
  headRef?: string;
}

/** How long the agent goes on after its workflow run was cancelled, in milliseconds. */
const CANCEL_DELAY = 2_000;

/**
 * The simulated coding agent.
 *
 * `queued` → `in_progress` → branch and draft pull request → a commit → `completed`, or one of the other ends. At most
 * `capacity` tasks are worked on at once. Its progress is data (`AgentTask.plan`) and driven by the clock, so that a
 * saved world goes on where it stopped, and an advanced clock runs everything that is due, in order.
 *
 * @public
 */
export class Agent {
  readonly #world: World;
  readonly #clock: SimulatorClock;
  readonly #counters: Counters;
  readonly #faults: FaultInjector;
  #options: AgentOptions;
  /** In `queued`, before their time in the queue is over. */
  readonly #waiting = new Set<string>();
  /** In `queued`, only for want of capacity; the first one is the next. */
  readonly #ready = new Set<string>();
  readonly #running = new Set<string>();

  private constructor(options: {
    world: World;
    counters: Counters;
    faults: FaultInjector;
    agent?: Partial<AgentOptions>;
  }) {
    this.#world = options.world;
    this.#clock = options.world.clock;
    this.#counters = options.counters;
    this.#faults = options.faults;
    this.#options = { ...DEFAULT_AGENT_OPTIONS, ...options.agent };
  }

  static create(options: {
    world: World;
    counters: Counters;
    faults: FaultInjector;
    agent?: Partial<AgentOptions>;
  }): Agent {
    const agent = new Agent(options);
    agent.#watchCancellations();
    agent.#countUnsettled();
    return agent;
  }

  get options(): Readonly<AgentOptions> {
    return this.#options;
  }

  /** Holds for tasks that start work from now on. */
  configure(options: Partial<AgentOptions>): void {
    this.#options = { ...this.#options, ...options };
    this.#admit();
  }

  /** Tasks that are worked on now. */
  get running(): number {
    return this.#running.size;
  }

  /** Takes up the tasks that a saved world left unfinished. */
  resume(): void {
    for (const task of this.#world.tasks.listAll()) {
      const { plan } = task;
      if (plan && plan.phase !== 'done') {
        if (plan.phase === 'waiting') {
          continue;
        }
        (plan.phase === 'queued' ? this.#waiting : this.#running).add(task.id);
        this.#scheduleNext(task);
      }
    }
    this.#counters.runningTasks(this.#running.size);
  }

  /** @throws GitHubError 403 where the agent is not enabled, 422 for a base that does not exist */
  startTask(options: StartAgentTask): AgentTask {
    const { repository, creator, prompt } = options;
    if (!repository.agent.enabled || repository.archived) {
      throw new GitHubError(
        403,
        'Copilot cloud agent is not enabled for this repository.',
      );
    }
    if (prompt.trim() === '') {
      throw GitHubError.validation('Validation Failed', [
        { code: 'missing_field', field: 'prompt' },
      ]);
    }
    const baseRef = options.baseRef ?? repository.defaultBranch;
    if (repository.branches[baseRef] === undefined) {
      throw GitHubError.validation('Validation Failed', [
        { code: 'invalid', field: 'base_ref' },
      ]);
    }
    const continued = options.headRef
      ? this.#world.pullRequests
          .listByHead({ repository, headRef: options.headRef })
          .find(
            pullRequest =>
              pullRequest.state === 'open' && pullRequest.baseRef === baseRef,
          )
      : undefined;
    const task = this.#world.tasks.create({
      repository,
      creator,
      prompt,
      name: rewrittenName({ prompt, random: this.#world.random }),
      model: options.model ?? 'claude-sonnet-4.6',
      customAgent: options.customAgent,
      createPullRequest: options.createPullRequest ?? true,
      baseRef,
      headRef: continued?.headRef,
      pullRequestId: continued?.id,
    });
    this.#counters.taskCreated(prompt);
    const { random } = this.#world;
    const { queueSeconds, durationSeconds, outcomes } = this.#options;
    task.plan = {
      phase: 'queued',
      outcome: random.weighted(outcomes),
      durationSeconds: random.between(durationSeconds.min, durationSeconds.max),
      nextAt:
        this.#clock.now() +
        1000 * random.between(queueSeconds.min, queueSeconds.max),
      kind: '',
    };
    this.#waiting.add(task.id);
    this.#scheduleNext(task);
    return task;
  }

  /** Answers a task that waits for somebody, or ends a stuck one: it goes on and comes to the outcome. */
  continueTask(options: { task: AgentTask; outcome?: AgentOutcome }): void {
    const { task, outcome = 'completed' } = options;
    if (SETTLED_TASK_STATES.has(task.state) || !task.plan) {
      throw GitHubError.validation('The task is over');
    }
    task.plan.outcome = outcome;
    if (!this.#waiting.has(task.id) && !this.#ready.has(task.id)) {
      this.#running.add(task.id);
      this.#counters.runningTasks(this.#running.size);
      this.#setState(task, 'in_progress');
      task.plan.phase = 'working';
      task.plan.nextAt = this.#clock.now();
      this.#scheduleNext(task);
    }
  }

  #scheduleNext(task: AgentTask): void {
    const plan = task.plan!;
    const { phase, nextAt } = plan;
    this.#clock.schedule({
      at: nextAt,
      run: () => {
        // A continued or cancelled task has another plan by now.
        if (
          task.plan === plan &&
          plan.phase === phase &&
          plan.nextAt === nextAt
        ) {
          this.#tryNext(task);
        }
      },
    });
  }

  /** What GitHub refuses the agent, such as a push to an archived repository, ends its task. */
  #tryNext(task: AgentTask): void {
    try {
      this.#next(task);
    } catch (error) {
      if (!(error instanceof GitHubError)) {
        throw error;
      }
      this.#end(task, 'failed', error.message);
    }
  }

  #next(task: AgentTask): void {
    switch (task.plan!.phase) {
      case 'queued':
        this.#waiting.delete(task.id);
        this.#ready.add(task.id);
        this.#admit();
        break;
      case 'starting':
        this.#openPullRequest(task);
        break;
      case 'working':
        this.#finish(task);
        break;
      case 'cancelling':
        this.#end(task, 'cancelled');
        break;
      default:
    }
  }

  /** Begins work on those that have waited long enough, first come first served, while there is capacity. */
  #admit(): void {
    for (const id of this.#ready) {
      if (this.#running.size >= this.#options.capacity) {
        return;
      }
      this.#ready.delete(id);
      this.#begin(this.#world.tasks.get(id)!);
    }
  }

  #begin(task: AgentTask): void {
    const plan = task.plan!;
    const repository = this.#repositoryOf(task);
    const fault = this.#faults.forTask(
      this.#world.repositories.fullName(repository),
    );
    if (fault) {
      plan.outcome = fault.kind === 'task_stuck' ? 'stuck' : 'waiting_for_user';
    }
    this.#running.add(task.id);
    this.#counters.runningTasks(this.#running.size);
    this.#setState(task, 'in_progress');
    const { failsEarlyShare, pullRequestAfterSeconds } = this.#options;
    const failsEarly =
      plan.outcome === 'failed' && this.#world.random.next() < failsEarlyShare;
    plan.phase = failsEarly ? 'working' : 'starting';
    plan.nextAt =
      this.#clock.now() +
      1000 * Math.min(pullRequestAfterSeconds, plan.durationSeconds / 2);
    this.#scheduleNext(task);
  }

  /** The branch with an empty first commit, the workflow run, and the draft pull request. */
  #openPullRequest(task: AgentTask): void {
    const { accounts, repositories, pullRequests, workflowRuns } = this.#world;
    const repository = this.#repositoryOf(task);
    const plan = task.plan!;
    if (repository.archived || !repository.branches[task.baseRef]) {
      this.#end(task, 'failed', 'The base branch is gone.');
      return;
    }
    const author = accounts.copilot;
    if (!task.headRef) {
      const headRef = this.#branchName(repository, task);
      const commit = repositories.createCommit({
        repository,
        parents: [repository.branches[task.baseRef]],
        message: 'Initial plan',
        author,
        verified: true,
      });
      repositories.createBranch({
        repository,
        name: headRef,
        sha: commit.sha,
        sender: author,
      });
      task.headRef = headRef;
    }
    const run = workflowRuns.create({
      repository,
      name: 'Copilot cloud agent',
      path: AGENT_WORKFLOW_PATH,
      event: 'dynamic',
      headBranch: task.headRef,
      headSha: repository.branches[task.headRef],
      actor: author,
      taskId: task.id,
    });
    task.workflowRunId = run.id;
    if (task.createPullRequest && task.pullRequestId === undefined) {
      const pullRequest = pullRequests.create({
        repository,
        author,
        title: `[WIP] ${task.name}`,
        body: openingBody(task),
        headRef: task.headRef,
        baseRef: task.baseRef,
        draft: true,
        agentRequester: accounts.require(task.creatorId),
      });
      pullRequest.assigneeIds.push(author.id);
      task.pullRequestId = pullRequest.id;
    }
    this.#session(task).headRef = task.headRef;
    this.#world.tasks.update({ task, change: {} });
    plan.phase = 'working';
    if (plan.outcome === 'stuck') {
      plan.nextAt =
        this.#clock.now() + 1000 * this.#options.stuckTimeoutSeconds;
    } else {
      const spent = this.#options.pullRequestAfterSeconds;
      plan.nextAt =
        this.#clock.now() +
        1000 * Math.max(plan.durationSeconds - spent, plan.durationSeconds / 2);
    }
    this.#scheduleNext(task);
  }

  #finish(task: AgentTask): void {
    switch (task.plan!.outcome) {
      case 'waiting_for_user':
        this.#release(task);
        this.#setState(task, 'waiting_for_user');
        task.plan!.phase = 'waiting';
        break;
      case 'failed':
        this.#end(task, 'failed', 'The agent encountered an error.');
        break;
      case 'stuck':
      case 'timed_out':
        this.#end(task, 'timed_out', 'The session timed out.');
        break;
      case 'no_change':
        this.#end(task, 'completed');
        break;
      default:
        this.#complete(task);
    }
  }

  #complete(task: AgentTask): void {
    const { accounts, repositories, pullRequests, reviews } = this.#world;
    const repository = this.#repositoryOf(task);
    const pullRequest = this.#pullRequestOf(task);
    const branch = task.headRef;
    if (
      !branch ||
      repository.archived ||
      repository.branches[branch] === undefined ||
      pullRequest?.state === 'closed'
    ) {
      this.#end(task, 'failed', 'The branch or pull request is gone.');
      return;
    }
    const work = this.#planWork(task, repository, branch);
    task.plan!.kind = work.kind;
    const author = accounts.copilot;
    for (const commit of work.commits) {
      repositories.pushCommit({
        repository,
        branch,
        message: `${commit.message}\n\nCo-authored-by: ${
          accounts.require(task.creatorId).login
        } <${accounts.require(task.creatorId).email}>`,
        author,
        files: commit.files,
        breaksChecks: work.breaksChecks,
      });
    }
    if (pullRequest) {
      pullRequests.update({
        pullRequest,
        sender: author,
        title: work.title,
        body: closingBody(task, work),
      });
      // The agent asks whoever started the task; it cannot mark its pull request ready.
      reviews.request({
        pullRequest,
        users: [accounts.require(task.creatorId)],
        teams: [],
        sender: author,
      });
    }
    this.#end(task, 'completed');
  }

  #planWork(
    task: AgentTask,
    repository: Repository,
    branch: string,
  ): AgentWork {
    const { realChanges } = this.#options;
    return planWork({
      prompt: task.prompt,
      name: task.name,
      random: this.#world.random,
      files: this.#world.repositories.readFiles({ repository, ref: branch }),
      realChanges,
    });
  }

  #end(task: AgentTask, state: TaskState, errorMessage?: string): void {
    this.#release(task);
    const { random, workflowRuns } = this.#world;
    const { usageShare, staleSessionShare } = this.#options;
    const run =
      task.workflowRunId === undefined
        ? undefined
        : workflowRuns.get(task.workflowRunId);
    task.plan!.phase = 'done';
    const stale = state === 'failed' && random.next() < staleSessionShare;
    this.#setState(task, state, { leaveSession: stale });
    const session = this.#session(task);
    if (!stale) {
      session.completedAt = this.#clock.now();
      session.errorMessage = errorMessage;
    }
    if (random.next() < usageShare) {
      session.usage = {
        type: 'ai_credits',
        amount: random.integer(500_000_000, 9_000_000_000),
      };
    }
    if (run) {
      workflowRuns.complete({
        run,
        conclusion: state === 'completed' ? 'success' : 'failure',
      });
    }
    this.#admit();
  }

  #release(task: AgentTask): void {
    this.#waiting.delete(task.id);
    this.#ready.delete(task.id);
    if (this.#running.delete(task.id)) {
      this.#counters.runningTasks(this.#running.size);
    }
  }

  #setState(
    task: AgentTask,
    state: TaskState,
    options: { leaveSession?: boolean } = {},
  ): void {
    if (!options.leaveSession) {
      const session = this.#session(task);
      session.state = state;
      session.updatedAt = this.#clock.now();
    }
    this.#world.tasks.update({ task, change: { state } });
  }

  /** A cancelled workflow run ends the task that runs in it, a little later. */
  #watchCancellations(): void {
    this.#world.events.on('workflow_run', ({ action, workflowRun }) => {
      const task =
        action === 'completed' &&
        workflowRun.conclusion === 'cancelled' &&
        workflowRun.taskId !== undefined
          ? this.#world.tasks.get(workflowRun.taskId)
          : undefined;
      if (task?.plan && !SETTLED_TASK_STATES.has(task.state)) {
        task.plan.phase = 'cancelling';
        task.plan.nextAt = this.#clock.now() + CANCEL_DELAY;
        this.#scheduleNext(task);
      }
    });
  }

  #countUnsettled(): void {
    const count = (task: AgentTask) =>
      this.#counters.taskState({
        id: task.id,
        repository: this.#world.repositories.fullName(this.#repositoryOf(task)),
        settled: SETTLED_TASK_STATES.has(task.state),
      });
    this.#world.tasks.listAll().forEach(count);
    this.#world.events.on('task', ({ task }) => count(task));
  }

  #branchName(repository: Repository, task: AgentTask): string {
    const slug = task.name
      .toLocaleLowerCase('en-US')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 40);
    let name = `copilot/${slug}`;
    while (repository.branches[name] !== undefined) {
      name = `copilot/${slug}-${this.#world.random.hex(6)}`;
    }
    return name;
  }

  #session(task: AgentTask) {
    return task.sessions[task.sessions.length - 1];
  }

  #repositoryOf(task: AgentTask): Repository {
    return this.#world.repositories.require(task.repositoryId);
  }

  #pullRequestOf(task: AgentTask): PullRequest | undefined {
    return task.pullRequestId === undefined
      ? undefined
      : this.#world.pullRequests.get(task.pullRequestId);
  }
}

function openingBody(task: AgentTask): string {
  return [
    'Thanks for asking me to work on this. I will get started on it and keep this pull request up to date as I form a plan and make progress.',
    '',
    '<details>',
    '<summary>Original prompt</summary>',
    '',
    ...task.prompt.split('\n').map(line => `> ${line}`),
    '',
    '</details>',
  ].join('\n');
}

function closingBody(task: AgentTask, work: AgentWork): string {
  return [
    work.summary,
    '',
    '<details>',
    '<summary>Original prompt</summary>',
    '',
    ...task.prompt.split('\n').map(line => `> ${line}`),
    '',
    '</details>',
  ].join('\n');
}
