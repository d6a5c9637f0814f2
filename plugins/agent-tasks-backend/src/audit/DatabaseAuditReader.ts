import { AuditEvent, TaskState } from '@agent-tasks/plugin-agent-tasks-common';
import { JsonObject } from '@backstage/types';
import { Knex } from 'knex';
import { TimeValue, toDate } from '../database/rows';
import { AuditFilter, AuditReader } from './AuditReader';

interface AuditRow {
  sequence: number | string;
  at: TimeValue;
  type: string;
  actor: string;
  campaign_id: string | null;
  task_id: string | null;
  from_state: TaskState | null;
  to_state: TaskState | null;
  message: string;
  details: string;
  team: string | null;
  repository: string | null;
}

/**
 * Times are written by the clock of whoever writes, and the order by when it was written: so far apart two neighbours may
 * be at most, in milliseconds.
 */
const outOfOrderMs = 10 * 60_000;

/** What is never about a single task: so little of the log that it has an index by its type. */
const areasBesideTasks = [
  'account',
  'brake',
  'campaign',
  'limits',
  'team',
  'template',
  'trigger',
];

/** As the index on actors has it, so that the database sees that the index serves. */
const byPeople =
  "events.actor <> 'system' and events.actor not like 'provider:%' and events.actor not like 'host:%'";

export class DatabaseAuditReader implements AuditReader {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static create(options: { knex: Knex }): DatabaseAuditReader {
    return new DatabaseAuditReader(options.knex);
  }

  async list(options: {
    filter: AuditFilter;
    limit: number;
    before?: string;
  }): Promise<{ events: AuditEvent[]; next?: string }> {
    const { filter, limit, before } = options;
    const [first, end] = await Promise.all([
      filter.from && this.#firstAt(filter.from.getTime() - outOfOrderMs),
      filter.to && this.#firstAt(filter.to.getTime() + outOfOrderMs),
    ]);
    const narrow = (query: Knex.QueryBuilder) => {
      this.#narrow(query, filter);
      if (first !== undefined) {
        query.where('events.sequence', '>=', first);
      }
      if (end !== undefined) {
        query.where('events.sequence', '<', end);
      }
      if (before !== undefined) {
        query.where('events.sequence', '<', before);
      }
    };
    const rows: AuditRow[] = await this.#knex
      .with('page', page => {
        page
          .select('sequence')
          .from('events')
          .modify(narrow)
          .orderBy('sequence', 'desc')
          .limit(limit + 1);
      })
      .select('events.*', 'tasks.team', 'tasks.repository')
      .from('events')
      .join('page', 'page.sequence', 'events.sequence')
      .leftJoin('tasks', 'tasks.id', 'events.task_id')
      .orderBy('events.sequence', 'desc');
    const page = rows.slice(0, limit);
    return {
      events: page.map(toAuditEvent),
      ...(rows.length > page.length && {
        next: String(page[page.length - 1].sequence),
      }),
    };
  }

  #narrow(query: Knex.QueryBuilder, filter: AuditFilter): void {
    const { actor, type, campaign, task, from, to } = filter;
    if (actor?.length) {
      query.whereIn('events.actor', actor);
      if (actor.every(isPerson)) {
        query.whereRaw(byPeople);
      }
    }
    if (type?.length) {
      if (type.every(one => areasBesideTasks.includes(one.split('.')[0]))) {
        query.whereNull('events.task_id');
      }
      query.where(any => {
        for (const one of type) {
          if (one.includes('.')) {
            any.orWhere('events.type', one);
          } else {
            // An underscore stands for any character in a pattern.
            any.orWhereRaw(`events.type like ? escape '!'`, [
              `${one.replaceAll('_', '!_')}.%`,
            ]);
          }
        }
      });
    }
    if (task !== undefined) {
      query.where('events.task_id', task);
    }
    if (campaign !== undefined) {
      // From the tasks: the log has no index on the campaign of what happens to tasks.
      query.whereIn(
        'events.sequence',
        this.#knex
          .select('sequence')
          .from('events')
          .where('campaign_id', campaign)
          .whereNull('task_id')
          .unionAll([
            this.#knex
              .select('sequence')
              .from('events')
              .whereIn(
                'task_id',
                this.#knex
                  .select('id')
                  .from('tasks')
                  .where('campaign_id', campaign),
              ),
          ]),
      );
    }
    if (from) {
      query.where('events.at', '>=', from);
    }
    if (to) {
      query.where('events.at', '<', to);
    }
  }

  /** About the first event at or after a time, in few looks at the order; `undefined` where there is none. */
  async #firstAt(time: number): Promise<number | undefined> {
    const [ends] = await this.#knex('events')
      .min({ first: 'sequence' })
      .max({ last: 'sequence' });
    let low = Number(ends.first ?? 0);
    let high = Number(ends.last ?? 0) + 1;
    const end = high;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const next = await this.#knex('events')
        .select('sequence', 'at')
        .where('sequence', '>=', middle)
        .orderBy('sequence')
        .first<Pick<AuditRow, 'sequence' | 'at'> | undefined>();
      if (next && toDate(next.at).getTime() < time) {
        low = Number(next.sequence) + 1;
      } else {
        high = middle;
      }
    }
    return low < end ? low : undefined;
  }
}

function isPerson(actor: string): boolean {
  return (
    actor !== 'system' &&
    !actor.toLowerCase().startsWith('provider:') &&
    !actor.toLowerCase().startsWith('host:')
  );
}

function toAuditEvent(row: AuditRow): AuditEvent {
  const details = JSON.parse(row.details) as JsonObject;
  const team = row.team ?? details.team;
  return {
    id: `evt_${row.sequence}`,
    at: toDate(row.at).toISOString(),
    type: row.type,
    actor: row.actor,
    ...(typeof details.owner === 'string' && { owner: details.owner }),
    ...(typeof team === 'string' && { team }),
    ...(row.campaign_id && { campaignId: row.campaign_id }),
    ...(row.task_id && { taskId: row.task_id }),
    ...(row.repository && { repository: row.repository }),
    ...(row.from_state && { fromState: row.from_state }),
    ...(row.to_state && { toState: row.to_state }),
    message: row.message,
    details,
  };
}
