import { setTimeout as sleep } from 'node:timers/promises';

/** What a loop is told to do. */
export interface PollingLoopSetup {
  apiUrl: string;
  token: string;
  /** `owner/name`, one for each task. */
  repositories: string[];
  pollSeconds: number;
}

interface Task {
  id: string;
  state: string;
  artifacts: { type: string; data: { global_id?: string } }[];
}

/** GitHub asks for this much time between writes. */
const BETWEEN_WRITES_MS = 1_000;

const SETTLED = ['completed', 'failed', 'timed_out', 'cancelled'];

/**
 * What one writes first: starts a task in each repository, then asks for each task, and for each pull request as soon as
 * its task names one, every `pollSeconds`, until all are merged. It marks pull requests as ready for review when the
 * agent is done, as the product does, and makes no other request.
 */
export class PollingLoop {
  readonly #setup: PollingLoopSetup;

  private constructor(setup: PollingLoopSetup) {
    this.#setup = setup;
  }

  static create(setup: PollingLoopSetup): PollingLoop {
    return new PollingLoop(setup);
  }

  async run(): Promise<void> {
    const underWay: Promise<void>[] = [];
    for (const repository of this.#setup.repositories) {
      const task = await this.#rest<Task>(
        'POST',
        `/agents/repos/${repository}/tasks`,
        {
          prompt: 'Update the npm dependency axios to version 1.12.2.',
          create_pull_request: true,
        },
      );
      const following = this.#follow(repository, task);
      // One that fails is heard of below, once all are started.
      following.catch(() => {});
      underWay.push(following);
      await sleep(BETWEEN_WRITES_MS);
    }
    await Promise.all(underWay);
  }

  async #follow(repository: string, started: Task): Promise<void> {
    let task = started;
    let number: number | undefined;
    let globalId: string | undefined;
    let merged = false;
    while (!merged) {
      await sleep(this.#setup.pollSeconds * 1000);
      const settledBefore = SETTLED.includes(task.state);
      if (!settledBefore) {
        task = await this.#rest<Task>(
          'GET',
          `/agents/repos/${repository}/tasks/${task.id}`,
        );
      }
      if (!globalId) {
        globalId = pullOf(task);
        if (globalId) {
          // A task names the pull request by an id that REST does not take.
          number = await this.#numberOf(globalId);
        }
      }
      if (number !== undefined) {
        const pull = await this.#rest<{ merged: boolean; state: string }>(
          'GET',
          `/repos/${repository}/pulls/${number}`,
        );
        merged = pull.merged;
        if (pull.state === 'closed' && !merged) {
          throw new Error(`${repository}#${number} was closed`);
        }
      }
      if (!settledBefore && SETTLED.includes(task.state)) {
        if (task.state !== 'completed' || !globalId) {
          throw new Error(`The task in ${repository} is ${task.state}`);
        }
        await this.#markReady(globalId);
      }
    }
  }

  async #numberOf(id: string): Promise<number> {
    const { node } = await this.#graphql<{ node: { number: number } }>(
      'query ($id: ID!) { node(id: $id) { ... on PullRequest { number } } }',
      { id },
    );
    return node.number;
  }

  async #markReady(id: string): Promise<void> {
    await this.#graphql(
      'mutation ($id: ID!) { markPullRequestReadyForReview(input: { pullRequestId: $id }) { pullRequest { isDraft } } }',
      { id },
    );
  }

  async #graphql<T>(query: string, variables: object): Promise<T> {
    const { data, errors } = await this.#send<{ data: T; errors?: object[] }>(
      'POST',
      this.#setup.apiUrl.replace(/\/v3$/, '/graphql'),
      { query, variables },
    );
    if (errors) {
      throw new Error(`GraphQL answered ${JSON.stringify(errors)}`);
    }
    return data;
  }

  async #rest<T>(method: string, path: string, body?: object): Promise<T> {
    return this.#send(method, `${this.#setup.apiUrl}${path}`, body);
  }

  async #send<T>(method: string, url: string, body?: object): Promise<T> {
    const response = await fetch(url, {
      method,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${this.#setup.token}`,
        'x-github-api-version': '2026-03-10',
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
    });
    if (!response.ok) {
      throw new Error(
        `${method} ${url} answered ${response.status}: ${await response.text()}`,
      );
    }
    return (await response.json()) as T;
  }
}

function pullOf(task: Task): string | undefined {
  return task.artifacts.find(artifact => artifact.type === 'pull')?.data
    .global_id;
}
