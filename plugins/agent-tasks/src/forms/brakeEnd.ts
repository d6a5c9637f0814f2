import { DateTime } from 'luxon';

/** When a brake comes off, as a person chooses it. */
export const brakeEnds = [
  'hour',
  'fourHours',
  'tomorrow',
  'moment',
  'released',
] as const;

export type BrakeEnd = (typeof brakeEnds)[number];

/** The longest that the backend takes, in days. */
const LONGEST_DAYS = 366;

/**
 * The moment at which a brake comes off: `undefined` for one that lasts until somebody releases it, `invalid` where no
 * moment within the next year is chosen. Times are of the reader's own zone.
 */
export function toBrakeEnd(options: {
  end: BrakeEnd;
  /** What a field of type `datetime-local` holds: `2026-03-14T18:00`, or nothing. */
  moment: string;
  now: number;
}): Date | 'invalid' | undefined {
  const now = DateTime.fromMillis(options.now);
  switch (options.end) {
    case 'hour':
      return now.plus({ hours: 1 }).toJSDate();
    case 'fourHours':
      return now.plus({ hours: 4 }).toJSDate();
    case 'tomorrow':
      return now
        .plus({ days: 1 })
        .set({ hour: 9, minute: 0, second: 0, millisecond: 0 })
        .toJSDate();
    case 'moment': {
      const moment = DateTime.fromISO(options.moment);
      const isWithin =
        moment.isValid &&
        moment > now &&
        moment <= now.plus({ days: LONGEST_DAYS });
      return isWithin ? moment.toJSDate() : 'invalid';
    }
    default:
      return undefined;
  }
}
