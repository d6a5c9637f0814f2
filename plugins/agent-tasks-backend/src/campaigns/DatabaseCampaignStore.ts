import { Exclusion } from '@agent-tasks/plugin-agent-tasks-common';
import { Knex } from 'knex';
import { insertRows } from '../database/bulk';
import { Transaction } from '../database/connect';
import { TimeValue, toDate, toOptionalDate } from '../database/rows';
import { Priority } from '../policy/rank';
import {
  CampaignCount,
  CampaignPart,
  CampaignStore,
  NewCampaign,
  StoredCampaign,
  StoredWave,
} from './CampaignStore';

interface CampaignRow {
  id: string;
  template_revision_id: string;
  parameters: string;
  requester: string;
  idempotency_key: string;
  request_hash: string;
  excluded: string;
  created_at: TimeValue;
  state: StoredCampaign['state'];
  priority: Priority;
  selection: string | null;
  trigger: string | null;
  rollout: string | null;
  task_count: number;
  planned_end: TimeValue | null;
  cancelled_at: TimeValue | null;
  cancelled_by: string | null;
  cancel_reason: string | null;
}

interface WaveRow {
  campaign_id: string;
  number: number;
  size: string;
  tasks: number;
  released_at: TimeValue | null;
  approved_at: TimeValue | null;
  approved_by: string | null;
  stop: string | null;
  stop_brake: string | null;
  continued_at: TimeValue | null;
  continued_by: string | null;
}

interface PartRow {
  campaign_id: string;
  requester: string;
  idempotency_key: string;
  request_hash: string;
  selection: string;
  excluded: string;
  tasks: number;
  created_at: TimeValue;
}

function parse<T>(json: string | null): T | undefined {
  return json === null ? undefined : (JSON.parse(json) as T);
}

function toCampaign(row: CampaignRow, added: Exclusion[]): StoredCampaign {
  return {
    id: row.id,
    templateRevisionId: row.template_revision_id,
    parameters: JSON.parse(row.parameters),
    requester: row.requester,
    idempotencyKey: row.idempotency_key,
    requestHash: row.request_hash,
    excluded: [...JSON.parse(row.excluded), ...added],
    createdAt: toDate(row.created_at),
    state: row.state,
    priority: row.priority,
    selection: parse(row.selection),
    trigger: parse(row.trigger),
    rollout: parse(row.rollout) ?? {},
    taskCount: row.task_count,
    plannedEnd: toOptionalDate(row.planned_end),
    ...(row.cancelled_at !== null && {
      cancelled: {
        at: toDate(row.cancelled_at),
        by: row.cancelled_by ?? '',
        reason: row.cancel_reason ?? '',
      },
    }),
  };
}

function toWave(row: WaveRow): StoredWave {
  return {
    campaignId: row.campaign_id,
    number: row.number,
    size: row.size,
    tasks: row.tasks,
    releasedAt: toOptionalDate(row.released_at),
    approvedAt: toOptionalDate(row.approved_at),
    approvedBy: row.approved_by ?? undefined,
    stop: parse(row.stop),
    stopBrake: row.stop_brake ?? undefined,
    continuedAt: toOptionalDate(row.continued_at),
    continuedBy: row.continued_by ?? undefined,
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

  async insert(tx: Transaction, campaign: NewCampaign): Promise<boolean> {
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
        state: 'running',
        priority: campaign.priority,
        selection: JSON.stringify(campaign.selection),
        trigger: JSON.stringify(campaign.trigger),
        rollout: JSON.stringify(campaign.rollout),
        task_count: campaign.taskCount,
        due_at: campaign.createdAt,
      })
      .onConflict(['requester', 'idempotency_key'])
      .ignore()
      .returning('id');
    if (inserted.length !== 1) {
      return false;
    }
    await insertRows(tx, {
      table: 'campaign_waves',
      columns: {
        campaign_id: 'text',
        number: 'integer',
        size: 'text',
        tasks: 'integer',
        released_at: 'timestamptz',
      },
      rows: campaign.waves.map(wave => ({
        campaign_id: campaign.id,
        number: wave.number,
        size: wave.size,
        tasks: wave.tasks,
        released_at: wave.number === 1 ? campaign.createdAt : undefined,
      })),
    });
    await insertOwners(tx, campaign);
    return true;
  }

  async get(id: string): Promise<StoredCampaign | undefined> {
    const row = await this.#knex<CampaignRow>('campaigns')
      .where({ id })
      .first();
    return row && this.#complete(row);
  }

  async lock(tx: Transaction, id: string): Promise<StoredCampaign | undefined> {
    const row = await tx<CampaignRow>('campaigns')
      .where({ id })
      .forUpdate()
      .first();
    return row && toCampaign(row, []);
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
    return row && this.#complete(row);
  }

  async listOwners(id: string): Promise<{ team: string; requester: string }[]> {
    return this.#knex('campaign_teams')
      .where('campaign_id', id)
      .orderBy(['team', 'requester'])
      .select('team', 'requester');
  }

  async listTasks(id: string, limit: number): Promise<string[]> {
    const rows = await this.#knex('task_keys')
      .where('campaign_id', id)
      .orderBy('task_id')
      .limit(limit)
      .select('task_id');
    return rows.map(row => row.task_id);
  }

  async listWaves(
    ids: readonly string[],
    tx?: Transaction,
  ): Promise<StoredWave[]> {
    const rows: WaveRow[] = await (tx ?? this.#knex)('campaign_waves')
      .whereIn('campaign_id', ids)
      .orderBy(['campaign_id', 'number']);
    return rows.map(toWave);
  }

  async count(
    ids: readonly string[],
    tx?: Transaction,
  ): Promise<CampaignCount[]> {
    const knex = tx ?? this.#knex;
    const rows: {
      campaign_id: string;
      wave: number;
      team: string;
      state: CampaignCount['state'];
      tasks: number | string;
      last: TimeValue | null;
    }[] = await knex('task_keys')
      .join('tasks', 'tasks.id', 'task_keys.task_id')
      .whereIn('task_keys.campaign_id', ids)
      .groupByRaw('1, 2, 3, 4')
      .select(
        'task_keys.campaign_id',
        knex.raw('coalesce(tasks.wave, 1) as wave'),
        'tasks.team',
        'tasks.state',
      )
      .count({ tasks: '*' })
      .max({ last: 'tasks.settled_at' });
    return rows.map(row => ({
      campaignId: row.campaign_id,
      wave: row.wave,
      team: row.team,
      state: row.state,
      tasks: Number(row.tasks),
      lastSettledAt: toOptionalDate(row.last),
    }));
  }

  async findPart(
    key: Pick<CampaignPart, 'campaignId' | 'requester' | 'idempotencyKey'>,
  ): Promise<CampaignPart | undefined> {
    const row = await this.#knex<PartRow>('campaign_parts')
      .where({
        campaign_id: key.campaignId,
        requester: key.requester,
        idempotency_key: key.idempotencyKey,
      })
      .first();
    return (
      row && {
        campaignId: row.campaign_id,
        requester: row.requester,
        idempotencyKey: row.idempotency_key,
        requestHash: row.request_hash,
        selection: JSON.parse(row.selection),
        excluded: JSON.parse(row.excluded),
        tasks: row.tasks,
        createdAt: toDate(row.created_at),
      }
    );
  }

  async insertPart(
    tx: Transaction,
    part: CampaignPart,
    options: { wave: number; teams: ReadonlySet<string> },
  ): Promise<boolean> {
    const inserted = await tx('campaign_parts')
      .insert({
        campaign_id: part.campaignId,
        requester: part.requester,
        idempotency_key: part.idempotencyKey,
        request_hash: part.requestHash,
        selection: JSON.stringify(part.selection),
        excluded: JSON.stringify(part.excluded),
        tasks: part.tasks,
        created_at: part.createdAt,
      })
      .onConflict(['campaign_id', 'requester', 'idempotency_key'])
      .ignore()
      .returning('campaign_id');
    if (inserted.length !== 1) {
      return false;
    }
    await tx('campaign_waves')
      .where({ campaign_id: part.campaignId, number: options.wave })
      .increment('tasks', part.tasks);
    await tx('campaigns')
      .where({ id: part.campaignId })
      .update({
        task_count: tx.raw('task_count + ?', [part.tasks]),
        state: 'running',
        due_at: part.createdAt,
      });
    await insertOwners(tx, {
      id: part.campaignId,
      requester: part.requester,
      teams: options.teams,
    });
    return true;
  }

  async setPriority(
    tx: Transaction,
    id: string,
    priority: Priority,
  ): Promise<void> {
    await tx('campaigns').where({ id }).update({ priority });
  }

  async cancel(
    tx: Transaction,
    id: string,
    cancelled: { at: Date; by: string; reason: string },
  ): Promise<void> {
    await tx('campaigns').where({ id }).update({
      state: 'cancelled',
      cancelled_at: cancelled.at,
      cancelled_by: cancelled.by,
      cancel_reason: cancelled.reason,
      due_at: cancelled.at,
    });
  }

  async makeDue(ids: readonly string[], at: Date): Promise<void> {
    await this.#knex('campaigns')
      .whereIn('id', ids)
      .where(later => later.whereNull('due_at').orWhere('due_at', '>', at))
      .update({ due_at: at });
  }

  async #complete(row: CampaignRow): Promise<StoredCampaign> {
    const parts: { excluded: string }[] = await this.#knex('campaign_parts')
      .where('campaign_id', row.id)
      .orderBy('created_at')
      .select('excluded');
    return toCampaign(
      row,
      parts.flatMap(part => JSON.parse(part.excluded) as Exclusion[]),
    );
  }
}

async function insertOwners(
  tx: Transaction,
  of: { id: string; requester: string; teams: ReadonlySet<string> },
): Promise<void> {
  await insertRows(tx, {
    table: 'campaign_teams',
    columns: { campaign_id: 'text', team: 'text', requester: 'text' },
    rows: [...of.teams].map(team => ({
      campaign_id: of.id,
      team,
      requester: of.requester,
    })),
    onConflict: '(campaign_id, team, requester) do nothing',
  });
}
