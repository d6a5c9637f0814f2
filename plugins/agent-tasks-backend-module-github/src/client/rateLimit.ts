/** GitHub's advice for a secondary limit that names no time: wait a minute. */
const SECONDARY_LIMIT_SECONDS = 60;
/** No limit of GitHub lasts longer than an hour. */
const LONGEST_WAIT_SECONDS = 3600;

interface Answer {
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  message: string;
}

/** Whether GitHub turned a request away since there were too many, not since it was not allowed. */
export function isRateLimited(answer: Answer): boolean {
  if (answer.status === 429) {
    return true;
  }
  return (
    answer.status === 403 &&
    (answer.headers['retry-after'] !== undefined ||
      answer.headers['x-ratelimit-remaining'] === '0' ||
      /secondary rate limit|rate limit exceeded|abuse detection/i.test(
        answer.message,
      ))
  );
}

/**
 * How long to wait, in whole seconds: `retry-after`, else until `x-ratelimit-reset` by the clock of the answer, else a
 * minute where the answer is a rate limit.
 */
export function retryAfterSeconds(answer: Answer): number | undefined {
  const { headers } = answer;
  // The answer's own clock: this machine's may differ from GitHub's.
  const sentAt = Date.parse(headers.date ?? '') || Date.now();
  const retryAfter = headers['retry-after']?.trim();
  if (retryAfter) {
    const seconds = /^\d+$/.test(retryAfter)
      ? Number(retryAfter)
      : (Date.parse(retryAfter) - sentAt) / 1000;
    if (!Number.isNaN(seconds)) {
      return bounded(seconds);
    }
  }
  if (!isRateLimited(answer)) {
    return undefined;
  }
  const reset = Number(headers['x-ratelimit-reset'] ?? NaN);
  if (headers['x-ratelimit-remaining'] === '0' && Number.isFinite(reset)) {
    return bounded(reset - sentAt / 1000);
  }
  return SECONDARY_LIMIT_SECONDS;
}

function bounded(seconds: number): number {
  return Math.min(Math.max(1, Math.ceil(seconds)), LONGEST_WAIT_SECONDS);
}
