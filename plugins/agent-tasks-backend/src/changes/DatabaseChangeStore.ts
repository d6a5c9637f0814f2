import { TaskState } from '@agent-tasks/plugin-agent-tasks-common';
import { Knex } from 'knex';
import { changeRows, isPostgres } from '../database/bulk';
import { Transaction } from '../database/connect';
import { ChangeRow } from '../database/rows';
import { Lane } from '../policy/slots';
import {
  ChangeReport,
  ChangesToRead,
  ChangeStore,
  DueChange,
  StoredChange,
} from './ChangeStore';

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

/** For how long after the last one a host counts as one that tells of its changes. */
const hintsAliveMs = 10 * 60_000;

/** What is stored of a report as it is. */
const reportedColumns = {
  state: 'text',
  draft: 'boolean',
  number: 'integer',
  url: 'text',
  title: 'text',
  head_branch: 'text',
  head_commit: 'text',
  base_branch: 'text',
  additions: 'integer',
  deletions: 'integer',
  changed_files: 'integer',
  checks: 'text',
  review: 'text',
  merged_by: 'text',
  opened_at: 'timestamptz',
  settled_at: 'timestamptz',
} as const;

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
    // Its host may have told of it before it was known to be ours: what it tells of others it tells of this one.
    const hinted = await tx<ChangeRow>('changes')
      .where('code_host', change.codeHost)
      .where('hinted_at', '>', new Date(at.getTime() - hintsAliveMs))
      .first('id');
    await tx('changes').insert({
      id: change.id,
      hinted_at: hinted ? at : undefined,
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

  async known(
    tx: Transaction,
    options: { codeHost: string; globalIds: readonly string[] },
  ): Promise<Set<string>> {
    const rows: { global_id: string }[] = await tx<ChangeRow>('changes')
      .where('code_host', options.codeHost)
      .whereIn('global_id', [...options.globalIds])
      .select('global_id');
    return new Set(rows.map(row => row.global_id));
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
      if (isPostgres(tx)) {
        query.forUpdate().skipLocked();
      }
      const ids = (await query).map((row: { id: string }) => row.id);
      await tx('changes').whereIn('id', ids).update({ due_at: options.nextAt });
      const rows: (ChangeRow & {
        campaign_id: string;
        task_state: TaskState;
        lane: Lane;
        auto_slot: boolean | number;
        checks_slot: boolean | number;
        awaits_review: boolean | number;
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
          'tasks.lane',
          'tasks.auto_slot',
          'tasks.checks_slot',
          'tasks.awaits_review',
          'tasks.repository_host',
          'tasks.repository_owner',
          'tasks.repository_name',
        );
      return rows.map(row => ({
        ...toChange(row),
        campaignId: row.campaign_id,
        task: {
          state: row.task_state,
          lane: row.lane,
          autoSlot: Boolean(row.auto_slot),
          checksSlot: Boolean(row.checks_slot),
          awaitsReview: Boolean(row.awaits_review),
        },
        repository: {
          host: row.repository_host,
          owner: row.repository_owner,
          name: row.repository_name,
        },
      }));
    });
  }

  async lock(
    tx: Transaction,
    ids: readonly string[],
  ): Promise<Map<string, StoredChange>> {
    const rows: ChangeRow[] = await tx<ChangeRow>('changes')
      .whereIn('id', [...ids])
      // In one order for all, so that two that lock several never wait for each other in a circle.
      .orderBy('id')
      .forUpdate();
    return new Map(rows.map(row => [row.id, toChange(row)]));
  }

  async lockFree(tx: Transaction, ids: readonly string[]): Promise<string[]> {
    const query = tx<ChangeRow>('changes')
      .whereIn('id', [...ids])
      .select('id');
    if (isPostgres(tx)) {
      query.forUpdate().skipLocked();
    }
    const rows: { id: string }[] = await query;
    return rows.map(row => row.id);
  }

  async update(
    tx: Transaction,
    options: {
      reports: readonly ChangeReport[];
      at: Date;
      claimedUntil: Date;
      dueAt: Date;
      hintedDueAt: Date;
    },
  ): Promise<void> {
    const { reports, at, claimedUntil, dueAt, hintedDueAt } = options;
    await changeRows(tx, {
      table: 'changes',
      key: 'id',
      columns: {
        id: 'text',
        claimed_until: 'timestamptz',
        due_at: 'timestamptz',
        hinted_due_at: 'timestamptz',
        seen_at: 'timestamptz',
        ...reportedColumns,
      },
      rows: reports.map(({ id, seen }) => ({
        id,
        claimed_until: claimedUntil,
        due_at: dueAt,
        hinted_due_at: hintedDueAt,
        seen_at: at,
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
        merged_by: seen.mergedBy,
        opened_at: new Date(seen.createdAt),
        settled_at: seen.settledAt ? new Date(seen.settledAt) : undefined,
      })),
      set: {
        due_at: `case when t.due_at < r.claimed_until then t.due_at
          when t.hinted_at is null then r.due_at else r.hinted_due_at end`,
        seen_at: 'r.seen_at',
        problems: '0',
        ...Object.fromEntries(
          Object.keys(reportedColumns).map(name => [name, `r."${name}"`]),
        ),
      },
      where: `t.state in ('found', 'open')`,
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

  async setDue(options: { id: string; at: Date }): Promise<void> {
    await this.#knex<ChangeRow>('changes')
      .where({ id: options.id })
      .update({ due_at: options.at, problems: 0 });
  }

  async putOff(changes: readonly { id: string; at: Date }[]): Promise<void> {
    await changeRows(this.#knex, {
      table: 'changes',
      key: 'id',
      columns: { id: 'text', due_at: 'timestamptz' },
      rows: changes.map(({ id, at }) => ({ id, due_at: at })),
      set: { due_at: 'r.due_at', problems: 't.problems + 1' },
    });
  }

  async makeDue(
    tx: Transaction | undefined,
    options: ChangesToRead & { at: Date; hint?: boolean },
  ): Promise<void> {
    const knex = tx ?? this.#knex;
    const query = knex<ChangeRow>('changes')
      .whereIn('state', openStates)
      .orderBy('id')
      .select('id');
    if ('globalId' in options) {
      query.where('global_id', options.globalId);
    } else if ('taskId' in options) {
      query.where('task_id', options.taskId);
    } else {
      query.whereIn(
        'task_id',
        knex('tasks').select('id').where('repository', options.repository),
      );
      const { headBranches } = options;
      if (headBranches) {
        query.where(theirs =>
          theirs
            .whereIn('head_branch', [...headBranches])
            .orWhereNull('head_branch'),
        );
      }
    }
    if (isPostgres(knex)) {
      // In one order for all, as where changes are locked to be written.
      query.forUpdate();
    }
    await knex<ChangeRow>('changes')
      .whereIn('id', query)
      .update({
        due_at: options.at,
        ...(options.hint && { hinted_at: options.at }),
      });
  }
}
