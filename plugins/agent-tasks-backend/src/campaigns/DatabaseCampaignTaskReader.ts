import { Knex } from 'knex';
import { CampaignTaskReader } from './CampaignService';

export class DatabaseCampaignTaskReader implements CampaignTaskReader {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static create(options: { knex: Knex }): DatabaseCampaignTaskReader {
    return new DatabaseCampaignTaskReader(options.knex);
  }

  async listUnsettled(campaignId: string): Promise<string[]> {
    return idsOf(this.#tasks(campaignId).whereNull('tasks.settled_at'));
  }

  async listWaiting(campaignId: string): Promise<string[]> {
    return idsOf(
      this.#tasks(campaignId).whereIn('tasks.state', ['held', 'queued']),
    );
  }

  async listFailed(campaignId: string, limit: number): Promise<string[]> {
    return idsOf(
      this.#tasks(campaignId).where('tasks.state', 'failed').limit(limit),
    );
  }

  #tasks(campaignId: string): Knex.QueryBuilder {
    return this.#knex('task_keys')
      .join('tasks', 'tasks.id', 'task_keys.task_id')
      .where('task_keys.campaign_id', campaignId)
      .orderBy('tasks.id')
      .select('tasks.id');
  }
}

async function idsOf(query: Knex.QueryBuilder): Promise<string[]> {
  const rows: { id: string }[] = await query;
  return rows.map(row => row.id);
}
