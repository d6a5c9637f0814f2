import { Client } from 'pg';

interface Sample {
  rounds: number;
  admitted: number;
  queued: number;
}

/**
 * Counts the decisions of admission. Each round decides on every queued task: it is admitted, or it stays, with others of
 * its line or by itself. So a round counts as many decisions as tasks are left, and one for each that it admits; between
 * two samples the smaller queue is taken.
 */
export class DecisionCount {
  #last: Sample | undefined;
  #left = 0;
  #admitted = 0;
  #rounds = 0;
  #lookedAt = 0;

  private constructor() {}

  static create(): DecisionCount {
    return new DecisionCount();
  }

  /** Decisions so far. */
  get decided(): number {
    return this.#left + this.#admitted;
  }

  get rounds(): number {
    return this.#rounds;
  }

  /** Decisions for which a task was read by itself. */
  get lookedAt(): number {
    return this.#lookedAt;
  }

  /** To be called every second or so. */
  async read(client: Client): Promise<void> {
    const { rows } = await client.query<Record<string, string>>(
      `select rounds, admitted, held, (select count(*) from tasks where state = 'queued') as queued
         from admission_totals`,
    );
    if (rows[0]) {
      this.add({
        rounds: Number(rows[0].rounds),
        admitted: Number(rows[0].admitted),
        queued: Number(rows[0].queued),
      });
      this.#lookedAt = Number(rows[0].admitted) + Number(rows[0].held);
    }
  }

  add(sample: Sample): void {
    const last = this.#last ?? { rounds: 0, admitted: 0, queued: 0 };
    this.#left +=
      (sample.rounds - last.rounds) * Math.min(sample.queued, last.queued);
    this.#admitted = sample.admitted;
    this.#rounds = sample.rounds;
    this.#last = sample;
  }
}
