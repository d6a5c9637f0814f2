import { EventStore } from '../audit/EventStore';
import { updateRows } from '../database/bulk';
import { Transaction } from '../database/connect';
import { Priority, rankOf } from '../policy/rank';
import { holderOf } from '../queue/DatabaseTaskBatch';
import { lockCounters } from '../queue/limitCounters';
import { lineIdOf, repairLines } from '../queue/queueLines';
import { TaskRecord } from '../queue/TaskStore';

/** The places of tasks in the queue. */
export interface PriorityStore {
  /** Moves tasks that the transaction has locked, and the heads of their lines, so that admission sees it at once. */
  set(
    tx: Transaction,
    options: {
      tasks: readonly TaskRecord[];
      priority: Priority;
      actor: string;
      at: Date;
    },
  ): Promise<void>;
}

export class DatabasePriorityStore implements PriorityStore {
  readonly #events: EventStore;

  private constructor(options: { events: EventStore }) {
    this.#events = options.events;
  }

  static create(options: { events: EventStore }): DatabasePriorityStore {
    return new DatabasePriorityStore(options);
  }

  async set(
    tx: Transaction,
    options: {
      tasks: readonly TaskRecord[];
      priority: Priority;
      actor: string;
      at: Date;
    },
  ): Promise<void> {
    const { priority, actor, at } = options;
    const moved = options.tasks.filter(task => task.priority !== priority);
    if (!moved.length) {
      return;
    }
    await updateRows(tx, {
      table: 'tasks',
      key: 'id',
      columns: {
        id: 'text',
        priority: 'text',
        rank: 'bigint',
        updated_at: 'timestamptz',
      },
      rows: moved.map(task => ({
        id: task.id,
        priority,
        // It has waited as long as before: its place moves by what the levels are worth.
        rank:
          task.rank +
          (rankOf({ queuedAt: at, priority }) -
            rankOf({ queuedAt: at, priority: task.priority })) *
            1_000,
        updated_at: at,
      })),
    });
    await this.#events.append(
      tx,
      moved.map(task => ({
        at,
        type: 'task.priority_changed',
        actor,
        campaignId: task.campaignId,
        taskId: task.id,
        message: `Its priority is now ${priority}; it was ${task.priority}.`,
        details: { from: task.priority, to: priority },
      })),
    );
    const lines = new Set(
      moved
        .filter(task => task.state === 'queued' && !task.braked)
        .map(task => lineIdOf({ ...holderOf(task), lane: task.lane })),
    );
    if (lines.size) {
      await lockCounters(tx);
      await repairLines(tx, [...lines]);
    }
  }
}
