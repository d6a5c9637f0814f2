import { ExpectedStart } from '@agent-tasks/plugin-agent-tasks-common';
import { Clock } from '../loops/Clock';
import {
  countAhead,
  ForecastLimit,
  forecastStart,
  inTurn,
  MeasuredTime,
  StartForecast,
} from '../policy/forecast';
import { parseLimitKey, SlotHolder, Take } from '../policy/slots';
import { count, describeOwner } from './describeLimit';
import { ForecastStore } from './ForecastStore';
import { LimitView } from './LimitView';
import { Measurements, MeasuredTimes } from './MeasuredTimes';
import { TaskRecord } from './TaskStore';

/** From this place on nobody counts any more how many go first. */
const placesCounted = 1_000;

const dayMs = 86_400_000;

/** Starts are counted over any minute. */
const aMinute: MeasuredTime = {
  count: 1,
  lower: 60,
  median: 60,
  mean: 60,
  upper: 60,
};

/** Where a task stands. */
export interface QueuedTask {
  holder: SlotHolder;
  /** Name of the template. */
  template: string;
  /** Queued tasks of its team that go before it. */
  before: number;
  /** Those of them on its repository. */
  beforeOnRepository: number;
}

/** What holds a task beside the limits. */
export interface OutsideDelay {
  /** When it ends; `undefined`: nobody knows. */
  until?: Date;
  /** What it is, for people, such as `the brake`. */
  what: string;
}

/** Says when a task is expected to start. */
export type Reckoner = (
  task: QueuedTask,
  delay?: OutsideDelay,
) => ExpectedStart;

/** A team that waits for the slots that teams share. */
interface WaitingTeam {
  team: string;
  weight: number;
  running: number;
  queued: number;
}

/**
 * Says when queued tasks are expected to start, with what that assumes, and keeps what it said to be compared with what
 * happens.
 */
export class Forecasts {
  readonly #options: ForecastsOptions;

  private constructor(options: ForecastsOptions) {
    this.#options = options;
  }

  static create(options: ForecastsOptions): Forecasts {
    return new Forecasts(options);
  }

  /**
   * Reckons for many tasks at one moment.
   *
   * @param options.planned - tasks of each team that will be queued beside those that are
   */
  reckoner(options: {
    view: LimitView;
    times: Measurements;
    planned?: ReadonlyMap<string, number>;
  }): Reckoner {
    const { view, times, planned = new Map() } = options;
    const now = this.#options.clock.now();
    const parts = partsOf(view, planned);
    return (task, delay) => reckon({ task, delay, view, parts, times, now });
  }

  /** How long things took lately. */
  async measured(): Promise<Measurements> {
    return this.#options.times.read();
  }

  /** Reckons for a queued task, and keeps it where it is the first that is told of it. */
  async tell(options: {
    task: TaskRecord;
    holder: SlotHolder;
    /** Its place in its team; 1 is next. */
    position: number;
    view: LimitView;
    delay?: OutsideDelay;
  }): Promise<ExpectedStart> {
    const { task, holder, position, view, delay } = options;
    const { store, countBefore, clock } = this.#options;
    const beforeOnRepository = await countBefore(task);
    const times = await this.measured();
    const reckonOne = this.reckoner({ view, times });
    const expected = reckonOne(
      {
        holder,
        template: task.template,
        before: position - 1,
        beforeOnRepository,
      },
      delay,
    );
    const { at, earliest, latest } = expected;
    const expectedAt = at && new Date(at);
    const now = clock.now();
    // That a task starts at once that nothing holds is no forecast that would deserve praise.
    const waits = expectedAt && expectedAt > now && position < placesCounted;
    if (waits && earliest && latest) {
      await store.tell({
        taskId: task.id,
        toldAt: now,
        expectedAt,
        earliest: new Date(earliest),
        latest: new Date(latest),
      });
    }
    return expected;
  }
}

/** The teams that share slots, each once, however many tasks are looked at. */
function partsOf(
  view: LimitView,
  planned: ReadonlyMap<string, number>,
): WaitingTeam[] {
  const queued = view.countByTeam('queued');
  return [...new Set([...queued.keys(), ...planned.keys()])].map(team => {
    const { weight, running } = view.partOf(team);
    return {
      team,
      weight,
      running,
      queued: (queued.get(team) ?? 0) + (planned.get(team) ?? 0),
    };
  });
}

interface Reckoning {
  task: QueuedTask;
  view: LimitView;
  parts: readonly WaitingTeam[];
  times: Measurements;
  now: Date;
}

function reckon(
  options: Reckoning & { delay: OutsideDelay | undefined },
): ExpectedStart {
  const { task, delay, view, times, now } = options;
  const limits = view
    .takesOf(task.holder)
    .flatMap(take => toForecastLimit(take, options));
  const forecast = forecastStart({ now, limits, notBefore: delay?.until });
  const decisive =
    limits.find(one => one.key === forecast.decisive) ?? limits[0];
  const run = times.runSlotOf(task.template);
  const review = times.reviewOf(task.holder.team);
  const basis: ExpectedStart['basis'] = {
    runsMeasured: run?.count ?? 0,
    ...(run && { medianRunSeconds: run.median }),
    ...(review && { medianReviewSeconds: review.median }),
    slots: decisive ? Math.floor(decisive.max / decisive.amount) : 0,
  };
  if (delay && !delay.until) {
    return {
      assumption: `Nobody knows when ${delay.what} ends, and nothing starts before.`,
      basis,
    };
  }
  const words: string[] = [];
  if (delay?.until) {
    words.push(`Nothing starts before ${delay.what} ends.`);
  }
  if (task.before >= placesCounted - 1) {
    words.push(
      `${placesCounted - 1} or more tasks of its team go first; the time is that of the ${placesCounted}th.`,
    );
  }
  words.push(describe(forecast, decisive, view));
  return {
    ...(forecast.at && {
      at: forecast.at.toISOString(),
      earliest: forecast.earliest.toISOString(),
      latest: forecast.latest.toISOString(),
    }),
    assumption: words.join(' '),
    basis,
  };
}

function toForecastLimit(
  { key, amount }: Take,
  reckoning: Reckoning,
): ForecastLimit[] {
  const { task, view, times, now } = reckoning;
  const { max, used } = view.fillOf(key);
  if (max === undefined) {
    return [];
  }
  const { kind, scope } = parseLimitKey(key);
  const common = { key, max, used, amount, ahead: aheadIn(key, reckoning) };
  const ofTemplate = times.runSlotOf(task.template);
  const ofChange = inTurn(ofTemplate, times.reviewOf(task.holder.team));
  switch (kind) {
    case 'running':
      // Slots of a team or a repository are taken by tasks such as this one, those of the portal by tasks of all kinds.
      return [
        {
          ...common,
          holds:
            scope === 'team' || scope === 'repository'
              ? ofTemplate
              : times.runSlot,
        },
      ];
    case 'day': {
      const midnight = Math.floor(now.getTime() / dayMs + 1) * dayMs;
      return [
        {
          ...common,
          holds: undefined,
          window: { endsAt: new Date(midnight), seconds: dayMs / 1000 },
        },
      ];
    }
    case 'starts':
      return [{ ...common, holds: aMinute }];
    case 'checks':
      // From admission until its checks have ended; of that the run is the part that is measured.
      return [{ ...common, holds: times.runSlot }];
    default:
      return [{ ...common, holds: ofChange }];
  }
}

/** How many tasks take from a limit before a task does. */
function aheadIn(key: string, { task, view, parts }: Reckoning): number {
  const { scope } = parseLimitKey(key);
  if (scope === 'repository') {
    return task.beforeOnRepository;
  }
  if (scope === 'team') {
    return task.before;
  }
  const among = view.teamsOf(key);
  return countAhead({
    place: task.before,
    team: view.partOf(task.holder.team),
    others: parts.filter(
      ({ team }) =>
        team !== task.holder.team && (!among || among.includes(team)),
    ),
  });
}

/** What was assumed, for people. */
function describe(
  forecast: StartForecast,
  limit: ForecastLimit | undefined,
  view: LimitView,
): string {
  if (!limit || (forecast.at && forecast.decisive === undefined)) {
    return 'Its limits have room, so that it starts with the next round of admission.';
  }
  const id = parseLimitKey(limit.key);
  const whose = describeOwner(id);
  if (!forecast.at) {
    switch (forecast.unknown) {
      case 'no-slots':
        return view.pauseOf(limit.key)
          ? `Nothing of ${whose} starts while it is paused.`
          : `A limit of ${whose} has no room for it at all, so that it starts when somebody raises that limit.`;
      case 'count':
        return 'How many slots are taken is not known; they are counted again within a minute.';
      default:
        return id.kind === 'running' || id.kind === 'checks'
          ? 'No run has ended yet, so that nothing is known of how long they take.'
          : 'No run has ended yet, or no change was merged or closed, so that nothing is known of how long a review slot is held.';
    }
  }
  const first =
    limit.ahead === 0
      ? 'It goes first.'
      : `${count(limit.ahead, 'task')} ${limit.ahead === 1 ? 'goes' : 'go'} first.`;
  const slots = Math.floor(limit.max / limit.amount);
  const { holds } = limit;
  if (id.kind === 'day') {
    return `The limit of a day begins again at midnight UTC. ${first}`;
  }
  if (id.kind === 'starts') {
    return `${count(slots, 'task')} of ${whose} may start within a minute. ${first}`;
  }
  const shared = view.teamsOf(limit.key) ?? id.scope === 'portal';
  return [
    `${whose[0].toUpperCase()}${whose.slice(1)} has room for ${count(slots, 'task')}, each of which holds its slot for ${
      holds ? inWords(holds.mean) : 'some time'
    }, as the last ${holds?.count ?? 0} did on average.`,
    first,
    ...(shared ? ['Teams share slots by their weights.'] : []),
  ].join(' ');
}

/** A time as people say it. */
export function inWords(seconds: number): string {
  if (seconds < 90) {
    return `${Math.round(seconds)} s`;
  }
  if (seconds < 90 * 60) {
    return `${Math.round(seconds / 60)} min`;
  }
  if (seconds < 36 * 3600) {
    return `${Math.round(seconds / 3600)} h`;
  }
  return `${Math.round(seconds / 86_400)} days`;
}

export interface ForecastsOptions {
  times: MeasuredTimes;
  store: ForecastStore;
  /** How many queued tasks of its team go before a task on its repository. */
  countBefore: (
    task: Pick<TaskRecord, 'id' | 'team' | 'rank' | 'repository'>,
  ) => Promise<number>;
  clock: Clock;
}
