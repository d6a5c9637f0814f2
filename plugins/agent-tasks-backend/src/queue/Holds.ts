import { Hold } from '@agent-tasks/plugin-agent-tasks-common';
import { stringifyRepositoryRef } from '@agent-tasks/plugin-agent-tasks-node';
import { Clock } from '../loops/Clock';
import { admit } from '../policy/admit';
import { BrakedTask, holdsBack } from '../policy/brakes';
import { limitKey, maxOf, parseLimitKey, SlotLimits } from '../policy/slots';
import { Remotes } from '../remotes/Remotes';
import { describeTarget } from './BrakeService';
import { BrakeStore } from './BrakeStore';
import { StoredTask, TaskStore } from './TaskStore';
import { toAdmissionInput } from './toAdmissionInput';

/** Tasks named as holders of slots, at most. */
const holdersTold = 50;

const portalKey = limitKey({ kind: 'running', scope: 'portal', subject: '' });

/** A task that is planned, as far as the queue looks at it. */
export interface PlannedSlots extends BrakedTask {
  /** `host/owner/name` */
  repository: string;
}

/**
 * Says why tasks do not start.
 */
export class Holds {
  readonly #tasks: TaskStore;
  readonly #brakes: BrakeStore;
  readonly #clock: Clock;
  readonly #remotes: Remotes;
  readonly #limits: SlotLimits;

  private constructor(options: HoldsOptions) {
    this.#tasks = options.tasks;
    this.#brakes = options.brakes;
    this.#clock = options.clock;
    this.#remotes = options.remotes;
    this.#limits = options.limits;
  }

  static create(options: HoldsOptions): Holds {
    return new Holds(options);
  }

  /** Why a task waits; `undefined`: it does not. */
  async explain(task: StoredTask): Promise<Hold | undefined> {
    switch (task.state) {
      case 'queued': {
        const position = await this.#tasks.positionOf(task);
        const outside = await this.#explainOutside(task);
        return outside
          ? { ...outside, position }
          : this.#explainQueued(task, position);
      }
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

  /** What would hold these tasks if they were launched now, together. */
  async forecast(
    planned: PlannedSlots[],
  ): Promise<{ willStart: boolean; hold?: Hold }[]> {
    const counts = await this.#tasks.readCounts();
    const waiting = await this.#tasks.countQueued();
    const input = toAdmissionInput({
      counts,
      queued: planned.map((task, index) => ({ ...task, id: String(index) })),
      limits: this.#limits,
    });
    const { held } = admit(input);
    const limitOf = new Map(held.map(one => [one.id, one.limit]));
    const portalFree =
      this.#limits.running.portal - (counts.taken.get(portalKey) ?? 0);

    return Promise.all(
      planned.map(async (task, index) => {
        const outside = await this.#explainOutside(task);
        if (outside) {
          return { willStart: false, hold: outside };
        }
        const limit = limitOf.get(String(index));
        if (limit !== undefined) {
          return {
            willStart: false,
            hold: await this.#explainLimit(limit, counts.known),
          };
        }
        if (waiting > 0 && index + waiting >= portalFree) {
          return {
            willStart: false,
            hold: {
              limit: 'portal-running' as const,
              message: `${waiting} ${
                waiting === 1 ? 'task waits' : 'tasks wait'
              } already; free slots are shared fairly between teams.`,
              max: this.#limits.running.portal,
              used: counts.taken.get(portalKey) ?? 0,
            },
          };
        }
        return { willStart: true };
      }),
    );
  }

  /** What holds a task back beside the limits: a brake, or a provider that does not answer. */
  async #explainOutside({
    provider,
    ...task
  }: BrakedTask): Promise<Hold | undefined> {
    const active = await this.#brakes.listActive(this.#clock.now());
    const brake = active.find(one => holdsBack(one, { ...task, provider }));
    if (brake) {
      return {
        limit: 'brake',
        message: `${brake.pulledBy} pulled the brake on ${describeTarget(brake)}: ${brake.reason}`,
        ...(brake.until && { until: brake.until.toISOString() }),
      };
    }
    const health = (await this.#remotes.store().getAll()).get(
      `provider:${provider}`,
    );
    if (health?.state !== 'unavailable') {
      return undefined;
    }
    const title = this.#remotes.provider(provider)?.title ?? provider;
    return {
      limit: 'provider-unavailable',
      message:
        `${title} does not answer, so that nothing is started. It is tried again by itself. ${health.message ?? ''}`.trim(),
    };
  }

  async #explainQueued(task: StoredTask, position: number): Promise<Hold> {
    const counts = await this.#tasks.readCounts();
    const { held } = admit(
      toAdmissionInput({
        counts,
        queued: [
          {
            id: task.id,
            team: task.team,
            repository: stringifyRepositoryRef(task.repository),
          },
        ],
        limits: this.#limits,
      }),
    );
    if (!held.length) {
      return {
        limit: 'portal-running',
        message: `Nothing holds it: it is number ${position} of its team and about to be admitted.`,
        position,
      };
    }
    return {
      ...(await this.#explainLimit(held[0].limit, counts.known)),
      position,
    };
  }

  async #explainLimit(key: string, known: boolean): Promise<Hold> {
    const { kind, scope, subject } = parseLimitKey(key);
    const limit = `${scope}-${kind}` as Hold['limit'];
    const max = maxOf(key, this.#limits);
    if (!known) {
      return {
        limit,
        message:
          'How many slots are taken is not known, so that nothing is started. They are counted again within a minute; should it last, ask a platform admin to look at the log of the backend.',
        max,
      };
    }
    const counts = await this.#tasks.readCounts();
    const used = counts.taken.get(key) ?? 0;
    const holders = await this.#tasks.listSlotHolders({
      limitKey: key,
      limit: holdersTold,
    });
    const whose = scope === 'portal' ? 'the portal' : subject;
    return {
      limit,
      message:
        kind === 'running'
          ? `${count(max, 'run slot')} of ${whose}, and ${used} taken. It starts when one is free.`
          : `${whose} may have ${count(max, 'open agent change')}, and has ${used} open or under way. Merge or close one.`,
      used,
      max,
      holders: holders.map(holder => ({
        taskId: holder.id,
        team: holder.team,
        repository: stringifyRepositoryRef(holder.repository),
      })),
    };
  }
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

export interface HoldsOptions {
  tasks: TaskStore;
  brakes: BrakeStore;
  remotes: Remotes;
  limits: SlotLimits;
  clock: Clock;
}
