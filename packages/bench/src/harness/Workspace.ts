import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProcesses, Processes } from './scripts';

/** What a run puts into the world: a temporary folder, processes, servers. `close` takes all of it back. */
export class Workspace {
  /** Where the run keeps its data. */
  readonly folder: string;
  readonly processes: Processes;
  readonly #closers: (() => Promise<void> | void)[] = [];
  #closing?: Promise<void>;

  private constructor(folder: string, processes: Processes) {
    this.folder = folder;
    this.processes = processes;
  }

  static async create(): Promise<Workspace> {
    const folder = mkdtempSync(join(tmpdir(), 'agent-tasks-bench-'));
    const workspace = new Workspace(folder, await createProcesses());
    mkdirSync(workspace.logs);
    return workspace;
  }

  get logs(): string {
    return join(this.folder, 'logs');
  }

  /** A new folder in the workspace. */
  makeFolder(name: string): string {
    const folder = join(this.folder, name);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  /** Has `close` called at the end, after what was added later and before what was added earlier. */
  onClose(close: () => Promise<void> | void): void {
    this.#closers.unshift(close);
  }

  /**
   * Ends all that was started and deletes all that was written; with `keepLogs` the logs stay.
   *
   * @returns the folder of the logs that stayed
   */
  async close(
    options: { keepLogs?: boolean } = {},
  ): Promise<string | undefined> {
    this.#closing ??= this.#closeAll();
    await this.#closing;
    if (options.keepLogs && existsSync(this.logs)) {
      return this.logs;
    }
    rmSync(this.folder, { recursive: true, force: true });
    return undefined;
  }

  async #closeAll(): Promise<void> {
    await this.processes.stop();
    for (const close of this.#closers) {
      await close();
    }
  }
}
