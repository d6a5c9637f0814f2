import { ResolveStartRequest } from '@agent-tasks/plugin-agent-tasks-common';
import {
  AgentProvider,
  ProviderTask,
} from '@agent-tasks/plugin-agent-tasks-node';
import {
  ConflictError,
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { newId } from '../database/ids';
import { Clock } from '../loops/Clock';
import { Wakeups } from '../loops/Wakeups';
import { TaskFeed } from '../queue/TaskFeed';
import { StoredTask, TaskStore } from '../queue/TaskStore';
import { Remotes } from '../remotes/Remotes';
import { AttemptStore, StoredAttempt } from './AttemptStore';
import { RunReports } from './RunReports';

/** How long the provider may take to answer. */
const readTimeoutMs = 30_000;

/**
 * Carries out what a person says of a start that could not be decided: that the agent did not start, so that it is asked
 * again under a new marker, or which of the provider's tasks it is.
 *
 * @remarks
 *
 * The attempt is taken from whoever still looks for it in the same transaction, so that of a late answer and of the
 * person's word one counts.
 */
export class StartResolver {
  readonly #options: StartResolverOptions;

  private constructor(options: StartResolverOptions) {
    this.#options = options;
  }

  static create(options: StartResolverOptions): StartResolver {
    return new StartResolver(options);
  }

  /**
   * @throws NotFoundError
   * @throws InputError where the task at the provider is not named, or is not there
   * @throws ConflictError where there is nothing to decide, or no more
   */
  async resolve(options: {
    taskId: string;
    request: ResolveStartRequest;
    /** Who decides: entity ref of the user, or of the service. */
    actor: string;
  }): Promise<void> {
    const { taskId, request, actor } = options;
    const { tasks, attempts, feed, wakeups } = this.#options;
    const task = await tasks.get(taskId);
    if (!task) {
      throw new NotFoundError(`There is no task '${taskId}'.`);
    }
    const attempt = await attempts.newestOf(taskId);
    if (task.state !== 'undecided' || attempt?.state !== 'requested') {
      throw nothingToDecide();
    }
    if (request.choice === 'started') {
      await this.#takeOver(task, attempt, request, actor);
    } else {
      if (request.providerTaskId ?? request.providerTaskUrl) {
        throw new InputError(
          "A task at the provider is named only with the choice 'started'.",
        );
      }
      await this.#startAgain(task, attempt, actor);
    }
    feed.publish([taskId]);
    wakeups.wake('starts', 'stops');
  }

  async #startAgain(
    task: StoredTask,
    attempt: StoredAttempt,
    actor: string,
  ): Promise<void> {
    const { tasks, attempts, clock } = this.#options;
    const at = clock.now();
    await tasks.transaction(async tx => {
      const locked = await tasks.lock(tx, task.id);
      const closed =
        locked?.state === 'undecided' &&
        (await attempts.close(tx, {
          taskId: task.id,
          id: attempt.id,
          state: 'withdrawn',
          from: ['requested'],
          problem: `${actor} says that it did not start. Should a task with the marker ${attempt.id} turn up, stop it at the provider.`,
          at,
        }));
      if (!closed) {
        throw nothingToDecide();
      }
      await attempts.insertIntents(
        tx,
        [
          {
            id: newId('attempt'),
            taskId: task.id,
            number: attempt.number + 1,
            provider: attempt.provider,
            ...(attempt.continuation && {
              continuation: attempt.continuation,
            }),
          },
        ],
        at,
      );
      await tasks.transition(tx, {
        taskId: task.id,
        to: 'starting',
        at,
        event: {
          type: 'start.resolved',
          actor,
          message: 'Said that the agent did not start; it is asked again.',
          details: { attempt: attempt.id, choice: 'not-started' },
        },
      });
    });
  }

  async #takeOver(
    task: StoredTask,
    attempt: StoredAttempt,
    request: ResolveStartRequest,
    actor: string,
  ): Promise<void> {
    const { tasks, attempts, remotes, reports, clock } = this.#options;
    const provider = remotes.provider(attempt.provider);
    if (!provider) {
      throw new ConflictError(
        `The provider '${attempt.provider}' is not installed, so that its task cannot be read.`,
      );
    }
    const started = await this.#read(provider, task, request);
    const at = clock.now();
    await tasks.transaction(async tx => {
      const locked = await tasks.lock(tx, task.id);
      const open = await attempts.lockUnconfirmed(tx, [attempt]);
      if (locked?.state !== 'undecided' || !open.has(attempt.id)) {
        throw nothingToDecide();
      }
      await attempts.confirm(tx, [
        {
          taskId: task.id,
          id: attempt.id,
          providerTaskId: started.id,
          url: started.url,
          at,
        },
      ]);
      await tasks.transition(tx, {
        taskId: task.id,
        to: 'running',
        at,
        event: {
          type: 'start.resolved',
          actor,
          message: `Said which task of ${provider.title} it is.`,
          details: {
            attempt: attempt.id,
            choice: 'started',
            providerTask: started.id,
            ...(started.url && { url: started.url }),
          },
        },
      });
    });
    await reports.apply(provider, [started]);
  }

  /** The task that the person names, as the provider has it. */
  async #read(
    provider: AgentProvider,
    task: StoredTask,
    request: ResolveStartRequest,
  ): Promise<ProviderTask> {
    const { attempts, remotes } = this.#options;
    const url = request.providerTaskUrl?.trim();
    const id = request.providerTaskId?.trim() || (url && lastSegmentOf(url));
    if (!id) {
      throw new InputError(
        `Name the task at ${provider.title}: 'providerTaskId', or 'providerTaskUrl' as ${provider.title} shows it.`,
      );
    }
    let started: ProviderTask | undefined;
    try {
      started = await provider.getTask({
        repository: task.repository,
        id,
        signal: AbortSignal.timeout(readTimeoutMs),
      });
    } catch (error) {
      throw new ServiceUnavailableError(
        `${provider.title} could not be asked for that task; nothing was changed. ${remotes.explain(error)}`,
      );
    }
    if (!started || started.id !== id) {
      throw new InputError(
        `${provider.title} has no task '${id}' on this repository.`,
      );
    }
    const [other] = await attempts.findByProviderTaskIds({
      provider: provider.id,
      ids: [id],
    });
    if (other) {
      throw new ConflictError(
        `That task of ${provider.title} belongs to ${other.taskId}.`,
      );
    }
    return started;
  }
}

/** Pages of tasks end with their id. */
function lastSegmentOf(url: string): string | undefined {
  if (!URL.canParse(url)) {
    return undefined;
  }
  const segments = new URL(url).pathname.split('/').filter(Boolean);
  return segments.length
    ? decodeURIComponent(segments[segments.length - 1])
    : undefined;
}

function nothingToDecide(): ConflictError {
  return new ConflictError(
    'There is nothing to decide: whether the agent started is known, or somebody was faster.',
  );
}

export interface StartResolverOptions {
  tasks: TaskStore;
  attempts: AttemptStore;
  remotes: Remotes;
  reports: Pick<RunReports, 'apply'>;
  clock: Clock;
  feed: TaskFeed;
  wakeups: Wakeups;
}
