import { ForecastScore } from '@agent-tasks/plugin-agent-tasks-common';

/** What was told of the start of a queued task. */
export interface ToldForecast {
  taskId: string;
  toldAt: Date;
  expectedAt: Date;
  earliest: Date;
  latest: Date;
}

/** Keeps what was forecast, to compare it with what happened. */
export interface ForecastStore {
  /** Writes down a forecast; of a task that has one already the first one stays. */
  tell(forecast: ToldForecast): Promise<void>;

  /** Writes to all forecasts of tasks that have been admitted since when that was. */
  complete(): Promise<void>;

  /** Compares forecasts with the starts since a time. */
  score(since: Date): Promise<Omit<ForecastScore, 'days'>>;

  /** Forgets forecasts that were told before a time. */
  forget(before: Date): Promise<void>;
}
