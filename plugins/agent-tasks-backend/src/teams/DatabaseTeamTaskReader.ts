import { TaskState, TeamSlot } from '@agent-tasks/plugin-agent-tasks-common';
import { Knex } from 'knex';
import { TimeValue, toDate } from '../database/rows';
import { TaskFilter } from '../queue/TaskFilter';
import { whereMatches } from '../queue/whereMatches';
import { TeamTaskReader, WaitingChange } from './TeamTaskReader';

interface SlotRow {
  id: string;
  team: string;
  template: string;
  state: TaskState;
  state_since: TimeValue;
  repository: string;
  run_slot: boolean | number;
  review_slot: boolean | number;
  auto_slot: boolean | number;
  review_minutes: number;
}

interface OpenChangeRow {
  task_id: string;
  url: string | null;
  number: number | null;
  title: string | null;
}

export class DatabaseTeamTaskReader implements TeamTaskReader {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static create(options: { knex: Knex }): DatabaseTeamTaskReader {
    return new DatabaseTeamTaskReader(options.knex);
  }

  async listSlots(options: {
    teams: readonly string[];
    visible: TaskFilter | undefined;
    limit: number;
  }): Promise<TeamSlot[]> {
    const { teams, visible, limit } = options;
    const query = this.#holders(teams)
      // What was admitted before times of admission were kept comes first, in the order of its launch.
      .orderByRaw('admitted_at is not null, admitted_at, tasks.id')
      .limit(limit)
      .select('tasks.*');
    if (visible) {
      query.where(inner => whereMatches(inner, visible));
    }
    const rows: SlotRow[] = await query;
    const changes: OpenChangeRow[] = await this.#knex('changes')
      .whereIn(
        'task_id',
        rows.map(row => row.id),
      )
      .whereIn('state', ['found', 'open'])
      .select('task_id', 'url', 'number', 'title');
    const changeOf = new Map(changes.map(change => [change.task_id, change]));
    return rows.map(row => {
      const change = changeOf.get(row.id);
      return {
        task: row.id,
        team: row.team,
        template: row.template,
        state: row.state,
        since: toDate(row.state_since).toISOString(),
        repository: row.repository,
        holds: [
          ...(row.run_slot ? (['running'] as const) : []),
          ...(row.review_slot ? (['changes'] as const) : []),
          ...(row.auto_slot ? (['auto'] as const) : []),
        ],
        ...(row.review_slot && { minutes: row.review_minutes }),
        ...(change?.url && {
          change: {
            url: change.url,
            ...(change.number !== null && { number: change.number }),
            ...(change.title !== null && { title: change.title }),
          },
        }),
      };
    });
  }

  async countSlots(teams: readonly string[]): Promise<number> {
    const [{ count }] = await this.#holders(teams).count({ count: '*' });
    return Number(count);
  }

  async findOldestWaiting(options: {
    teams: readonly string[];
    visible: TaskFilter | undefined;
  }): Promise<WaitingChange | undefined> {
    const { teams, visible } = options;
    const query = this.#knex('tasks')
      .join('changes', 'changes.task_id', 'tasks.id')
      .whereIn('tasks.team', [...teams])
      .where('tasks.review_slot', true)
      .where('changes.state', 'open')
      .where('changes.draft', false)
      .whereNotNull('changes.offered_at')
      .orderBy('changes.offered_at')
      .first(
        'tasks.id',
        'tasks.repository',
        'changes.offered_at',
        'changes.url',
        'changes.title',
      );
    if (visible) {
      query.where(inner => whereMatches(inner, visible));
    }
    const row:
      | {
          id: string;
          repository: string;
          offered_at: TimeValue;
          url: string | null;
          title: string | null;
        }
      | undefined = await query;
    return (
      row && {
        task: row.id,
        since: toDate(row.offered_at),
        repository: row.repository,
        ...(row.url !== null && { url: row.url }),
        ...(row.title !== null && { title: row.title }),
      }
    );
  }

  #holders(teams: readonly string[]): Knex.QueryBuilder {
    return this.#knex('tasks')
      .whereIn('tasks.team', [...teams])
      .where(holds =>
        holds
          .where('tasks.run_slot', true)
          .orWhere('tasks.review_slot', true)
          .orWhere('tasks.auto_slot', true),
      );
  }
}
