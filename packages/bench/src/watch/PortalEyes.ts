import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { Sighting } from './judgeFreshness';

const PLUGIN = 'agent-tasks.sqlite';

/** What the portal knows of tasks and pull requests, by their ids at GitHub. */
const KNOWN = `
  select a.provider_task_id as id, t.state as value
    from attempts a join tasks t on t.id = a.task_id
   where a.provider_task_id is not null and t.updated_at >= ?
  union all
  select c.global_id, c.head_commit from changes c where c.head_commit is not null and c.seen_at >= ?`;

/** The state of a task at GitHub after which the portal has it in a state. */
const ENDS: Record<string, string> = {
  in_review: 'completed',
  no_change: 'completed',
  merged: 'completed',
  closed: 'completed',
  failed: 'failed',
  needs_input: 'waiting_for_user',
};

/** How far rows are looked at again, in milliseconds: their time is written before they can be seen. */
const OVERLAP_MS = 60_000;

/** Looks into the database of a portal, as another process, for what it knows when. */
export class PortalEyes {
  readonly sightings: Sighting[] = [];
  readonly #database: DatabaseSync;
  readonly #now: () => number;
  readonly #everyMs: number;
  readonly #seen = new Map<string, string>();
  #stopped = false;
  #running?: Promise<void>;

  private constructor(options: {
    database: DatabaseSync;
    now: () => number;
    everyMs: number;
  }) {
    this.#database = options.database;
    this.#now = options.now;
    this.#everyMs = options.everyMs;
  }

  static open(options: {
    /** Of the portal's databases. */
    directory: string;
    /** The portal's time. */
    now: () => number;
    /** Between two looks, in real milliseconds. */
    everyMs: number;
  }): PortalEyes {
    const { directory, now, everyMs } = options;
    const file = join(directory, PLUGIN);
    if (!existsSync(file)) {
      throw new Error(
        `There is no ${PLUGIN} in ${readdirSync(directory).join(', ')}`,
      );
    }
    const database = new DatabaseSync(file, { readOnly: true });
    database.exec('pragma busy_timeout = 5000');
    const eyes = new PortalEyes({ database, now, everyMs });
    eyes.#running = eyes.#run();
    return eyes;
  }

  /** Tasks whose agent works. */
  countRunning(): number {
    const row = this.#database
      .prepare(
        `select count(*) as count from tasks where state in ('running', 'needs_input')`,
      )
      .get();
    return Number(row?.count);
  }

  /** Changes that the portal has marked ready for review. */
  countOffered(): number {
    const row = this.#database
      .prepare(
        'select count(*) as count from changes where offered_at is not null',
      )
      .get();
    return Number(row?.count);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
    this.#database.close();
  }

  async #run(): Promise<void> {
    const known = this.#database.prepare(KNOWN);
    let since = 0;
    while (!this.#stopped) {
      const at = this.#now();
      const rows = known.all(since, since);
      for (const { id, value } of rows) {
        const told = ENDS[String(value)] ?? String(value);
        if (this.#seen.get(String(id)) !== told) {
          this.#seen.set(String(id), told);
          // When the answer was there: it was known by then.
          this.sightings.push({ id: String(id), value: told, at: this.#now() });
        }
      }
      since = at - OVERLAP_MS;
      await sleep(this.#everyMs);
    }
  }
}
