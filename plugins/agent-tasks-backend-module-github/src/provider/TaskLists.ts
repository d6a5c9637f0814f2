import { RepositoryRef } from '@agent-tasks/plugin-agent-tasks-node';
import { GithubAnswer, GithubClient } from '../client/GithubClient';
import { StarterCredential } from '../credentials/StarterCredential';
import { GithubTask, githubTaskListSchema, updatedAtOf } from './githubTask';

const PER_PAGE = 100;
/** After so many pages a list of changes is cut: the next round goes on from there. */
const MOST_PAGES = 20;
/** GitHub answers lists from several copies of its data: what one of them learned late must not be missed. */
const OVERLAP_MS = 5_000;

type Page = GithubAnswer<{ tasks: GithubTask[] }>;

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
   * All tasks that changed at a time or later, oldest change first; `undefined` where the answer is still the one that
   * bore `etag`.
   *
   * @remarks
   *
   * A task that changes while the pages are read moves to the end, and the others move up: going by page numbers, one
   * of them would slip from the next page to the one that was read already. So each page after the first is asked for
   * by the time of the last change that was seen.
   */
  async listChanged(options: {
    since: string;
    etag?: string;
    archived: boolean;
    signal: AbortSignal;
  }): Promise<ChangedTasks | undefined> {
    const { archived, signal } = options;
    const start = Date.parse(options.since);
    const request = this.#request('list the tasks that changed', signal);
    const tasks = new Map<string, GithubTask>();
    let newest = options.since;
    let from = new Date(start - OVERLAP_MS).toISOString();
    let page: Page | undefined;
    for (let count = 1; ; count++) {
      page = page?.next
        ? await this.#client.requestPage({ ...request, next: page.next })
        : await this.#client.requestIfChanged({
            ...request,
            route: 'GET /agents/tasks',
            parameters: {
              since: from,
              sort: 'updated_at',
              direction: 'asc',
              per_page: PER_PAGE,
              is_archived: archived,
            },
            etag: count === 1 ? options.etag : undefined,
          });
      if (!page) {
        return undefined;
      }
      let last = from;
      for (const task of page.data.tasks) {
        tasks.delete(task.id);
        tasks.set(task.id, task);
        last = later(last, updatedAtOf(task));
      }
      newest = later(newest, last);
      if (!page.next) {
        const etag = count === 1 ? page.etag : undefined;
        return { tasks: [...tasks.values()], newest, etag };
      }
      if (count >= MOST_PAGES && Date.parse(newest) - OVERLAP_MS > start) {
        return { tasks: [...tasks.values()], newest };
      }
      if (last !== from) {
        from = last;
        page = { ...page, next: undefined };
      }
      // Else a whole page changed within one second: only the page's number leads on.
    }
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
      let page: Page = await this.#client.request({
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
      for (;;) {
        page.data.tasks.forEach(task => tasks.set(task.id, task));
        if (!page.next) {
          break;
        }
        page = await this.#client.requestPage({ ...request, next: page.next });
      }
    }
    return [...tasks.values()];
  }

  #request(doing: string, signal: AbortSignal) {
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
