import { isSettled } from '@agent-tasks/plugin-agent-tasks-common';
import { Clock } from '../loops/Clock';
import { Wakeups } from '../loops/Wakeups';
import {
  decideDeadline,
  DeadlineSettings,
  nextDeadlineLook,
} from '../policy/deadlines';
import { TaskFeed } from '../queue/TaskFeed';
import { TaskStore } from '../queue/TaskStore';
import { TemplateStore } from '../templates/TemplateStore';
import { DeadlineStore } from './DeadlineStore';

/** Tasks that one round looks at: the transaction stays short. */
const tasksPerRound = 200;

/** Should this replica die within a round, another one looks again after this long. */
const againSeconds = 60;

/**
 * Ends tasks that have waited, run or been reviewed for longer than their template lets them.
 *
 * @remarks
 *
 * Only tasks whose template sets deadlines are looked at, and no transition of a task writes anything for it: a look says
 * when the next one is needed, which is before any deadline that a transition since may have begun.
 */
export class DeadlineWatcher {
  readonly #options: DeadlineWatcherOptions;

  private constructor(options: DeadlineWatcherOptions) {
    this.#options = options;
  }

  static create(options: DeadlineWatcherOptions): DeadlineWatcher {
    return new DeadlineWatcher(options);
  }

  async round(): Promise<void> {
    const { deadlines, tasks, templates, clock, feed, wakeups } = this.#options;
    const now = clock.now();
    const ids = await deadlines.claimDue({
      now,
      nextAt: new Date(now.getTime() + againSeconds * 1000),
      limit: tasksPerRound,
    });
    if (!ids.length) {
      return;
    }
    // Read before: revisions never change, and a transaction has one connection.
    const settingsOf = new Map<string, DeadlineSettings>();
    for (const task of (await tasks.getMany(ids)).values()) {
      const id = task.templateRevisionId;
      if (!settingsOf.has(id)) {
        settingsOf.set(id, (await templates.getRevision(id)).execution ?? {});
      }
    }
    const expired = await tasks.transaction(async tx => {
      const batch = await tasks.open(tx, ids);
      const runningSince = await deadlines.runningSince(tx, ids);
      const due: { taskId: string; at: Date | undefined }[] = [];
      const changed: string[] = [];
      for (const taskId of ids) {
        const task = batch.get(taskId);
        if (!task) {
          continue;
        }
        const settings = settingsOf.get(task.templateRevisionId) ?? {};
        const decided = decideDeadline(
          {
            state: task.state,
            queuedAt: task.stateSince,
            runningSince: runningSince.get(taskId),
            reviewSince: task.stateSince,
          },
          settings,
          now,
        );
        if (decided?.expired) {
          const waits = decided.expired === 'queue';
          const went = batch.go({
            taskId,
            to: waits ? 'cancelled' : 'cancelling',
            at: now,
            reason: decided.message,
            cancelledBy: `system:${decided.expired}-deadline`,
            stopDueAt: waits ? undefined : now,
            event: {
              type: 'task.deadline_passed',
              actor: 'system',
              message: decided.message,
              details: {
                deadline: decided.expired,
                at: decided.at.toISOString(),
              },
            },
          });
          if (went) {
            changed.push(taskId);
          }
        }
        const over =
          decided?.expired !== undefined ||
          isSettled(task.state) ||
          task.state === 'cancelling';
        due.push({
          taskId,
          at: over ? undefined : nextDeadlineLook(decided?.at, settings, now),
        });
      }
      await deadlines.setDue(tx, due);
      await batch.flush();
      return changed;
    });
    if (expired.length) {
      feed.publish(expired);
      wakeups.wake('stops', 'admission');
    }
  }
}

/** What a stop says first of a task whose deadline has passed; `undefined`: a person asked for the stop. */
export function describeDeadline(
  cancelledBy: string | undefined,
): string | undefined {
  switch (cancelledBy) {
    case 'system:run-deadline':
      return 'It ran longer than its template lets an attempt run.';
    case 'system:review-deadline':
      return 'Its change was neither merged nor closed within the time that its template lets a review take.';
    default:
      return undefined;
  }
}

export interface DeadlineWatcherOptions {
  deadlines: DeadlineStore;
  tasks: TaskStore;
  templates: TemplateStore;
  clock: Clock;
  feed: TaskFeed;
  wakeups: Wakeups;
}
