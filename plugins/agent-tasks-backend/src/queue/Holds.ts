import { Hold } from '@agent-tasks/plugin-agent-tasks-common';
import { Remotes } from '../remotes/Remotes';
import { StoredTask, TaskStore } from './TaskStore';
import { stringifyRepositoryRef } from '@agent-tasks/plugin-agent-tasks-node';

/** Tasks named as holders of slots, at most. */
const holdersTold = 50;

/**
 * Says why tasks do not start.
 */
export class Holds {
  readonly #tasks: TaskStore;
  readonly #remotes: Remotes;
  readonly #runningLimit: number;

  private constructor(options: HoldsOptions) {
    this.#tasks = options.tasks;
    this.#remotes = options.remotes;
    this.#runningLimit = options.runningLimit;
  }

  static create(options: HoldsOptions): Holds {
    return new Holds(options);
  }

  /** Why a task waits; `undefined`: it does not. */
  async explain(task: StoredTask): Promise<Hold | undefined> {
    switch (task.state) {
      case 'queued':
        return this.#explainQueued(
          task.provider,
          await this.#tasks.positionOf(task.id),
        );
      case 'starting':
        return task.stateReason
          ? { limit: 'retry-later', message: task.stateReason }
          : undefined;
      case 'undecided':
        return {
          limit: 'undecided-start',
          message:
            task.stateReason ?? 'Whether the agent started is being looked up.',
        };
      default:
        return undefined;
    }
  }

  /** What would hold tasks of these providers if they were launched now, in this order. */
  async forecast(
    providers: string[],
  ): Promise<{ willStart: boolean; hold?: Hold }[]> {
    const { queued, used } = await this.#tasks.countQueue();
    const free =
      used === undefined ? 0 : Math.max(0, this.#runningLimit - used - queued);
    const unavailable = await this.#remotes.unavailableProviders();
    let taken = 0;
    const result: { willStart: boolean; hold?: Hold }[] = [];
    for (const provider of providers) {
      if (!unavailable.includes(provider) && taken < free) {
        taken += 1;
        result.push({ willStart: true });
      } else {
        const position = queued + result.length - taken + 1;
        result.push({
          willStart: false,
          hold: await this.#explainQueued(provider, position),
        });
      }
    }
    return result;
  }

  async #explainQueued(provider: string, position: number): Promise<Hold> {
    const health = (await this.#remotes.store().getAll()).get(
      `provider:${provider}`,
    );
    if (health?.state === 'unavailable') {
      return {
        limit: 'provider-unavailable',
        message:
          `${this.#remotes.provider(provider)?.title ?? provider} does not answer, so that nothing is started. It is tried again by itself. ${health.message ?? ''}`.trim(),
        position,
      };
    }
    const { used } = await this.#tasks.countQueue();
    const max = this.#runningLimit;
    if (used === undefined) {
      return {
        limit: 'portal-running',
        message:
          'How many tasks run is not known, so that nothing is started. Ask a platform admin to look at the log of the backend.',
        max,
        position,
      };
    }
    const holders = await this.#tasks.listSlotHolders(holdersTold);
    return {
      limit: 'portal-running',
      message:
        used >= max
          ? `All ${max} run slots of the portal are taken; this is number ${position} in line.`
          : `A run slot is free; this is number ${position} in line and about to be admitted.`,
      used,
      max,
      position,
      holders: holders.map(holder => ({
        taskId: holder.id,
        team: holder.team,
        repository: stringifyRepositoryRef(holder.repository),
      })),
    };
  }
}

export interface HoldsOptions {
  tasks: TaskStore;
  remotes: Remotes;
  runningLimit: number;
}
