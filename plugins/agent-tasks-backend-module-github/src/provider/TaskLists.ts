import { RepositoryRef } from '@agent-tasks/plugin-agent-tasks-node';
import {
  GithubAnswer,
  GithubClient,
  GithubRequestOptions,
} from '../client/GithubClient';
import { StarterCredential } from '../credentials/StarterCredential';
import { GithubTask, githubTaskListSchema, updatedAtOf } from './githubTask';

const PER_PAGE = 100;
/** GitHub answers lists from several copies of its data: what one of them learned late must not be missed. */
const OVERLAP_MS = 5_000;

type Page = GithubAnswer<{ tasks: GithubTask[] }>;

type PageRequest = GithubRequestOptions<{ tasks: GithubTask[] }>;

/** A read list of changes. */
export interface ChangedTasks {
  tasks: GithubTask[];
  /** The newest change in the list, or the time from which on was asked. ISO 8601, by GitHub's clock. */
  newest: string;
  /** The tag of the answer, where it fits on one page. */
  etag?: string;
}

/** Reads lists of the agent's tasks. GitHub lists archived tasks apart, and so does this. */
export class TaskLists {
  readonly #client: GithubClient;
  readonly #starter: StarterCredential;

  private constructor(options: {
    client: GithubClient;
    starter: StarterCredential;
  }) {
    this.#client = options.client;
    this.#starter = options.starter;
  }

  static create(options: {
    client: GithubClient;
    starter: StarterCredential;
  }): TaskLists {
    return new TaskLists(options);
  }

  /**
   * All tasks that changed at a time or later; `undefined` where the answer is still the one that bore `etag`.
   *
   * @remarks
   *
   * The latest change comes first: a task that changes while the pages are read moves to the front, which pushes
   * others back to a page that is still to come, so that one may be seen twice but none slips through. What moved to
   * the front itself is newer than `newest` and belongs to the next round.
   */
  async listChanged(options: {
    since: string;
    etag?: string;
    archived: boolean;
    signal: AbortSignal;
  }): Promise<ChangedTasks | undefined> {
    const { since, etag, archived, signal } = options;
    const request = this.#request('list the tasks that changed', signal);
    const first = await this.#client.requestIfChanged({
      ...request,
      route: 'GET /agents/tasks',
      parameters: {
        since: new Date(Date.parse(since) - OVERLAP_MS).toISOString(),
        sort: 'updated_at',
        direction: 'desc',
        per_page: PER_PAGE,
        is_archived: archived,
      },
      etag,
    });
    if (!first) {
      return undefined;
    }
    return {
      tasks: await this.#readAll(first, request),
      newest: first.data.tasks.map(updatedAtOf).reduce(later, since),
      etag: first.next ? undefined : first.etag,
    };
  }

  /**
   * The tasks that are in one of some states, but for archived ones. One that leaves them while the pages are read may have
   * another slip from one page to the one before, so that it is not named.
   */
  async listInStates(options: {
    states: readonly string[];
    signal: AbortSignal;
  }): Promise<GithubTask[]> {
    const request = this.#request('list the tasks at work', options.signal);
    const first = await this.#client.request({
      ...request,
      route: 'GET /agents/tasks',
      parameters: {
        state: options.states.join(','),
        // By the time that never changes, so that what changes meanwhile stays where it is.
        sort: 'created_at',
        direction: 'asc',
        per_page: PER_PAGE,
        is_archived: false,
      },
    });
    return this.#readAll(first, request);
  }

  /** All tasks of a repository that changed at a time or later, archived ones too, oldest first. */
  async listOfRepository(options: {
    repository: RepositoryRef;
    since: string;
    signal: AbortSignal;
  }): Promise<GithubTask[]> {
    const { repository, since, signal } = options;
    const request = this.#request(
      `list the tasks of ${repository.owner}/${repository.name}`,
      signal,
    );
    const tasks = new Map<string, GithubTask>();
    // Archived ones last: a task that is archived in between is then seen twice rather than not at all.
    for (const archived of [false, true]) {
      const first = await this.#client.request({
        ...request,
        route: 'GET /agents/repos/{owner}/{repo}/tasks',
        parameters: {
          owner: repository.owner,
          repo: repository.name,
          since,
          // By the time that never changes, so that no task moves from page to page.
          sort: 'created_at',
          direction: 'asc',
          per_page: PER_PAGE,
          is_archived: archived,
        },
      });
      for (const task of await this.#readAll(first, request)) {
        tasks.set(task.id, task);
      }
    }
    return [...tasks.values()];
  }

  /** The tasks of a page and of all that follow it, each once. */
  async #readAll(first: Page, request: PageRequest): Promise<GithubTask[]> {
    const tasks = new Map<string, GithubTask>();
    for (let page = first; ;) {
      page.data.tasks.forEach(task => tasks.set(task.id, task));
      if (!page.next) {
        return [...tasks.values()];
      }
      page = await this.#client.requestPage({ ...request, next: page.next });
    }
  }

  #request(doing: string, signal: AbortSignal): PageRequest {
    return {
      auth: this.#starter.getAuth(),
      doing,
      schema: githubTaskListSchema,
      signal,
    };
  }
}

function later(a: string, b: string): string {
  return Date.parse(b) > Date.parse(a) ? b : a;
}
