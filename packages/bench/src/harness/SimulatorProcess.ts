import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CounterValues } from '@agent-tasks/github-simulator';
import { SimulatorSetup } from '../github/SimulatorSetup';
import { startNode, TimeWarp } from './startNode';
import { Workspace } from './Workspace';

const READY_TIMEOUT_MS = 60_000;
const READY_POLL_MS = 50;

/** The simulator of GitHub in a process of its own. */
export class SimulatorProcess {
  readonly url: string;
  readonly #stop: () => Promise<unknown>;

  private constructor(options: { url: string; stop: () => Promise<unknown> }) {
    this.url = options.url;
    this.#stop = options.stop;
  }

  /** Resolves once it answers. */
  static async start(options: {
    workspace: Workspace;
    /** Unique in the workspace. */
    name: string;
    setup: SimulatorSetup;
    warp?: TimeWarp;
    /** Its path below `src`, which takes a file with the setup. */
    script?: string;
  }): Promise<SimulatorProcess> {
    const { workspace, name, setup, warp, script = 'github/main.ts' } = options;
    const setupFile = join(workspace.makeFolder('simulators'), `${name}.json`);
    writeFileSync(setupFile, JSON.stringify(setup), { mode: 0o600 });
    const { pid, ended, logFile } = startNode({
      workspace,
      name,
      script,
      args: [setupFile],
      warp,
    });
    const simulator = new SimulatorProcess({
      url: `http://127.0.0.1:${setup.port}`,
      stop: () => {
        process.kill(pid, 'SIGKILL');
        return ended;
      },
    });
    const deadline = Date.now() + READY_TIMEOUT_MS;
    while (!(await simulator.#answers())) {
      if (Date.now() > deadline) {
        throw new Error(`The simulator does not answer; see ${logFile}`);
      }
      await sleep(READY_POLL_MS);
    }
    return simulator;
  }

  /** REST; Octokit finds GraphQL from it. */
  get apiUrl(): string {
    return `${this.url}/api/v3`;
  }

  /** What reached it since the start or the last `resetCounters`. */
  async counters(): Promise<CounterValues> {
    const response = await fetch(`${this.url}/_simulator/counters`);
    return (await response.json()) as CounterValues;
  }

  async resetCounters(): Promise<void> {
    await fetch(`${this.url}/_simulator/reset-counters`, { method: 'POST' });
  }

  async stop(): Promise<void> {
    await this.#stop();
  }

  async #answers(): Promise<boolean> {
    try {
      await this.counters();
      return true;
    } catch {
      return false;
    }
  }
}
