import { Transaction } from '../database/connect';
import { Clock } from '../loops/Clock';
import { Wakeups } from '../loops/Wakeups';
import { Priority } from '../policy/rank';
import { cancelTransition } from '../queue/cancelTransition';
import { TaskFeed } from '../queue/TaskFeed';
import { TaskBatch, TaskRecord, TaskStore } from '../queue/TaskStore';
import { PriorityStore } from './DatabasePriorityStore';

/** Tasks that are changed in one transaction, so that none is long. */
const changedAtOnce = 2_000;

/** What became of a task; without a message it was done. */
export interface TaskResult {
  taskId: string;
  message?: string;
}

/** Whether something may be done to a task; a sentence says why not. */
export type TaskCheck = (task: TaskRecord) => string | undefined;

/** Does the same to many tasks. */
export class TaskActions {
  readonly #options: TaskActionsOptions;

  private constructor(options: TaskActionsOptions) {
    this.#options = options;
  }

  static create(options: TaskActionsOptions): TaskActions {
    return new TaskActions(options);
  }

  /** Cancels those that wait at once, and has those that work stopped. */
  async cancel(
    ids: readonly string[],
    options: { actor: string; reason?: string; check: TaskCheck },
  ): Promise<TaskResult[]> {
    const { clock, wakeups } = this.#options;
    const { actor, reason } = options;
    const results = await this.#change(ids, options.check, (batch, task) => {
      const at = clock.now();
      const transition = cancelTransition(task, { actor, reason, at });
      if (typeof transition === 'string') {
        return transition;
      }
      if (transition) {
        batch.go(transition);
      }
      return undefined;
    });
    wakeups.wake('stops', 'starts', 'admission');
    return results;
  }

  /** Gives those that wait another place in the queue. */
  async setPriority(
    ids: readonly string[],
    options: { actor: string; priority: Priority; check: TaskCheck },
  ): Promise<TaskResult[]> {
    const { clock, wakeups, priorities } = this.#options;
    const { actor, priority } = options;
    const results = await this.#change(
      ids,
      options.check,
      (_batch, task) =>
        task.state === 'queued' || task.state === 'held'
          ? undefined
          : `It does not wait any more (${task.state}), so that its priority changes nothing.`,
      (tx, tasks) =>
        priorities.set(tx, { tasks, priority, actor, at: clock.now() }),
    );
    wakeups.wake('admission');
    return results;
  }

  /**
   * @param decide - does it, or says why not
   * @param finish - with those to which it was done
   */
  async #change(
    ids: readonly string[],
    check: TaskCheck,
    decide: (batch: TaskBatch, task: TaskRecord) => string | undefined,
    finish?: (tx: Transaction, tasks: TaskRecord[]) => Promise<void>,
  ): Promise<TaskResult[]> {
    const { tasks, feed } = this.#options;
    const results = new Map<string, TaskResult>();
    const all = [...new Set(ids)];
    for (let start = 0; start < all.length; start += changedAtOnce) {
      const some = all.slice(start, start + changedAtOnce);
      await tasks.transaction(async tx => {
        const batch = await tasks.open(tx, some);
        const done: TaskRecord[] = [];
        for (const taskId of some) {
          const task = batch.get(taskId);
          const message = task
            ? (check(task) ?? decide(batch, task))
            : `There is no task '${taskId}'.`;
          results.set(taskId, {
            taskId,
            ...(message !== undefined && { message }),
          });
          if (task && message === undefined) {
            done.push(task);
          }
        }
        await batch.flush();
        await finish?.(tx, done);
      });
    }
    feed.publish(all);
    return all.map(id => results.get(id)!);
  }
}

export interface TaskActionsOptions {
  tasks: TaskStore;
  priorities: PriorityStore;
  clock: Clock;
  feed: TaskFeed;
  wakeups: Wakeups;
}
