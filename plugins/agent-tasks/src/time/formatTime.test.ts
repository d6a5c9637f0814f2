import fc from 'fast-check';
import {
  formatClock,
  formatDuration,
  formatExactTime,
  formatRelativeTime,
} from './formatTime';

const now = Date.parse('2026-03-14T15:00:00Z');
const before = (seconds: number) =>
  new Date(now - seconds * 1000).toISOString();

describe('formatRelativeTime', () => {
  it.each([
    [0, 'now'],
    [9, 'now'],
    [45, '45 sec. ago'],
    [3 * 60, '3 min. ago'],
    [2 * 3600, '2 hr. ago'],
    [3 * 86400, '3 days ago'],
  ])('%d seconds ago', (seconds, text) => {
    expect(formatRelativeTime({ at: before(seconds), now, locale: 'en' })).toBe(
      text,
    );
  });

  it('says of a clock that is a little ahead that it is now', () => {
    expect(formatRelativeTime({ at: before(-20), now, locale: 'en' })).toBe(
      'now',
    );
  });

  it('tells what is ahead', () => {
    expect(formatRelativeTime({ at: before(-300), now, locale: 'en' })).toBe(
      'in 5 min.',
    );
  });

  it('speaks the language of the portal', () => {
    expect(formatRelativeTime({ at: before(180), now, locale: 'de' })).toBe(
      'vor 3 Min.',
    );
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0 s'],
    [-5_000, '0 s'],
    [48_400, '48 s'],
    [59_900, '1 min'],
    [12 * 60_000, '12 min'],
    [200 * 60_000, '3 h 20 min'],
    [180 * 60_000, '3 h'],
    [52 * 3_600_000, '2 d 4 h'],
  ])('%d ms', (milliseconds, text) => {
    expect(formatDuration({ milliseconds })).toBe(text);
  });

  it('never shows a unit that is full', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e11 }), milliseconds => {
        const text = formatDuration({ milliseconds });
        expect(text).not.toMatch(/\b60 (s|min)\b/);
        expect(text).not.toMatch(/\b24 h\b/);
      }),
    );
  });
});

describe('formatClock', () => {
  it('gives the time alone for today', () => {
    const at = new Date(2026, 2, 14, 14, 3);
    expect(
      formatClock({
        at: at.getTime(),
        now: new Date(2026, 2, 14, 18).getTime(),
        locale: 'en',
      }),
    ).toBe('14:03');
  });

  it('gives the day too for another day', () => {
    const at = new Date(2026, 2, 13, 14, 3);
    expect(
      formatClock({
        at: at.getTime(),
        now: new Date(2026, 2, 14, 18).getTime(),
        locale: 'en',
      }),
    ).toBe('Mar 13, 2026, 14:03');
  });
});

describe('formatExactTime', () => {
  it('gives the second', () => {
    const at = new Date(2026, 2, 14, 14, 3, 22);
    expect(formatExactTime({ at: at.getTime(), locale: 'en' })).toBe(
      'Mar 14, 2026, 14:03:22',
    );
  });
});
