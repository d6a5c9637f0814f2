import { setTimeout as sleep } from 'node:timers/promises';
import { SeededRandom } from '@agent-tasks/github-simulator';
import { AgentTasksClient } from '@agent-tasks/plugin-agent-tasks-common';
import { LimitBook } from './LimitBook';

const TRY_TIMEOUT_MS = 8_000;

/** Between which values the limits of teams go. */
const RUNNING = { min: 0, max: 14 };
const CHANGES = { min: 4, max: 18 };

/** Those of a group, which has many teams. */
const GROUP_RUNNING = { min: 40, max: 160 };

/**
 * Raises and lowers limits of random teams and groups over the API, until `isOver`. One that was not answered may hold or
 * not: the book then knows both values.
 *
 * @returns how many changes were confirmed
 */
export async function changeLimits(options: {
  client: AgentTasksClient;
  teams: readonly string[];
  groups: readonly string[];
  book: LimitBook;
  random: SeededRandom;
  everyMs: number;
  isOver: () => boolean;
}): Promise<{ confirmed: number; unanswered: number }> {
  const { client, teams, groups, book, random, everyMs, isOver } = options;
  const done = { confirmed: 0, unanswered: 0 };
  while (!isOver()) {
    await sleep(everyMs);
    const isGroup = groups.length > 0 && random.next() < 0.15;
    const subject = random.pick(isGroup ? groups : teams);
    const scope = isGroup ? 'group' : 'team';
    const running = isGroup
      ? random.integer(GROUP_RUNNING.min, GROUP_RUNNING.max)
      : random.integer(RUNNING.min, RUNNING.max);
    const openChanges = random.integer(CHANGES.min, CHANGES.max);
    try {
      const { version } = await client.getTeam(subject, within());
      const values: [kind: string, value: number][] = [
        ['running', running],
        ...(isGroup ? [] : ([['changes', openChanges]] as [string, number][])),
      ];
      const confirm = values.map(([kind, value]) =>
        book.change({
          key: `${kind} ${scope} ${subject}`,
          value,
          now: Date.now,
        }),
      );
      await client.setTeamLimits(
        subject,
        { expectedVersion: version, running, ...(!isGroup && { openChanges }) },
        within(),
      );
      confirm.forEach(one => one());
      done.confirmed += 1;
    } catch {
      done.unanswered += 1;
    }
  }
  return done;
}

function within(): { signal: AbortSignal } {
  return { signal: AbortSignal.timeout(TRY_TIMEOUT_MS) };
}
