import { DateTime } from 'luxon';

/** `14 Mar 2026, 14:03:22`, in the reader's own zone. */
export function formatExactTime(options: {
  at: string | number;
  locale?: string;
}): string {
  return toDateTime(options).toLocaleString({
    ...DateTime.DATETIME_MED_WITH_SECONDS,
    hourCycle: 'h23',
  });
}

/** `14:03`, with the day in front where it is not today. */
export function formatClock(options: {
  at: string | number;
  now: number;
  locale?: string;
}): string {
  const at = toDateTime(options);
  const isToday = at.hasSame(DateTime.fromMillis(options.now), 'day');
  return at.toLocaleString(
    isToday
      ? DateTime.TIME_24_SIMPLE
      : { ...DateTime.DATETIME_MED, hourCycle: 'h23' },
  );
}

/** `3 min. ago`; what is less than ten seconds away, or ahead only because two clocks differ, is `now`. */
export function formatRelativeTime(options: {
  at: string | number;
  now: number;
  locale?: string;
}): string {
  const at = toDateTime(options);
  const distance = at.toMillis() - options.now;
  if (distance > -10_000 && distance < 30_000) {
    return new Intl.RelativeTimeFormat(options.locale, {
      numeric: 'auto',
    }).format(0, 'second');
  }
  return (
    at.toRelative({
      base: DateTime.fromMillis(options.now),
      style: 'short',
      locale: options.locale,
    }) ?? ''
  );
}

/** How long: `48 s`, `12 min`, `3 h 20 min`, `2 d 4 h`. The two largest units, the second without zeros. */
export function formatDuration(options: { milliseconds: number }): string {
  const seconds = Math.max(0, Math.round(options.milliseconds / 1000));
  if (seconds < 60) {
    return `${seconds} s`;
  }
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) {
    return `${minutes} min`;
  }
  if (minutes < 24 * 60) {
    return join(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
  }
  const hours = Math.round(minutes / 60);
  return join(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

function join(large: number, unit: string, small: number, smallUnit: string) {
  return small === 0
    ? `${large} ${unit}`
    : `${large} ${unit} ${small} ${smallUnit}`;
}

function toDateTime(options: { at: string | number; locale?: string }) {
  const at =
    typeof options.at === 'number'
      ? DateTime.fromMillis(options.at)
      : DateTime.fromISO(options.at);
  return options.locale ? at.setLocale(options.locale) : at;
}
