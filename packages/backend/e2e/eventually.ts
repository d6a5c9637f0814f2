import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks again and again until there is an answer, and returns it. A probe that throws has none yet.
 *
 * @throws with what the last probe said, after `seconds`
 */
export async function eventually<T>(
  what: string,
  probe: () => T | undefined | false | Promise<T | undefined | false>,
  options: { seconds?: number } = {},
): Promise<T> {
  const { seconds = 20 } = options;
  const deadline = performance.now() + seconds * 1000;
  let last: unknown = 'nothing';
  for (;;) {
    try {
      const answer = await probe();
      if (answer !== undefined && answer !== false) {
        return answer;
      }
    } catch (error) {
      last = error;
    }
    if (performance.now() > deadline) {
      throw new Error(`Not within ${seconds} s: ${what} (${last})`);
    }
    await sleep(50);
  }
}
