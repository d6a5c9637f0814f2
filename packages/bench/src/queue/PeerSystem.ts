import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Pool } from 'pg';
import { connect } from '../harness/connect';
import { startNode } from '../harness/startNode';
import { Workspace } from '../harness/Workspace';
import { graphileWorkerPeer } from './graphileWorkerPeer';
import { GO_CHANNEL, Peer, PeerSetup } from './Peer';
import { pgBossPeer } from './pgBossPeer';
import { System } from './System';
import { untilDone } from './untilDone';

const READY_TIMEOUT_MS = 60_000;
const READY_POLL_MS = 15;
const ROUND_TIMEOUT_MS = 120_000;

/** A general job queue: its database, and its workers in a process of their own. */
export class PeerSystem implements System {
  readonly #peer: Peer;
  readonly #client: Client;
  readonly #stop: () => Promise<void>;

  private constructor(options: {
    peer: Peer;
    client: Client;
    stop: () => Promise<void>;
  }) {
    this.#peer = options.peer;
    this.#client = options.client;
    this.#stop = options.stop;
  }

  /** Resolves once its workers wait for jobs. `connectionString` is an empty database. */
  static async start(options: {
    workspace: Workspace;
    /** Unique in the workspace. */
    name: string;
    connectionString: string;
    workers: number;
    setup: PeerSetup['peer'];
  }): Promise<PeerSystem> {
    const { workspace, name, connectionString, workers, setup } = options;
    const peer =
      setup.name === 'graphile-worker' ? graphileWorkerPeer : pgBossPeer;
    const pool = new Pool({ connectionString });
    pool.on('error', () => {});
    try {
      await peer.prepare(pool);
    } finally {
      await pool.end();
    }
    const folder = workspace.makeFolder('peers');
    const setupFile = join(folder, `${name}.json`);
    const readyFile = join(folder, `${name}.ready`);
    const content: PeerSetup = {
      connectionString,
      workers,
      peer: setup,
      readyFile,
    };
    writeFileSync(setupFile, JSON.stringify(content), { mode: 0o600 });
    const { pid, ended, logFile } = startNode({
      workspace,
      name,
      script: 'queue/peerMain.ts',
      args: [setupFile],
    });
    let gone = false;
    ended.then(() => {
      gone = true;
    });
    const deadline = Date.now() + READY_TIMEOUT_MS;
    while (!existsSync(readyFile)) {
      if (gone || Date.now() > deadline) {
        throw new Error(`The workers of ${name} do not start; see ${logFile}`);
      }
      await sleep(READY_POLL_MS);
    }
    const client = await connect(connectionString);
    const stop = async () => {
      await client.end();
      if (!gone) {
        process.kill(pid, 'SIGKILL');
      }
      await ended;
    };
    return new PeerSystem({ peer, client, stop });
  }

  /** The workers wait already when the jobs are queued. */
  async round(jobs: number): Promise<number> {
    const client = this.#client;
    await this.#peer.clean(client);
    for (const table of this.#peer.tables) {
      await client.query(`vacuum ${table}`);
    }
    await client.query('begin');
    await this.#peer.enqueue(client, jobs);
    // Within the transaction, so that the first fetch is planned for a full table already.
    for (const table of this.#peer.tables) {
      await client.query(`analyze ${table}`);
    }
    await client.query(`notify ${GO_CHANNEL}`);
    await client.query('commit');
    const begin = performance.now();
    const end = await untilDone({
      total: jobs,
      remaining: () => this.#peer.remaining(client),
      timeoutMs: ROUND_TIMEOUT_MS,
    });
    return (jobs * 1000) / (end - begin);
  }

  async stop(): Promise<void> {
    await this.#stop();
  }
}
