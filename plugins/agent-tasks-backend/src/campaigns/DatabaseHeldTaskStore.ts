import { Prompt } from '@agent-tasks/plugin-agent-tasks-common';
import { Knex } from 'knex';
import { isPostgres, updateRows } from '../database/bulk';
import { Transaction } from '../database/connect';
import { Priority } from '../policy/rank';
import { HeldTaskStore, WindowGroup, WindowMember } from './HeldTaskStore';

/** As the indexes have it, which SQLite uses only so. */
const isHeld = "state = 'held'";

const groupColumns = [
  'template_revision_id',
  'repository',
  'team',
  'provider',
  'account',
] as const;

export class DatabaseHeldTaskStore implements HeldTaskStore {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static create(options: { knex: Knex }): DatabaseHeldTaskStore {
    return new DatabaseHeldTaskStore(options.knex);
  }

  async claimOfWaves(
    tx: Transaction,
    options: { campaignId: string; wave: number; limit: number },
  ): Promise<string[]> {
    const query = tx('tasks')
      .whereRaw(isHeld)
      .where('campaign_id', options.campaignId)
      .where('wave', '<=', options.wave)
      .whereNull('held_until')
      .orderBy('id')
      .limit(options.limit)
      .select('id');
    if (isPostgres(tx)) {
      query.forUpdate().skipLocked();
    }
    const rows: { id: string }[] = await query;
    return rows.map(row => row.id);
  }

  async setWindows(
    tx: Transaction,
    windows: readonly { taskId: string; until: Date; reason: string }[],
    at: Date,
  ): Promise<void> {
    await updateRows(tx, {
      table: 'tasks',
      key: 'id',
      columns: {
        id: 'text',
        held_until: 'timestamptz',
        state_reason: 'text',
        updated_at: 'timestamptz',
      },
      rows: windows.map(({ taskId, until, reason }) => ({
        id: taskId,
        held_until: until,
        state_reason: reason,
        updated_at: at,
      })),
    });
  }

  async listDueWindows(now: Date, limit: number): Promise<WindowGroup[]> {
    const rows: {
      template_revision_id: string;
      repository: string;
      team: string;
      provider: string;
      account: string;
    }[] = await this.#knex('tasks')
      .whereRaw(isHeld)
      .where('held_until', '<=', now)
      .distinct(...groupColumns)
      .limit(limit);
    return rows.map(row => ({
      templateRevisionId: row.template_revision_id,
      repository: row.repository,
      team: row.team,
      provider: row.provider,
      account: row.account,
    }));
  }

  async claimWindow(
    tx: Transaction,
    group: WindowGroup,
    limit: number,
  ): Promise<WindowMember[]> {
    const query = tx('tasks')
      .whereRaw(isHeld)
      .where({
        template_revision_id: group.templateRevisionId,
        repository: group.repository,
        team: group.team,
        provider: group.provider,
        account: group.account,
      })
      .whereNotNull('held_until')
      .orderBy('id')
      .limit(limit)
      .select('id', 'campaign_id', 'requester', 'prompt');
    if (isPostgres(tx)) {
      query.forUpdate();
    }
    const rows: {
      id: string;
      campaign_id: string;
      requester: string;
      prompt: string;
    }[] = await query;
    const components: { task_id: string; entity_ref: string }[] = await tx(
      'task_components',
    )
      .whereIn(
        'task_id',
        rows.map(row => row.id),
      )
      .orderBy('entity_ref')
      .select('task_id', 'entity_ref');
    return rows.map(row => ({
      id: row.id,
      campaignId: row.campaign_id,
      requester: row.requester,
      prompt: JSON.parse(row.prompt) as Prompt,
      components: components
        .filter(one => one.task_id === row.id)
        .map(one => one.entity_ref),
    }));
  }

  async join(
    tx: Transaction,
    options: {
      taskId: string;
      others: readonly string[];
      prompt: Prompt;
      priority: Priority;
    },
  ): Promise<void> {
    const { taskId, others, prompt, priority } = options;
    await tx('tasks')
      .where({ id: taskId })
      .update({ prompt: JSON.stringify(prompt), priority });
    await tx('tasks').whereIn('id', others).update({ joined_to: taskId });
    await tx.raw(
      `insert into task_components (task_id, entity_ref, path)
       select ?, entity_ref, min(path) from task_components
       where task_id in (${others.map(() => '?').join(', ')})
       group by entity_ref
       on conflict (task_id, entity_ref) do nothing`,
      [taskId, ...others],
    );
  }
}
