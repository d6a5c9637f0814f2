import {
  isSettled,
  QueueHistory,
  TaskState,
} from '@agent-tasks/plugin-agent-tasks-common';
import { Knex } from 'knex';
import { TimeValue, toDate } from '../database/rows';
import {
  QueueHistoryStore,
  QueueSample,
  TaskCounts,
  TasksSince,
} from './QueueHistoryStore';

const dayMs = 86_400_000;
const minutesKeptMs = 2 * dayMs;
const hoursKeptMs = 60 * dayMs;

/** Events that one sample looks at, at most: of more within a minute, or after a long pause, the older are left out. */
const eventsRead = 20_000;

/** Where the agent works. */
const atWork: ReadonlySet<TaskState> = new Set(['running', 'needs_input']);

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
    const newest = await this.#knex<SampleRow>('queue_samples')
      .orderBy('at', 'desc')
      .first('at');
    const before = newest && toDate(newest.at);
    await this.#knex('queue_samples')
      .insert({
        ...sample,
        hourly: !before || hourOf(before) !== hourOf(sample.at),
        teams: JSON.stringify(sample.teams),
      })
      .onConflict('at')
      .ignore();
  }

  async readSince(sequence: number | undefined): Promise<TasksSince> {
    const newest = await this.#knex('events')
      .orderBy('sequence', 'desc')
      .first('sequence');
    const last = Number(newest?.sequence ?? 0);
    const since: TasksSince = {
      sequence: last,
      started: 0,
      settled: 0,
      runs: [],
      reviews: [],
    };
    if (sequence === undefined) {
      return since;
    }
    const rows: {
      task_id: string;
      from_state: TaskState;
      to_state: TaskState;
    }[] = await this.#knex('events')
      .where('sequence', '>', Math.max(sequence, last - eventsRead))
      .where('sequence', '<=', last)
      .whereNotNull('to_state')
      .whereNotNull('from_state')
      .orderBy('sequence')
      .select('task_id', 'from_state', 'to_state');
    for (const { task_id: id, from_state: from, to_state: to } of rows) {
      if (to === 'running' && from !== 'needs_input') {
        since.started += 1;
      }
      if (isSettled(to)) {
        since.settled += 1;
      }
      if (atWork.has(from) && !atWork.has(to) && to !== 'cancelling') {
        since.runs.push(id);
      }
      if (to === 'merged' || to === 'closed') {
        since.reviews.push(id);
      }
    }
    return since;
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
