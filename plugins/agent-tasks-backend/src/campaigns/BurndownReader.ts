import { Knex } from 'knex';
import { isPostgres } from '../database/bulk';

/** How many tasks were open and settled at a time. */
export interface BurndownPoint {
  at: Date;
  open: number;
  settled: number;
}

/** Points of a burndown; more would not be seen. */
const pointsAtMost = 100;

/** Steps shorter than these tell nothing, in milliseconds. */
const shortestStepMs = 60_000;

/**
 * Reckons how many tasks of a campaign were open when, from when they were launched and settled: the database counts them
 * by steps of time. A task that was tried again counts as open since its launch.
 */
export class BurndownReader {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static create(options: { knex: Knex }): BurndownReader {
    return new BurndownReader(options.knex);
  }

  async read(options: {
    campaignId: string;
    from: Date;
    to: Date;
  }): Promise<BurndownPoint[]> {
    const { campaignId, from, to } = options;
    const span = Math.max(1, to.getTime() - from.getTime());
    const step = Math.max(shortestStepMs, Math.ceil(span / pointsAtMost));
    const [launched, settled] = await Promise.all([
      this.#countBySteps({ campaignId, column: 'created_at', from, step }),
      this.#countBySteps({ campaignId, column: 'settled_at', from, step }),
    ]);
    const points: BurndownPoint[] = [];
    let all = launched.get(0) ?? 0;
    let done = 0;
    points.push({ at: from, open: all, settled: 0 });
    const last = Math.ceil(span / step);
    for (let index = 1; index <= last; index += 1) {
      all += index > 1 ? (launched.get(index - 1) ?? 0) : 0;
      done += settled.get(index - 1) ?? 0;
      points.push({
        at: new Date(Math.min(to.getTime(), from.getTime() + index * step)),
        open: all - done,
        settled: done,
      });
    }
    // What happened exactly at the end belongs to it.
    const end = points[points.length - 1];
    end.settled += settled.get(last) ?? 0;
    end.open = all + (launched.get(last) ?? 0) - end.settled;
    return points;
  }

  /** Tasks by the number of the step in which something happened to them. */
  async #countBySteps(options: {
    campaignId: string;
    column: 'created_at' | 'settled_at';
    from: Date;
    step: number;
  }): Promise<Map<number, number>> {
    const { campaignId, column, from, step } = options;
    const bucket = isPostgres(this.#knex)
      ? this.#knex.raw(
          `floor((extract(epoch from tasks.${column}) * 1000 - ?::double precision) / ?::double precision)::integer as bucket`,
          [from.getTime(), step],
        )
      : this.#knex.raw(`cast((tasks.${column} - ?) / ? as integer) as bucket`, [
          from.getTime(),
          step,
        ]);
    const rows: { bucket: number; tasks: number | string }[] = await this.#knex(
      'task_keys',
    )
      .join('tasks', 'tasks.id', 'task_keys.task_id')
      .where('task_keys.campaign_id', campaignId)
      .whereNotNull(`tasks.${column}`)
      .groupByRaw('1')
      .select(bucket)
      .count({ tasks: '*' });
    return new Map(
      rows.map(row => [Math.max(0, row.bucket), Number(row.tasks)]),
    );
  }
}
