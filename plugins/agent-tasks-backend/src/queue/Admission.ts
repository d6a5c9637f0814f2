import { newId } from '../database/ids';
import { Clock } from '../loops/Clock';
import { Wakeups } from '../loops/Wakeups';
import { admit } from '../policy/admit';
import { SlotLimits, portalKey } from '../policy/slots';
import { Remotes } from '../remotes/Remotes';
import { AttemptStore } from '../runs/AttemptStore';
import { toAdmissionInput } from './toAdmissionInput';
import { BrakeStore } from './BrakeStore';
import { TaskFeed } from './TaskFeed';
import { TaskStore } from './TaskStore';

/** How many tasks one round admits at most: the transaction stays short. */
const admittedPerRound = 100;

/** How many queued tasks one round looks at. */
const lookedAt = 5_000;

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
    const { tasks, attempts, brakes, remotes, limits, clock, feed, wakeups } =
      this.#options;
    const providers = await remotes.startableProviders();
    const admitted = await tasks.transaction(async tx => {
      const at = clock.now();
      const { counts, queued } = await tasks.lockQueue(tx, {
        limit: lookedAt,
        // More than this can never run at once on one repository.
        perLine: Math.max(1, limits.running.repository),
        providers,
        brakes: await brakes.listActive(at, tx),
      });
      const decision = admit(toAdmissionInput({ counts, queued, limits }));
      const started: string[] = [];
      const portalUsed = counts.taken.get(portalKey) ?? 0;
      const chosen = decision.admitted.slice(0, admittedPerRound);
      for (const [index, { id: taskId }] of chosen.entries()) {
        const used = portalUsed + index + 1;
        const task = await tasks.transition(tx, {
          taskId,
          to: 'starting',
          at,
          event: {
            type: 'task.admitted',
            actor: 'system',
            message: `Admitted: it holds run slot ${used} of ${limits.running.portal}.`,
            details: {
              limit: 'portal-running',
              used,
              max: limits.running.portal,
            },
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
  brakes: BrakeStore;
  remotes: Remotes;
  limits: SlotLimits;
  clock: Clock;
  feed: TaskFeed;
  wakeups: Wakeups;
}
