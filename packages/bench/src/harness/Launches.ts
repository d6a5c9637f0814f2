import { setTimeout as sleep } from 'node:timers/promises';
import {
  AgentTasksClient,
  LaunchRequest,
} from '@agent-tasks/plugin-agent-tasks-common';
import { TEMPLATE } from '../github/benchOrganization';

const TRY_TIMEOUT_MS = 8_000;
const RETRY_MS = 150;

/** A launch as the client sees it. */
export interface Launch {
  /** Stands in the prompt of its task, and so is found at the agent. */
  label: string;
  components: string[];
  /** The campaigns that answers named, each once. More than one: it was launched twice. */
  campaigns: string[];
  /** How often it was sent. */
  tries: number;
}

/** The label in a prompt; `undefined` when there is none. */
export function labelIn(prompt: string): string | undefined {
  return /\bLaunch-\d{4}\b/.exec(prompt)?.[0];
}

/**
 * Launches, each of one component or some, sent again with the same key until it is answered, whatever becomes of the backend
 * in the meantime.
 */
export class Launches {
  readonly all: Launch[];
  readonly #client: AgentTasksClient;
  readonly #abort = new AbortController();

  private constructor(client: AgentTasksClient, all: Launch[]) {
    this.#client = client;
    this.all = all;
  }

  /** `components` are taken in turn, `perLaunch` of them at once (1). */
  static create(options: {
    client: AgentTasksClient;
    count: number;
    components: string[];
    perLaunch?: number;
  }): Launches {
    const { client, count, components, perLaunch = 1 } = options;
    const all = Array.from({ length: count }, (_, index) => ({
      label: `Launch-${String(index + 1).padStart(4, '0')}`,
      components: Array.from(
        { length: perLaunch },
        (_unused, at) =>
          components[(index * perLaunch + at) % components.length],
      ),
      campaigns: [],
      tries: 0,
    }));
    return new Launches(client, all);
  }

  get answered(): number {
    return this.all.filter(launch => launch.campaigns.length > 0).length;
  }

  /** Sends a launch until an answer says that it is made, or until `stop`. */
  async send(launch: Launch): Promise<void> {
    while (!this.#abort.signal.aborted) {
      launch.tries += 1;
      try {
        const { id } = await this.#client.launch(
          requestOf(launch),
          `bench-${launch.label}`,
          {
            signal: AbortSignal.any([
              AbortSignal.timeout(TRY_TIMEOUT_MS),
              this.#abort.signal,
            ]),
          },
        );
        if (!launch.campaigns.includes(id)) {
          launch.campaigns.push(id);
        }
        return;
      } catch {
        await sleep(RETRY_MS);
      }
    }
  }

  /** Ends all sending. */
  stop(): void {
    this.#abort.abort();
  }
}

function requestOf(launch: Launch): LaunchRequest {
  return {
    template: TEMPLATE,
    components: launch.components,
    parameters: {
      dependency: 'axios',
      version: '1.12.2',
      reason: `It is ${launch.label} of this run.`,
    },
  };
}
