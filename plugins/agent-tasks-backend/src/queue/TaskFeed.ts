import {
  AGENT_TASKS_SIGNAL_CHANNEL,
  AgentTasksSignal,
} from '@agent-tasks/plugin-agent-tasks-common';
import { LoggerService } from '@backstage/backend-plugin-api';
import { SignalsService } from '@backstage/plugin-signals-node';

/** Ids in one signal; more come in a further one. */
const idsPerSignal = 200;

/** Changes within this time are told together: a round of admission is one signal, and people see no difference. */
const gatherMs = 100;

/**
 * Tells browsers which tasks changed, so that pages are live. Best effort: pages poll behind it.
 */
export class TaskFeed {
  readonly #signals: SignalsService;
  readonly #logger: LoggerService;
  readonly #gathered = new Set<string>();
  #timer?: NodeJS.Timeout;
  #listener: (taskIds: string[]) => void = () => {};

  private constructor(options: {
    signals: SignalsService;
    logger: LoggerService;
  }) {
    this.#signals = options.signals;
    this.#logger = options.logger;
  }

  static create(options: {
    signals: SignalsService;
    logger: LoggerService;
  }): TaskFeed {
    return new TaskFeed(options);
  }

  /** Has a part of the backend told of what is published here. */
  onPublish(listener: (taskIds: string[]) => void): void {
    this.#listener = listener;
  }

  /** To be called after the transaction that changed the tasks was committed. */
  publish(taskIds: Iterable<string>): void {
    const ids = [...taskIds];
    this.#listener(ids);
    for (const id of ids) {
      this.#gathered.add(id);
    }
    if (this.#gathered.size) {
      this.#timer ??= setTimeout(() => this.#send(), gatherMs).unref();
    }
  }

  #send(): void {
    this.#timer = undefined;
    const ids = [...this.#gathered];
    this.#gathered.clear();
    for (let start = 0; start < ids.length; start += idsPerSignal) {
      this.#signals
        .publish<AgentTasksSignal>({
          recipients: { type: 'broadcast' },
          channel: AGENT_TASKS_SIGNAL_CHANNEL,
          message: { taskIds: ids.slice(start, start + idsPerSignal) },
        })
        .catch(error => {
          this.#logger.debug(`A signal was not sent: ${error}`);
        });
    }
  }
}
