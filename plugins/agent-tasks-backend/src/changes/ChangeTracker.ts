import { CodeHost, HostChange } from '@agent-tasks/plugin-agent-tasks-node';
import { isSettled } from '@agent-tasks/plugin-agent-tasks-common';
import { EventStore } from '../audit/EventStore';
import { Transaction } from '../database/connect';
import { Clock } from '../loops/Clock';
import { RoundStore } from '../loops/RoundStore';
import { Wakeups } from '../loops/Wakeups';
import { Remotes } from '../remotes/Remotes';
import { TaskFeed } from '../queue/TaskFeed';
import { TaskBatch, TaskStore } from '../queue/TaskStore';
import {
  describeExit,
  holdsChecks,
  leavesAutoLane,
  mayBeOffered,
} from '../policy/lanes';
import { changeNews, differs } from './changeNews';
import { ChangeOffers } from './ChangeOffers';
import { ChangeStore, DueChange } from './ChangeStore';
import {
  afterProblem,
  requestSignal,
  requestTimeoutSeconds,
  TrackSettings,
} from './requests';
import { ReviewWaits } from './ReviewWaits';

/** Changes that one request to a host names. */
const changesPerRequest = 100;

/** How often in a row the host does not show the change of a task that has settled until it is taken for gone. */
const missesUntilGone = 5;

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
      leaseUntil: new Date(now.getTime() + requestTimeoutSeconds * 1000),
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
    const claimedUntil = new Date(now.getTime() + requestTimeoutSeconds * 1000);
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
        signal: requestSignal(signal),
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
    const { tasks, changes, events, offers, settings, clock, feed, wakeups } =
      this.#options;
    const at = clock.now();
    const outcome = await tasks.transaction(async tx => {
      const batch = await tasks.open(tx, [due.taskId]);
      const held = batch.get(due.taskId);
      const before = await changes.lock(tx, due.id);
      if (!held || !before) {
        return undefined;
      }
      await changes.update(tx, {
        id: due.id,
        seen,
        at,
        claimedUntil,
        dueAt: new Date(at.getTime() + settings.changesSeconds * 1000),
      });
      await events.append(
        tx,
        changeNews(before, seen).map(news => ({
          ...news,
          at,
          actor: `host:${codeHost.id}`,
          taskId: due.taskId,
          campaignId: due.campaignId,
          changeId: due.id,
        })),
      );
      const open = seen.state === 'open';
      let fell = false;
      if (open) {
        fell = await this.#judgeLane(tx, batch, { codeHost, due, seen, at });
      } else {
        await this.#settle(tx, batch, { codeHost, due, seen, at });
      }
      const checks = holdsChecks({
        task: held.state,
        checks: seen.checks,
        open,
      });
      if (checks !== undefined && checks !== held.checksSlot) {
        batch.setChecks(due.taskId, checks);
      }
      await batch.flush();

      const task = batch.get(due.taskId)!;
      return {
        news: !open || fell || differs(before, seen),
        freed: held.checksSlot && !task.checksSlot,
        reason: held.stateReason !== task.stateReason,
        // Once: a person who makes it a draft again has a reason to.
        offer:
          open &&
          seen.draft &&
          !before.offered &&
          mayBeOffered({
            task: task.state,
            lane: task.lane,
            awaitsReview: task.awaitsReview,
            checks: seen.checks,
          }),
        // Once, too: a person who offers it in spite of that takes it on.
        withdraw:
          open && !seen.draft && task.awaitsReview && (fell || before.offered),
      };
    });
    if (!outcome) {
      return;
    }
    if (outcome.news || outcome.freed || outcome.reason) {
      feed.publish([due.taskId]);
    }
    if (outcome.news || outcome.freed) {
      wakeups.wake('stops', 'admission');
    }
    if (outcome.offer) {
      await offers.offer({ codeHost, due, seen, signal });
    } else if (outcome.withdraw) {
      await offers.withdraw({ codeHost, due, seen, signal });
    }
  }

  /**
   * Takes a change out of the auto lane that needs a person after all. One that waits for its review slot says so.
   *
   * @returns whether it was taken out
   */
  async #judgeLane(
    tx: Transaction,
    batch: TaskBatch,
    { codeHost, due, seen, at }: Seen,
  ): Promise<boolean> {
    const { changes, events, reviewWaits } = this.#options;
    const held = batch.get(due.taskId)!;
    const exit =
      held.autoSlot &&
      leavesAutoLane({
        task: held.state,
        checks: seen.checks,
        review: seen.review,
      });
    if (exit) {
      batch.leaveAutoLane(due.taskId, at);
      if (!seen.draft) {
        // Whoever offered it: until it is a draft again, the host is asked.
        await changes.markOffered(tx, { id: due.id, at });
      }
      await events.append(tx, [
        {
          at,
          type: 'task.left_auto_lane',
          actor: 'system',
          taskId: due.taskId,
          campaignId: due.campaignId,
          changeId: due.id,
          message: `#${seen.number} needs a review after all: ${describeExit(exit)}. It waits ${
            seen.draft || codeHost.convertToDraft ? 'as a draft ' : ''
          }for a review slot of ${held.team}.`,
          details: { reason: exit, headCommit: seen.headCommit },
        },
      ]);
    }
    const task = batch.get(due.taskId)!;
    if (task.awaitsReview && task.state === 'in_review') {
      batch.explain(task.id, await reviewWaits.explain(tx, task, at), at);
    }
    return Boolean(exit);
  }

  async #settle(
    tx: Transaction,
    batch: TaskBatch,
    { codeHost, due, seen, at }: Seen,
  ): Promise<void> {
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
    const task = batch.get(due.taskId)!;
    // While the agent still works, its end settles the task: it may go on pushing, and it holds its slot.
    const settles =
      task.state === 'in_review' || (task.state === 'cancelling' && merged);
    const moved =
      settles &&
      batch.go({
        taskId: due.taskId,
        to: merged ? 'merged' : 'closed',
        at,
        event,
      });
    if (!moved) {
      await this.#options.events.append(tx, [
        { ...event, at, taskId: due.taskId, campaignId: due.campaignId },
      ]);
      if (isSettled(task.state)) {
        batch.releaseChange(task.id);
      }
    }
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
        const batch = await tasks.open(tx, [change.taskId]);
        await changes.markClosed(tx, { id: change.id, at: clock.now() });
        batch.releaseChange(change.taskId);
        await batch.flush();
      });
      this.#options.wakeups.wake('admission');
    }
  }

  #backoff({ problems }: { problems: number }): Date {
    const { settings, clock } = this.#options;
    return afterProblem({ problems, settings, now: clock.now() });
  }
}

/** A change that was read. */
interface Seen {
  codeHost: CodeHost;
  due: DueChange;
  seen: HostChange;
  at: Date;
}

export interface ChangeTrackerOptions {
  tasks: TaskStore;
  changes: ChangeStore;
  events: EventStore;
  remotes: Remotes;
  offers: ChangeOffers;
  reviewWaits: ReviewWaits;
  rounds: RoundStore;
  settings: TrackSettings;
  clock: Clock;
  feed: TaskFeed;
  wakeups: Wakeups;
}
