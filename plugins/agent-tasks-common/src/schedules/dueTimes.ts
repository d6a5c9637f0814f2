import { Cron } from 'croner';

/**
 * When something is due again and again.
 *
 * @public
 */
export interface DueTimes {
  /** Minute, hour, day of month, month, day of week. */
  cron: string;
  /** Of the IANA database, such as `Europe/Vienna`. */
  timeZone: string;
}

const nicknames = ['@hourly', '@daily', '@weekly', '@monthly', '@yearly'];

/** Of a schedule whose distances differ, such as one on weekdays, so many show the shortest. */
const distancesSeen = 100;

/**
 * What is wrong with a schedule, in a sentence for who writes it: it cannot be read, never fires, fires more often than
 * once a minute, or is put off by more than the time between two runs.
 *
 * @public
 */
export function findScheduleProblem(
  options: DueTimes & {
    /** By how much a run may be put off. */
    jitterSeconds?: number;
    /** From when on; default: now. */
    after?: Date;
  },
): string | undefined {
  const { cron, timeZone, jitterSeconds = 0, after = new Date() } = options;
  const parts = cron.trim().split(/\s+/);
  const isNickname = parts.length === 1 && nicknames.includes(parts[0]);
  if (parts.length === 6 || parts.length === 7) {
    return `'${cron}' has ${parts.length} fields: with seconds it could fire more often than once a minute. Leave out the seconds.`;
  }
  if (parts.length !== 5 && !isNickname) {
    return `'${cron}' is no schedule: write minute, hour, day of month, month and day of week, such as '0 6 * * 1' for Mondays at six, or one of ${nicknames.join(', ')}.`;
  }
  if (!isTimeZone(timeZone)) {
    return `'${timeZone}' is no time zone: write it as in the IANA database, such as Europe/Vienna or UTC.`;
  }
  let times: Date[];
  try {
    times = nextDueTimes({
      cron,
      timeZone,
      after,
      count: jitterSeconds ? distancesSeen : 1,
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return `'${cron}' is no schedule: ${message.replace(/^Cron\w+: /, '')}`;
  }
  if (times.length === 0) {
    return `'${cron}' never fires: no day is like that.`;
  }
  const shortest = Math.min(
    ...times.slice(1).map((time, i) => time.getTime() - times[i].getTime()),
  );
  if (jitterSeconds * 1000 >= shortest) {
    return `Runs may be put off by ${jitterSeconds} seconds, but two of them are only ${
      shortest / 1000
    } seconds apart. Put them off by less than that.`;
  }
  return undefined;
}

/**
 * The next times that a schedule is due, after a time. Where clocks go forward, what would be due in the hour that is
 * left out is due at its end; where they go back, what is due once a day is due once.
 *
 * @throws where the schedule cannot be read; {@link findScheduleProblem} says so in advance
 * @public
 */
export function nextDueTimes(
  options: DueTimes & { after: Date; count: number },
): Date[] {
  return read(options).nextRuns(options.count, options.after);
}

/**
 * The last time that a schedule was due, at a time or before it.
 *
 * @public
 */
export function lastDueTime(
  options: DueTimes & { until: Date },
): Date | undefined {
  const cron = read(options);
  // Due times are whole minutes, and what is asked for is before the next one.
  const [last] = cron.previousRuns(1, new Date(options.until.getTime() + 1000));
  return last && last <= options.until
    ? last
    : cron.previousRuns(1, options.until)[0];
}

function read(times: DueTimes): Cron {
  return new Cron(times.cron.trim(), {
    timezone: times.timeZone,
    mode: times.cron.trim().startsWith('@') ? 'auto' : '5-part',
    paused: true,
  });
}

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en-US', { timeZone: name }));
  } catch {
    return false;
  }
}
