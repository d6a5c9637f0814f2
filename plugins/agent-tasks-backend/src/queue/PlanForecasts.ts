import {
  Hold,
  HoldLimit,
  Rollout,
  Slots,
} from '@agent-tasks/plugin-agent-tasks-common';
import { limitKey, portalKey, Take } from '../policy/slots';
import {
  explainLimit,
  holdersOfEach,
  holdersTold,
  shortenHolders,
} from './explainLimit';
import { OutsideDelay, QueuedTask } from './Forecasts';
import { HoldsOptions } from './Holds';
import { LimitView } from './LimitView';
import { explainOutside, readOutside } from './outsideHolds';
import { PlannedSlots, planMoments, PlanMoments } from './planMoments';
import { TaskFilter } from './TaskFilter';

/** Tasks of a plan whose holders and expected start are told. */
const toldInFull = 5;

/** What would become of planned tasks. */
export interface PlanForecast extends PlanMoments {
  /** Of the first tasks, in their order. */
  holds: { willStart: boolean; hold?: Hold }[];
  /** Of all tasks. */
  willStart: number;
  /** How full a limit of a team is; `undefined`: it has none, or that is not known. */
  slotsOf(kind: 'minutes' | 'changes', team: string): Slots | undefined;
}

/** What is known of a planned task that does not start at once. */
interface Waiting {
  task: PlannedSlots;
  /** Its holders and its expected start are told as well. */
  inFull: boolean;
  outside: { hold: Hold; delay: OutsideDelay } | undefined;
  /** Limits without room for it. */
  full: readonly Take[];
}

/** Counts tasks in front of those that follow them. */
class Places {
  readonly #next = new Map<string, number>();
  readonly #queued: ReadonlyMap<string, number>;

  constructor(queued: ReadonlyMap<string, number>) {
    this.#queued = queued;
  }

  take(task: PlannedSlots): Pick<QueuedTask, 'before' | 'beforeOnRepository'> {
    return {
      before: this.#take(task.team, this.#queued.get(task.team) ?? 0),
      beforeOnRepository: this.#take(`on ${task.repository}`, 0),
    };
  }

  #take(name: string, begin: number): number {
    const place = this.#next.get(name) ?? begin;
    this.#next.set(name, place + 1);
    return place;
  }
}

/** What the tasks of a plan leave of the limits to those that follow them. */
class Room {
  readonly #view: LimitView;
  readonly #waiting: number;
  readonly #portalFree: number;
  readonly #taken = new Map<string, number>();

  constructor(view: LimitView, waiting: number) {
    this.#view = view;
    this.#waiting = waiting;
    this.#portalFree = view.roomFor({ key: portalKey, amount: 1 });
  }

  findFull(task: PlannedSlots): readonly Take[] {
    return this.#view
      .takesOf(task)
      .filter(take => this.#view.roomFor(take, this.#taken.get(take.key)) < 1);
  }

  /** False: its limits have room, and those that wait already get it first. */
  take(task: PlannedSlots, index: number): boolean {
    for (const { key, amount } of this.#view.takesOf(task)) {
      this.#taken.set(key, (this.#taken.get(key) ?? 0) + amount);
    }
    return this.#waiting === 0 || index + this.#waiting < this.#portalFree;
  }
}

/** Says what would become of tasks that are planned, all of them together. */
export class PlanForecasts {
  readonly #options: HoldsOptions;

  private constructor(options: HoldsOptions) {
    this.#options = options;
  }

  static create(options: HoldsOptions): PlanForecasts {
    return new PlanForecasts(options);
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
    const { tasks, forecasts, lines, limits, clock } = this.#options;
    const now = clock.now();
    const view = await LimitView.read({
      lines,
      limits,
      at: now,
      repositories: planned.map(task => task.repository),
      forPlan: true,
    });
    const [waiting, outside, times] = await Promise.all([
      tasks.countQueued(),
      readOutside(this.#options),
      forecasts.measured(),
    ]);
    // All that brakes and providers look at.
    const outsideOf = once(
      (task: PlannedSlots) =>
        [task.provider, task.template, task.campaign, task.team].join('\n'),
      task => explainOutside(task, outside),
    );
    const explain = once(
      ({ take, holders }: { take: Take; holders: number }) =>
        `${take.key} ${take.amount} ${holders}`,
      ({ take, holders }) =>
        explainLimit(take, { tasks, view, visible, holders }),
    );
    const reckoner = (beside: ReadonlyMap<string, number>) =>
      forecasts.reckoner({ view, times, planned: beside });
    const queued = view.countByTeam('queued');
    const reckon = reckoner(countFirstWave(planned));
    const places = new Places(queued);
    const room = new Room(view, waiting);

    let willStart = 0;
    const holds: PlanForecast['holds'] = [];
    for (const [index, task] of planned.entries()) {
      const place = places.take(task);
      const held = task.wave > 1 ? undefined : outsideOf(task);
      const full = task.wave > 1 || held ? [] : room.findFull(task);
      const starts =
        task.wave === 1 && !held && !full.length && room.take(task, index);
      willStart += starts ? 1 : 0;
      if (index < told) {
        const inFull = index < toldInFull || index === planned.length - 1;
        const hold =
          !starts &&
          (await this.#explain(
            { task, inFull: index < toldInFull, outside: held, full },
            { view, waiting, explain },
          ));
        const expectedStart =
          inFull && task.wave === 1
            ? {
                expectedStart: reckon(
                  { holder: task, template: task.template, ...place },
                  held?.delay,
                ),
              }
            : {};
        holds.push(
          hold
            ? { willStart: false, hold: { ...hold, ...expectedStart } }
            : { willStart: true },
        );
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

  async #explain(
    { task, inFull, outside, full }: Waiting,
    context: {
      view: LimitView;
      waiting: number;
      explain: (limit: { take: Take; holders: number }) => Promise<HoldLimit>;
    },
  ): Promise<Hold> {
    const { view, waiting, explain } = context;
    if (task.wave > 1) {
      return {
        limit: 'wave',
        message: `It is held until wave ${task.wave} of the campaign begins.`,
      };
    }
    if (outside) {
      return outside.hold;
    }
    if (!full.length) {
      const { max, used } = view.fillOf(portalKey);
      return {
        limit: 'portal-running',
        message: `${waiting} ${
          waiting === 1 ? 'task waits' : 'tasks wait'
        } already; free slots are shared fairly between teams.`,
        ...(max !== undefined && { max }),
        ...(used !== undefined && { used }),
      };
    }
    // Who holds the slots is told for the first tasks: the plan of many stays readable, and small.
    const limits = await Promise.all(
      full.map((take, nth) => {
        const most = nth === 0 ? holdersTold : holdersOfEach;
        return explain({ take, holders: inFull ? most : 0 });
      }),
    );
    const { subject: _, ...first } = limits[0];
    return { ...first, limits: limits.map(shortenHolders) };
  }
}

/** Tasks of each team that are released at once. */
function countFirstWave(planned: readonly PlannedSlots[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { team, wave } of planned) {
    if (wave === 1) {
      counts.set(team, (counts.get(team) ?? 0) + 1);
    }
  }
  return counts;
}

/** Makes each answer once, whatever has the same name. */
function once<T, R>(
  nameOf: (input: T) => string,
  make: (input: T) => R,
): (input: T) => R {
  const made = new Map<string, { answer: R }>();
  return input => {
    const name = nameOf(input);
    const known = made.get(name) ?? { answer: make(input) };
    made.set(name, known);
    return known.answer;
  };
}
