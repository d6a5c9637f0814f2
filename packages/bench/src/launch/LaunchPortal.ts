import { AgentTasksClient } from '@agent-tasks/plugin-agent-tasks-common';
import { Client } from 'pg';
import { BackendProcess } from '../harness/BackendProcess';
import { connect } from '../harness/connect';
import { createClient } from '../harness/createClient';
import { freePort } from '../harness/scripts';
import { Workspace } from '../harness/Workspace';
import {
  createInstantCatalog,
  InstantCatalog,
  INSTANT_TEMPLATE,
} from '../instant/instantCatalog';
import { instantBackend } from '../instant/instantBackend';
import { pluginDatabase } from '../instant/pluginDatabase';
import { untilTemplate } from '../instant/untilTemplate';
import { TransactionWatch } from './TransactionWatch';

const READY_TIMEOUT_MS = 60_000;

/** How long a launch took. */
export interface LaunchTimes {
  /** From the begin of the transaction that stores it until its commit, as the database tells. */
  seconds: number;
  /** From request to answer, with the plan. */
  requestSeconds: number;
}

/** This system, in which nothing starts: a launch is stored, and that is all. */
export class LaunchPortal {
  readonly #client: AgentTasksClient;
  readonly #database: Client;
  readonly #catalog: InstantCatalog;
  readonly #backend: BackendProcess;
  readonly #watch: TransactionWatch;
  #launches = 0;

  private constructor(options: {
    client: AgentTasksClient;
    database: Client;
    catalog: InstantCatalog;
    backend: BackendProcess;
    watch: TransactionWatch;
  }) {
    this.#client = options.client;
    this.#database = options.database;
    this.#catalog = options.catalog;
    this.#backend = options.backend;
    this.#watch = options.watch;
  }

  static async start(options: {
    workspace: Workspace;
    connectionString: string;
    teams: number;
    repositories: number;
  }): Promise<LaunchPortal> {
    const { workspace, connectionString, teams, repositories } = options;
    const database = { client: 'pg', connectionString } as const;
    const catalog = createInstantCatalog({
      teams,
      repositories,
      departments: 10,
    });
    const port = await freePort();
    const backend = BackendProcess.prepare({
      workspace,
      name: 'portal',
      port,
      setup: instantBackend({
        port,
        database,
        entities: catalog.entities,
        instant: {},
        agentTasks: {},
      }),
    });
    backend.go();
    await backend.untilReady({ timeoutMs: READY_TIMEOUT_MS });
    const client = createClient({ url: backend.url });
    await untilTemplate(client, INSTANT_TEMPLATE);
    await client.pullBrake({
      scope: 'portal',
      reason: 'The bench measures launches alone',
    });
    const plugin = pluginDatabase(database);
    return new LaunchPortal({
      client,
      catalog,
      backend,
      database: await connect(plugin),
      watch: await TransactionWatch.start(plugin),
    });
  }

  /** Launches once on every repository. */
  async launch(): Promise<LaunchTimes> {
    const { components } = this.#catalog;
    this.#launches += 1;
    this.#watch.reset();
    const begin = performance.now();
    const campaign = await this.#client.launch(
      { template: INSTANT_TEMPLATE, components, parameters: {} },
      `bench-launch-${this.#launches}`,
    );
    const requestSeconds = (performance.now() - begin) / 1000;
    if (campaign.taskCount !== components.length) {
      throw new Error(
        `${campaign.taskCount} tasks instead of ${components.length}`,
      );
    }
    await this.#requireStored(campaign.id, components.length);
    return { seconds: await this.#watch.longest(), requestSeconds };
  }

  /** Lets the database tidy up, as it does by itself between launches. */
  async settle(): Promise<void> {
    await this.#database.query('vacuum analyze');
  }

  async stop(): Promise<void> {
    await this.#watch.stop();
    await this.#database.end();
    await this.#backend.kill();
  }

  /** Each task stands in the queue, with its event. */
  async #requireStored(id: string, count: number): Promise<void> {
    const { rows } = await this.#database.query(
      `select
         (select count(*)::int from tasks where campaign_id = $1 and state = 'queued') as tasks,
         (select count(*)::int from events where campaign_id = $1 and type = 'task.launched') as events,
         (select sum(queued)::int from queue_lines) as lines`,
      [id],
    );
    const [stored] = rows;
    if (
      stored.tasks !== count ||
      stored.events !== count ||
      stored.lines !== count * this.#launches
    ) {
      throw new Error(
        `Not all is stored of ${count}: ${JSON.stringify(stored)}`,
      );
    }
  }
}
