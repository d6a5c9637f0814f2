import { isRateLimited, retryAfterSeconds } from './rateLimit';

const DATE = 'Sun, 22 Nov 2026 12:00:00 GMT';
const AT_SECONDS = Date.parse(DATE) / 1000;

function answer(
  status: number,
  headers: Record<string, string> = {},
  message = '',
) {
  return { status, headers: { date: DATE, ...headers }, message };
}

describe('isRateLimited', () => {
  it.each([
    [answer(429)],
    [answer(403, { 'retry-after': '7' })],
    [answer(403, { 'x-ratelimit-remaining': '0' })],
    [answer(403, {}, 'You have exceeded a secondary rate limit.')],
    [answer(403, {}, 'API rate limit exceeded for user ID 1.')],
  ])('is true for %j', limited => {
    expect(isRateLimited(limited)).toBe(true);
  });

  it.each([
    [answer(403, {}, 'Resource not accessible by integration')],
    [answer(403, { 'x-ratelimit-remaining': '4999' })],
    [answer(404, { 'x-ratelimit-remaining': '0' })],
    [answer(200, { 'x-ratelimit-remaining': '0' })],
  ])('is false for %j', other => {
    expect(isRateLimited(other)).toBe(false);
  });
});

describe('retryAfterSeconds', () => {
  it.each([
    ['seconds', answer(429, { 'retry-after': '7' }), 7],
    [
      'a date, by the clock of the answer',
      answer(429, { 'retry-after': 'Sun, 22 Nov 2026 12:00:30 GMT' }),
      30,
    ],
    [
      'the reset of the primary limit, by the clock of the answer',
      answer(403, {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(AT_SECONDS + 90),
      }),
      90,
    ],
    ['nothing: a minute', answer(429), 60],
    ['a time that has passed', answer(429, { 'retry-after': '0' }), 1],
    ['a time beyond all limits', answer(429, { 'retry-after': '99999' }), 3600],
    ['a server that is down', answer(503, { 'retry-after': '20' }), 20],
    ['a refusal', answer(403), undefined],
    [
      'a reset that is far off while requests are left',
      answer(429, {
        'x-ratelimit-remaining': '12',
        'x-ratelimit-reset': String(AT_SECONDS + 3000),
      }),
      60,
    ],
  ])('reads %s', (_, given, seconds) => {
    expect(retryAfterSeconds(given)).toBe(seconds);
  });
});
