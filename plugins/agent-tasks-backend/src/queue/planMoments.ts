import {
  PlanMoment,
  PlanSummary,
} from '@agent-tasks/plugin-agent-tasks-common';
import { MeasuredTime } from '../policy/forecast';
import { BrakedTask } from '../policy/brakes';
import { SlotHolder } from '../policy/slots';
import { inWords, OutsideDelay, QueuedTask, Reckoner } from './Forecasts';

/** A task that is planned, as far as the queue looks at it. */
export type PlannedSlots = BrakedTask &
  SlotHolder & {
    /** Of the campaign; 1 begins at once. */
    wave: number;
  };

/** When tasks start and come to review, and when each wave begins. */
export type PlanMoments = Pick<
  PlanSummary,
  'firstStart' | 'lastStart' | 'firstReview' | 'lastReview' | 'waves'
>;

/** What the tasks of a team in a wave have in common, and those that start first and last. */
interface TeamInWave {
  first: PlannedSlots;
  last: PlannedSlots;
  count: number;
  /** The task that waits longest for its repository, and for how many. */
  deepest: PlannedSlots;
  onRepository: number;
}

/** A moment, in milliseconds since 1970 where it is known. */
interface Moment {
  at?: number;
  assumption: string;
}

function groupByWave(
  planned: readonly PlannedSlots[],
): Map<number, Map<string, TeamInWave>> {
  const waves = new Map<number, Map<string, TeamInWave>>();
  const onRepositories = new Map<string, number>();
  for (const task of planned) {
    const teams = waves.get(task.wave) ?? new Map<string, TeamInWave>();
    waves.set(task.wave, teams);
    const place = `${task.wave} ${task.repository}`;
    const onRepository = onRepositories.get(place) ?? 0;
    onRepositories.set(place, onRepository + 1);
    const known = teams.get(task.team);
    if (!known) {
      teams.set(task.team, {
        first: task,
        last: task,
        count: 1,
        deepest: task,
        onRepository,
      });
    } else {
      known.last = task;
      known.count += 1;
      if (onRepository > known.onRepository) {
        known.deepest = task;
        known.onRepository = onRepository;
      }
    }
  }
  return waves;
}

/** The earlier one; what is not known counts for nothing. */
function earlier(a: Moment | undefined, b: Moment): Moment {
  if (!a || a.at === undefined) {
    return a && b.at === undefined ? a : b;
  }
  return b.at !== undefined && b.at < a.at ? b : a;
}

/** The later one; what is not known may be later than anything. */
function later(a: Moment | undefined, b: Moment): Moment {
  if (!a || b.at === undefined) {
    return a && a.at === undefined ? a : b;
  }
  return a.at !== undefined && b.at > a.at ? b : a;
}

function after(
  moment: Moment,
  time: MeasuredTime | undefined,
  words: { measured: string; unknown: string },
): Moment {
  if (moment.at === undefined) {
    return moment;
  }
  return time
    ? {
        at: moment.at + time.median * 1000,
        assumption: `${moment.assumption} ${words.measured} ${inWords(time.median)}, as half of the last ${time.count} did.`,
      }
    : { assumption: words.unknown };
}

function toMoment({ at, assumption }: Moment): PlanMoment {
  return {
    ...(at !== undefined && { at: new Date(at).toISOString() }),
    assumption,
  };
}

const runWords = {
  measured: 'An agent works',
  unknown:
    'No run has ended yet, so that nothing is known of how long they take.',
};

const reviewWords = {
  measured: 'A change is settled within',
  unknown:
    'No change was merged or closed yet, so that nothing is known of how long a review takes.',
};

/**
 * Says when the first and the last task of a plan are expected to start and to come to review, and when each wave begins.
 *
 * @remarks
 *
 * Of each team and wave three tasks are reckoned: its first, its last, and the one that waits longest for its repository.
 * Every other one is between them, as a task further back never starts earlier. A wave is expected to begin when the last
 * task of the one before has started, worked and been reviewed for the median time, and the rollout has waited; its
 * tasks then stand as far from that moment as if it were now.
 */
export function planMoments(options: {
  planned: readonly PlannedSlots[];
  now: Date;
  /** Of the rollout. */
  rollout: { soakSeconds?: number; continue?: 'automatic' | 'approval' };
  /** Tasks of each team that are queued now. */
  queued: ReadonlyMap<string, number>;
  /** Reckons beside tasks of each team that are planned. */
  reckoner: (planned: ReadonlyMap<string, number>) => Reckoner;
  /** What holds a task beside the limits. */
  delayOf: (task: PlannedSlots) => OutsideDelay | undefined;
  times: {
    runSlotOf(template: string): MeasuredTime | undefined;
    reviewOf(team: string): MeasuredTime | undefined;
  };
}): PlanMoments {
  const { planned, now, rollout, queued, delayOf, times } = options;
  const waves: PlanMoments['waves'] = [];
  let begin: Moment = {
    at: now.getTime(),
    assumption: 'It begins with the launch.',
  };
  let firstStart: Moment | undefined;
  let lastStart: Moment | undefined;
  let firstReview: Moment | undefined;
  let lastReview: Moment | undefined;

  for (const [number, teams] of groupByWave(planned)) {
    const reckon = options.reckoner(
      new Map([...teams].map(([team, { count }]) => [team, count])),
    );
    const from = begin;
    const startOf = (
      holder: PlannedSlots,
      place: Omit<QueuedTask, 'holder' | 'template'>,
    ): Moment => {
      if (from.at === undefined) {
        return from;
      }
      const { at, assumption } = reckon(
        { holder, template: holder.template, ...place },
        delayOf(holder),
      );
      return {
        ...(at && { at: from.at + Date.parse(at) - now.getTime() }),
        assumption:
          number === 1
            ? assumption
            : `${assumption} Reckoned from the begin of wave ${number}.`,
      };
    };

    let settled: Moment | undefined;
    let tasks = 0;
    for (const [team, one] of teams) {
      tasks += one.count;
      const before = number === 1 ? (queued.get(team) ?? 0) : 0;
      const runTime = times.runSlotOf(one.first.template);
      const first = startOf(one.first, { before, beforeOnRepository: 0 });
      const end = { before: before + one.count - 1 };
      let last = startOf(one.last, { ...end, beforeOnRepository: 0 });
      if (one.onRepository > 0) {
        last = later(
          last,
          startOf(one.deepest, {
            ...end,
            beforeOnRepository: one.onRepository,
          }),
        );
      }
      firstStart = earlier(firstStart, first);
      lastStart = later(lastStart, last);
      const done = after(last, runTime, runWords);
      if (one.last.lane === 'review') {
        firstReview = earlier(firstReview, after(first, runTime, runWords));
        lastReview = later(lastReview, done);
      }
      settled = later(
        settled,
        one.last.lane === 'review'
          ? after(done, times.reviewOf(team), reviewWords)
          : done,
      );
    }
    waves.push({ number, tasks, from: toMoment(from) });
    begin = nextBegin(settled!, number, rollout);
  }
  return {
    ...(firstStart && { firstStart: toMoment(firstStart) }),
    ...(lastStart && { lastStart: toMoment(lastStart) }),
    ...(firstReview && { firstReview: toMoment(firstReview) }),
    ...(lastReview && { lastReview: toMoment(lastReview) }),
    waves,
  };
}

function nextBegin(
  settled: Moment,
  number: number,
  rollout: { soakSeconds?: number; continue?: 'automatic' | 'approval' },
): Moment {
  const { soakSeconds = 0 } = rollout;
  const words = [
    `When all tasks of wave ${number} have settled.`,
    ...(soakSeconds > 0 ? [`Then it waits for ${inWords(soakSeconds)}.`] : []),
    ...(rollout.continue === 'approval'
      ? ['Somebody has to approve it; it does not begin before.']
      : []),
    ...(settled.at === undefined ? [settled.assumption] : []),
  ];
  return {
    ...(settled.at !== undefined && { at: settled.at + soakSeconds * 1000 }),
    assumption: words.join(' '),
  };
}
