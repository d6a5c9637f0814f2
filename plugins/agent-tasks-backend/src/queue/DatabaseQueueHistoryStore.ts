import { QueueHistory } from '@agent-tasks/plugin-agent-tasks-common';
import { Knex } from 'knex';
import { TimeValue, toDate } from '../database/rows';
import {
  QueueHistoryStore,
  QueueSample,
  TaskCounts,
} from './QueueHistoryStore';

const dayMs = 86_400_000;
const minutesKeptMs = 2 * dayMs;
const hoursKeptMs = 60 * dayMs;

interface SampleRow {
  at: TimeValue;
  hourly: boolean | number;
  queued: number;
  running: number;
  started: number;
  settled: number;
  teams: string;
}

function hourOf(at: Date): number {
  return Math.floor(at.getTime() / 3_600_000);
}

export class DatabaseQueueHistoryStore implements QueueHistoryStore {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static create(options: { knex: Knex }): DatabaseQueueHistoryStore {
    return new DatabaseQueueHistoryStore(options.knex);
  }

  async insert(sample: QueueSample): Promise<void> {
    const before = await this.newestAt();
    await this.#knex('queue_samples')
      .insert({
        ...sample,
        hourly: !before || hourOf(before) !== hourOf(sample.at),
        teams: JSON.stringify(sample.teams),
      })
      .onConflict('at')
      .ignore();
  }

  async newestAt(): Promise<Date | undefined> {
    const newest = await this.#knex<SampleRow>('queue_samples')
      .orderBy('at', 'desc')
      .first('at');
    return newest && toDate(newest.at);
  }

  async countTasks(options: { after: Date; until: Date }): Promise<TaskCounts> {
    const between = (column: string) => (query: Knex.QueryBuilder) =>
      query
        .where(column, '>', options.after)
        .where(column, '<=', options.until);
    const count = async (query: Knex.QueryBuilder) => {
      const [row] = await query.count({ count: '*' });
      return Number(row.count);
    };
    const [atWork, ended, settled] = await Promise.all([
      count(
        this.#knex('attempts')
          // Written out: only so SQLite sees that the index on attempts at work serves.
          .whereRaw("state = 'confirmed'")
          .where(between('confirmed_at')),
      ),
      // What has started since has ended since, or is at work: an index on the end of attempts is enough.
      count(
        this.#knex('attempts')
          .where('ended_at', '>', options.after)
          .where(between('confirmed_at')),
      ),
      count(this.#knex('tasks').where(between('settled_at'))),
    ]);
    return { started: atWork + ended, settled };
  }

  async sum(since: Date): Promise<TaskCounts> {
    const [row] = await this.#knex('queue_samples')
      .where('at', '>', since)
      .sum({ started: 'started', settled: 'settled' });
    return { started: Number(row.started), settled: Number(row.settled) };
  }

  async read(options: {
    since: Date;
    until: Date;
    samples: number;
    teams: number;
  }): Promise<QueueHistory> {
    const { since, until } = options;
    const times: Pick<SampleRow, 'at'>[] = await this.#knex<SampleRow>(
      'queue_samples',
    )
      .where('at', '>', since)
      .where('at', '<=', until)
      .orderBy('at')
      .select('at');
    // Of each part of the time the last sample: a chart has no more points than it can show.
    const partMs = (until.getTime() - since.getTime()) / options.samples;
    const lastOf = new Map(
      times.map(({ at }) => {
        const age = until.getTime() - toDate(at).getTime();
        return [Math.floor(age / partMs), at];
      }),
    );
    const rows = await this.#knex<SampleRow>('queue_samples')
      .whereIn('at', [...lastOf.values()])
      .orderBy('at');
    const samples = rows.map(row => ({
      at: toDate(row.at),
      queued: row.queued,
      running: row.running,
      teams: new Map<string, number>(JSON.parse(row.teams)),
    }));

    const depths = new Map<string, number>();
    for (const { teams } of samples) {
      for (const [team, queued] of teams) {
        depths.set(team, (depths.get(team) ?? 0) + queued);
      }
    }
    const teams = [...depths]
      .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
      .slice(0, options.teams)
      .map(([team]) => team);
    return {
      teams,
      samples: samples.map(sample => {
        const byTeam = teams.map(team => sample.teams.get(team) ?? 0);
        const named = byTeam.reduce((sum, queued) => sum + queued, 0);
        return {
          at: sample.at.toISOString(),
          queued: sample.queued,
          running: sample.running,
          byTeam,
          other: Math.max(0, sample.queued - named),
        };
      }),
    };
  }

  async thin(now: Date): Promise<void> {
    const before = (ms: number) => new Date(now.getTime() - ms);
    await this.#knex('queue_samples')
      .where(old =>
        old
          .where('at', '<', before(hoursKeptMs))
          .orWhere(minute =>
            minute
              .where('at', '<', before(minutesKeptMs))
              .where('hourly', false),
          ),
      )
      .delete();
  }
}
