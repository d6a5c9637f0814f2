import { Knex } from 'knex';
import { Transaction } from '../database/connect';
import { RevertStore, WatchedChange } from './RevertStore';

export class DatabaseRevertStore implements RevertStore {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static create(options: { knex: Knex }): DatabaseRevertStore {
    return new DatabaseRevertStore(options.knex);
  }

  async claim(options: {
    codeHost: string;
    now: Date;
    mergedAfter: Date;
    lookedBefore: Date;
    limit: number;
  }): Promise<WatchedChange[]> {
    const { codeHost, now, mergedAfter, lookedBefore, limit } = options;
    const rows: {
      id: string;
      global_id: string;
      number: number | null;
      task_id: string;
      campaign_id: string;
      team: string;
      repository_host: string;
      repository_owner: string;
      repository_name: string;
    }[] = await this.#knex('changes')
      .join('tasks', 'tasks.id', 'changes.task_id')
      .join('campaigns', 'campaigns.id', 'tasks.campaign_id')
      // As the index of such changes has it: SQLite does not find it by parameters.
      .whereRaw("changes.state = 'merged' and changes.reverted_at is null")
      .where('changes.code_host', codeHost)
      // Not every host tells when: then it counts when that was seen.
      .whereRaw('coalesce(changes.settled_at, changes.seen_at) > ?', [
        mergedAfter,
      ])
      .where(due =>
        due
          .whereNull('changes.reverts_looked_at')
          .orWhere('changes.reverts_looked_at', '<=', lookedBefore),
      )
      .whereNull('campaigns.cancelled_at')
      .where('campaigns.rollout', 'like', '%"revertedPercent":%')
      // The two databases disagree on where what has never been looked at comes.
      .orderByRaw(
        '(changes.reverts_looked_at is not null), changes.reverts_looked_at, changes.id',
      )
      .limit(limit)
      .select(
        'changes.id',
        'changes.global_id',
        'changes.number',
        'changes.task_id',
        'tasks.campaign_id',
        'tasks.team',
        'tasks.repository_host',
        'tasks.repository_owner',
        'tasks.repository_name',
      );
    await this.#knex('changes')
      .whereIn(
        'id',
        rows.map(row => row.id),
      )
      .update({ reverts_looked_at: now });
    return rows.map(row => ({
      id: row.id,
      globalId: row.global_id,
      number: row.number ?? undefined,
      repository: {
        host: row.repository_host,
        owner: row.repository_owner,
        name: row.repository_name,
      },
      taskId: row.task_id,
      campaignId: row.campaign_id,
      team: row.team,
    }));
  }

  async markReverted(
    tx: Transaction,
    options: { id: string; at: Date; url: string },
  ): Promise<boolean> {
    const changed = await tx('changes')
      .where({ id: options.id })
      .whereNull('reverted_at')
      .update({ reverted_at: options.at, revert_url: options.url });
    return changed === 1;
  }
}
