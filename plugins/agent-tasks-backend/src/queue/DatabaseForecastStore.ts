import { ForecastScore } from '@agent-tasks/plugin-agent-tasks-common';
import { Knex } from 'knex';
import { TimeValue, toDate } from '../database/rows';
import { measure } from '../policy/forecast';
import { ForecastStore, ToldForecast } from './ForecastStore';

/** How many starts a score looks at, the newest; more would not change it. */
const scored = 5_000;

export class DatabaseForecastStore implements ForecastStore {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static create(options: { knex: Knex }): DatabaseForecastStore {
    return new DatabaseForecastStore(options.knex);
  }

  async tell(forecast: ToldForecast): Promise<void> {
    // Read first: a task is looked at many times, and told once.
    const told = await this.#knex('forecasts')
      .where({ task_id: forecast.taskId })
      .first('task_id');
    if (!told) {
      await this.#knex('forecasts')
        .insert({
          task_id: forecast.taskId,
          told_at: forecast.toldAt,
          expected_at: forecast.expectedAt,
          earliest: forecast.earliest,
          latest: forecast.latest,
        })
        .onConflict('task_id')
        .ignore();
    }
  }

  async complete(): Promise<void> {
    // The first attempt is written when the task is admitted. Later ones are retries, of which nothing was told.
    const admission = this.#knex('attempts')
      .whereRaw('attempts.task_id = forecasts.task_id')
      .where('attempts.number', 1);
    await this.#knex('forecasts')
      .whereNull('started_at')
      .whereExists(admission.clone().select(this.#knex.raw('1')))
      .update({ started_at: admission.clone().select('created_at') });
  }

  async score(since: Date): Promise<Omit<ForecastScore, 'days'>> {
    const rows: Record<
      'expected_at' | 'earliest' | 'latest' | 'started_at',
      TimeValue
    >[] = await this.#knex('forecasts')
      .where('started_at', '>=', since)
      .orderBy('started_at', 'desc')
      .limit(scored)
      .select('expected_at', 'earliest', 'latest', 'started_at');
    const time = (value: TimeValue) => toDate(value).getTime();
    const within = rows.filter(
      row =>
        time(row.earliest) <= time(row.started_at) &&
        time(row.started_at) <= time(row.latest),
    );
    const errors = measure(
      rows.map(
        row => Math.abs(time(row.started_at) - time(row.expected_at)) / 1000,
      ),
    );
    return {
      starts: rows.length,
      ...(errors && {
        withinInterval: within.length / rows.length,
        medianErrorSeconds: errors.median,
      }),
    };
  }

  async forget(before: Date): Promise<void> {
    await this.#knex('forecasts').where('told_at', '<', before).delete();
  }
}
