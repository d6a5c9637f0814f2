import { CodeHost, HostChange } from '@agent-tasks/plugin-agent-tasks-node';
import { isSettled } from '@agent-tasks/plugin-agent-tasks-common';
import { LoggerService } from '@backstage/backend-plugin-api';
import { EventStore, NewEvent } from '../audit/EventStore';
import { Transaction } from '../database/connect';
import { Clock } from '../loops/Clock';
import { Wakeups } from '../loops/Wakeups';
import {
  describeExit,
  holdsChecks,
  leavesAutoLane,
  mayBeOffered,
} from '../policy/lanes';
import { TaskFeed } from '../queue/TaskFeed';
import { TaskBatch, TaskStore } from '../queue/TaskStore';
import { changeNews, differs, isQuiet } from './changeNews';
import { SeenChange } from './ChangeOffers';
import { ChangeStore, DueChange, StoredChange } from './ChangeStore';
import { hintedFactor, TrackSettings } from './requests';
import { ReviewWaits } from './ReviewWaits';

/** What is to be asked of the host about a change that was read. */
export interface Wish extends SeenChange {
  do: 'offer' | 'withdraw';
}

/** Of one read: which changes a host told of, and until when they are this replica's. */
interface Read {
  codeHost: CodeHost;
  claimedUntil: Date;
}

/** A change that was read, with what the host says of it. */
interface Seen {
  due: DueChange;
  seen: HostChange;
}

/** A change in a transaction that has locked it and its task. */
interface Locked extends Seen {
  before: StoredChange;
  codeHost: CodeHost;
  at: Date;
}

/** What followed from a report. */
interface Outcome {
  taskId: string;
  /** A page that shows the change would look different. */
  news: boolean;
  /** Something may start now. */
  freed: boolean;
  /** What its task says has changed. */
  reason: boolean;
  wish?: Wish;
}

/**
 * Turns what a host reports of changes into states of theirs and of their tasks.
 *
 * @remarks
 *
 * Most reports say nothing new; those are written down in one statement, which locks no task. What follows from the others
 * is decided and written in one transaction for all of them.
 */
export class ChangeReports {
  readonly #options: ChangeReportsOptions;

  private constructor(options: ChangeReportsOptions) {
    this.#options = options;
  }

  static create(options: ChangeReportsOptions): ChangeReports {
    return new ChangeReports(options);
  }

  /** Applies what was read; what is new comes first. Returns what is to be asked of the host. */
  async apply(read: Read, reports: readonly Seen[]): Promise<Wish[]> {
    const { feed, wakeups, logger } = this.#options;
    const quiet = reports.filter(one => isQuiet(one.due, one.seen));
    const loud = reports.filter(one => !quiet.includes(one));
    let outcomes: Outcome[] = [];
    if (loud.length) {
      try {
        outcomes = await this.#applySome(read, loud);
      } catch {
        // One that cannot be stored does not take the others with it; it is read again when its claim has ended.
        for (const one of loud) {
          try {
            outcomes.push(...(await this.#applySome(read, [one])));
          } catch (error) {
            logger.error(
              `What ${read.codeHost.title} reported of ${one.due.taskId} could not be stored`,
              error instanceof Error ? error : new Error(String(error)),
            );
          }
        }
      }
    }
    const shown = outcomes.filter(one => one.news || one.freed || one.reason);
    if (shown.length) {
      feed.publish(shown.map(one => one.taskId));
    }
    if (outcomes.some(one => one.news || one.freed)) {
      wakeups.wake('stops', 'admission');
    }
    await this.#keep(read, quiet);
    return outcomes.flatMap(one => one.wish ?? []);
  }

  /** Writes down that changes are as they were. Whoever is changing one of them has made it due again. */
  async #keep(read: Read, quiet: readonly Seen[]): Promise<void> {
    const { tasks, changes } = this.#options;
    if (quiet.length) {
      await tasks.transaction(async tx => {
        const free = new Set(
          await changes.lockFree(
            tx,
            quiet.map(one => one.due.id),
          ),
        );
        await this.#store(
          tx,
          read,
          quiet.filter(one => free.has(one.due.id)),
        );
      });
    }
  }

  async #store(
    tx: Transaction,
    { claimedUntil }: Read,
    reports: readonly Seen[],
  ): Promise<void> {
    const { changes, settings, clock } = this.#options;
    const at = clock.now();
    const everyMs = settings.changesSeconds * 1000;
    await changes.update(tx, {
      reports: reports.map(({ due, seen }) => ({ id: due.id, seen })),
      at,
      claimedUntil,
      dueAt: new Date(at.getTime() + everyMs),
      hintedDueAt: new Date(at.getTime() + hintedFactor * everyMs),
    });
  }

  async #applySome(read: Read, reports: readonly Seen[]): Promise<Outcome[]> {
    const { tasks, changes, events, clock } = this.#options;
    const { codeHost } = read;
    const at = clock.now();
    return tasks.transaction(async tx => {
      // Before their changes, here as everywhere.
      const batch = await tasks.open(
        tx,
        reports.map(one => one.due.taskId),
      );
      const stored = await changes.lock(
        tx,
        reports.map(one => one.due.id),
      );
      const open = reports.flatMap((one): Locked[] => {
        const before = stored.get(one.due.id);
        // This system may have closed it meanwhile.
        return batch.get(one.due.taskId) &&
          (before?.state === 'found' || before?.state === 'open')
          ? [{ ...one, before, codeHost, at }]
          : [];
      });
      await this.#store(tx, read, open);
      const news = open.flatMap(one => newsOf(one));
      const held = new Map(
        open.map(({ due }) => [due.taskId, batch.get(due.taskId)!]),
      );
      const fell = new Set<string>();
      for (const one of open) {
        const exit =
          one.seen.state === 'open' ? leaveLane(batch, one) : undefined;
        if (one.seen.state !== 'open') {
          news.push(...settle(batch, one));
        } else if (exit) {
          fell.add(one.due.id);
          news.push(exit);
          if (!one.seen.draft) {
            // Whoever offered it: until it is a draft again, the host is asked.
            await changes.markOffered(tx, { id: one.due.id, at });
          }
        }
        const task = batch.get(one.due.taskId)!;
        const checks = holdsChecks({
          task: held.get(task.id)!.state,
          checks: one.seen.checks,
          open: one.seen.state === 'open',
        });
        if (checks !== undefined && checks !== task.checksSlot) {
          batch.setChecks(task.id, checks);
        }
      }
      await this.#explainWaits(tx, batch, open);
      await events.append(tx, news);
      await batch.flush();
      return open.map((one): Outcome => {
        const was = held.get(one.due.taskId)!;
        const task = batch.get(one.due.taskId)!;
        return {
          taskId: task.id,
          news:
            one.seen.state !== 'open' ||
            fell.has(one.due.id) ||
            differs(one.before, one.seen),
          freed: was.checksSlot && !task.checksSlot,
          reason: was.stateReason !== task.stateReason,
          wish: wishOf(one, batch, fell.has(one.due.id)),
        };
      });
    });
  }

  /** Changes that wait for their review slot say so. */
  async #explainWaits(
    tx: Transaction,
    batch: TaskBatch,
    open: readonly Locked[],
  ): Promise<void> {
    const waiting = open.flatMap(({ due, seen }) => {
      const task = batch.get(due.taskId)!;
      return seen.state === 'open' &&
        task.awaitsReview &&
        task.state === 'in_review'
        ? [task]
        : [];
    });
    if (waiting.length) {
      const { at } = open[0];
      const reasons = await this.#options.reviewWaits.explain(tx, waiting, at);
      reasons.forEach((reason, taskId) => batch.explain(taskId, reason, at));
    }
  }
}

/** What of an event is the same for all that is about a change. */
function about({ due, at }: Locked) {
  return {
    at,
    taskId: due.taskId,
    campaignId: due.campaignId,
    changeId: due.id,
  };
}

function newsOf(one: Locked): NewEvent[] {
  return changeNews(one.before, one.seen).map(news => ({
    ...news,
    ...about(one),
    actor: `host:${one.codeHost.id}`,
  }));
}

/**
 * Takes a change out of the auto lane that needs a person after all.
 *
 * @returns the event of it; `undefined`: it stays
 */
function leaveLane(batch: TaskBatch, one: Locked): NewEvent | undefined {
  const { codeHost, due, seen, at } = one;
  const task = batch.get(due.taskId)!;
  const exit = task.autoSlot
    ? leavesAutoLane({
        task: task.state,
        checks: seen.checks,
        review: seen.review,
      })
    : undefined;
  if (!exit) {
    return undefined;
  }
  batch.leaveAutoLane(task.id, at);
  return {
    ...about(one),
    type: 'task.left_auto_lane',
    actor: 'system',
    message: `#${seen.number} needs a review after all: ${describeExit(exit)}. It waits ${
      seen.draft || codeHost.convertToDraft ? 'as a draft ' : ''
    }for a review slot of ${task.team}.`,
    details: { reason: exit, headCommit: seen.headCommit },
  };
}

/** Settles a task by its change. Returns the event where the task's state does not change by it. */
function settle(batch: TaskBatch, one: Locked): NewEvent[] {
  const { codeHost, due, seen, at } = one;
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
  // While the agent still works, its end settles the task: it may go on pushing, and it holds its slot. One that is to be
  // tried again has nothing left to do once its change is merged.
  const settles =
    task.state === 'in_review' ||
    (merged && (task.state === 'cancelling' || task.state === 'queued'));
  const to = merged ? 'merged' : 'closed';
  if (settles && batch.go({ taskId: task.id, to, at, event })) {
    return [];
  }
  if (isSettled(task.state)) {
    batch.releaseChange(task.id);
  }
  return [{ ...event, ...about(one) }];
}

/** What is to be asked of the host about a change that is open. */
function wishOf(
  one: Locked,
  batch: TaskBatch,
  fell: boolean,
): Wish | undefined {
  const { codeHost, due, seen, before } = one;
  const task = batch.get(due.taskId)!;
  if (seen.state !== 'open') {
    return undefined;
  }
  // Once: a person who makes it a draft again has a reason to.
  const offers =
    seen.draft &&
    !before.offered &&
    mayBeOffered({
      task: task.state,
      lane: task.lane,
      awaitsReview: task.awaitsReview,
      checks: seen.checks,
    });
  if (offers) {
    return { do: 'offer', codeHost, due, seen };
  }
  // Once, too: a person who offers it in spite of that takes it on.
  return !seen.draft && task.awaitsReview && (fell || before.offered)
    ? { do: 'withdraw', codeHost, due, seen }
    : undefined;
}

export interface ChangeReportsOptions {
  tasks: TaskStore;
  changes: ChangeStore;
  events: EventStore;
  reviewWaits: ReviewWaits;
  settings: TrackSettings;
  clock: Clock;
  feed: TaskFeed;
  wakeups: Wakeups;
  logger: LoggerService;
}
