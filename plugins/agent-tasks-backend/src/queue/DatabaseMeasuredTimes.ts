import { Knex } from 'knex';
import { TimeValue, toDate } from '../database/rows';
import { Clock } from '../loops/Clock';
import { Remembered } from '../loops/Remembered';
import { MeasuredTime, measure } from '../policy/forecast';
import { MeasuredTimes, Measurements } from './MeasuredTimes';

/** How many of the last runs and of the last settled changes are looked at: the present counts, not last year. */
const lastOnes = 2_000;

/** With fewer than this a quartile says little, and those of the whole portal serve better. */
const enough = 5;

/** For how long what was read serves. */
const freshSeconds = 60;

function secondsBetween(from: TimeValue, to: TimeValue): number {
  return Math.max(0, (toDate(to).getTime() - toDate(from).getTime()) / 1000);
}

/** Lists by name, and one of all. */
class Collected {
  readonly #by = new Map<string, number[]>();
  readonly #all: number[] = [];

  add(name: string, seconds: number): void {
    const list = this.#by.get(name) ?? [];
    list.push(seconds);
    this.#by.set(name, list);
    this.#all.push(seconds);
  }

  all(): MeasuredTime | undefined {
    return measure(this.#all);
  }

  by(least = 1): Map<string, MeasuredTime> {
    return new Map(
      [...this.#by].flatMap(([name, list]) => {
        const time = list.length >= least ? measure(list) : undefined;
        return time ? [[name, time] as const] : [];
      }),
    );
  }
}

/** Measures the last runs and reviews in the database, at most once a minute. */
export class DatabaseMeasuredTimes implements MeasuredTimes {
  readonly #knex: Knex;
  readonly #remembered: Remembered<Measurements>;

  private constructor(options: { knex: Knex; clock: Clock }) {
    this.#knex = options.knex;
    this.#remembered = Remembered.create({
      clock: options.clock,
      seconds: freshSeconds,
      read: () => this.#measure(),
    });
  }

  static create(options: { knex: Knex; clock: Clock }): DatabaseMeasuredTimes {
    return new DatabaseMeasuredTimes(options);
  }

  async read(): Promise<Measurements> {
    return this.#remembered.get();
  }

  async #measure(): Promise<Measurements> {
    const [runs, reviews] = await Promise.all([
      this.#lastRuns(),
      this.#lastReviews(),
    ]);
    const work = new Collected();
    const slots = new Collected();
    for (const run of runs) {
      work.add(run.template, secondsBetween(run.confirmed_at, run.ended_at));
      slots.add(run.template, secondsBetween(run.created_at, run.ended_at));
    }
    const waited = new Collected();
    for (const review of reviews) {
      waited.add(review.team, secondsBetween(review.since, review.settled_at));
    }
    const runSlot = slots.all();
    const runSlots = slots.by(enough);
    const review = waited.all();
    const reviewsOf = waited.by(enough);
    return {
      runOfTemplate: work.by(),
      runSlot,
      runSlotOf: template => runSlots.get(template) ?? runSlot,
      reviewOf: team => reviewsOf.get(team) ?? review,
    };
  }

  async #lastRuns(): Promise<
    {
      template: string;
      created_at: TimeValue;
      confirmed_at: TimeValue;
      ended_at: TimeValue;
    }[]
  > {
    return this.#knex('attempts')
      .join('tasks', 'tasks.id', 'attempts.task_id')
      .whereNotNull('attempts.ended_at')
      .where('attempts.state', 'ended')
      .whereNotNull('attempts.confirmed_at')
      // How long it took somebody to cancel says nothing of the agent.
      .whereNull('tasks.cancelled_by')
      .orderBy('attempts.ended_at', 'desc')
      .limit(lastOnes)
      .select(
        'tasks.template',
        'attempts.created_at',
        'attempts.confirmed_at',
        'attempts.ended_at',
      );
  }

  async #lastReviews(): Promise<
    { team: string; since: TimeValue; settled_at: TimeValue }[]
  > {
    return this.#knex('changes')
      .join('tasks', 'tasks.id', 'changes.task_id')
      .join('attempts', 'attempts.id', 'changes.attempt_id')
      .whereNotNull('changes.settled_at')
      .orderBy('changes.settled_at', 'desc')
      .limit(lastOnes)
      .select('tasks.team', 'changes.settled_at', {
        since: this.#knex.raw(
          'coalesce(attempts.ended_at, changes.opened_at, changes.created_at)',
        ),
      });
  }
}
