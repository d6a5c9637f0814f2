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

interface MeasuredRow {
  kind: 'run' | 'review';
  name: string;
  seconds: number;
  slot_seconds: number | null;
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

/**
 * Keeps how long the last runs and reviews took in a table of its own, so that the tables in which tasks come and go need
 * no index for it, and reads it at most once a minute.
 */
export class DatabaseMeasuredTimes implements MeasuredTimes {
  readonly #knex: Knex;
  readonly #remembered: Remembered<Measurements>;

  private constructor(options: { knex: Knex; clock: Clock }) {
    this.#knex = options.knex;
    this.#remembered = Remembered.create({
      clock: options.clock,
      seconds: freshSeconds,
      read: () => this.#collect(),
    });
  }

  static create(options: { knex: Knex; clock: Clock }): DatabaseMeasuredTimes {
    return new DatabaseMeasuredTimes(options);
  }

  async read(): Promise<Measurements> {
    return this.#remembered.get();
  }

  async measure(options: {
    runs: readonly string[];
    reviews: readonly string[];
  }): Promise<void> {
    const rows = [
      ...(await this.#measureRuns(options.runs)),
      ...(await this.#measureReviews(options.reviews)),
    ];
    if (rows.length) {
      await this.#knex.batchInsert('measured_times', rows, 100);
      await this.#forget('run');
      await this.#forget('review');
    }
  }

  async #collect(): Promise<Measurements> {
    const [runs, reviews] = await Promise.all([
      this.#last('run'),
      this.#last('review'),
    ]);
    const work = new Collected();
    const slots = new Collected();
    for (const run of runs) {
      work.add(run.name, run.seconds);
      slots.add(run.name, run.slot_seconds ?? run.seconds);
    }
    const waited = new Collected();
    for (const review of reviews) {
      waited.add(review.name, review.seconds);
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

  async #last(kind: MeasuredRow['kind']): Promise<MeasuredRow[]> {
    return this.#knex<MeasuredRow>('measured_times')
      .where({ kind })
      .orderBy('sequence', 'desc')
      .limit(lastOnes)
      .select('kind', 'name', 'seconds', 'slot_seconds');
  }

  /** Deletes those that are looked at no more. */
  async #forget(kind: MeasuredRow['kind']): Promise<void> {
    const oldest = await this.#knex('measured_times')
      .where({ kind })
      .orderBy('sequence', 'desc')
      .offset(lastOnes)
      .first('sequence');
    if (oldest) {
      await this.#knex('measured_times')
        .where({ kind })
        .where('sequence', '<=', oldest.sequence)
        .delete();
    }
  }

  async #measureRuns(taskIds: readonly string[]): Promise<MeasuredRow[]> {
    const rows: {
      template: string;
      created_at: TimeValue;
      confirmed_at: TimeValue;
      ended_at: TimeValue;
    }[] = await this.#knex('tasks')
      .join('attempts', 'attempts.task_id', 'tasks.id')
      .whereIn('tasks.id', newestOf(taskIds))
      .where('attempts.state', 'ended')
      .whereNotNull('attempts.confirmed_at')
      // How long it took somebody to cancel says nothing of the agent.
      .whereNull('tasks.cancelled_by')
      .select(
        'tasks.template',
        'attempts.created_at',
        'attempts.confirmed_at',
        'attempts.ended_at',
      );
    return rows.map(run => ({
      kind: 'run',
      name: run.template,
      seconds: secondsBetween(run.confirmed_at, run.ended_at),
      slot_seconds: secondsBetween(run.created_at, run.ended_at),
    }));
  }

  async #measureReviews(taskIds: readonly string[]): Promise<MeasuredRow[]> {
    const rows: { team: string; since: TimeValue; settled_at: TimeValue }[] =
      await this.#knex('tasks')
        .join('changes', 'changes.task_id', 'tasks.id')
        .join('attempts', on =>
          on
            .on('attempts.task_id', 'tasks.id')
            .andOn('attempts.id', 'changes.attempt_id'),
        )
        .whereIn('tasks.id', newestOf(taskIds))
        .whereNotNull('changes.settled_at')
        .select('tasks.team', 'changes.settled_at', {
          since: this.#knex.raw(
            'coalesce(attempts.ended_at, changes.opened_at, changes.created_at)',
          ),
        });
    return rows.map(review => ({
      kind: 'review',
      name: review.team,
      seconds: secondsBetween(review.since, review.settled_at),
      slot_seconds: null,
    }));
  }
}

/** A burst of more tasks than are looked at anyway is not read in full. */
function newestOf(taskIds: readonly string[]): string[] {
  return [...new Set(taskIds)].slice(-lastOnes);
}
