import { Knex } from 'knex';
import { parseLimitKey } from '../policy/slots';
import { readCounts } from './limitCounters';
import { LineGroup, QueueLineReader } from './QueueLineReader';
import { LineKey } from './queueLines';
import { SlotCounts } from './TaskStore';

/** A statement takes a limited number of parameters. */
const repositoriesAtOnce = 5_000;

export class DatabaseQueueLineReader implements QueueLineReader {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static create(options: { knex: Knex }): DatabaseQueueLineReader {
    return new DatabaseQueueLineReader(options.knex);
  }

  async summarize(): Promise<(LineGroup & { queued: number })[]> {
    const rows: (LineGroup & { queued: number | string })[] = await this.#knex(
      'queue_lines',
    )
      .whereRaw('queued > 0')
      .groupBy('team', 'provider', 'account', 'lane')
      .select('team', 'provider', 'account', 'lane')
      .sum({ queued: 'queued' });
    return rows.map(row => ({ ...row, queued: Number(row.queued) }));
  }

  async read(options: { teams: readonly string[]; at: Date }) {
    const { teams, at } = options;
    const lines: (LineKey & { queued: number })[] = await this.#knex(
      'queue_lines',
    )
      .whereIn('team', teams)
      .whereRaw('queued > 0')
      .select('team', 'repository', 'provider', 'account', 'lane', 'queued');
    const repositories = [...new Set(lines.map(line => line.repository))];
    const taken = new Map<string, number>();
    for (let from = 0; from < repositories.length; from += repositoriesAtOnce) {
      const counts = await this.readCounts({
        at,
        repositories: repositories.slice(from, from + repositoriesAtOnce),
      });
      for (const [key, used] of counts.taken) {
        if (parseLimitKey(key).scope === 'repository') {
          taken.set(key, used);
        }
      }
    }
    return { lines, taken };
  }

  async readCounts(options: {
    at: Date;
    repositories: readonly string[];
  }): Promise<SlotCounts> {
    return readCounts(this.#knex, { ...options, at: () => options.at });
  }
}
