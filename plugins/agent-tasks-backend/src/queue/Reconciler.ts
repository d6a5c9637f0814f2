import { LoggerService } from '@backstage/backend-plugin-api';
import { EventStore } from '../audit/EventStore';
import { Clock } from '../loops/Clock';
import { Wakeups } from '../loops/Wakeups';
import { QueueStore } from './QueueStore';
import { TaskStore } from './TaskStore';

/**
 * Proves the counters of slots against a full count of the tasks that hold them. Counters change in the transaction of
 * the state that they count, so that a difference means a fault: it is set right, written down and logged.
 */
export class Reconciler {
  readonly #options: ReconcilerOptions;

  private constructor(options: ReconcilerOptions) {
    this.#options = options;
  }

  static create(options: ReconcilerOptions): Reconciler {
    return new Reconciler(options);
  }

  async round(): Promise<void> {
    const { tasks, queue, events, clock, wakeups, logger } = this.#options;
    const wrong = await tasks.transaction(async tx => {
      const found = await queue.reconcile(tx, clock.now());
      if (found.length) {
        await events.append(tx, [
          {
            at: clock.now(),
            type: 'limits.repaired',
            actor: 'system',
            message: `${found.length} ${
              found.length === 1 ? 'counter' : 'counters'
            } of slots did not agree with the tasks that hold them, and were set right.`,
            details: { counters: found.map(one => ({ ...one })) },
          },
        ]);
      }
      return found;
    });
    if (wrong.length) {
      logger.error(
        `Counters of slots were wrong and have been set right: ${wrong
          .map(one => `${one.key} was ${one.counter}, is ${one.counted}`)
          .join('; ')}`,
      );
      wakeups.wake('admission');
    }
  }
}

export interface ReconcilerOptions {
  tasks: TaskStore;
  queue: QueueStore;
  events: EventStore;
  clock: Clock;
  wakeups: Wakeups;
  logger: LoggerService;
}
