import { openSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AgentProvider,
  AgentProviderCapabilities,
  ListChangedTasksResult,
  ProviderTask,
  StartTaskOptions,
} from '@agent-tasks/plugin-agent-tasks-node';
import { InstantSetup } from './InstantSetup';

/** The id that templates name. */
export const INSTANT_PROVIDER = 'instant';

/**
 * An agent that has finished a task when its start is answered, without a change: what is left to measure is what
 * happens before and after.
 */
export class InstantProvider implements AgentProvider {
  readonly id = INSTANT_PROVIDER;
  readonly title = 'Instant agent';
  readonly capabilities: AgentProviderCapabilities = {
    start: 'idempotent',
    cancel: false,
    startsAtOnce: 4_000,
  };
  readonly #answerMs: InstantSetup['answerMs'];
  readonly #starts: number | undefined;

  private constructor(setup: InstantSetup) {
    this.#answerMs = setup.answerMs;
    this.#starts =
      setup.startsFile === undefined
        ? undefined
        : openSync(setup.startsFile, 'a', 0o600);
  }

  static create(setup: InstantSetup): InstantProvider {
    return new InstantProvider(setup);
  }

  async startTask({ marker }: StartTaskOptions): Promise<ProviderTask> {
    if (this.#starts !== undefined) {
      const at = performance.timeOrigin + performance.now();
      writeSync(this.#starts, `${at.toFixed(3)}\n`);
    }
    if (this.#answerMs) {
      const { min, max } = this.#answerMs;
      await sleep(min + Math.random() * (max - min));
    }
    return finished(`instant-${marker}`);
  }

  async listChangedTasks(): Promise<ListChangedTasksResult> {
    return { tasks: [] };
  }

  async getTask({ id }: { id: string }): Promise<ProviderTask> {
    return finished(id);
  }
}

function finished(id: string): ProviderTask {
  const now = new Date().toISOString();
  return {
    id,
    state: 'completed',
    createdAt: now,
    updatedAt: now,
    artifacts: [],
  };
}
