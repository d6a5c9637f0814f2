import { CampaignStop } from '@agent-tasks/plugin-agent-tasks-common';
import { Knex } from 'knex';
import { isOneOf, updateRows } from '../database/bulk';
import { Transaction } from '../database/connect';
import { TimeValue, toDate } from '../database/rows';
import {
  CampaignProgressStore,
  CheckCount,
  DueCampaign,
  RevertCount,
} from './CampaignProgressStore';

/** So long after a look a campaign is looked at again at the earliest, for each of its tasks. */
const pauseMsPerTask = 0.5;

/** A task of which nothing is left: its change was merged, and reverted. */
const reverted = `tasks.state = 'merged' and exists (
  select 1 from changes where changes.task_id = tasks.id and changes.reverted_at is not null)`;

export class DatabaseCampaignProgressStore implements CampaignProgressStore {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static create(options: { knex: Knex }): DatabaseCampaignProgressStore {
    return new DatabaseCampaignProgressStore(options.knex);
  }

  async listDue(now: Date, limit: number): Promise<DueCampaign[]> {
    const rows: { id: string; due_at: TimeValue }[] = await this.#knex(
      'campaigns',
    )
      .where('due_at', '<=', now)
      .orderBy('due_at')
      .limit(limit)
      .select('id', 'due_at');
    return rows.map(row => ({ id: row.id, dueAt: toDate(row.due_at) }));
  }

  async noteLooks(
    looks: Parameters<CampaignProgressStore['noteLooks']>[0],
  ): Promise<void> {
    await updateRows(this.#knex, {
      table: 'campaigns',
      key: 'id',
      columns: {
        id: 'text',
        due_at: 'timestamptz',
        looked_at: 'timestamptz',
        state: 'text',
        states: 'text',
        next_at: 'timestamptz',
        planned_end: 'timestamptz',
      },
      rows: looks.map(look => ({
        id: look.id,
        due_at: look.dueAt,
        looked_at: look.at,
        state: look.state,
        states: JSON.stringify(look.states),
        next_at: look.nextAt,
        planned_end: look.plannedEnd,
      })),
      set: {
        looked_at: 'r.looked_at',
        state: 'r.state',
        states: 'r.states',
        due_at: 'r.next_at',
        planned_end: 'coalesce(t.planned_end, r.planned_end)',
      },
      where: 't.due_at = r.due_at',
    });
  }

  async noteChanges(taskIds: readonly string[], now: Date): Promise<void> {
    const rows: {
      id: string;
      task_count: number;
      looked_at: TimeValue | null;
      due_at: TimeValue | null;
    }[] = await this.#knex('campaigns')
      .whereIn(
        'id',
        this.#knex('task_keys')
          .where(isOneOf(this.#knex, 'task_id', taskIds))
          .distinct('campaign_id'),
      )
      .select('id', 'task_count', 'looked_at', 'due_at');
    const due = rows.map(row => {
      const looked =
        row.looked_at === null ? 0 : toDate(row.looked_at).getTime();
      return {
        id: row.id,
        before: row.due_at === null ? Infinity : toDate(row.due_at).getTime(),
        due: Math.max(now.getTime(), looked + row.task_count * pauseMsPerTask),
      };
    });
    await updateRows(this.#knex, {
      table: 'campaigns',
      key: 'id',
      columns: { id: 'text', due_at: 'timestamptz' },
      rows: due
        .filter(one => one.due < one.before)
        .map(one => ({ id: one.id, due_at: new Date(one.due) })),
    });
  }

  async countChecks(
    ids: readonly string[],
    tx?: Transaction,
  ): Promise<CheckCount[]> {
    if (!ids.length) {
      return [];
    }
    const knex = tx ?? this.#knex;
    const rows: {
      campaign_id: string;
      wave: number;
      known: number | string;
      failed: number | string;
    }[] = await knex('task_keys')
      .join('tasks', 'tasks.id', 'task_keys.task_id')
      .join('changes', 'changes.task_id', 'tasks.id')
      .whereIn('task_keys.campaign_id', ids)
      .whereIn('changes.checks', ['passed', 'failed'])
      .groupByRaw('1, 2')
      .select(
        'task_keys.campaign_id',
        knex.raw('coalesce(tasks.wave, 1) as wave'),
        knex.raw(
          "sum(case when changes.checks = 'failed' then 1 else 0 end) as failed",
        ),
      )
      .count({ known: '*' });
    return rows.map(row => ({
      campaignId: row.campaign_id,
      wave: row.wave,
      known: Number(row.known),
      failed: Number(row.failed),
    }));
  }

  async countReverts(
    ids: readonly string[],
    tx?: Transaction,
  ): Promise<RevertCount[]> {
    if (!ids.length) {
      return [];
    }
    const knex = tx ?? this.#knex;
    const rows: {
      campaign_id: string;
      wave: number;
      tasks: number | string;
    }[] = await knex('task_keys')
      .join('tasks', 'tasks.id', 'task_keys.task_id')
      .whereIn('task_keys.campaign_id', ids)
      .whereRaw(reverted)
      .groupByRaw('1, 2')
      .select(
        'task_keys.campaign_id',
        knex.raw('coalesce(tasks.wave, 1) as wave'),
      )
      .count({ tasks: '*' });
    return rows.map(row => ({
      campaignId: row.campaign_id,
      wave: row.wave,
      tasks: Number(row.tasks),
    }));
  }

  async findEvidence(
    tx: Transaction,
    options: {
      campaignId: string;
      rule: CampaignStop['rule'];
      waves: readonly number[];
      limit: number;
    },
  ): Promise<CampaignStop['evidence']> {
    const { campaignId, rule, waves, limit } = options;
    const query = tx('task_keys')
      .join('tasks', 'tasks.id', 'task_keys.task_id')
      .where('task_keys.campaign_id', campaignId)
      .whereRaw(
        `coalesce(tasks.wave, 1) in (${waves.map(() => '?').join(', ')})`,
        [...waves],
      )
      .orderBy('tasks.id')
      .limit(limit)
      .select('tasks.id', 'tasks.repository', 'tasks.state_reason');
    if (rule === 'checks_failed') {
      query
        .join('changes', 'changes.task_id', 'tasks.id')
        .where('changes.checks', 'failed');
    } else if (rule === 'reverted') {
      query.whereRaw(reverted);
    } else {
      query.where('tasks.state', rule === 'failed' ? 'failed' : 'closed');
    }
    const rows: {
      id: string;
      repository: string;
      state_reason: string | null;
    }[] = await query;
    return rows.map(row => ({
      taskId: row.id,
      repository: row.repository,
      what: describe(rule, row.state_reason ?? undefined),
    }));
  }

  async release(
    tx: Transaction,
    options: { campaignId: string; wave: number; at: Date },
  ): Promise<boolean> {
    const changed = await tx('campaign_waves')
      .where({ campaign_id: options.campaignId, number: options.wave })
      .whereNull('released_at')
      .update({ released_at: options.at });
    return changed === 1;
  }

  async stop(
    tx: Transaction,
    options: {
      campaignId: string;
      wave: number;
      stop: CampaignStop;
      brake: string;
    },
  ): Promise<void> {
    await tx('campaign_waves')
      .where({ campaign_id: options.campaignId, number: options.wave })
      .update({
        stop: JSON.stringify(options.stop),
        stop_brake: options.brake,
        continued_at: null,
        continued_by: null,
      });
    await tx('campaigns')
      .where({ id: options.campaignId })
      .update({ state: 'stopped' });
  }

  async approve(
    tx: Transaction,
    options: { campaignId: string; wave: number; by: string; at: Date },
  ): Promise<void> {
    await tx('campaign_waves')
      .where({ campaign_id: options.campaignId, number: options.wave })
      .update({ approved_at: options.at, approved_by: options.by });
  }

  async goOn(
    tx: Transaction,
    options: { campaignId: string; wave: number; by: string; at: Date },
  ): Promise<void> {
    await tx('campaign_waves')
      .where({ campaign_id: options.campaignId, number: options.wave })
      .update({ continued_at: options.at, continued_by: options.by });
  }
}

function describe(
  rule: CampaignStop['rule'],
  reason: string | undefined,
): string {
  switch (rule) {
    case 'failed':
      return reason ?? 'It failed.';
    case 'closed':
      return reason ?? 'Its change was closed without being merged.';
    case 'reverted':
      return 'Its change was reverted.';
    default:
      return 'The checks of its change failed.';
  }
}
