import { Hold } from '@agent-tasks/plugin-agent-tasks-common';
import { stringifyRepositoryRef } from '@agent-tasks/plugin-agent-tasks-node';
import { Clock } from '../loops/Clock';
import { admit } from '../policy/admit';
import { BrakedTask, holdsBack } from '../policy/brakes';
import { maxOf, parseLimitKey, SlotLimits, portalKey } from '../policy/slots';
import { Remotes } from '../remotes/Remotes';
import { describeTarget } from './BrakeService';
import { BrakeStore, StoredBrake } from './BrakeStore';
import { TaskFilter } from './TaskFilter';
import { SlotCounts, StoredTask, TaskStore } from './TaskStore';
import { toAdmissionInput } from './toAdmissionInput';

/** Tasks named as holders of slots, at most. */
const holdersTold = 50;

/** Tasks of a plan whose holders are told. */
const holdersInPlan = 5;

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

  /**
   * Why a task waits; `undefined`: it does not.
   *
   * @param visible - the tasks that the reader may see; others are not named as holders
   */
  async explain(
    task: StoredTask,
    visible: TaskFilter | undefined,
  ): Promise<Hold | undefined> {
    switch (task.state) {
      case 'queued': {
        const position = await this.#tasks.positionOf(task);
        const outside = explainOutside(task, await this.#readOutside());
        return outside
          ? { ...outside, position }
          : this.#explainQueued(task, position, visible);
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
    visible: TaskFilter | undefined,
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

    // A thousand tasks meet a handful of limits: each is explained once.
    const explained = new Map<string, Promise<Hold>>();
    const explainOnce = (limit: string) => {
      const known =
        explained.get(limit) ?? this.#explainLimit(limit, counts, visible);
      explained.set(limit, known);
      return known;
    };
    const outside = await this.#readOutside();

    return Promise.all(
      planned.map(async (task, index) => {
        const outsideHold = explainOutside(task, outside);
        if (outsideHold) {
          return { willStart: false, hold: outsideHold };
        }
        const limit = limitOf.get(String(index));
        if (limit !== undefined) {
          // Who holds the slots is told for the first ones: the plan of many tasks stays readable, and small.
          const { holders, ...hold } = await explainOnce(limit);
          return {
            willStart: false,
            hold: index < holdersInPlan ? { ...hold, holders } : hold,
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

  /** What holds tasks back beside the limits: brakes, and providers at which nothing can be started. */
  async #readOutside(): Promise<Outside> {
    const [brakes, startable, health] = await Promise.all([
      this.#brakes.listActive(this.#clock.now()),
      this.#remotes.startableProviders(),
      this.#remotes.store().getAll(),
    ]);
    return {
      brakes,
      startable,
      describeProvider: id => {
        const provider = this.#remotes.provider(id);
        return provider
          ? `${provider.title} does not answer, so that nothing is started. It is tried again by itself. ${
              health.get(`provider:${id}`)?.message ?? ''
            }`.trim()
          : `The provider '${id}' is not installed. Install its module, or cancel the task.`;
      },
    };
  }

  async #explainQueued(
    task: StoredTask,
    position: number,
    visible: TaskFilter | undefined,
  ): Promise<Hold> {
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
      ...(await this.#explainLimit(held[0].limit, counts, visible)),
      position,
    };
  }

  async #explainLimit(
    key: string,
    counts: SlotCounts,
    visible: TaskFilter | undefined,
  ): Promise<Hold> {
    const { kind, scope, subject } = parseLimitKey(key);
    const limit = `${scope}-${kind}` as Hold['limit'];
    const max = maxOf(key, this.#limits);
    if (!counts.known) {
      return {
        limit,
        message:
          'How many slots are taken is not known, so that nothing is started. They are counted again within a minute; should it last, ask a platform admin to look at the log of the backend.',
        max,
      };
    }
    const used = counts.taken.get(key) ?? 0;
    const holders = await this.#tasks.listSlotHolders({
      limitKey: key,
      limit: holdersTold,
      visible,
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
        repository: holder.repository,
      })),
    };
  }
}

interface Outside {
  brakes: StoredBrake[];
  /** Ids of the providers at which tasks can be started. */
  startable: string[];
  describeProvider: (id: string) => string;
}

function explainOutside(task: BrakedTask, outside: Outside): Hold | undefined {
  const brake = outside.brakes.find(one => holdsBack(one, task));
  if (brake) {
    return {
      limit: 'brake',
      message: `${brake.pulledBy} pulled the brake on ${describeTarget(brake)}: ${brake.reason}`,
      ...(brake.until && { until: brake.until.toISOString() }),
    };
  }
  return outside.startable.includes(task.provider)
    ? undefined
    : {
        limit: 'provider-unavailable',
        message: outside.describeProvider(task.provider),
      };
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
