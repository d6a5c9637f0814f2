import {
  Account,
  CheckConclusion,
  CheckRun,
  CheckStatus,
  CheckSuite,
  CommitStatus,
  CommitStatusState,
  Repository,
} from './entities';
import { nodeId } from './nodeId';
import type { World } from './World';

/** @public */
export interface CheckStoreData {
  suites: CheckSuite[];
  runs: CheckRun[];
  statuses: CommitStatus[];
}

/** What a check or status means for a merge. @public */
export type CheckOutcome = 'pending' | 'success' | 'failure';

/** GraphQL's `StatusState`, for all checks and statuses of a commit. @public */
export type RollupState = 'PENDING' | 'SUCCESS' | 'FAILURE' | 'ERROR';

/** Conclusions that do not stand in the way of a merge. */
const PASSING: CheckConclusion[] = ['success', 'neutral', 'skipped'];

/** Check runs, check suites and commit statuses. @public */
export class CheckStore {
  readonly #world: World;
  readonly #suites = new Map<number, CheckSuite>();
  readonly #suitesByCommit = new Map<string, CheckSuite[]>();
  readonly #runs = new Map<number, CheckRun>();
  readonly #runsByCommit = new Map<string, CheckRun[]>();
  readonly #statusesByCommit = new Map<string, CommitStatus[]>();

  private constructor(world: World) {
    this.#world = world;
  }

  static create(world: World): CheckStore {
    return new CheckStore(world);
  }

  getRun(id: number): CheckRun | undefined {
    return this.#runs.get(id);
  }

  getSuite(id: number): CheckSuite | undefined {
    return this.#suites.get(id);
  }

  listAllRuns(): CheckRun[] {
    return [...this.#runs.values()];
  }

  /** All runs on a commit, the newest first. */
  listRuns(options: { repository: Repository; sha: string }): CheckRun[] {
    return [...(this.#runsByCommit.get(commitKey(options)) ?? [])].reverse();
  }

  /** The newest run of each name and App. */
  latestRuns(options: { repository: Repository; sha: string }): CheckRun[] {
    const latest = new Map<string, CheckRun>();
    for (const run of this.#runsByCommit.get(commitKey(options)) ?? []) {
      latest.set(`${run.appId}:${run.name}`, run);
    }
    return [...latest.values()];
  }

  listSuites(options: { repository: Repository; sha: string }): CheckSuite[] {
    return this.#suitesByCommit.get(commitKey(options)) ?? [];
  }

  /**
   * Sets the state of a check on a commit: the newest run of that name goes on; a completed one is followed by another.
   */
  setCheck(options: {
    repository: Repository;
    sha: string;
    name: string;
    status: CheckStatus;
    conclusion?: CheckConclusion;
    /** GitHub Actions unless said otherwise. */
    appId?: number;
    branch?: string;
    title?: string;
    summary?: string;
    detailsUrl?: string;
    planned?: CheckRun['planned'];
    sender?: Account;
  }): CheckRun {
    const { repository, sha, name, status } = options;
    const appId = options.appId ?? this.#world.apps.actions.id;
    const sender = options.sender ?? this.#world.accounts.actions;
    const now = this.#world.clock.now();
    const suite = this.ensureSuite({
      repository,
      sha,
      appId,
      branch: options.branch,
    });
    let run = this.latestRuns({ repository, sha }).find(
      candidate => candidate.name === name && candidate.appId === appId,
    );
    const isNew =
      !run || (run.status === 'completed' && status !== 'completed');
    if (!run || isNew) {
      const id = this.#world.nextId('checkRun');
      run = {
        id,
        nodeId: nodeId({ kind: 'CR', repositoryId: repository.id, id }),
        repositoryId: repository.id,
        suiteId: suite.id,
        headSha: sha,
        appId,
        name,
        status,
        startedAt: now,
      };
      this.#addRun(run);
    }
    run.status = status;
    run.conclusion =
      status === 'completed' ? (options.conclusion ?? 'success') : undefined;
    run.completedAt = status === 'completed' ? now : undefined;
    run.planned = options.planned;
    run.title = options.title ?? run.title;
    run.summary = options.summary ?? run.summary;
    run.detailsUrl = options.detailsUrl ?? run.detailsUrl;
    if (isNew) {
      this.#world.events.emit('check_run', {
        action: 'created',
        repository,
        checkRun: run,
        sender,
      });
    }
    if (status === 'completed') {
      this.#world.events.emit('check_run', {
        action: 'completed',
        repository,
        checkRun: run,
        sender,
      });
    }
    this.#settleSuite(repository, suite, sender);
    this.#afterChange(repository, sha);
    return run;
  }

  setStatus(options: {
    repository: Repository;
    sha: string;
    state: CommitStatusState;
    context?: string;
    description?: string;
    targetUrl?: string;
    creator: Account;
    appId?: number;
  }): CommitStatus {
    const { repository, sha, creator } = options;
    const now = this.#world.clock.now();
    const id = this.#world.nextId('status');
    const status: CommitStatus = {
      id,
      nodeId: nodeId({ kind: 'SC', repositoryId: repository.id, id }),
      repositoryId: repository.id,
      sha,
      state: options.state,
      context: options.context ?? 'default',
      description: options.description,
      targetUrl: options.targetUrl,
      creatorId: creator.id,
      appId: options.appId,
      createdAt: now,
      updatedAt: now,
    };
    this.#addStatus(status);
    this.#world.events.emit('status', { repository, status, sender: creator });
    this.#afterChange(repository, sha);
    return status;
  }

  /** All statuses of a commit, the newest first. */
  listStatuses(options: {
    repository: Repository;
    sha: string;
  }): CommitStatus[] {
    return [
      ...(this.#statusesByCommit.get(commitKey(options)) ?? []),
    ].reverse();
  }

  /** The newest status of each context. */
  latestStatuses(options: {
    repository: Repository;
    sha: string;
  }): CommitStatus[] {
    const latest = new Map<string, CommitStatus>();
    for (const status of this.#statusesByCommit.get(commitKey(options)) ?? []) {
      latest.set(status.context, status);
    }
    return [...latest.values()];
  }

  /** REST's combined state of the statuses alone: `pending` where there are none. */
  combinedStatus(options: {
    repository: Repository;
    sha: string;
  }): 'pending' | 'success' | 'failure' {
    const states = this.latestStatuses(options).map(status => status.state);
    if (states.some(state => state === 'failure' || state === 'error')) {
      return 'failure';
    }
    return states.length === 0 || states.includes('pending')
      ? 'pending'
      : 'success';
  }

  /** The outcome of one check or status by its name; `undefined` when there is none. */
  outcome(options: {
    repository: Repository;
    sha: string;
    context: string;
    /** Only what comes from this App counts. */
    appId?: number;
  }): CheckOutcome | undefined {
    const { context, appId } = options;
    const outcomes: CheckOutcome[] = [
      ...this.latestRuns(options)
        .filter(run => run.name === context && (!appId || run.appId === appId))
        .map(runOutcome),
      ...this.latestStatuses(options)
        .filter(
          status =>
            status.context === context && (!appId || status.appId === appId),
        )
        .map(statusOutcome),
    ];
    return worst(outcomes);
  }

  /** All checks and statuses of a commit; `undefined` when there are none. */
  rollup(options: {
    repository: Repository;
    sha: string;
  }): RollupState | undefined {
    const outcome = worst([
      ...this.latestRuns(options).map(runOutcome),
      ...this.latestStatuses(options).map(statusOutcome),
    ]);
    return outcome && (outcome.toLocaleUpperCase('en-US') as RollupState);
  }

  ensureSuite(options: {
    repository: Repository;
    sha: string;
    appId: number;
    branch?: string;
  }): CheckSuite {
    const { repository, sha, appId } = options;
    const existing = this.listSuites({ repository, sha }).find(
      suite => suite.appId === appId,
    );
    if (existing) {
      return existing;
    }
    const now = this.#world.clock.now();
    const id = this.#world.nextId('checkSuite');
    const suite: CheckSuite = {
      id,
      nodeId: nodeId({ kind: 'CS', repositoryId: repository.id, id }),
      repositoryId: repository.id,
      headSha: sha,
      headBranch:
        options.branch ??
        Object.entries(repository.branches).find(
          ([, head]) => head === sha,
        )?.[0] ??
        repository.defaultBranch,
      appId,
      status: 'queued',
      createdAt: now,
      updatedAt: now,
    };
    this.#addSuite(suite);
    this.#world.events.emit('check_suite', {
      action: 'requested',
      repository,
      checkSuite: suite,
      sender: this.#world.accounts.actions,
    });
    return suite;
  }

  load(data: CheckStoreData): void {
    data.suites.forEach(suite => this.#addSuite(suite));
    data.runs.forEach(run => this.#addRun(run));
    data.statuses.forEach(status => this.#addStatus(status));
  }

  toData(): CheckStoreData {
    return {
      suites: [...this.#suites.values()],
      runs: [...this.#runs.values()],
      statuses: [...this.#statusesByCommit.values()].flat(),
    };
  }

  #addSuite(suite: CheckSuite): void {
    this.#suites.set(suite.id, suite);
    append(
      this.#suitesByCommit,
      `${suite.repositoryId}:${suite.headSha}`,
      suite,
    );
  }

  #addRun(run: CheckRun): void {
    this.#runs.set(run.id, run);
    append(this.#runsByCommit, `${run.repositoryId}:${run.headSha}`, run);
  }

  #addStatus(status: CommitStatus): void {
    append(
      this.#statusesByCommit,
      `${status.repositoryId}:${status.sha}`,
      status,
    );
  }

  #settleSuite(
    repository: Repository,
    suite: CheckSuite,
    sender: Account,
  ): void {
    const runs = this.latestRuns({ repository, sha: suite.headSha }).filter(
      run => run.suiteId === suite.id,
    );
    const wasCompleted = suite.status === 'completed';
    const completed = runs.every(run => run.status === 'completed');
    suite.status = completed ? 'completed' : 'in_progress';
    suite.conclusion = completed
      ? (runs.find(run => runOutcome(run) === 'failure')?.conclusion ??
        'success')
      : undefined;
    suite.updatedAt = this.#world.clock.now();
    if (completed && !wasCompleted) {
      this.#world.events.emit('check_suite', {
        action: 'completed',
        repository,
        checkSuite: suite,
        sender,
      });
    }
  }

  #afterChange(repository: Repository, sha: string): void {
    for (const pullRequest of this.#world.pullRequests.listByHeadSha({
      repository,
      sha,
    })) {
      this.#world.pullRequests.reconsiderAutoMerge({ pullRequest });
    }
  }
}

function commitKey(options: { repository: Repository; sha: string }): string {
  return `${options.repository.id}:${options.sha}`;
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) {
    list.push(value);
  } else {
    map.set(key, [value]);
  }
}

function runOutcome(run: CheckRun): CheckOutcome {
  if (run.status !== 'completed') {
    return 'pending';
  }
  return run.conclusion && PASSING.includes(run.conclusion)
    ? 'success'
    : 'failure';
}

function statusOutcome(status: CommitStatus): CheckOutcome {
  return status.state === 'error' ? 'failure' : status.state;
}

function worst(outcomes: CheckOutcome[]): CheckOutcome | undefined {
  return (['failure', 'pending', 'success'] as const).find(outcome =>
    outcomes.includes(outcome),
  );
}
