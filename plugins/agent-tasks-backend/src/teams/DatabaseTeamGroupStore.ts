import { stringifyRepositoryRef } from '@agent-tasks/plugin-agent-tasks-node';
import { Knex } from 'knex';
import { decodeTime, encodeTime } from 'ulid';
import { Transaction } from '../database/connect';
import { TeamGroup, TeamGroupStore, TeamRepository } from './TeamGroupStore';

interface TeamGroupRow {
  ref: string;
  title: string | null;
  parents: string;
  ancestors: string;
  has_tasks: boolean | number;
  gone: boolean | number;
}

interface NewTaskRow {
  team: string;
  repository_host: string;
  repository_owner: string;
  repository_name: string;
  last: string;
}

const chunk = 500;

/**
 * Ids begin with the time at which a replica made them, and may become visible in another order: clocks differ by some
 * minutes, and transactions end when they end. So far back is looked at again.
 */
const overlapMs = 15 * 60_000;

export class DatabaseTeamGroupStore implements TeamGroupStore {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static create(options: { knex: Knex }): DatabaseTeamGroupStore {
    return new DatabaseTeamGroupStore(options.knex);
  }

  async list(tx?: Transaction): Promise<TeamGroup[]> {
    const rows = await (tx ?? this.#knex)<TeamGroupRow>('team_groups').orderBy(
      'ref',
    );
    return rows.map(row => ({
      ref: row.ref,
      ...(row.title !== null && { title: row.title }),
      parents: JSON.parse(row.parents),
      ancestors: JSON.parse(row.ancestors),
      hasTasks: Boolean(row.has_tasks),
      gone: Boolean(row.gone),
    }));
  }

  async put(tx: Transaction, groups: readonly TeamGroup[]): Promise<void> {
    for (let start = 0; start < groups.length; start += chunk) {
      await tx('team_groups')
        .insert(
          groups.slice(start, start + chunk).map(group => ({
            ref: group.ref,
            title: group.title ?? null,
            parents: JSON.stringify(group.parents),
            ancestors: JSON.stringify(group.ancestors),
            has_tasks: group.hasTasks,
            gone: group.gone,
          })),
        )
        .onConflict('ref')
        .merge({
          title: tx.raw('excluded.title'),
          parents: tx.raw('excluded.parents'),
          ancestors: tx.raw('excluded.ancestors'),
          gone: tx.raw('excluded.gone'),
          // A launch may have given it tasks since it was read.
          has_tasks: tx.raw('team_groups.has_tasks or excluded.has_tasks'),
        });
    }
  }

  async remove(tx: Transaction, refs: readonly string[]): Promise<void> {
    for (let start = 0; start < refs.length; start += chunk) {
      await tx('team_groups')
        .whereIn('ref', refs.slice(start, start + chunk))
        .where('has_tasks', false)
        .delete();
    }
  }

  async noteTasks(options: {
    after?: string;
  }): Promise<{ seen?: string; teams: string[] }> {
    const since = options.after && startOf(options.after);
    const query = this.#knex('tasks')
      .groupBy('repository_host', 'repository_owner', 'repository_name', 'team')
      .select('repository_host', 'repository_owner', 'repository_name', 'team')
      .max({ last: 'id' });
    if (since) {
      query.where('id', '>=', since);
    }
    const rows = (await query) as NewTaskRow[];
    const newest = new Map<string, NewTaskRow>();
    for (const row of rows) {
      const key = keyOf(row);
      const known = newest.get(key);
      if (!known || known.last < row.last) {
        newest.set(key, row);
      }
    }
    const found = [...newest];
    for (let start = 0; start < found.length; start += chunk) {
      await this.#knex('team_repositories')
        .insert(
          found.slice(start, start + chunk).map(([repository, row]) => ({
            repository,
            repository_host: row.repository_host,
            repository_owner: row.repository_owner,
            repository_name: row.repository_name,
            team: row.team,
            task_id: row.last,
          })),
        )
        .onConflict('repository')
        .merge()
        .whereRaw('excluded.task_id > team_repositories.task_id');
    }
    const seen = rows
      .map(row => row.last)
      .reduce<string | undefined>(
        (max, id) => (max === undefined || id > max ? id : max),
        options.after,
      );
    return {
      ...(seen !== undefined && { seen }),
      teams: [...new Set(rows.map(row => row.team))],
    };
  }

  async listRepositories(host: string): Promise<TeamRepository[]> {
    const rows = await this.#knex('team_repositories')
      .where('repository_host', host)
      .orderBy('repository');
    return rows.map(row => ({
      repository: {
        host: row.repository_host,
        owner: row.repository_owner,
        name: row.repository_name,
      },
      team: row.team,
    }));
  }
}

function keyOf(row: NewTaskRow): string {
  return stringifyRepositoryRef({
    host: row.repository_host,
    owner: row.repository_owner,
    name: row.repository_name,
  });
}

/** The first id that could have been made when a given one was, with the overlap. */
function startOf(id: string): string {
  const [prefix, ulid] = id.split('_');
  const time = Math.max(0, decodeTime(ulid) - overlapMs);
  return `${prefix}_${encodeTime(time, 10)}`;
}
