import { Client } from 'pg';

/**
 * Has the database write down when run slots become free, and how long the transactions take that admit tasks. What it
 * writes is written in the same transactions at their commit, so that what is measured afterwards begins with it.
 */
export class SlotObserver {
  readonly #client: Client;

  private constructor(client: Client) {
    this.#client = client;
  }

  static async install(client: Client): Promise<SlotObserver> {
    await client.query(`
      create unlogged table if not exists bench_freed (at_ms double precision not null);
      create unlogged table if not exists bench_admitted (at_ms double precision not null, transaction_ms double precision not null);
      create or replace function bench_observe() returns trigger language plpgsql as $$
      declare
        at_ms constant double precision := extract(epoch from clock_timestamp()) * 1000;
      begin
        if old.run_slot then
          insert into bench_freed values (at_ms);
        else
          insert into bench_admitted values (at_ms, at_ms - extract(epoch from transaction_timestamp()) * 1000);
        end if;
        return null;
      end $$;
      drop trigger if exists bench_observe on tasks;
      create constraint trigger bench_observe after update on tasks deferrable initially deferred
        for each row when (old.run_slot <> new.run_slot) execute function bench_observe();
    `);
    return new SlotObserver(client);
  }

  /** Slots that became free from a time on, the first one first. */
  async freedSince(sinceMs: number): Promise<number[]> {
    const { rows } = await this.#client.query(
      'select at_ms from bench_freed where at_ms >= $1 order by at_ms',
      [sinceMs],
    );
    return rows.map(row => row.at_ms);
  }

  /** How long the transactions took that admitted tasks, in milliseconds. */
  async transactionsSince(sinceMs: number): Promise<number[]> {
    const { rows } = await this.#client.query(
      'select transaction_ms from bench_admitted where at_ms >= $1 order by at_ms',
      [sinceMs],
    );
    return rows.map(row => row.transaction_ms);
  }

  /** The time of the database, in milliseconds since 1970. */
  async now(): Promise<number> {
    const { rows } = await this.#client.query(
      'select extract(epoch from clock_timestamp())::double precision * 1000 as now',
    );
    return rows[0].now;
  }

  /** How many tasks hold a run slot. */
  async running(): Promise<number> {
    const { rows } = await this.#client.query(
      'select count(*)::int as count from tasks where run_slot',
    );
    return rows[0].count;
  }
}
