import { createHash } from 'crypto';

/** A token is fingerprinted with every request. */
const cache = new Map<string, string>();

/**
 * What counters and pages show instead of a token: its kind and a fingerprint.
 *
 * @public
 */
export function fingerprint(token: string): string {
  const known = cache.get(token);
  if (known) {
    return known;
  }
  const [, prefix = 'token'] =
    /^(github_pat|gh[a-z]|app)[_:]/.exec(token) ?? [];
  const hash = createHash('sha256').update(token).digest('hex').slice(0, 12);
  const value = `${prefix}:${hash}`;
  if (cache.size >= 10_000) {
    cache.clear();
  }
  cache.set(token, value);
  return value;
}
