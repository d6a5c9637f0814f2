import {
  AgentProvider,
  AgentProviderCapabilities,
  CodeHost,
  HostChange,
  HostChangeRef,
  HostRepository,
  ListChangedTasksResult,
  ProviderTask,
  RepositoryRef,
  StartTaskOptions,
  StopStep,
  stringifyRepositoryRef,
} from '@agent-tasks/plugin-agent-tasks-node';
import { TraceClock } from './TraceClock';
import { TracedChange } from './readTrace';

export const PROVIDER = 'trace';
export const HOST = 'github.com';
export const OWNER = 'trace';

interface StartedChange {
  index: number;
  traced: TracedChange;
  startedAt: number;
  state: HostChange['state'];
  settledAt?: number;
}

/** The label by which the prompt of a task names its change of the trace. */
export function labelOf(index: number): string {
  return `Change-${index}-of-the-trace`;
}

/**
 * The agents, the code host and the people of a trace: each task is done at once, and its change is merged or closed as
 * long after its start as it was in the trace. It counts what is open for each team, by itself.
 */
export class TracedWorld implements AgentProvider, CodeHost {
  readonly id = PROVIDER;
  readonly title = 'Trace';
  readonly host = HOST;
  readonly capabilities: AgentProviderCapabilities = {
    start: 'idempotent',
    cancel: false,
    startsAtOnce: 100,
  };
  readonly started = new Map<number, StartedChange>();
  /** Starts of a change that was started before. */
  duplicates = 0;
  /** Starts that found as many changes of their team open as the budget allows. */
  exceeded = 0;
  /** The most that any team had open. */
  most = 0;
  readonly #changes: readonly TracedChange[];
  readonly #clock: TraceClock;
  readonly #budget: number;
  readonly #onStart: (started: { index: number; closesAt?: number }) => void;
  readonly #open = new Map<string, number>();
  /** Those that no list has told of yet. */
  #unlisted: number[] = [];

  private constructor(options: TracedWorldOptions) {
    this.#changes = options.changes;
    this.#clock = options.clock;
    this.#budget = options.budget;
    this.#onStart = options.onStart;
  }

  static create(options: TracedWorldOptions): TracedWorld {
    return new TracedWorld(options);
  }

  async startTask({ prompt }: StartTaskOptions): Promise<ProviderTask> {
    const index = Number(/Change-(\d+)-of-the-trace/.exec(prompt)?.[1]);
    const traced = this.#changes[index];
    const startedAt = this.#clock.now().getTime();
    if (this.started.has(index)) {
      this.duplicates += 1;
      return this.#taskOf(index, 'running');
    }
    const open = (this.#open.get(traced.team) ?? 0) + 1;
    this.#open.set(traced.team, open);
    this.most = Math.max(this.most, open);
    this.exceeded += open > this.#budget ? 1 : 0;
    this.started.set(index, { index, traced, startedAt, state: 'open' });
    this.#unlisted.push(index);
    this.#onStart({
      index,
      closesAt:
        traced.openFor === undefined ? undefined : startedAt + traced.openFor,
    });
    return this.#taskOf(index, 'running');
  }

  /** People merge or close a change. */
  settle(index: number): void {
    const started = this.started.get(index);
    if (started) {
      started.state = started.traced.merged ? 'merged' : 'closed';
      started.settledAt = this.#clock.now().getTime();
      const { team } = started.traced;
      this.#open.set(team, (this.#open.get(team) ?? 0) - 1);
    }
  }

  async listChangedTasks(): Promise<ListChangedTasksResult> {
    const tasks = this.#unlisted.map(index => this.#taskOf(index, 'completed'));
    this.#unlisted = [];
    return { tasks };
  }

  async getTask({ id }: { id: string }): Promise<ProviderTask | undefined> {
    const index = Number(id.replace('trace-', ''));
    return this.started.has(index)
      ? this.#taskOf(index, 'completed')
      : undefined;
  }

  async getRepositories(options: {
    repositories: RepositoryRef[];
  }): Promise<Map<string, HostRepository>> {
    return new Map(
      options.repositories.map(ref => [
        stringifyRepositoryRef(ref),
        {
          ref,
          url: `https://${ref.host}/${ref.owner}/${ref.name}`,
          defaultBranch: 'main',
          archived: false,
        },
      ]),
    );
  }

  async getChanges(options: {
    changes: HostChangeRef[];
  }): Promise<Map<string, HostChange>> {
    return new Map(
      options.changes.flatMap(({ globalId }) => {
        const started = this.started.get(Number(globalId));
        return started ? [[globalId, presentChange(started)]] : [];
      }),
    );
  }

  async markReadyForReview(): Promise<void> {}

  async stop(): Promise<StopStep[]> {
    return [];
  }

  #taskOf(index: number, state: ProviderTask['state']): ProviderTask {
    const at = this.#clock.now().toISOString();
    return {
      id: `trace-${index}`,
      state,
      createdAt: at,
      updatedAt: at,
      artifacts: [{ type: 'change', globalId: String(index) }],
    };
  }
}

function presentChange(started: StartedChange): HostChange {
  const { index, state, startedAt, settledAt } = started;
  const updatedAt = new Date(settledAt ?? startedAt).toISOString();
  return {
    globalId: String(index),
    number: index + 1,
    url: `https://${HOST}/${OWNER}/${started.traced.repository}/pull/${index + 1}`,
    title: labelOf(index),
    state,
    draft: false,
    headBranch: `trace-${index}`,
    headCommit: 'a'.repeat(40),
    baseBranch: 'main',
    additions: 1,
    deletions: 1,
    changedFiles: 1,
    checks: 'none',
    review: 'none',
    createdAt: new Date(startedAt).toISOString(),
    updatedAt,
    settledAt: settledAt === undefined ? undefined : updatedAt,
  };
}

export interface TracedWorldOptions {
  changes: readonly TracedChange[];
  clock: TraceClock;
  /** Changes of one team that may be open at once. */
  budget: number;
  /** Told of each start, and when its change will be settled; absent: never. */
  onStart: (started: { index: number; closesAt?: number }) => void;
}
