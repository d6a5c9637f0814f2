import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './layout';

/** How a child process ended. */
export interface ProcessEnd {
  name: string;
  code?: number | null;
  signal?: NodeJS.Signals | null;
  error?: Error;
}

/** The children of one run; none outlives it, however it ends. */
export interface Processes {
  start(options: {
    name: string;
    command: string;
    args: string[];
    cwd: string;
    env: NodeJS.ProcessEnv;
    logFile: string;
    /** Told of an end that was not asked for by `stop`. */
    onExit?: (end: ProcessEnd) => void;
  }): { pid: number; ended: Promise<ProcessEnd> };
  /** Ends all of them, politely first. */
  stop(): Promise<void>;
}

interface ProcessesModule {
  Processes: new (options?: { graceMs?: number }) => Processes;
}

interface PortsModule {
  freePort(): Promise<number>;
}

/** A PostgreSQL server of one run. */
export interface PostgresServer {
  connectionString: string;
  /** Ends the server, with `immediate` as a crash does, and starts it again on the same port and data. */
  restart(options: { immediate: boolean }): Promise<void>;
  /** Deletes its data, once the processes have ended. */
  remove(): void;
}

interface PostgresModule {
  startPostgres(options: {
    processes: Processes;
    env: NodeJS.ProcessEnv;
    logFile: string;
    /** Settings of the server other than those of `scripts/postgres.mjs`. */
    settings?: Record<string, string>;
  }): Promise<PostgresServer>;
}

/** Settings with which a crash loses nothing, as in production: what a commit costs counts, for peers too. */
export const DURABLE: Readonly<Record<string, string>> = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  max_wal_size: '4GB',
  shared_buffers: '512MB',
};

/** Loads a module of the repository's own scripts, which are ES modules in JavaScript. */
async function load<T>(name: string): Promise<T> {
  return import(pathToFileURL(join(ROOT, 'scripts', name)).href);
}

/** Child processes that never outlive this one, not even when it is killed. */
export async function createProcesses(): Promise<Processes> {
  const { Processes: Class } = await load<ProcessesModule>('processes.mjs');
  return new Class();
}

/** A port that nothing listens on at this moment. */
export async function freePort(): Promise<number> {
  return (await load<PortsModule>('ports.mjs')).freePort();
}

/** A PostgreSQL server from npm. It ends with the processes, after which `remove` deletes its data. */
export async function startPostgres(
  options: Parameters<PostgresModule['startPostgres']>[0],
): ReturnType<PostgresModule['startPostgres']> {
  return (await load<PostgresModule>('postgres.mjs')).startPostgres(options);
}
