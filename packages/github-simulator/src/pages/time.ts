import { Html, html } from './html';

const UNITS: [limit: number, seconds: number, word: string][] = [
  [60, 1, 'second'],
  [3_600, 60, 'minute'],
  [86_400, 3_600, 'hour'],
  [Infinity, 86_400, 'day'],
];

/** Such as "3 minutes ago". */
export function relativeTime(options: { at: number; now: number }): string {
  const seconds = Math.max(0, Math.round((options.now - options.at) / 1000));
  if (seconds < 5) {
    return 'just now';
  }
  const [, size, word] = UNITS.find(([limit]) => seconds < limit)!;
  const count = Math.floor(seconds / size);
  return `${count} ${word}${count === 1 ? '' : 's'} ago`;
}

/** A time in words, with the exact one on hover. */
export function timeView(options: { at: number; now: number }): Html {
  const iso = new Date(options.at).toISOString();
  return html`<time datetime="${iso}" title="${iso}"
    >${relativeTime(options)}</time
  >`;
}
