import {
  Hold,
  HoldLimit,
  Rollout,
  Slots,
  StartChoice,
} from '@agent-tasks/plugin-agent-tasks-common';
import { Clock } from '../loops/Clock';
import { BrakedTask, holdsBack } from '../policy/brakes';
import { limitKey, parseLimitKey, portalKey, Take } from '../policy/slots';
import { Remotes } from '../remotes/Remotes';
import { describeTarget } from './BrakeService';
import { BrakeStore, StoredBrake } from './BrakeStore';
import { holderOf } from './DatabaseTaskBatch';
import { describeLimit } from './describeLimit';
import { Forecasts, OutsideDelay } from './Forecasts';
import { LimitReader } from './LimitReader';
import { LimitView, reasonOf } from './LimitView';
import { PlannedSlots, planMoments, PlanMoments } from './planMoments';
import { QueueLineReader } from './QueueLineReader';
import { TaskFilter } from './TaskFilter';
import { StoredTask, TaskStore } from './TaskStore';

/** Tasks named as holders of the slots of the first limit, at most. */
const holdersTold = 50;

/** The same of each further limit. */
const holdersOfEach = 5;

/** Tasks of a plan whose holders and expected start are told. */
const toldInPlan = 5;

/** What would become of planned tasks. */
export interface PlanForecast extends PlanMoments {
  /** Of the first tasks, in their order. */
  holds: { willStart: boolean; hold?: Hold }[];
  /** Of all tasks. */
  willStart: number;
  /** How full a limit of a team is; `undefined`: it has none, or that is not known. */
  slotsOf(kind: 'minutes' | 'changes', team: string): Slots | undefined;
}

/**
 * Says why tasks do not start, and when they are expected to.
 */
export class Holds {
  readonly #options: HoldsOptions;

  private constructor(options: HoldsOptions) {
    this.#options = options;
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
      case 'queued':
        return this.#explainQueued(task, visible);
      case 'held':
        return {
          limit: task.heldUntil ? 'batching' : 'wave',
          message: task.stateReason ?? 'It waits for its wave of the campaign.',
          ...(task.heldUntil && { until: task.heldUntil.toISOString() }),
        };
      case 'starting':
        return task.stateReason
          ? { limit: 'retry-later', message: task.stateReason }
          : undefined;
      case 'undecided': {
        const provider =
          this.#options.remotes.provider(task.provider)?.title ?? task.provider;
        return {
          limit: 'undecided-start',
          message:
            task.stateReason ?? 'Whether the agent started is being looked up.',
          choices: choicesOf(provider),
        };
      }
      default:
        return undefined;
    }
  }

  /**
   * What would hold these tasks if they were launched now, together; and when they are expected to start and to come to
   * review. A thousand tasks meet a handful of limits: each is explained once, and nothing is asked for each task.
   *
   * @param options.told - tasks whose holds are told, the first ones
   */
  async forecast(options: {
    planned: readonly PlannedSlots[];
    rollout: Rollout;
    visible: TaskFilter | undefined;
    told: number;
  }): Promise<PlanForecast> {
    const { planned, rollout, visible, told } = options;
    const { tasks, forecasts, clock } = this.#options;
    const view = await this.#readView(
      planned.map(task => task.repository),
      true,
    );
    const [waiting, outside, times] = await Promise.all([
      tasks.countQueued(),
      this.#readOutside(),
      forecasts.measured(),
    ]);
    const now = clock.now();
    const queued = view.countByTeam('queued');
    const outsides = new Map<string, ReturnType<typeof explainOutside>>();
    const outsideOf = (task: PlannedSlots) => {
      // All that brakes and providers look at.
      const name = `${task.provider}\n${task.template}\n${task.campaign}\n${task.team}`;
      if (!outsides.has(name)) {
        outsides.set(name, explainOutside(task, outside));
      }
      return outsides.get(name);
    };
    const reckoner = (beside: ReadonlyMap<string, number>) =>
      forecasts.reckoner({ view, times, planned: beside });
    const reckon = reckoner(countBy(planned, task => task.team));

    const explained = new Map<string, Promise<HoldLimit>>();
    const explainOnce = (take: Take, holders: number) => {
      const name = `${take.key} ${take.amount} ${holders}`;
      const known =
        explained.get(name) ??
        this.#explainLimit(take, { view, visible, holders });
      explained.set(name, known);
      return known;
    };

    const portalFree = view.roomFor({ key: portalKey, amount: 1 });
    const taken = new Map<string, number>();
    const places = new Map<string, number>();
    /** Counts a task in front of those that follow it. */
    const place = (name: string, begin: number) => {
      const before = places.get(name) ?? begin;
      places.set(name, before + 1);
      return before;
    };
    let willStart = 0;
    const holds: PlanForecast['holds'] = [];
    for (const [index, task] of planned.entries()) {
      const before = place(task.team, queued.get(task.team) ?? 0);
      const beforeOnRepository = place(`on ${task.repository}`, 0);
      const outsideHold = outsideOf(task);
      const takes = view.takesOf(task);
      const full =
        task.wave > 1 || outsideHold
          ? []
          : takes.filter(take => view.roomFor(take, taken.get(take.key)) < 1);
      const free = task.wave === 1 && !outsideHold && !full.length;
      if (free) {
        for (const { key, amount } of takes) {
          taken.set(key, (taken.get(key) ?? 0) + amount);
        }
      }
      const starts = free && (waiting === 0 || index + waiting < portalFree);
      willStart += starts ? 1 : 0;
      if (index >= told) {
        continue;
      }
      if (starts) {
        holds.push({ willStart: true });
        continue;
      }
      const expectedStart =
        task.wave === 1 && (index < toldInPlan || index === planned.length - 1)
          ? {
              expectedStart: reckon(
                {
                  holder: task,
                  template: task.template,
                  before,
                  beforeOnRepository,
                },
                outsideHold?.delay,
              ),
            }
          : {};
      if (task.wave > 1) {
        holds.push({
          willStart: false,
          hold: {
            limit: 'wave',
            message: `It is held until wave ${task.wave} of the campaign begins.`,
          },
        });
      } else if (outsideHold) {
        holds.push({
          willStart: false,
          hold: { ...outsideHold.hold, ...expectedStart },
        });
      } else if (full.length) {
        // Who holds the slots is told for the first ones: the plan of many tasks stays readable, and small.
        const limits = await Promise.all(
          full.map((take, nth) =>
            explainOnce(
              take,
              index < toldInPlan ? (nth ? holdersOfEach : holdersTold) : 0,
            ),
          ),
        );
        const { subject: _, ...first } = limits[0];
        holds.push({
          willStart: false,
          hold: {
            ...first,
            limits: limits.map(shorten),
            ...expectedStart,
          },
        });
      } else {
        const { max, used } = view.fillOf(portalKey);
        holds.push({
          willStart: false,
          hold: {
            limit: 'portal-running',
            message: `${waiting} ${
              waiting === 1 ? 'task waits' : 'tasks wait'
            } already; free slots are shared fairly between teams.`,
            ...(max !== undefined && { max }),
            ...(used !== undefined && { used }),
            ...expectedStart,
          },
        });
      }
    }
    return {
      holds,
      willStart,
      ...planMoments({
        planned,
        now,
        rollout,
        queued,
        reckoner,
        delayOf: task => outsideOf(task)?.delay,
        times,
      }),
      slotsOf: (kind, team) => {
        const { max, used } = view.fillOf(
          limitKey({ kind, scope: 'team', subject: team }),
        );
        return max === undefined || used === undefined
          ? undefined
          : { max, used };
      },
    };
  }

  async #explainQueued(
    task: StoredTask,
    visible: TaskFilter | undefined,
  ): Promise<Hold> {
    const { tasks, forecasts } = this.#options;
    const holder = holderOf(task);
    const [position, view, outside] = await Promise.all([
      tasks.positionOf(task),
      this.#readView([holder.repository]),
      this.#readOutside(),
    ]);
    const outsideHold = explainOutside(
      { ...holder, template: task.template, campaign: task.campaignId },
      outside,
    );
    const [first, ...others] = await Promise.all(
      view
        .takesOf(holder)
        .filter(take => view.roomFor(take) < 1)
        .map((take, index) =>
          this.#explainLimit(take, {
            view,
            visible,
            holders: index === 0 && !outsideHold ? holdersTold : holdersOfEach,
          }),
        ),
    );
    const expectedStart = await forecasts.tell({
      task,
      holder,
      position,
      view,
      delay: outsideHold?.delay,
    });
    const common = {
      position,
      limits: first ? [shorten(first), ...others] : [],
      expectedStart,
    };
    if (outsideHold) {
      return { ...outsideHold.hold, ...common };
    }
    if (!first) {
      return {
        limit: 'portal-running',
        message: `Nothing holds it: it is number ${position} of its team and about to be admitted.`,
        ...common,
      };
    }
    const { subject: _, ...hold } = first;
    return { ...hold, ...common };
  }

  async #explainLimit(
    take: Take,
    options: {
      view: LimitView;
      visible: TaskFilter | undefined;
      /** Tasks named as holders, at most. */
      holders: number;
    },
  ): Promise<HoldLimit> {
    const { view, visible } = options;
    const id = parseLimitKey(take.key);
    const { max = 0, used } = view.fillOf(take.key);
    const pause = view.pauseOf(take.key);
    const holders =
      used === undefined || !options.holders
        ? undefined
        : await this.#options.tasks.listSlotHolders({
            limitKey: take.key,
            limit: options.holders,
            visible,
            teams: view.teamsOf(take.key),
          });
    return {
      limit: reasonOf(take.key, view),
      ...(id.subject && { subject: id.subject }),
      message:
        (!pause && used !== undefined && view.loweredOf(take.key)?.message) ||
        describeLimit({ ...id, max, used, amount: take.amount, pause }),
      ...(used !== undefined && { used }),
      max,
      ...(holders && {
        holders: holders.map(holder => ({
          taskId: holder.id,
          team: holder.team,
          repository: holder.repository,
        })),
      }),
    };
  }

  #readView(repositories: string[], forPlan = false): Promise<LimitView> {
    const { lines, limits, clock } = this.#options;
    return LimitView.read({
      lines,
      limits,
      at: clock.now(),
      repositories,
      forPlan,
    });
  }

  /** What holds tasks back beside the limits: brakes, and providers at which nothing can be started. */
  async #readOutside(): Promise<Outside> {
    const { brakes, remotes, clock } = this.#options;
    const [active, startable, health] = await Promise.all([
      brakes.listActive(clock.now()),
      remotes.startableProviders(),
      remotes.store().getAll(),
    ]);
    return {
      brakes: active,
      startable,
      describeProvider: id => {
        const provider = remotes.provider(id);
        return provider
          ? `${provider.title} does not answer, so that nothing is started. It is tried again by itself. ${
              health.get(`provider:${id}`)?.message ?? ''
            }`.trim()
          : `The provider '${id}' is not installed. Install its module, or cancel the task.`;
      },
    };
  }
}

interface Outside {
  brakes: StoredBrake[];
  /** Ids of the providers at which tasks can be started. */
  startable: string[];
  describeProvider: (id: string) => string;
}

function explainOutside(
  task: BrakedTask,
  outside: Outside,
): { hold: Hold; delay: OutsideDelay } | undefined {
  const brake = outside.brakes.find(one => holdsBack(one, task));
  if (brake) {
    return {
      hold: {
        limit: 'brake',
        message: `${brake.pulledBy} pulled the brake on ${describeTarget(brake)}: ${brake.reason}`,
        ...(brake.until && { until: brake.until.toISOString() }),
      },
      delay: { what: 'the brake', until: brake.until },
    };
  }
  return outside.startable.includes(task.provider)
    ? undefined
    : {
        hold: {
          limit: 'provider-unavailable',
          message: outside.describeProvider(task.provider),
        },
        delay: { what: "the provider's silence" },
      };
}

/** What a person can say of a start that could not be decided. */
function choicesOf(provider: string): StartChoice[] {
  return [
    {
      choice: 'not-started',
      effect: `${provider} is asked to start it again.`,
      risk: `If it did start, the work is done twice: two agents work on the same repository, and there may be two pull requests. Look for the task at ${provider} first.`,
    },
    {
      choice: 'started',
      effect: `The task that you name at ${provider} is taken for this one's, and followed to its end.`,
      risk: 'If it is another task, what becomes of that one is told as the result of this one.',
    },
  ];
}

function countBy<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) {
    const name = nameOf(item);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/** The first limit with no more holders than the others. */
function shorten(limit: HoldLimit): HoldLimit {
  return {
    ...limit,
    ...(limit.holders && { holders: limit.holders.slice(0, holdersOfEach) }),
  };
}

export interface HoldsOptions {
  tasks: TaskStore;
  lines: QueueLineReader;
  brakes: BrakeStore;
  remotes: Remotes;
  limits: LimitReader;
  forecasts: Forecasts;
  clock: Clock;
}
