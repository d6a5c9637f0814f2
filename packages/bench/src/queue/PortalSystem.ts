import { AgentTasksClient } from '@agent-tasks/plugin-agent-tasks-common';
import { JsonObject } from '@backstage/types';
import { Client } from 'pg';
import { connect } from '../harness/connect';
import { BackendProcess } from '../harness/BackendProcess';
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
import { System } from './System';
import { untilDone } from './untilDone';

const READY_TIMEOUT_MS = 60_000;
const ROUND_TIMEOUT_MS = 120_000;

const DEPARTMENTS = 10;
const TEAMS_PER_COHORT = 10;
const COMPONENTS_PER_LAUNCH = 1_000;

/** Weights of teams, in turn. */
const WEIGHTS = [1, 2, 3, 5];

/**
 * Every limit is on. What runs at once is bound by them, since together the teams may have more than the portal; what
 * counts a day, a minute or a review has room for all rounds. Starts per minute are off: their highest value would be
 * used up within a second.
 */
const LIMITS: JsonObject = {
  running: 4_000,
  provider: { running: 4_000 },
  account: { running: 4_000, startsPerMinute: 'none' },
  repository: { running: 8, openChanges: 8, autoChanges: 8 },
  team: {
    running: 20,
    openChanges: 40,
    autoChanges: 40,
    reviewMinutes: 2_000,
    launchesPerDay: 10_000,
  },
  pendingChecks: 4_000,
};

/** This system: one backend with an agent that answers at once. */
export class PortalSystem implements System {
  readonly #options: {
    client: AgentTasksClient;
    database: Client;
    catalog: InstantCatalog;
    backend: BackendProcess;
  };
  #rounds = 0;

  private constructor(options: {
    client: AgentTasksClient;
    database: Client;
    catalog: InstantCatalog;
    backend: BackendProcess;
  }) {
    this.#options = options;
  }

  /** Resolves once it has its teams, with their weights, cohorts and limits. */
  static async start(options: {
    workspace: Workspace;
    connectionString: string;
    teams: number;
    repositories: number;
  }): Promise<PortalSystem> {
    const { workspace, connectionString, teams, repositories } = options;
    const database = { client: 'pg', connectionString } as const;
    const catalog = createInstantCatalog({
      teams,
      repositories,
      departments: DEPARTMENTS,
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
        agentTasks: {
          limits: LIMITS,
          backpressure: { contentPerMinute: 'none', contentPerHour: 'none' },
        },
      }),
    });
    backend.go();
    await backend.untilReady({ timeoutMs: READY_TIMEOUT_MS });
    const client = createClient({ url: backend.url });
    await untilTemplate(client, INSTANT_TEMPLATE);
    const direct = await connect(pluginDatabase(database));
    const portal = new PortalSystem({
      client,
      database: direct,
      catalog,
      backend,
    });
    await portal.#setLimits();
    return portal;
  }

  async round(count: number): Promise<number> {
    const { client, database } = this.#options;
    this.#rounds += 1;
    const brake = await client.pullBrake({
      scope: 'portal',
      reason: `Round ${this.#rounds} of the bench is being launched`,
    });
    await this.#launch(count);
    await database.query('vacuum analyze');
    const before = await this.#countFinished();
    const begin = performance.now();
    await client.releaseBrake(brake.id);
    const end = await untilDone({
      total: count,
      remaining: async () => {
        const { rows } = await database.query(
          `select count(*)::int as count from tasks where state in ('queued', 'starting', 'undecided', 'running')`,
        );
        return rows[0].count;
      },
      timeoutMs: ROUND_TIMEOUT_MS,
    });
    const finished = (await this.#countFinished()) - before;
    if (finished !== count) {
      throw new Error(`${finished} of ${count} tasks have finished well`);
    }
    return (count * 1000) / (end - begin);
  }

  async stop(): Promise<void> {
    await this.#options.database.end();
    await this.#options.backend.kill();
  }

  /** How many events there are of each task, on average: the audit log is on. */
  async eventsPerTask(): Promise<number> {
    const { rows } = await this.#options.database.query(
      `select count(*)::float / (select count(*) from tasks) as ratio from events where task_id is not null`,
    );
    return rows[0].ratio;
  }

  async #countFinished(): Promise<number> {
    const { rows } = await this.#options.database.query(
      `select count(*)::int as count from tasks where state = 'no_change'`,
    );
    return rows[0].count;
  }

  async #setLimits(): Promise<void> {
    const { client, catalog } = this.#options;
    for (const [index, team] of catalog.teams.entries()) {
      await client.setTeamLimits(team, {
        expectedVersion: 0,
        reason: 'Teams of a bench differ',
        weight: WEIGHTS[index % WEIGHTS.length],
        cohort: `cohort-${Math.floor(index / TEAMS_PER_COHORT) + 1}`,
        borrow: 10,
      });
    }
    for (const department of catalog.departments) {
      await client.setTeamLimits(department, {
        expectedVersion: 0,
        reason: 'The sum of its teams is limited too',
        running: 800,
        openChanges: 1_600,
      });
    }
  }

  async #launch(count: number): Promise<void> {
    const { client, catalog } = this.#options;
    const { components } = catalog;
    const most = Math.min(COMPONENTS_PER_LAUNCH, components.length);
    for (let from = 0; from < count; from += most) {
      const size = Math.min(most, count - from);
      await client.launch(
        {
          template: INSTANT_TEMPLATE,
          components: Array.from(
            { length: size },
            (_, index) => components[(from + index) % components.length],
          ),
          parameters: {},
        },
        `bench-${this.#rounds}-${from}`,
      );
    }
  }
}
