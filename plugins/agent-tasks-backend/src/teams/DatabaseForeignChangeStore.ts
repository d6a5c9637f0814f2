import { Knex } from 'knex';
import { Transaction } from '../database/connect';
import { TimeValue, toDate } from '../database/rows';
import {
  ExpectedChange,
  ForeignChange,
  ForeignChangeStore,
} from './ForeignChangeStore';

interface ForeignChangeRow {
  code_host: string;
  global_id: string;
  repository: string;
  team: string;
  author: string;
  title: string;
  url: string;
  minutes: number;
  opened_at: TimeValue;
}

const chunk = 300;

/** A task of ours may become known as the author of a change after the change was seen. */
const notOurs = `not exists (select 1 from changes where changes.code_host = foreign_changes.code_host
  and changes.global_id = foreign_changes.global_id)`;

export class DatabaseForeignChangeStore implements ForeignChangeStore {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static create(options: { knex: Knex }): DatabaseForeignChangeStore {
    return new DatabaseForeignChangeStore(options.knex);
  }

  async listOpen(options: {
    teams?: readonly string[];
    codeHost?: string;
    limit?: number;
    tx?: Transaction;
  }): Promise<ForeignChange[]> {
    const { teams, codeHost, limit, tx } = options;
    const query = (tx ?? this.#knex)<ForeignChangeRow>('foreign_changes')
      .whereNull('closed_at')
      .whereRaw(notOurs)
      .orderBy(['opened_at', 'global_id']);
    if (teams) {
      query.whereIn('team', [...teams]);
    }
    if (codeHost !== undefined) {
      query.where('code_host', codeHost);
    }
    if (limit !== undefined) {
      query.limit(limit);
    }
    const rows = await query;
    return rows.map(row => ({
      codeHost: row.code_host,
      globalId: row.global_id,
      repository: row.repository,
      team: row.team,
      author: row.author,
      title: row.title,
      url: row.url,
      minutes: row.minutes,
      openedAt: toDate(row.opened_at),
    }));
  }

  async count(tx?: Transaction): Promise<Map<string, number>> {
    const rows: {
      team: string;
      repository: string;
      changes: number | string;
      minutes: number | string;
    }[] = await (tx ?? this.#knex)('foreign_changes')
      .whereNull('closed_at')
      .whereRaw(notOurs)
      .groupBy('team', 'repository')
      .select('team', 'repository')
      .count({ changes: '*' })
      .sum({ minutes: 'minutes' });
    const counts = new Map<string, number>();
    const add = (key: string, by: number) =>
      counts.set(key, (counts.get(key) ?? 0) + by);
    for (const row of rows) {
      add(`changes team ${row.team}`, Number(row.changes));
      add(`changes repository ${row.repository}`, Number(row.changes));
      add(`minutes team ${row.team}`, Number(row.minutes));
    }
    return counts;
  }

  async put(
    tx: Transaction,
    changes: readonly ForeignChange[],
    at: Date,
  ): Promise<void> {
    for (let start = 0; start < changes.length; start += chunk) {
      await tx('foreign_changes')
        .insert(
          changes.slice(start, start + chunk).map(change => ({
            code_host: change.codeHost,
            global_id: change.globalId,
            repository: change.repository,
            team: change.team,
            author: change.author,
            title: change.title,
            url: change.url,
            minutes: change.minutes,
            opened_at: change.openedAt,
            seen_at: at,
            closed_at: null,
          })),
        )
        .onConflict(['code_host', 'global_id'])
        .merge([
          'repository',
          'team',
          'author',
          'title',
          'url',
          'minutes',
          'closed_at',
        ]);
    }
  }

  async close(
    tx: Transaction,
    changes: readonly Pick<ForeignChange, 'codeHost' | 'globalId'>[],
    at: Date,
  ): Promise<void> {
    for (const { codeHost, globalId } of changes) {
      await tx('foreign_changes')
        .where({ code_host: codeHost, global_id: globalId })
        .update({ closed_at: at });
    }
  }

  async removeClosed(tx: Transaction, before: Date): Promise<void> {
    await tx('foreign_changes').where('closed_at', '<', before).delete();
  }

  async findOwn(options: {
    codeHost: string;
    globalIds: readonly string[];
  }): Promise<Set<string>> {
    const { codeHost, globalIds } = options;
    const own = new Set<string>();
    for (let start = 0; start < globalIds.length; start += chunk) {
      const rows: { global_id: string }[] = await this.#knex('changes')
        .where('code_host', codeHost)
        .whereIn('global_id', globalIds.slice(start, start + chunk))
        .select('global_id');
      rows.forEach(row => own.add(row.global_id));
    }
    return own;
  }

  async listExpected(): Promise<ExpectedChange[]> {
    const rows: {
      repository: string;
      branch: string | null;
      since: TimeValue | null;
      created: TimeValue;
    }[] = await this.#knex('tasks')
      .join('attempts', 'attempts.task_id', 'tasks.id')
      .where('tasks.run_slot', true)
      .whereNotExists(known =>
        known
          .select(this.#knex.raw('1'))
          .from('changes')
          .whereRaw('changes.attempt_id = attempts.id'),
      )
      .select({
        repository: 'tasks.repository',
        branch: 'attempts.branch',
        since: 'attempts.first_requested_at',
        created: 'attempts.created_at',
      });
    return rows.map(row => ({
      repository: row.repository,
      ...(row.branch !== null && { branch: row.branch }),
      since: toDate(row.since ?? row.created),
    }));
  }
}
