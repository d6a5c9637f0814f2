import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AgentTasksClient } from '@agent-tasks/plugin-agent-tasks-common';
import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import { BackendDatabase } from '../backend/backendConfig';
import { BackendProcess } from '../harness/BackendProcess';
import { connect } from '../harness/connect';
import { createClient } from '../harness/createClient';
import { freePort } from '../harness/scripts';
import { Workspace } from '../harness/Workspace';
import { instantBackend } from '../instant/instantBackend';
import { pluginDatabase } from '../instant/pluginDatabase';
import { pairWakeups } from './pairWakeups';
import { SlotObserver } from './SlotObserver';

const READY_TIMEOUT_MS = 60_000;
const POLL_MS = 20;
const PASS_TIMEOUT_MS = 60_000;

/** A start takes so long to be answered, and has then finished: so often a slot becomes free. */
const ANSWER_MS = { min: 40, max: 120 };

/** Nothing but the run slots of the portal holds a task. */
export function wakeupLimits(slots: number): JsonObject {
  return {
    limits: {
      running: slots,
      account: { startsPerMinute: 'none' },
      repository: { running: 1_000, openChanges: 1_000, autoChanges: 1_000 },
      team: {
        running: 1_000,
        openChanges: 1_000,
        autoChanges: 1_000,
        reviewMinutes: 'none',
        launchesPerDay: 'none',
      },
      pendingChecks: 'none',
    },
    backpressure: { contentPerMinute: 'none', contentPerHour: 'none' },
  };
}

/** What a pass showed. */
export interface Wakeups {
  /** From a slot that became free to the next start at the agent, in milliseconds. */
  waitsMs: number[];
  /** How long the transactions took that admitted tasks, in milliseconds. */
  transactionsMs: number[];
}

/** A portal of some replicas with a queue, whose run slots are all taken. */
export class WakeupPortal {
  readonly client: AgentTasksClient;
  readonly #observer: SlotObserver;
  readonly #startsFiles: string[];
  readonly #slots: number;

  private constructor(options: {
    client: AgentTasksClient;
    observer: SlotObserver;
    startsFiles: string[];
    slots: number;
  }) {
    this.client = options.client;
    this.#observer = options.observer;
    this.#startsFiles = options.startsFiles;
    this.#slots = options.slots;
  }

  /** Resolves once all replicas serve requests. */
  static async start(options: {
    workspace: Workspace;
    /** Unique in the workspace. */
    name: string;
    database: Extract<BackendDatabase, { client: 'pg' }>;
    entities: Entity[];
    replicas: number;
    slots: number;
  }): Promise<WakeupPortal> {
    const { workspace, name, database, entities, replicas, slots } = options;
    const folder = workspace.makeFolder('starts');
    const startsFiles: string[] = [];
    const backends: BackendProcess[] = [];
    for (let replica = 1; replica <= replicas; replica += 1) {
      const replicaName = `${name}-${replica}`;
      const startsFile = join(folder, replicaName);
      const port = await freePort();
      const backend = BackendProcess.prepare({
        workspace,
        name: replicaName,
        port,
        setup: instantBackend({
          port,
          database,
          entities,
          instant: { answerMs: ANSWER_MS, startsFile },
          agentTasks: wakeupLimits(slots),
        }),
      });
      backend.go();
      await backend.untilReady({ timeoutMs: READY_TIMEOUT_MS });
      backends.push(backend);
      startsFiles.push(startsFile);
    }
    const direct = await connect(pluginDatabase(database));
    return new WakeupPortal({
      client: createClient({ url: backends[0].url }),
      observer: await SlotObserver.install(direct),
      startsFiles,
      slots,
    });
  }

  /** Holds everything. Resolves when nothing runs any more. */
  async brake(reason: string): Promise<{ id: string }> {
    const brake = await this.client.pullBrake({ scope: 'portal', reason });
    const deadline = Date.now() + PASS_TIMEOUT_MS;
    while ((await this.#observer.running()) > 0) {
      this.#checkTime(deadline);
      await sleep(POLL_MS);
    }
    return brake;
  }

  /** Lets the queue flow until so many slots were free and taken again, and holds it again. */
  async pass(options: {
    brake: { id: string };
    samples: number;
  }): Promise<Wakeups & { brake: { id: string } }> {
    const { samples } = options;
    const since = await this.#observer.now();
    await this.client.releaseBrake(options.brake.id);
    const deadline = Date.now() + PASS_TIMEOUT_MS;
    while (this.#startsSince(since).length < this.#slots + samples) {
      this.#checkTime(deadline);
      await sleep(POLL_MS);
    }
    const brake = await this.brake('A pass of the bench is over');
    return {
      brake,
      waitsMs: pairWakeups({
        slots: this.#slots,
        freedMs: await this.#observer.freedSince(since),
        startsMs: this.#startsSince(since),
      }).slice(0, samples),
      transactionsMs: (await this.#observer.transactionsSince(since)).slice(
        this.#slots,
      ),
    };
  }

  #startsSince(sinceMs: number): number[] {
    return this.#startsFiles
      .flatMap(file =>
        existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [],
      )
      .filter(line => line !== '')
      .map(Number)
      .filter(at => at >= sinceMs)
      .sort((a, b) => a - b);
  }

  #checkTime(deadline: number): void {
    if (Date.now() > deadline) {
      throw new Error(
        `The queue does not flow: ${PASS_TIMEOUT_MS / 1000} s are over`,
      );
    }
  }
}
