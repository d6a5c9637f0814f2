import { setTimeout as sleep } from 'node:timers/promises';
import { SeededRandom } from '@agent-tasks/github-simulator';
import { AgentTasksClient } from '@agent-tasks/plugin-agent-tasks-common';
import { CohortBook } from './CohortBook';
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
  /** Teams of it may have `borrow` run slots beyond their own. */
  cohort: CohortBook;
  borrow: number;
  /** Between which values the launches of a team within a day go. */
  launchesPerDay: { min: number; max: number };
  random: SeededRandom;
  everyMs: number;
  isOver: () => boolean;
}): Promise<{ confirmed: number; unanswered: number }> {
  const { client, teams, groups, book, cohort, random } = options;
  const { everyMs, isOver, borrow } = options;
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
    const launchesPerDay = random.integer(
      options.launchesPerDay.min,
      options.launchesPerDay.max,
    );
    const borrows = cohort.has(subject);
    try {
      const { version } = await client.getTeam(subject, within());
      const values: [kind: string, value: number][] = [
        ['running', borrows ? running + borrow : running],
        ...(isGroup
          ? []
          : ([
              ['changes', openChanges],
              ['day', launchesPerDay],
            ] as [string, number][])),
      ];
      const confirm = values.map(([kind, value]) =>
        book.change({
          key: `${kind} ${scope} ${subject}`,
          value,
          now: Date.now,
        }),
      );
      if (borrows) {
        confirm.push(
          cohort.change({ team: subject, value: running, now: Date.now }),
        );
      }
      await client.setTeamLimits(
        subject,
        {
          expectedVersion: version,
          running,
          ...(!isGroup && { openChanges, launchesPerDay }),
        },
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
