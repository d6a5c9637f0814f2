import { Logger, makeWorkerUtils, WorkerUtils } from 'graphile-worker';
import { Client, Pool } from 'pg';
import { connect } from '../harness/connect';

const silent = new Logger(() => () => {});

/** The queue of graphile-worker, to which nobody listens. */
export class GraphileWorkerJobs {
  readonly #utils: WorkerUtils;
  readonly #pool: Pool;
  readonly #client: Client;

  private constructor(options: {
    utils: WorkerUtils;
    pool: Pool;
    client: Client;
  }) {
    this.#utils = options.utils;
    this.#pool = options.pool;
    this.#client = options.client;
  }

  /** `connectionString` is an empty database. */
  static async start(connectionString: string): Promise<GraphileWorkerJobs> {
    const pool = new Pool({ connectionString });
    pool.on('error', () => {});
    pool.on('connect', client => client.on('error', () => {}));
    const utils = await makeWorkerUtils({ pgPool: pool, logger: silent });
    await utils.migrate();
    return new GraphileWorkerJobs({
      utils,
      pool,
      client: await connect(connectionString),
    });
  }

  /** Adds jobs that say what the tasks of a launch say: repository, team, component and prompt. In seconds. */
  async add(count: number): Promise<number> {
    const jobs = Array.from({ length: count }, (_, index) => ({
      identifier: 'task',
      payload: {
        repository: `github.com/acme/repo-${index}`,
        team: `group:default/team-${index % 100}`,
        components: [`component:default/repo-${index}`],
        prompt: 'Do nothing at all, as fast as possible.',
      },
    }));
    const begin = performance.now();
    await this.#utils.addJobs(jobs);
    const seconds = (performance.now() - begin) / 1000;
    const { rows } = await this.#client.query(
      'select count(*)::int as count from graphile_worker._private_jobs',
    );
    if (rows[0].count !== count) {
      throw new Error(`${rows[0].count} jobs instead of ${count}`);
    }
    await this.#client.query('delete from graphile_worker._private_jobs');
    await this.#client.query('vacuum analyze graphile_worker._private_jobs');
    return seconds;
  }

  async stop(): Promise<void> {
    await this.#client.end();
    await this.#utils.release();
    await this.#pool.end();
  }
}
