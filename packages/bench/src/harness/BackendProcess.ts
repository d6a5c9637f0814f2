import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BackendSetup } from '../backend/BackendSetup';
import { ProcessEnd } from './scripts';
import { startNode, TimeWarp } from './startNode';
import { Workspace } from './Workspace';

const READY_POLL_MS = 15;
const PROBE_TIMEOUT_MS = 2_000;

/**
 * A backend in a process of its own.
 *
 * It is prepared first, which loads its sources and nothing else, and starts with `go`: so a run that kills backends by
 * the dozen need not wait for the loading each time.
 */
export class BackendProcess {
  readonly url: string;
  readonly #goFile: string;
  readonly #pid: number;
  readonly #ended: Promise<ProcessEnd>;
  readonly #logFile: string;
  #end?: ProcessEnd;

  private constructor(options: {
    url: string;
    goFile: string;
    logFile: string;
    pid: number;
    ended: Promise<ProcessEnd>;
  }) {
    this.url = options.url;
    this.#goFile = options.goFile;
    this.#logFile = options.logFile;
    this.#pid = options.pid;
    this.#ended = options.ended;
    options.ended.then(end => {
      this.#end = end;
    });
  }

  static prepare(options: {
    workspace: Workspace;
    /** Unique in the workspace. */
    name: string;
    setup: BackendSetup;
    port: number;
    warp?: TimeWarp;
  }): BackendProcess {
    const { workspace, name, setup, port, warp } = options;
    const folder = workspace.makeFolder('backends');
    const setupFile = join(folder, `${name}.json`);
    const goFile = join(folder, `${name}.go`);
    writeFileSync(setupFile, JSON.stringify(setup), { mode: 0o600 });
    const { pid, ended, logFile } = startNode({
      workspace,
      name,
      script: 'backend/main.ts',
      args: [setupFile, goFile],
      warp,
    });
    return new BackendProcess({
      url: `http://127.0.0.1:${port}`,
      goFile,
      logFile,
      pid,
      ended,
    });
  }

  /** Lets it start. */
  go(): void {
    writeFileSync(this.#goFile, '');
  }

  /** Resolves once it serves requests. */
  async untilReady(options: { timeoutMs: number }): Promise<void> {
    const deadline = Date.now() + options.timeoutMs;
    while (!(await this.#isReady())) {
      if (this.#end) {
        throw new Error(
          `The backend ended before it was ready; see ${this.#logFile}`,
        );
      }
      if (Date.now() > deadline) {
        throw new Error(
          `The backend is not ready after ${options.timeoutMs / 1000} s; see ${this.#logFile}`,
        );
      }
      await sleep(READY_POLL_MS);
    }
  }

  /** Kills it, without any chance to say goodbye. Resolves when it is gone. */
  async kill(): Promise<void> {
    if (!this.#end) {
      process.kill(this.#pid, 'SIGKILL');
    }
    await this.#ended;
  }

  async #isReady(): Promise<boolean> {
    try {
      const response = await fetch(
        `${this.url}/.backstage/health/v1/readiness`,
        { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) },
      );
      await response.arrayBuffer();
      return response.ok;
    } catch {
      return false;
    }
  }
}
