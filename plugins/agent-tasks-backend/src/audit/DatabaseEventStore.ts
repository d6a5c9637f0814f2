import { TaskEvent, TaskState } from '@agent-tasks/plugin-agent-tasks-common';
import { Knex } from 'knex';
import { Transaction } from '../database/connect';
import { insertRows } from '../database/bulk';
import { TimeValue, toDate } from '../database/rows';
import { EventStore, NewEvent } from './EventStore';

interface EventRow {
  sequence: number | string;
  at: TimeValue;
  type: string;
  actor: string;
  from_state: TaskState | null;
  to_state: TaskState | null;
  message: string;
  details: string;
}

export class DatabaseEventStore implements EventStore {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static create(options: { knex: Knex }): DatabaseEventStore {
    return new DatabaseEventStore(options.knex);
  }

  async append(tx: Transaction, events: NewEvent[]): Promise<void> {
    await insertRows(tx, {
      table: 'events',
      columns: {
        at: 'timestamptz',
        type: 'text',
        actor: 'text',
        campaign_id: 'text',
        task_id: 'text',
        change_id: 'text',
        from_state: 'text',
        to_state: 'text',
        message: 'text',
        details: 'text',
      },
      rows: events.map(event => ({
        at: event.at,
        type: event.type,
        actor: event.actor,
        campaign_id: event.campaignId,
        task_id: event.taskId,
        change_id: event.changeId,
        from_state: event.fromState,
        to_state: event.toState,
        message: event.message,
        details: JSON.stringify(event.details ?? {}),
      })),
    });
  }

  async listByTask(options: {
    taskId: string;
    limit: number;
    after?: string;
  }): Promise<{ events: TaskEvent[]; next?: string }> {
    const query = this.#knex<EventRow>('events')
      .where('task_id', options.taskId)
      .orderBy('sequence')
      .limit(options.limit + 1);
    if (options.after !== undefined) {
      query.where('sequence', '>', options.after);
    }
    const rows = await query;
    const page = rows.slice(0, options.limit);
    return {
      events: page.map(row => ({
        id: `evt_${row.sequence}`,
        at: toDate(row.at).toISOString(),
        type: row.type,
        actor: row.actor,
        ...(row.from_state && { fromState: row.from_state }),
        ...(row.to_state && { toState: row.to_state }),
        message: row.message,
        details: JSON.parse(row.details),
      })),
      ...(rows.length > page.length && {
        next: String(page[page.length - 1].sequence),
      }),
    };
  }
}
