import { Knex } from 'knex';
import { isPostgres, updateRows } from '../database/bulk';
import { Transaction } from '../database/connect';
import { TimeValue, toDate } from '../database/rows';

/** When tasks are looked at whose template sets deadlines. */
export interface DeadlineStore {
  /** Has tasks looked at at some time; `undefined`: never again. */
  setDue(
    tx: Transaction,
    due: readonly { taskId: string; at: Date | undefined }[],
  ): Promise<void>;

  /** Takes tasks that are due, the first ones first; they are due again at `nextAt`, should this replica die. */
  claimDue(options: {
    now: Date;
    nextAt: Date;
    limit: number;
  }): Promise<string[]>;

  /** When the newest attempt of each task was confirmed. */
  runningSince(
    tx: Transaction,
    taskIds: readonly string[],
  ): Promise<Map<string, Date>>;
}

export class DatabaseDeadlineStore implements DeadlineStore {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static create(options: { knex: Knex }): DatabaseDeadlineStore {
    return new DatabaseDeadlineStore(options.knex);
  }

  async setDue(
    tx: Transaction,
    due: readonly { taskId: string; at: Date | undefined }[],
  ): Promise<void> {
    await updateRows(tx, {
      table: 'tasks',
      key: 'id',
      columns: { id: 'text', deadline_due_at: 'timestamptz' },
      rows: due.map(({ taskId, at }) => ({ id: taskId, deadline_due_at: at })),
    });
  }

  async claimDue(options: {
    now: Date;
    nextAt: Date;
    limit: number;
  }): Promise<string[]> {
    const { now, nextAt, limit } = options;
    return this.#knex.transaction(async tx => {
      const query = tx('tasks')
        .where('deadline_due_at', '<=', now)
        .orderBy('deadline_due_at')
        .limit(limit)
        .select('id');
      if (isPostgres(tx)) {
        query.forUpdate().skipLocked();
      }
      const rows: { id: string }[] = await query;
      const ids = rows.map(row => row.id);
      await this.setDue(
        tx,
        ids.map(taskId => ({ taskId, at: nextAt })),
      );
      return ids;
    });
  }

  async runningSince(
    tx: Transaction,
    taskIds: readonly string[],
  ): Promise<Map<string, Date>> {
    const rows: { task_id: string; confirmed_at: TimeValue }[] = await tx(
      'attempts',
    )
      .whereIn('task_id', taskIds)
      .whereNotNull('confirmed_at')
      .orderBy('number')
      .select('task_id', 'confirmed_at');
    return new Map(rows.map(row => [row.task_id, toDate(row.confirmed_at)]));
  }
}
