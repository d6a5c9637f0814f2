import { newId } from '../database/ids';
import { Clock } from '../loops/Clock';
import { Wakeups } from '../loops/Wakeups';
import { admit } from '../policy/admit';
import { Remotes } from '../remotes/Remotes';
import { AttemptStore } from '../runs/AttemptStore';
import { TaskFeed } from './TaskFeed';
import { TaskStore } from './TaskStore';

/** How many tasks one round admits at most: the transaction stays short. */
const admittedPerRound = 100;

/**
 * Lets queued tasks take the free run slots. The slot is taken, the intent to start is written and the event is
 * appended in one transaction, under one lock.
 */
export class Admission {
  readonly #options: AdmissionOptions;

  private constructor(options: AdmissionOptions) {
    this.#options = options;
  }

  static create(options: AdmissionOptions): Admission {
    return new Admission(options);
  }

  async round(): Promise<void> {
    const { tasks, attempts, remotes, runningLimit, clock, feed, wakeups } =
      this.#options;
    const unavailable = await remotes.unavailableProviders();
    const admitted = await tasks.transaction(async tx => {
      const at = clock.now();
      const queue = await tasks.lockQueue(tx, {
        limit: admittedPerRound,
        exceptProviders: unavailable,
      });
      const decision = admit({ limit: runningLimit, ...queue });
      const started: string[] = [];
      for (const [index, taskId] of decision.admitted.entries()) {
        const used = (queue.used ?? 0) + index + 1;
        const task = await tasks.transition(tx, {
          taskId,
          to: 'starting',
          at,
          event: {
            type: 'task.admitted',
            actor: 'system',
            message: `Admitted: it holds run slot ${used} of ${runningLimit}.`,
            details: { limit: 'portal-running', used, max: runningLimit },
          },
        });
        if (task) {
          await attempts.insertIntent(
            tx,
            {
              id: newId('attempt'),
              taskId,
              number: 1,
              provider: task.provider,
            },
            at,
          );
          started.push(taskId);
        }
      }
      return started;
    });
    if (admitted.length) {
      feed.publish(admitted);
      wakeups.wake('starts');
    }
    if (admitted.length === admittedPerRound) {
      wakeups.wake('admission');
    }
  }
}

export interface AdmissionOptions {
  tasks: TaskStore;
  attempts: AttemptStore;
  remotes: Remotes;
  /** How many tasks may run at once in the whole portal. */
  runningLimit: number;
  clock: Clock;
  feed: TaskFeed;
  wakeups: Wakeups;
}
