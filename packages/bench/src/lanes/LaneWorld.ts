import { setTimeout as sleep } from 'node:timers/promises';
import { GithubSimulator } from '@agent-tasks/github-simulator';
import { AgentTasksClient } from '@agent-tasks/plugin-agent-tasks-common';
import { Client } from 'pg';
import { backendConfig } from '../backend/backendConfig';
import { createBenchOrganization, TEMPLATE } from '../github/benchOrganization';
import { BackendProcess } from '../harness/BackendProcess';
import { connect } from '../harness/connect';
import { createClient } from '../harness/createClient';
import { freePort } from '../harness/scripts';
import { pluginDatabase } from '../instant/pluginDatabase';
import { RunContext } from '../runs/Run';
import { AUTO_TEMPLATE, autoTemplate } from './autoTemplate';
import { AUTO_LABEL, mergeByItself } from './mergeByItself';

/** How large a world is. */
export interface LaneWorldSize {
  teams: number;
  repositories: number;
  /** Review slots of each team. */
  openChanges: number;
  /** Tasks of the review lane, which take all review slots and wait for more; 0: all review slots are free. */
  reviews: number;
}

const READY_TIMEOUT_MS = 90_000;
const FILL_TIMEOUT_MS = 90_000;
const POLL_MS = 200;

/** Between two looks for tasks that have settled: as exact as latencies are. */
const LOOK_MS = 20;
const AGENT_SECONDS = 0.5;
const MERGE_AFTER_MS = 200;
const WIDE = 5_000;

/** A portal with GitHub and a database of its own, in which tasks of the auto lane are launched and settle. */
export class LaneWorld {
  readonly #client: AgentTasksClient;
  readonly #database: Client;
  readonly #components: string[];
  #launched = 0;

  private constructor(options: {
    client: AgentTasksClient;
    database: Client;
    components: string[];
  }) {
    this.#client = options.client;
    this.#database = options.database;
    this.#components = options.components;
  }

  /** Resolves once all review slots are taken, where they shall be. */
  static async start(options: {
    context: RunContext;
    /** Unique in the run. */
    name: string;
    /** Of a PostgreSQL server of its own. */
    connectionString: string;
    size: LaneWorldSize;
  }): Promise<LaneWorld> {
    const { context, name, connectionString, size } = options;
    const { workspace, seed } = context;
    const port = await freePort();
    const organization = createBenchOrganization({
      repositories: size.repositories,
      teams: size.teams,
      checks: false,
      // Where a review is required, no change stays in the auto lane.
      approvals: 0,
      templates: [autoTemplate()],
      webhookUrl: `http://127.0.0.1:${port}/api/events/http/github`,
    });
    const simulator = await GithubSimulator.start({
      seed: organization.seed,
      random: seed,
      limits: false,
      agent: {
        capacity: WIDE,
        queueSeconds: { min: 0, max: 0 },
        durationSeconds: { min: AGENT_SECONDS, max: AGENT_SECONDS },
        pullRequestAfterSeconds: 0.1,
        outcomes: { completed: 1 },
        realChanges: false,
      },
    });
    workspace.onClose(() => simulator.close());
    mergeByItself({ simulator, afterMs: MERGE_AFTER_MS });
    const backend = BackendProcess.prepare({
      workspace,
      name,
      port,
      setup: {
        config: backendConfig({
          port,
          database: { client: 'pg', connectionString },
          apiBaseUrl: simulator.apiUrl,
          organization,
          agentTasks: settingsOf(size),
        }),
        entities: organization.entities,
        webhooks: true,
      },
    });
    backend.go();
    await backend.untilReady({ timeoutMs: READY_TIMEOUT_MS });
    const client = createClient({ url: backend.url });
    while ((await client.listTemplates()).items.length < 2) {
      await sleep(POLL_MS);
    }
    const database = await connect(
      pluginDatabase({ client: 'pg', connectionString }),
    );
    workspace.onClose(() => {
      void database.end().catch(() => {});
    });
    const world = new LaneWorld({
      client,
      database,
      components: organization.components,
    });
    await world.#fill(size);
    return world;
  }

  /** Tasks that hold review slots, and tasks that wait for one. */
  async countReviews(): Promise<{ held: number; waiting: number }> {
    const { rows } = await this.#database.query<Record<string, string>>(
      `select count(*) filter (where review_slot) as held,
              count(*) filter (where state = 'queued') as waiting
         from tasks where template = $1`,
      [TEMPLATE],
    );
    return { held: Number(rows[0].held), waiting: Number(rows[0].waiting) };
  }

  /**
   * Launches tasks of the auto lane one after the other and waits until all have settled.
   *
   * @returns for each the milliseconds from its launch until it was seen to be merged; `timeoutMs` for one that was not
   */
  async measure(options: {
    count: number;
    everyMs: number;
    timeoutMs: number;
  }): Promise<number[]> {
    const { count, everyMs, timeoutMs } = options;
    const begun = new Map<string, number>();
    const latencies: number[] = [];
    let sent = 0;
    const launching = (async () => {
      for (let index = 0; index < count; index += 1) {
        const at = performance.now();
        this.#launched += 1;
        const component =
          this.#components[this.#launched % this.#components.length];
        const { tasks } = await this.#client.launch(
          {
            template: AUTO_TEMPLATE,
            components: [component],
            parameters: {
              dependency: 'axios',
              version: '1.12.2',
              reason: AUTO_LABEL,
            },
          },
          `lanes-auto-${this.#launched}`,
        );
        begun.set(tasks[0], at);
        sent += 1;
        await sleep(Math.max(0, at + everyMs - performance.now()));
      }
    })();
    const deadline = performance.now() + count * everyMs + timeoutMs;
    while ((sent < count || begun.size > 0) && performance.now() < deadline) {
      await sleep(LOOK_MS);
      const { rows } = await this.#database.query<{ id: string }>(
        `select id from tasks where id = any($1) and state = 'merged'`,
        [[...begun.keys()]],
      );
      for (const { id } of rows) {
        latencies.push(performance.now() - begun.get(id)!);
        begun.delete(id);
      }
    }
    await launching;
    return [...latencies, ...[...begun.values()].map(() => timeoutMs)];
  }

  async #fill(size: LaneWorldSize): Promise<void> {
    const rounds = Math.ceil(size.reviews / this.#components.length);
    for (let round = 1; round <= rounds; round += 1) {
      await this.#client.launch(
        {
          template: TEMPLATE,
          components: this.#components,
          parameters: { dependency: 'axios', version: `1.12.${round}` },
        },
        `lanes-review-${round}`,
      );
    }
    if (!rounds) {
      return;
    }
    const deadline = performance.now() + FILL_TIMEOUT_MS;
    const slots = size.teams * size.openChanges;
    for (;;) {
      const { rows } = await this.#database.query<{
        state: string;
        reason: string;
        count: number;
      }>(
        `select state, min(state_reason) as reason, count(*)::integer as count
           from tasks group by state order by state`,
      );
      const taken = rows.find(({ state }) => state === 'in_review')?.count ?? 0;
      if (taken === slots) {
        return;
      }
      if (performance.now() > deadline) {
        throw new Error(
          `Only ${taken} of ${slots} review slots are taken: ${rows
            .map(row => `${row.count} ${row.state} (${row.reason ?? '-'})`)
            .join(', ')}`,
        );
      }
      await sleep(POLL_MS);
    }
  }
}

function settingsOf(size: LaneWorldSize) {
  return {
    limits: {
      running: WIDE,
      account: { startsPerMinute: 'none' },
      repository: { running: WIDE, openChanges: WIDE, autoChanges: WIDE },
      team: {
        running: WIDE,
        openChanges: size.openChanges,
        autoChanges: WIDE,
        reviewMinutes: 'none',
        launchesPerDay: 'none',
      },
      pendingChecks: 'none',
    },
    backpressure: {
      contentPerMinute: 'none',
      contentPerHour: 'none',
      startsAtOnce: 16,
    },
    // Polls are what latencies vary by.
    watch: { tasksSeconds: 1, hintsSeconds: 1 },
  };
}
