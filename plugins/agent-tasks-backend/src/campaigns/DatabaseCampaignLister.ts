import {
  CampaignListQuery,
  CampaignState,
  CampaignStop,
  CampaignSummary,
} from '@agent-tasks/plugin-agent-tasks-common';
import { InputError } from '@backstage/errors';
import { Knex } from 'knex';
import { TimeValue, toDate } from '../database/rows';
import { Priority } from '../policy/rank';
import { TaskFilter } from '../queue/TaskFilter';
import { whereMatches } from '../queue/whereMatches';

interface ListedRow {
  id: string;
  template: string;
  number: number;
  content: string;
  requester: string;
  created_at: TimeValue;
  state: Exclude<CampaignState, 'paused'>;
  priority: Priority;
  task_count: number;
  states: string | null;
  trigger: string | null;
}

/** Lists campaigns as they were when they were last looked at, which is seconds ago. */
export class DatabaseCampaignLister {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static create(options: { knex: Knex }): DatabaseCampaignLister {
    return new DatabaseCampaignLister(options.knex);
  }

  /** @throws InputError where the cursor is none of this list */
  async list(options: {
    query: CampaignListQuery & { limit: number };
    /** Tasks that the caller may see: a campaign is shown where all of its tasks are among them. */
    visible: TaskFilter | undefined;
    now: Date;
  }): Promise<{ items: CampaignSummary[]; nextCursor?: string }> {
    const { query, visible, now } = options;
    const { limit, cursor, state, template, requester, team } = query;
    if (cursor !== undefined && !/^camp_\w{1,40}$/.test(cursor)) {
      throw new InputError(
        "The 'cursor' is not one that this list returned. Leave it out to begin with the first page.",
      );
    }
    const page = this.#knex('campaigns')
      .join(
        'template_revisions',
        'template_revisions.id',
        'campaigns.template_revision_id',
      )
      .orderBy('campaigns.id', 'desc')
      .limit(limit + 1)
      .select(
        'campaigns.id',
        'template_revisions.template',
        'template_revisions.number',
        'template_revisions.content',
        'campaigns.requester',
        'campaigns.created_at',
        'campaigns.state',
        'campaigns.priority',
        'campaigns.task_count',
        'campaigns.states',
        'campaigns.trigger',
      );
    if (cursor !== undefined) {
      page.where('campaigns.id', '<', cursor);
    }
    if (template?.length) {
      page.whereIn('template_revisions.template', template);
    }
    if (requester?.length) {
      page.whereIn('campaigns.requester', requester);
    }
    if (team?.length) {
      page.whereExists(
        this.#owners().whereIn('tasks.team', team).select(this.#knex.raw('1')),
      );
    }
    if (visible) {
      page.whereNotExists(
        this.#owners()
          .whereNot(own => whereMatches(own, visible))
          .select(this.#knex.raw('1')),
      );
    }
    if (state?.length) {
      page.where(any => this.#whereState(any, state, now));
    }
    const rows: ListedRow[] = await page;
    const shown = rows.slice(0, limit);
    return {
      items: await this.#complete(shown, now),
      ...(rows.length > shown.length && {
        nextCursor: shown[shown.length - 1].id,
      }),
    };
  }

  /** Whose tasks a campaign has, under the name that filters of tasks use. */
  #owners(): Knex.QueryBuilder {
    return this.#knex('campaign_teams as tasks').whereRaw(
      'tasks.campaign_id = campaigns.id',
    );
  }

  #whereState(
    any: Knex.QueryBuilder,
    states: readonly CampaignState[],
    now: Date,
  ): void {
    const going = ['running', 'waiting_for_approval'];
    for (const state of states) {
      any.orWhere(one => {
        if (state === 'paused') {
          one
            .whereIn('campaigns.state', going)
            .whereExists(this.#pauses(now).select(this.#knex.raw('1')));
        } else {
          one.where('campaigns.state', state);
          if (going.includes(state)) {
            one.whereNotExists(this.#pauses(now).select(this.#knex.raw('1')));
          }
        }
      });
    }
  }

  /** Brakes that people pulled on a campaign. */
  #pauses(now: Date): Knex.QueryBuilder {
    return this.#knex('brakes')
      .where('brakes.scope', 'campaign')
      .whereRaw('brakes.subject = campaigns.id')
      .whereNot('brakes.pulled_by', 'system')
      .whereNull('brakes.released_at')
      .where(ends =>
        ends.whereNull('brakes.until').orWhere('brakes.until', '>', now),
      );
  }

  async #complete(
    rows: readonly ListedRow[],
    now: Date,
  ): Promise<CampaignSummary[]> {
    const ids = rows.map(row => row.id);
    const [waves, pauses] = await Promise.all([
      this.#knex('campaign_waves')
        .whereIn('campaign_id', ids)
        .orderBy(['campaign_id', 'number'])
        .select('campaign_id', 'released_at', 'stop', 'continued_at'),
      this.#knex('brakes')
        .where({ scope: 'campaign' })
        .whereIn('subject', ids)
        .whereNot('pulled_by', 'system')
        .whereNull('released_at')
        .where(ends => ends.whereNull('until').orWhere('until', '>', now))
        .orderBy('id')
        .select('subject', 'reason', 'pulled_by', 'pulled_at', 'until'),
    ]);
    return rows.map(row => {
      const own = waves.filter(wave => wave.campaign_id === row.id);
      const pause = pauses.find(one => one.subject === row.id);
      const stopped = own.find(wave => wave.stop && !wave.continued_at);
      const stop: CampaignStop | undefined =
        row.state === 'stopped' && stopped
          ? JSON.parse(stopped.stop)
          : undefined;
      const going =
        row.state === 'running' || row.state === 'waiting_for_approval';
      const { title }: { title: string } = JSON.parse(row.content);
      return {
        id: row.id,
        template: { name: row.template, title, revision: row.number },
        requester: row.requester,
        createdAt: toDate(row.created_at).toISOString(),
        state: going && pause ? 'paused' : row.state,
        taskCount: row.task_count,
        priority: row.priority,
        states: row.states ? JSON.parse(row.states) : {},
        waves: {
          released: own.filter(wave => wave.released_at !== null).length,
          total: own.length,
        },
        ...(row.trigger && { trigger: JSON.parse(row.trigger) }),
        ...(pause && {
          paused: {
            reason: pause.reason,
            by: pause.pulled_by,
            since: toDate(pause.pulled_at).toISOString(),
            ...(pause.until !== null && {
              until: toDate(pause.until).toISOString(),
            }),
          },
        }),
        ...(stop && { stop: stop.message }),
      };
    });
  }
}
