import { HostChange } from '@agent-tasks/plugin-agent-tasks-node';
import { JsonObject } from '@backstage/types';
import { holdsChecks, leavesAutoLane, mayBeOffered } from '../policy/lanes';
import { DueChange, StoredChange } from './ChangeStore';

/** One thing about a change that people want to know, as its event tells it. */
export interface ChangeNews {
  type: string;
  message: string;
  details?: JsonObject;
}

/** What is new about a change since it was read last, but for its end. */
export function changeNews(
  before: StoredChange,
  seen: HostChange,
): ChangeNews[] {
  const name = `#${seen.number}`;
  const news: ChangeNews[] = [];
  if (before.state === 'found') {
    news.push({
      type: 'change.opened',
      message: `Pull request ${name} “${seen.title}” is open${
        seen.draft ? ' as a draft' : ''
      }.`,
      details: { url: seen.url, headCommit: seen.headCommit },
    });
  } else {
    if (before.headCommit !== seen.headCommit) {
      news.push({
        type: 'change.pushed',
        message: `New commits on ${name}.`,
        details: { headCommit: seen.headCommit },
      });
    }
    if (before.draft && !seen.draft && seen.state === 'open') {
      news.push({
        type: 'change.ready',
        message: `${name} is ready for review.`,
      });
    }
    if (!before.draft && seen.draft) {
      news.push({
        type: 'change.drafted',
        message: `${name} is a draft again.`,
      });
    }
  }
  if (before.checks !== seen.checks && seen.checks !== 'none') {
    news.push({
      type: `change.checks_${seen.checks}`,
      message: {
        pending: `Checks run on ${name}.`,
        passed: `All checks of ${name} passed.`,
        failed: `Checks of ${name} failed.`,
      }[seen.checks],
      details: { headCommit: seen.headCommit },
    });
  }
  if (
    before.review !== seen.review &&
    (seen.review === 'approved' || seen.review === 'changes_requested')
  ) {
    news.push({
      type: `change.${seen.review}`,
      message:
        seen.review === 'approved'
          ? `${name} was approved.`
          : `Changes were requested on ${name}.`,
    });
  }
  return news;
}

/** Whether a page that shows the change would look different. */
export function differs(before: StoredChange, seen: HostChange): boolean {
  return (
    before.state !== seen.state ||
    before.draft !== seen.draft ||
    before.headCommit !== seen.headCommit ||
    before.checks !== seen.checks ||
    before.review !== seen.review
  );
}

/**
 * Whether nothing follows from what a host reports of an open change: nothing is new, and nothing waits to be done about it.
 */
export function isQuiet(due: DueChange, seen: HostChange): boolean {
  const { task } = due;
  const signs = { task: task.state, checks: seen.checks, review: seen.review };
  const checks = holdsChecks({ ...signs, open: true });
  return (
    due.state === 'open' &&
    !differs(due, seen) &&
    !task.awaitsReview &&
    !(task.autoSlot && leavesAutoLane(signs)) &&
    (checks === undefined || checks === task.checksSlot) &&
    !(
      seen.draft &&
      !due.offered &&
      mayBeOffered({ ...signs, ...task, task: task.state })
    )
  );
}
