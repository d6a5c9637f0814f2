import { CodeHost, HostChange } from '@agent-tasks/plugin-agent-tasks-node';
import { isSettled } from '@agent-tasks/plugin-agent-tasks-common';
import { JsonObject } from '@backstage/types';
import { EventStore } from '../audit/EventStore';
import { Transaction } from '../database/connect';
import { Clock } from '../loops/Clock';
import { RoundStore } from '../loops/RoundStore';
import { Wakeups } from '../loops/Wakeups';
import { describeProblem, Remotes } from '../remotes/Remotes';
import { TaskFeed } from '../queue/TaskFeed';
import { TaskStore } from '../queue/TaskStore';
import { ChangeStore, DueChange, StoredChange } from './ChangeStore';

/** Times of tracking, from the configuration. */
export interface TrackSettings {
  /** How often an open change is read while no webhook tells of it. */
  changesSeconds: number;
  /** The least time between two reads, however many webhooks come. */
  hintsSeconds: number;
}

/** Changes that one request to a host names. */
const changesPerRequest = 100;

/** How often in a row the host does not show the change of a task that has settled until it is taken for gone. */
const missesUntilGone = 5;

/** How long reading a hundred changes may take; another replica reads them again after it. */
const readTimeoutSeconds = 20;

/**
 * Follows changes at their hosts until they are merged or closed, a hundred per request, and offers them for review
 * once the agent is done.
 */
export class ChangeTracker {
  readonly #options: ChangeTrackerOptions;

  private constructor(options: ChangeTrackerOptions) {
    this.#options = options;
  }

  static create(options: ChangeTrackerOptions): ChangeTracker {
    return new ChangeTracker(options);
  }

  async round(signal: AbortSignal): Promise<void> {
    for (const codeHost of this.#options.remotes.codeHosts) {
      await this.#roundOf(codeHost, signal);
    }
  }

  async #roundOf(codeHost: CodeHost, signal: AbortSignal): Promise<void> {
    const { changes, rounds, settings, clock } = this.#options;
    const now = clock.now();
    if (!(await changes.hasDue({ codeHost: codeHost.id, now }))) {
      return;
    }
    const round = await rounds.claim({
      name: `changes:${codeHost.id}`,
      now,
      leaseUntil: new Date(now.getTime() + readTimeoutSeconds * 1000),
    });
    if (!round) {
      return;
    }
    try {
      while (await this.#readSome(codeHost, now, signal)) {
        // A request names a hundred; the rest of what is due comes with the next one.
      }
    } finally {
      const spacing = Math.min(settings.hintsSeconds, settings.changesSeconds);
      await rounds.finish({
        round,
        dueAt: new Date(now.getTime() + spacing * 1000),
      });
    }
  }

  /** Reads up to a hundred changes in one request. True: there may be more that are due. */
  async #readSome(
    codeHost: CodeHost,
    now: Date,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { changes, remotes, settings } = this.#options;
    const claimedUntil = new Date(now.getTime() + readTimeoutSeconds * 1000);
    const due = await changes.claimDue({
      codeHost: codeHost.id,
      // Those that would fall due soon come along: all of them then keep step, and few requests serve many changes.
      until: new Date(now.getTime() + settings.changesSeconds * 500),
      nextAt: claimedUntil,
      limit: changesPerRequest,
    });
    if (!due.length) {
      return false;
    }
    let seen: Map<string, HostChange>;
    try {
      seen = await codeHost.getChanges({
        changes: due.map(({ repository, globalId }) => ({
          repository,
          globalId,
        })),
        signal: AbortSignal.any([
          AbortSignal.timeout(readTimeoutSeconds * 1000),
          signal,
        ]),
      });
      await remotes.succeeded('code-host', codeHost.id);
    } catch (error) {
      if (signal.aborted) {
        return false;
      }
      await remotes.failed('code-host', codeHost.id, error, {
        refusalCounts: true,
      });
      for (const change of due) {
        await changes.setDue({
          id: change.id,
          at: this.#backoff(change),
          problem: true,
        });
      }
      return false;
    }
    for (const change of due) {
      const host = seen.get(change.globalId);
      if (host) {
        await this.#apply(codeHost, change, host, claimedUntil, signal);
      } else {
        await this.#missing(codeHost, change);
      }
    }
    return due.length === changesPerRequest && !signal.aborted;
  }

  async #apply(
    codeHost: CodeHost,
    due: DueChange,
    seen: HostChange,
    claimedUntil: Date,
    signal: AbortSignal,
  ): Promise<void> {
    const { tasks, changes, settings, clock, feed, wakeups } = this.#options;
    const at = clock.now();
    const outcome = await tasks.transaction(async tx => {
      const task = await tasks.lock(tx, due.taskId);
      const before = await changes.lock(tx, due.id);
      if (!task || !before) {
        return { news: false, offer: false };
      }
      await changes.update(tx, {
        id: due.id,
        seen,
        at,
        claimedUntil,
        dueAt: new Date(at.getTime() + settings.changesSeconds * 1000),
      });
      await this.#tell(tx, codeHost, due, before, seen, at);
      let settled = false;
      if (seen.state !== 'open') {
        settled = await this.#settle(tx, codeHost, due, seen, at);
      }
      return {
        news: settled || differs(before, seen),
        // Once: a person who makes it a draft again has a reason to.
        offer:
          seen.state === 'open' &&
          seen.draft &&
          task.state === 'in_review' &&
          !before.offered,
      };
    });
    if (outcome.news) {
      feed.publish([due.taskId]);
      wakeups.wake('stops', 'admission');
    }
    if (outcome.offer) {
      await this.#offer(codeHost, due, seen, signal);
    }
  }

  /** Appends an event for each thing about a change that people want to know. */
  async #tell(
    tx: Transaction,
    codeHost: CodeHost,
    due: DueChange,
    before: StoredChange,
    seen: HostChange,
    at: Date,
  ): Promise<void> {
    const name = `#${seen.number}`;
    const news: { type: string; message: string; details?: JsonObject }[] = [];
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
    await this.#options.events.append(
      tx,
      news.map(one => ({
        ...one,
        at,
        actor: `host:${codeHost.id}`,
        taskId: due.taskId,
        campaignId: due.campaignId,
        changeId: due.id,
      })),
    );
  }

  async #settle(
    tx: Transaction,
    codeHost: CodeHost,
    due: DueChange,
    seen: HostChange,
    at: Date,
  ): Promise<boolean> {
    const { tasks, events } = this.#options;
    const merged = seen.state === 'merged';
    const event = {
      type: merged ? 'change.merged' : 'change.closed',
      actor: `host:${codeHost.id}`,
      changeId: due.id,
      message: merged
        ? `#${seen.number} was merged${
            seen.mergedBy ? ` by ${seen.mergedBy}` : ''
          }.`
        : `#${seen.number} was closed without being merged.`,
      details: { url: seen.url, headCommit: seen.headCommit },
    };
    const task = await tasks.lock(tx, due.taskId);
    // While the agent still works, its end settles the task: it may go on pushing, and it holds its slot.
    const settles =
      task?.state === 'in_review' || (task?.state === 'cancelling' && merged);
    const moved =
      settles &&
      (await tasks.transition(tx, {
        taskId: due.taskId,
        to: merged ? 'merged' : 'closed',
        at,
        event,
      }));
    if (!moved) {
      await events.append(tx, [
        { ...event, at, taskId: due.taskId, campaignId: due.campaignId },
      ]);
      if (task && isSettled(task.state)) {
        await tasks.releaseReviewSlot(tx, task.id);
      }
    }
    return true;
  }

  async #offer(
    codeHost: CodeHost,
    due: DueChange,
    seen: HostChange,
    signal: AbortSignal,
  ): Promise<void> {
    const { changes, events, tasks, remotes, clock, feed } = this.#options;
    try {
      await codeHost.markReadyForReview({
        change: { repository: due.repository, globalId: due.globalId },
        signal: AbortSignal.any([
          AbortSignal.timeout(readTimeoutSeconds * 1000),
          signal,
        ]),
      });
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      await remotes.failed('code-host', codeHost.id, error);
      const at = clock.now();
      await tasks.transaction(tx =>
        tasks.setReason(tx, {
          taskId: due.taskId,
          reason: `#${seen.number} could not be marked ready for review. ${describeProblem(error)}`,
          at,
          whileIn: ['in_review'],
        }),
      );
      await changes.setDue({
        id: due.id,
        at: this.#backoff(due),
        problem: true,
      });
      feed.publish([due.taskId]);
      return;
    }
    const at = clock.now();
    await tasks.transaction(async tx => {
      await events.append(tx, [
        {
          at,
          type: 'change.offered',
          actor: 'system',
          taskId: due.taskId,
          campaignId: due.campaignId,
          changeId: due.id,
          message: `Marked #${seen.number} ready for review.`,
        },
      ]);
      await changes.markOffered(tx, { id: due.id, at });
      await tasks.setReason(tx, {
        taskId: due.taskId,
        reason: undefined,
        at,
        whileIn: ['in_review'],
      });
    });
    // Read again at once: what people see is what the host says, not what was asked of it.
    await changes.setDue({ id: due.id, at, problem: false });
    this.#options.wakeups.wake('changes');
  }

  async #missing(codeHost: CodeHost, change: DueChange): Promise<void> {
    const { tasks, changes, clock } = this.#options;
    await changes.setDue({
      id: change.id,
      at: this.#backoff(change),
      problem: true,
    });
    // One answer without it may be a lapse of the host's.
    if (change.problems >= 2) {
      await tasks.transaction(tx =>
        tasks.setReason(tx, {
          taskId: change.taskId,
          reason: `${codeHost.title} does not show the pull request any more. Check that it exists and that the credentials still cover ${change.repository.owner}/${change.repository.name}, or cancel the task.`,
          at: clock.now(),
          whileIn: ['running', 'needs_input', 'in_review'],
        }),
      );
    }
    if (change.problems >= missesUntilGone && isSettled(change.taskState)) {
      // Nobody waits for it any more, and it would keep its review slot for ever.
      await tasks.transaction(async tx => {
        await tasks.lock(tx, change.taskId);
        await changes.markClosed(tx, { id: change.id, at: clock.now() });
        await tasks.releaseReviewSlot(tx, change.taskId);
      });
      this.#options.wakeups.wake('admission');
    }
  }

  #backoff(change: { problems: number }): Date {
    const { settings, clock } = this.#options;
    const seconds = Math.min(
      900,
      Math.max(5, settings.changesSeconds) * 2 ** Math.min(change.problems, 6),
    );
    return new Date(clock.now().getTime() + seconds * 1000);
  }
}

/** Whether a page that shows the change would look different. */
function differs(before: StoredChange, seen: HostChange): boolean {
  return (
    before.state !== seen.state ||
    before.draft !== seen.draft ||
    before.headCommit !== seen.headCommit ||
    before.checks !== seen.checks ||
    before.review !== seen.review
  );
}

export interface ChangeTrackerOptions {
  tasks: TaskStore;
  changes: ChangeStore;
  events: EventStore;
  remotes: Remotes;
  rounds: RoundStore;
  settings: TrackSettings;
  clock: Clock;
  feed: TaskFeed;
  wakeups: Wakeups;
}
