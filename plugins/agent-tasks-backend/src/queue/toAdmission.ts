import { AdmissionInput, LimitState, TeamShare } from '../policy/admit';
import { LimitCounts, LimitSettings } from '../policy/LimitSettings';
import { maxOf, shareOf, usedOf } from '../policy/limits';
import { SlotHolder } from '../policy/slots';
import { reviewTakesOf, takesOf } from '../policy/takes';

/** A change that fell out of the auto lane and waits, as a draft, for a review slot. */
export interface AwaitingReview extends Pick<
  SlotHolder,
  'team' | 'repository' | 'reviewMinutes'
> {
  id: string;
}

/**
 * What admission is decided from.
 *
 * @param options.queued - of each team in the order in which they shall start
 * @param options.awaitingReview - likewise; they go before the tasks
 * @param options.waited - how long ago teams were last admitted, in any one unit; a team that is not there never was
 */
export function toAdmission(options: {
  counts: LimitCounts;
  settings: LimitSettings;
  queued: readonly ({ id: string } & SlotHolder)[];
  awaitingReview?: readonly AwaitingReview[];
  waited?: ReadonlyMap<string, number>;
  maxAdmitted?: number;
}): AdmissionInput {
  const { counts, settings, queued, awaitingReview = [], waited } = options;
  const teams = new Map<string, TeamShare>();
  for (const { team } of queued) {
    if (!teams.has(team)) {
      teams.set(team, {
        ...shareOf(team, counts, settings),
        waited: waited?.get(team),
      });
    }
  }
  return {
    limits: { get: key => readLimit(key, counts, settings) },
    teams,
    candidates: [
      ...awaitingReview.map(task => ({
        id: task.id,
        team: task.team,
        takes: reviewTakesOf(task, settings),
      })),
      ...queued.map(task => ({
        id: task.id,
        team: task.team,
        takes: takesOf(task, settings),
      })),
    ],
    maxAdmitted: options.maxAdmitted,
  };
}

/** How full a limit is; `undefined`: there is none. */
export function readLimit(
  key: string,
  counts: LimitCounts,
  settings: LimitSettings,
): LimitState | undefined {
  const max = maxOf(key, settings);
  return max === undefined
    ? undefined
    : { max, used: usedOf(key, counts, settings) };
}
