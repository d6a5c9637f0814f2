import { Client } from 'pg';

/**
 * What each team has open, by the slots that its tasks hold and by their states: a task that was admitted and has not
 * settled has or will have a change.
 */
const OPEN = `
  select max(count)::integer as most from (
    select count(*) from tasks where review_slot group by team
    union all
    select count(*) from tasks where settled_at is null and state <> 'queued' group by team
  ) as of_teams`;

/** Looks at the review budgets in the database, on a connection of its own. */
export class BudgetWatch {
  looks = 0;
  /** Looks at which a team had more open than its budget. */
  exceeded = 0;
  /** The most that any team had open. */
  most = 0;
  readonly #client: Client;
  readonly #budget: number;

  private constructor(options: { client: Client; budget: number }) {
    this.#client = options.client;
    this.#budget = options.budget;
  }

  static create(options: { client: Client; budget: number }): BudgetWatch {
    return new BudgetWatch(options);
  }

  async look(): Promise<void> {
    const { rows } = await this.#client.query<{ most: number | null }>(OPEN);
    const most = rows[0].most ?? 0;
    this.looks += 1;
    this.most = Math.max(this.most, most);
    this.exceeded += most > this.#budget ? 1 : 0;
  }
}
