import {
  AgentProvider,
  AgentProviderCapabilities,
  FindTaskOptions,
  ListChangedTasksOptions,
  ListChangedTasksResult,
  ProviderError,
  ProviderTask,
  RepositoryRef,
  StartTaskOptions,
} from '@agent-tasks/plugin-agent-tasks-node';
import { Clock } from '../loops/Clock';

/** What happens to the next start. */
export type StartFault =
  /** The task is started, and the answer is lost. */
  | 'answer-lost'
  /** The request is lost, and nothing is started. */
  | 'request-lost'
  /** Refused, for good. */
  | 'refused'
  /** Not now. */
  | 'later'
  /** The caller dies with the request on its way: it takes effect when `deliver` is called. */
  | 'delayed';

interface Started {
  task: ProviderTask;
  prompt: string;
  /** Name of the repository. */
  repository: string;
  headBranch?: string;
  baseBranch?: string;
}

/** A provider in memory that can do what real ones do to a caller. */
export class InMemoryProvider implements AgentProvider {
  readonly id = 'in-memory';
  readonly title = 'In-memory agent';
  readonly capabilities: AgentProviderCapabilities;
  readonly started: Started[] = [];
  /** How many requests of each kind were answered or lost. */
  readonly requests = { start: 0, find: 0, list: 0, get: 0 };
  faults: StartFault[] = [];
  /** What happens to each start on a repository; `faults` go first. */
  faultOn?: (repository: string) => StartFault | undefined;
  /** The service account of each repository. */
  accountOf?: (repository: string) => string;
  /** While it is true, every request but a start fails. */
  unreachable = false;
  readonly #delayed: StartTaskOptions[] = [];
  readonly #clock: Clock;

  constructor(
    clock: Clock,
    capabilities: AgentProviderCapabilities = {
      start: 'findable',
      cancel: false,
    },
  ) {
    this.#clock = clock;
    this.capabilities = capabilities;
  }

  accountFor(repository: RepositoryRef): string {
    return this.accountOf?.(repository.name) ?? this.id;
  }

  async startTask(options: StartTaskOptions): Promise<ProviderTask> {
    this.requests.start += 1;
    const { name } = options.repository;
    const fault = this.faults.shift() ?? this.faultOn?.(name);
    switch (fault) {
      case 'refused':
        throw new ProviderError('The agent is not enabled there.', {
          effect: 'refused',
          status: 403,
        });
      case 'later':
        throw new ProviderError('Too many requests.', {
          effect: 'later',
          status: 429,
          retryAfterSeconds: 30,
        });
      case 'request-lost':
        throw new ProviderError('The connection was lost.', {
          effect: 'unknown',
        });
      case 'delayed':
        this.#delayed.push(options);
        throw new ProviderError('The request took too long.', {
          effect: 'unknown',
        });
      case 'answer-lost':
        this.#start(options);
        throw new ProviderError('The answer was not understood.', {
          effect: 'unknown',
          status: 502,
        });
      default:
        return this.#start(options);
    }
  }

  /** Lets requests take effect that were on their way. */
  deliver(): void {
    for (const options of this.#delayed.splice(0)) {
      this.#start(options);
    }
  }

  async findTask(options: FindTaskOptions): Promise<ProviderTask | undefined> {
    this.requests.find += 1;
    this.#answer();
    return this.started.find(one => one.prompt.includes(options.marker))?.task;
  }

  async listChangedTasks(
    options: ListChangedTasksOptions,
  ): Promise<ListChangedTasksResult> {
    this.requests.list += 1;
    this.#answer();
    const tasks = this.started
      .map(one => one.task)
      .filter(task => !options.cursor || task.updatedAt >= options.cursor);
    const newest = tasks
      .map(task => task.updatedAt)
      .sort()
      .pop();
    return { tasks: structuredClone(tasks), cursor: newest ?? options.cursor };
  }

  async getTask(options: { id: string }): Promise<ProviderTask | undefined> {
    this.requests.get += 1;
    this.#answer();
    return structuredClone(
      this.started.find(one => one.task.id === options.id)?.task,
    );
  }

  /**
   * Changes a task as the agent does.
   *
   * @param which - the name of its repository, or how many were started before it
   */
  report(which: string | number, change: Partial<ProviderTask>): void {
    const started =
      typeof which === 'number'
        ? this.started[which]
        : this.started.find(one => one.repository === which);
    if (!started) {
      throw new Error(`no task was started on ${which}`);
    }
    Object.assign(started.task, change, {
      updatedAt: this.#clock.now().toISOString(),
    });
  }

  #answer(): void {
    if (this.unreachable) {
      throw new ProviderError('In-memory agent cannot be reached.', {
        effect: 'unknown',
      });
    }
  }

  #start(options: StartTaskOptions): ProviderTask {
    const now = this.#clock.now().toISOString();
    const task: ProviderTask = {
      id: `agent-${this.started.length + 1}`,
      state: 'running',
      url: `https://agent.example.com/${this.started.length + 1}`,
      createdAt: now,
      updatedAt: now,
      artifacts: [],
    };
    this.started.push({
      task,
      prompt: options.prompt,
      repository: options.repository.name,
      headBranch: options.headBranch,
      baseBranch: options.baseBranch,
    });
    return structuredClone(task);
  }
}
