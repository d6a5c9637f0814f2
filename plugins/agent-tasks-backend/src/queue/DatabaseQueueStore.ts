import { Knex } from 'knex';
import { changeRows, isPostgres } from '../database/bulk';
import { Transaction } from '../database/connect';
import { BrakeTarget } from '../policy/brakes';
import { limitKey, portalKey } from '../policy/slots';
import {
  addToCounters,
  CounterChanges,
  countSlots,
  lockCounters,
  lockCountersAndRead,
  readCounts,
  removeIdleCounters,
} from './limitCounters';
import {
  addToLines,
  findWrongLines,
  lineIdOf,
  repairLines,
} from './queueLines';
import { OpenGates, QueueStore, TeamWish } from './QueueStore';
import { recordColumns, RecordRow, toRecord } from './taskRows';
import { SlotCounts, TaskRecord } from './TaskStore';

/** Tasks whose brake changes in one transaction, so that none is long. */
const brakedAtOnce = 5_000;

/**
 * The lines of a team that are open, the one with the oldest task first, with the room that their repositories have. `w` is
 * the wish.
 */
function openLines(gates: OpenGates): { sql: string; bindings: number[] } {
  const { repository } = gates;
  const left = (kind: string) => `? - coalesce(c.${kind}, 0)`;
  return {
    sql: `
      select found.*, count(*) over () as open from (
        select lines.id, lines.repository, lines.taken_running, lines.taken_changes, lines.taken_auto,
          case when lines.running_left < lines.review_left
            then lines.running_left else lines.review_left end as room
        from (
          select l.id, l.head_rank, l.repository, coalesce(c.running, 0) as taken_running, coalesce(c.changes, 0) as taken_changes,
            coalesce(c.auto, 0) as taken_auto, ${left('running')} as running_left,
            case when l.lane = 'auto' then ${left('auto')} else ${left('changes')} end as review_left
          from queue_lines l
          left join slot_counters c on c.key = 'repository:' || l.repository
          where l.team = w.team and l.queued > 0
            and (w.lanes = 'all' or l.lane = w.lanes)
            and l.provider in (select value from open_providers)
            and l.account not in (select value from closed_accounts)
            and l.repository not in (select value from closed_repositories)
        ) as lines
        where lines.running_left > 0 and lines.review_left > 0
        order by lines.head_rank, lines.id
        limit w.wanted
      ) as found`,
    bindings: [repository.running, repository.auto, repository.changes],
  };
}

export class DatabaseQueueStore implements QueueStore {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static create(options: { knex: Knex }): DatabaseQueueStore {
    return new DatabaseQueueStore(options.knex);
  }

  async lockAndRead<T>(
    tx: Transaction,
    read: () => Promise<T>,
  ): Promise<T | undefined> {
    return lockCountersAndRead(tx, read);
  }

  async readCounts(
    tx: Transaction,
    options: { at: () => Date; repositories: readonly string[] },
  ): Promise<SlotCounts> {
    return readCounts(tx, options);
  }

  async nextOf(
    tx: Transaction,
    options: { wishes: readonly TeamWish[]; gates: OpenGates },
  ): Promise<{ tasks: TaskRecord[]; taken: ReadonlyMap<string, number> }> {
    const { gates } = options;
    const wishes = options.wishes.map(({ team, wanted, lanes }) => ({
      team,
      wanted,
      lanes: lanes.length > 1 ? 'all' : lanes[0],
    }));
    const lines = openLines(gates);
    const columns = recordColumns.map(column => `t.${column}`).join(', ');
    if (isPostgres(tx)) {
      const list = (name: string) =>
        `${name} as materialized (select value from json_array_elements_text(?::json) as value)`;
      const { rows }: { rows: (RecordRow & RepositoryCounts)[] } = await tx.raw(
        `with ${['open_providers', 'closed_accounts', 'closed_repositories']
          .map(list)
          .join(', ')}
         select ${columns}, l.repository, l.taken_running, l.taken_changes, l.taken_auto
         from json_to_recordset(?::json) as w(team text, wanted integer, lanes text)
         cross join lateral (${lines.sql}) as l
         cross join lateral (
           select * from tasks
           where line_id = l.id and state = 'queued' and not braked
           order by rank, id
           limit least(l.room, (w.wanted + l.open - 1) / l.open)
           for update skip locked
         ) as t`,
        [
          JSON.stringify(gates.providers),
          JSON.stringify(gates.closedAccounts),
          JSON.stringify(gates.closedRepositories),
          JSON.stringify(wishes),
          ...lines.bindings,
        ],
      );
      return {
        tasks: rows.map(toRecord).sort(byRank),
        taken: takenOf(rows),
      };
    }
    const tasks: TaskRecord[] = [];
    const counts: RepositoryCounts[] = [];
    for (const wish of wishes) {
      const open: OpenLine[] = await tx.raw(
        `with w(team, wanted, lanes) as (select ?, ?, ?),
         ${['open_providers', 'closed_accounts', 'closed_repositories']
           .map(name => `${name} as (select value from json_each(?))`)
           .join(', ')}
         ${lines.sql
           .replace(
             'from queue_lines l',
             'from w join queue_lines l on l.team = w.team',
           )
           .replace('where l.team = w.team and', 'where')
           .replace('limit w.wanted', 'limit ?')}`,
        [
          wish.team,
          wish.wanted,
          wish.lanes,
          JSON.stringify(gates.providers),
          JSON.stringify(gates.closedAccounts),
          JSON.stringify(gates.closedRepositories),
          ...lines.bindings,
          wish.wanted,
        ],
      );
      for (const line of open) {
        const rows: RecordRow[] = await tx('tasks')
          .where({ line_id: line.id, state: 'queued', braked: false })
          .orderBy(['rank', 'id'])
          .limit(Math.min(line.room, Math.ceil(wish.wanted / line.open)))
          .select(...recordColumns);
        tasks.push(...rows.map(toRecord));
        counts.push(line);
      }
    }
    return { tasks: tasks.sort(byRank), taken: takenOf(counts) };
  }

  async isReviewAwaited(tx: Transaction): Promise<boolean> {
    const first = await tx('tasks').whereRaw('awaits_review').first('id');
    return first !== undefined;
  }

  async awaitingReview(
    tx: Transaction,
    options: { limit: number; without: readonly string[] },
  ): Promise<TaskRecord[]> {
    // The first of each team, then the second of each: no team keeps another from being looked at.
    const places = tx('tasks')
      .whereRaw('awaits_review')
      .whereNotIn('team', [...options.without])
      .select(
        'id',
        tx.raw(
          'row_number() over (partition by team order by "rank", id) as place',
        ),
      );
    const first = tx
      .from(places.as('waiting'))
      .orderBy(['place', 'id'])
      .limit(options.limit)
      .select('id');
    const query = tx('tasks')
      .whereIn('id', first)
      .orderBy('rank')
      .select(...recordColumns);
    if (isPostgres(tx)) {
      query.forUpdate().skipLocked();
    }
    const rows: RecordRow[] = await query;
    return rows.map(toRecord);
  }

  async countDecisions(
    tx: Transaction,
    decided: { admitted: number; held: number },
  ): Promise<void> {
    await changeRows(tx, {
      table: 'admission_totals',
      key: 'id',
      columns: { id: 'text', admitted: 'integer', held: 'integer' },
      rows: [{ id: 'portal', ...decided }],
      set: {
        rounds: 't.rounds + 1',
        admitted: 't.admitted + r.admitted',
        held: 't.held + r.held',
      },
    });
  }

  async readDecisions(): Promise<{
    rounds: number;
    admitted: number;
    held: number;
  }> {
    const row = await this.#knex('admission_totals').first();
    return {
      rounds: Number(row?.rounds ?? 0),
      admitted: Number(row?.admitted ?? 0),
      held: Number(row?.held ?? 0),
    };
  }

  async applyBrakes(brakes: readonly BrakeTarget[]): Promise<void> {
    const subjectsOf = (scope: BrakeTarget['scope']) =>
      brakes.flatMap(one =>
        one.scope === scope && one.subject ? [one.subject] : [],
      );
    const templates = subjectsOf('template');
    const campaigns = subjectsOf('campaign');
    for (const braked of [true, false]) {
      let more = true;
      while (more) {
        more = await this.#knex.transaction(async tx => {
          const query = tx('tasks')
            .where({ state: 'queued', braked: !braked })
            .orderBy('id')
            .limit(brakedAtOnce)
            .select(...recordColumns, 'repository');
          if (braked) {
            query.where(on =>
              on
                .whereIn('template', templates)
                .orWhereIn('campaign_id', campaigns),
            );
          } else {
            query
              .whereNotIn('template', templates)
              .whereNotIn('campaign_id', campaigns);
          }
          if (isPostgres(tx)) {
            query.forUpdate().skipLocked();
          }
          const rows: (RecordRow & { repository: string })[] = await query;
          if (!rows.length) {
            return false;
          }
          await tx('tasks')
            .whereIn(
              'id',
              rows.map(row => row.id),
            )
            .update({ braked });
          const known = await lockCounters(tx);
          const tasks = rows.map(row => ({ ...row, rank: Number(row.rank) }));
          if (braked) {
            await repairLines(tx, [...new Set(tasks.map(lineIdOf))]);
          } else {
            await addToLines(tx, tasks);
          }
          if (known) {
            await addToCounters(tx, {
              changes: CounterChanges.of(
                tasks.map(({ team }) => [
                  limitKey({ kind: 'queued', scope: 'team', subject: team }),
                  braked ? -1 : 1,
                ]),
              ),
              at: new Date(),
            });
          }
          return rows.length === brakedAtOnce;
        });
      }
    }
  }

  async reconcile(
    tx: Transaction,
    at: Date,
  ): Promise<{ key: string; counter: number; counted: number }[]> {
    await lockCounters(tx);
    const { taken: counters } = await readCounts(tx, { at: () => at });
    const counted = await countSlots(tx, at);
    const wrong = [...new Set([...counters.keys(), ...counted.keys()])]
      .map(key => ({
        key,
        counter: counters.get(key) ?? 0,
        counted: counted.get(key) ?? 0,
      }))
      .filter(
        one =>
          one.counter !== one.counted ||
          (one.key === portalKey && !counters.has(portalKey)),
      );
    await addToCounters(tx, {
      changes: CounterChanges.of(
        wrong.map(one => [one.key, one.counted - one.counter]),
      ),
      at,
      evenZero: true,
    });
    await removeIdleCounters(tx, at);
    const lines = await findWrongLines(tx);
    await repairLines(tx, lines);
    return [
      ...wrong,
      ...lines.map(id => ({ key: `queue line ${id}`, counter: 1, counted: 0 })),
    ];
  }
}

/** Slots that are taken of a repository. */
interface RepositoryCounts {
  repository: string;
  taken_running: number;
  taken_changes: number;
  taken_auto: number;
}

/** A line with the room that its repository has, and of how many that are open to its team. */
type OpenLine = RepositoryCounts & { id: string; room: number; open: number };

/** Slots that are taken of repositories, by key of a limit. */
function takenOf(rows: readonly RepositoryCounts[]): Map<string, number> {
  const taken = new Map<string, number>();
  for (const { repository: subject, ...row } of rows) {
    const add = (kind: 'running' | 'changes' | 'auto', count: number) =>
      taken.set(limitKey({ kind, scope: 'repository', subject }), count);
    add('running', row.taken_running);
    add('changes', row.taken_changes);
    add('auto', row.taken_auto);
  }
  return taken;
}

function byRank(a: TaskRecord, b: TaskRecord): number {
  return a.rank - b.rank || (a.id < b.id ? -1 : 1);
}
