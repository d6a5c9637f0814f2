import {
  AgentProvider,
  FindTaskOptions,
  ListChangedTasksOptions,
  ListChangedTasksResult,
  ProviderError,
  ProviderTask,
  RepositoryRef,
  StartTaskOptions,
} from '@agent-tasks/plugin-agent-tasks-node';
import { bearsMarker } from '@agent-tasks/plugin-agent-tasks-common';
import { GithubClient } from '../client/GithubClient';
import { StarterCredential } from '../credentials/StarterCredential';
import { formatCursor, parseCursor } from './changedTasksCursor';
import {
  GithubFullTask,
  githubFullTaskSchema,
  GithubTask,
  githubTaskSchema,
  toFullProviderTask,
  toProviderTask,
  UNSETTLED_STATES,
} from './githubTask';
import { TaskLists } from './TaskLists';

/** How much longer ago a started task is searched for than its start, for clocks that differ. */
const LOOK_BACK_MS = 5 * 60_000;
/** So much of that has to remain by the clock as GitHub's last answer tells it: other replicas' clocks differ too. */
const LEAST_LOOK_BACK_MS = 4 * 60_000;
/** Tasks are archived by hand and seldom, so that list is read seldom. */
const ARCHIVED_EVERY_MS = 5 * 60_000;

/**
 * Copilot's cloud agent. Its API knows neither an idempotency key nor a cancel: a start is found again by the marker in
 * its prompt, and a task is stopped through the code host.
 */
export class CopilotAgentProvider implements AgentProvider {
  readonly id = 'github-copilot';
  readonly title = 'GitHub Copilot';
  readonly capabilities = {
    start: 'findable',
    cancel: false,
    continues: true,
  } as const;

  readonly #client: GithubClient;
  readonly #starter: StarterCredential;
  readonly #host: string;
  readonly #lists: TaskLists;

  private constructor(options: {
    client: GithubClient;
    starter: StarterCredential;
    host: string;
  }) {
    this.#client = options.client;
    this.#starter = options.starter;
    this.#host = options.host;
    this.#lists = TaskLists.create(options);
  }

  static create(options: {
    client: GithubClient;
    starter: StarterCredential;
    /** The host in the web addresses of the repositories that it works on. */
    host: string;
  }): CopilotAgentProvider {
    return new CopilotAgentProvider(options);
  }

  async startTask(options: StartTaskOptions): Promise<ProviderTask> {
    const { repository, signal } = options;
    this.#assertHost(repository);
    const answer = await this.#client.request({
      route: 'POST /agents/repos/{owner}/{repo}/tasks',
      parameters: {
        owner: repository.owner,
        repo: repository.name,
        prompt: options.prompt,
        // Left out it stands for `false` in the contract, and for `true` in what GitHub does.
        create_pull_request: true,
        ...(options.baseBranch ? { base_ref: options.baseBranch } : {}),
        ...(options.headBranch ? { head_ref: options.headBranch } : {}),
        ...(options.model ? { model: options.model } : {}),
        ...(options.customAgent ? { custom_agent: options.customAgent } : {}),
      },
      auth: this.#starter.getAuth(),
      doing: `start a task in ${nameOf(repository)}`,
      schema: githubTaskSchema,
      signal,
    });
    return toProviderTask(answer.data);
  }

  async findTask(options: FindTaskOptions): Promise<ProviderTask | undefined> {
    const { repository, marker, knownIds, signal } = options;
    this.#assertHost(repository);
    const { since, listed } = await this.#listSince(options);
    const candidates = listed.filter(
      task => !knownIds.has(task.id) && Date.parse(task.created_at) >= since,
    );
    let unread: GithubTask | undefined;
    for (const candidate of candidates) {
      const task = await this.#read({ repository, id: candidate.id, signal });
      const prompts = promptsOf(task);
      if (prompts.some(prompt => bearsMarker({ prompt, marker }))) {
        return toFullProviderTask(task!);
      }
      if (prompts.length === 0) {
        unread = candidate;
      }
    }
    if (unread) {
      // It may be the one: to say that there is none would have it started a second time.
      throw new ProviderError(
        `GitHub does not tell yet what the task ${unread.id} in ${nameOf(repository)} was asked to do, so it is not certain whether the task was started.`,
        { effect: 'unknown' },
      );
    }
    return undefined;
  }

  /**
   * One request a round where little changed. The first round begins {@link FIRST_LOOK_BACK_HOURS} hours ago.
   */
  async listChangedTasks(
    options: ListChangedTasksOptions,
  ): Promise<ListChangedTasksResult> {
    const { signal } = options;
    const cursor = parseCursor({
      cursor: options.cursor,
      now: this.#client.now(),
    });
    const tasks: GithubTask[] = [];
    const changed = await this.#lists.listChanged({
      since: cursor.since,
      etag: cursor.etag,
      archived: false,
      signal,
    });
    if (changed) {
      tasks.push(...changed.tasks);
      // A tag belongs to one address, and the address holds the time.
      cursor.etag = changed.newest === cursor.since ? changed.etag : undefined;
      cursor.since = changed.newest;
    }
    const now = this.#client.now();
    if (
      Math.abs(now - Date.parse(cursor.archivedListedAt ?? '1970-01-01')) >=
      ARCHIVED_EVERY_MS
    ) {
      const archived = await this.#lists.listChanged({
        since: cursor.archivedSince,
        archived: true,
        signal,
      });
      tasks.push(...(archived?.tasks ?? []));
      cursor.archivedSince = archived?.newest ?? cursor.archivedSince;
      cursor.archivedListedAt = new Date(now).toISOString();
    }
    return { tasks: tasks.map(toProviderTask), cursor: formatCursor(cursor) };
  }

  async listUnsettledTasks(options: {
    signal: AbortSignal;
  }): Promise<ProviderTask[]> {
    const tasks = await this.#lists.listInStates({
      states: UNSETTLED_STATES,
      signal: options.signal,
    });
    return tasks.map(toProviderTask);
  }

  async getTask(options: {
    repository: RepositoryRef;
    id: string;
    signal: AbortSignal;
  }): Promise<ProviderTask | undefined> {
    this.#assertHost(options.repository);
    const task = await this.#read(options);
    return task && toFullProviderTask(task);
  }

  /** Lists the tasks of a repository that can have been started by an attempt. Times are GitHub's. */
  async #listSince(
    options: Pick<FindTaskOptions, 'repository' | 'startedAfter' | 'signal'>,
  ): Promise<{ since: number; listed: GithubTask[] }> {
    const { repository, signal } = options;
    for (;;) {
      const since = this.#startedAfter(options) - LOOK_BACK_MS;
      const listed = await this.#lists.listOfRepository({
        repository,
        since: new Date(since).toISOString(),
        signal,
      });
      // The answer tells the time too: where it was not known before, the list may have begun too late.
      if (since <= this.#startedAfter(options) - LEAST_LOOK_BACK_MS) {
        return { since, listed };
      }
    }
  }

  /**
   * The time after which a task was started, by GitHub's clock. Only a clock of ours that is ahead is corrected: with one that
   * is behind the search merely begins earlier, while a correction forwards could leave out what was started before the
   * clock went wrong.
   */
  #startedAfter(options: Pick<FindTaskOptions, 'startedAfter'>): number {
    return (
      Date.parse(options.startedAfter) +
      Math.min(0, this.#client.clockDifferenceMs)
    );
  }

  async #read(options: {
    repository: RepositoryRef;
    id: string;
    signal: AbortSignal;
  }): Promise<GithubFullTask | undefined> {
    const { repository, id, signal } = options;
    try {
      const answer = await this.#client.request({
        route: 'GET /agents/repos/{owner}/{repo}/tasks/{task_id}',
        parameters: {
          owner: repository.owner,
          repo: repository.name,
          task_id: id,
        },
        auth: this.#starter.getAuth(),
        doing: `read the task ${id} in ${nameOf(repository)}`,
        schema: githubFullTaskSchema,
        signal,
      });
      if (answer.data.id !== id) {
        throw new ProviderError(
          `GitHub answered about the task ${answer.data.id} when it was asked about ${id} in ${nameOf(repository)}.`,
          { effect: 'unknown' },
        );
      }
      return answer.data;
    } catch (error) {
      if (error instanceof ProviderError && error.status === 404) {
        return undefined;
      }
      throw error;
    }
  }

  /** The API knows owners and names alone: one of another host could be taken for a namesake here. */
  #assertHost(repository: RepositoryRef): void {
    if (repository.host.toLocaleLowerCase('en-US') !== this.#host) {
      throw new ProviderError(
        `${repository.host}/${nameOf(repository)} is not on ${this.#host}, where GitHub Copilot works.`,
        { effect: 'refused' },
      );
    }
  }
}

function promptsOf(task: GithubFullTask | undefined): string[] {
  return (task?.sessions ?? []).flatMap(session => session.prompt ?? []);
}

function nameOf(repository: RepositoryRef): string {
  return `${repository.owner}/${repository.name}`;
}
