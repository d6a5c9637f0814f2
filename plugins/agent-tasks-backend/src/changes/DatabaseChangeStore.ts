import { HostChange } from '@agent-tasks/plugin-agent-tasks-node';
import { TaskState } from '@agent-tasks/plugin-agent-tasks-common';
import { Knex } from 'knex';
import { Transaction } from '../database/connect';
import { ChangeRow } from '../database/rows';
import { ChangeStore, DueChange, StoredChange } from './ChangeStore';

function toChange(row: ChangeRow): StoredChange {
  return {
    id: row.id,
    taskId: row.task_id,
    attemptId: row.attempt_id,
    codeHost: row.code_host,
    globalId: row.global_id,
    state: row.state,
    draft: Boolean(row.draft),
    number: row.number ?? undefined,
    url: row.url ?? undefined,
    headBranch: row.head_branch ?? undefined,
    baseBranch: row.base_branch ?? undefined,
    headCommit: row.head_commit ?? undefined,
    checks: row.checks ?? undefined,
    review: row.review ?? undefined,
    mergedBy: row.merged_by ?? undefined,
    offered: row.offered_at !== null,
    problems: row.problems,
  };
}

const openStates: ChangeRow['state'][] = ['found', 'open'];

export class DatabaseChangeStore implements ChangeStore {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static create(options: { knex: Knex }): DatabaseChangeStore {
    return new DatabaseChangeStore(options.knex);
  }

  async insert(
    tx: Transaction,
    change: {
      id: string;
      taskId: string;
      attemptId: string;
      codeHost: string;
      globalId: string;
    },
    at: Date,
  ): Promise<boolean> {
    const known = await tx<ChangeRow>('changes')
      .where({ code_host: change.codeHost, global_id: change.globalId })
      .first();
    const otherOpen = await tx<ChangeRow>('changes')
      .where({ task_id: change.taskId })
      .whereIn('state', openStates)
      .first();
    if (known || otherOpen) {
      return false;
    }
    await tx('changes').insert({
      id: change.id,
      task_id: change.taskId,
      attempt_id: change.attemptId,
      code_host: change.codeHost,
      global_id: change.globalId,
      state: 'found',
      draft: true,
      due_at: at,
      created_at: at,
    });
    return true;
  }

  async newestOf(
    taskId: string,
    tx?: Transaction,
  ): Promise<StoredChange | undefined> {
    const row = await (tx ?? this.#knex)<ChangeRow>('changes')
      .where({ task_id: taskId })
      .orderBy('id', 'desc')
      .first();
    return row && toChange(row);
  }

  async newestOfMany(
    tx: Transaction,
    taskIds: readonly string[],
  ): Promise<Map<string, StoredChange>> {
    const rows = await tx<ChangeRow>('changes')
      .whereIn('task_id', taskIds)
      .orderBy('id');
    return new Map(rows.map(row => [row.task_id, toChange(row)]));
  }

  async hasDue(options: { codeHost: string; now: Date }): Promise<boolean> {
    const due = await this.#knex<ChangeRow>('changes')
      .where('code_host', options.codeHost)
      .whereIn('state', openStates)
      .where('due_at', '<=', options.now)
      .first('id');
    return due !== undefined;
  }

  async claimDue(options: {
    codeHost: string;
    until: Date;
    nextAt: Date;
    limit: number;
  }): Promise<DueChange[]> {
    return this.#knex.transaction(async tx => {
      const query = tx('changes')
        .where('changes.code_host', options.codeHost)
        .whereIn('changes.state', openStates)
        .where('changes.due_at', '<=', options.until)
        .orderBy('changes.due_at')
        .limit(options.limit)
        .select('changes.id');
      if (tx.client.config.client === 'pg') {
        query.forUpdate().skipLocked();
      }
      const ids = (await query).map((row: { id: string }) => row.id);
      await tx('changes').whereIn('id', ids).update({ due_at: options.nextAt });
      const rows: (ChangeRow & {
        campaign_id: string;
        task_state: TaskState;
        repository_host: string;
        repository_owner: string;
        repository_name: string;
      })[] = await tx('changes')
        .join('tasks', 'tasks.id', 'changes.task_id')
        .whereIn('changes.id', ids)
        .select(
          'changes.*',
          'tasks.campaign_id',
          { task_state: 'tasks.state' },
          'tasks.repository_host',
          'tasks.repository_owner',
          'tasks.repository_name',
        );
      return rows.map(row => ({
        ...toChange(row),
        campaignId: row.campaign_id,
        taskState: row.task_state,
        repository: {
          host: row.repository_host,
          owner: row.repository_owner,
          name: row.repository_name,
        },
      }));
    });
  }

  async lock(tx: Transaction, id: string): Promise<StoredChange | undefined> {
    const row = await tx<ChangeRow>('changes')
      .where({ id })
      .forUpdate()
      .first();
    return row && toChange(row);
  }

  async update(
    tx: Transaction,
    options: {
      id: string;
      seen: HostChange;
      at: Date;
      claimedUntil: Date;
      dueAt: Date;
    },
  ): Promise<void> {
    const { id, seen, at, claimedUntil, dueAt } = options;
    await tx<ChangeRow>('changes')
      .where({ id })
      .where('due_at', '>=', claimedUntil)
      .update({ due_at: dueAt });
    await tx<ChangeRow>('changes')
      .where({ id })
      .update({
        state: seen.state,
        draft: seen.draft,
        number: seen.number,
        url: seen.url,
        title: seen.title,
        head_branch: seen.headBranch,
        head_commit: seen.headCommit,
        base_branch: seen.baseBranch,
        additions: seen.additions,
        deletions: seen.deletions,
        changed_files: seen.changedFiles,
        checks: seen.checks,
        review: seen.review,
        merged_by: seen.mergedBy ?? null,
        opened_at: new Date(seen.createdAt),
        settled_at: seen.settledAt ? new Date(seen.settledAt) : null,
        seen_at: at,
        problems: 0,
      });
  }

  async markClosed(
    tx: Transaction,
    options: { id: string; at: Date },
  ): Promise<void> {
    await tx<ChangeRow>('changes')
      .where({ id: options.id })
      .whereIn('state', openStates)
      .update({ state: 'closed', settled_at: options.at });
  }

  async markOffered(
    tx: Transaction,
    options: { id: string; at: Date | undefined },
  ): Promise<void> {
    await tx<ChangeRow>('changes')
      .where({ id: options.id })
      .update({ offered_at: options.at ?? null });
  }

  async setDue(options: {
    id: string;
    at: Date;
    problem: boolean;
  }): Promise<void> {
    await this.#knex<ChangeRow>('changes')
      .where({ id: options.id })
      .update({
        due_at: options.at,
        problems: options.problem ? this.#knex.raw('problems + 1') : 0,
      });
  }

  async makeDue(
    tx: Transaction | undefined,
    options: (
      { globalId: string } | { taskId: string } | { repository: string }
    ) & { at: Date },
  ): Promise<void> {
    const knex = tx ?? this.#knex;
    const query = knex<ChangeRow>('changes').whereIn('state', openStates);
    if ('globalId' in options) {
      query.where('global_id', options.globalId);
    } else if ('taskId' in options) {
      query.where('task_id', options.taskId);
    } else {
      query.whereIn(
        'task_id',
        knex('tasks').select('id').where('repository', options.repository),
      );
    }
    await query.update({ due_at: options.at });
  }
}
