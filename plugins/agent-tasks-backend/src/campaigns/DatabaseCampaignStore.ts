import { TaskState } from '@agent-tasks/plugin-agent-tasks-common';
import { Knex } from 'knex';
import { Transaction } from '../database/connect';
import { TimeValue, toDate } from '../database/rows';
import { CampaignStore, StoredCampaign } from './CampaignStore';

interface CampaignRow {
  id: string;
  template_revision_id: string;
  parameters: string;
  requester: string;
  idempotency_key: string;
  request_hash: string;
  excluded: string;
  created_at: TimeValue;
}

function toCampaign(row: CampaignRow): StoredCampaign {
  return {
    id: row.id,
    templateRevisionId: row.template_revision_id,
    parameters: JSON.parse(row.parameters),
    requester: row.requester,
    idempotencyKey: row.idempotency_key,
    requestHash: row.request_hash,
    excluded: JSON.parse(row.excluded),
    createdAt: toDate(row.created_at),
  };
}

export class DatabaseCampaignStore implements CampaignStore {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static create(options: { knex: Knex }): DatabaseCampaignStore {
    return new DatabaseCampaignStore(options.knex);
  }

  async insert(tx: Transaction, campaign: StoredCampaign): Promise<boolean> {
    const inserted = await tx('campaigns')
      .insert({
        id: campaign.id,
        template_revision_id: campaign.templateRevisionId,
        parameters: JSON.stringify(campaign.parameters),
        requester: campaign.requester,
        idempotency_key: campaign.idempotencyKey,
        request_hash: campaign.requestHash,
        excluded: JSON.stringify(campaign.excluded),
        created_at: campaign.createdAt,
      })
      .onConflict(['requester', 'idempotency_key'])
      .ignore()
      .returning('id');
    return inserted.length === 1;
  }

  async get(id: string): Promise<StoredCampaign | undefined> {
    const row = await this.#knex<CampaignRow>('campaigns')
      .where({ id })
      .first();
    return row && toCampaign(row);
  }

  async findByKey(options: {
    requester: string;
    idempotencyKey: string;
  }): Promise<StoredCampaign | undefined> {
    const row = await this.#knex<CampaignRow>('campaigns')
      .where({
        requester: options.requester,
        idempotency_key: options.idempotencyKey,
      })
      .first();
    return row && toCampaign(row);
  }

  async listTasks(
    campaignId: string,
  ): Promise<
    { id: string; state: TaskState; requester: string; team: string }[]
  > {
    return this.#knex('task_keys')
      .join('tasks', 'tasks.id', 'task_keys.task_id')
      .where('task_keys.campaign_id', campaignId)
      .orderBy('task_keys.task_id')
      .select('tasks.id', 'tasks.state', 'tasks.requester', 'tasks.team');
  }
}
