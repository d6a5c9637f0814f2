import { Client, Pool } from 'pg';

/** A general job queue as the bench sees it from outside: by its tables. */
export interface Peer {
  /** Makes its tables. Once, before its worker process starts. */
  prepare(pool: Pool): Promise<void>;
  /** Queues jobs that do nothing, in the caller's transaction. The commit of it lets the workers begin. */
  enqueue(client: Client, jobs: number): Promise<void>;
  /** Deletes what earlier rounds left behind. */
  clean(client: Client): Promise<void>;
  /** How many jobs are not finished. */
  remaining(client: Client): Promise<number>;
  /** Its tables that `enqueue` fills. */
  readonly tables: readonly string[];
}

/** Workers of a peer, in a process of their own. */
export interface PeerWorkers {
  /** Tells workers that jobs are there, where they do not learn it by themselves. */
  nudge(): void;
}

/** What a process of workers is started with. */
export interface PeerSetup {
  connectionString: string;
  /** Jobs at once. */
  workers: number;
  peer: GraphileWorkerSetup | PgBossSetup;
  /** Written once the workers wait for jobs. */
  readyFile: string;
}

/** How graphile-worker runs. */
export interface GraphileWorkerSetup {
  name: 'graphile-worker';
  /** Jobs that it fetches at once; without it, each worker fetches its own. */
  localQueueSize?: number;
  /** For how long it gathers finished jobs; without it, it completes each by itself. */
  completeBatchDelayMs?: number;
}

/** How pg-boss runs. */
export interface PgBossSetup {
  name: 'pg-boss';
  /** Jobs that a worker fetches, and completes, at once. */
  batchSize: number;
  /** Whether it keeps the order of jobs. */
  ordered: boolean;
}

/** Sent in the transaction that queues jobs. */
export const GO_CHANNEL = 'bench_go';
