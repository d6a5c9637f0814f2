import { CodeHost, HostChange } from '@agent-tasks/plugin-agent-tasks-node';
import { isSettled } from '@agent-tasks/plugin-agent-tasks-common';
import { Clock } from '../loops/Clock';
import { RoundStore } from '../loops/RoundStore';
import { Wakeups } from '../loops/Wakeups';
import { TaskStore } from '../queue/TaskStore';
import { Remotes } from '../remotes/Remotes';
import { ChangeOffers } from './ChangeOffers';
import { ChangeReports, Wish } from './ChangeReports';
import { ChangeStore, DueChange } from './ChangeStore';
import {
  afterProblem,
  requestSignal,
  requestTimeoutSeconds,
  TrackSettings,
} from './requests';

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
    const wishes: Wish[] = [];
    try {
      while (await this.#readSome(codeHost, now, wishes, signal)) {
        // A request names a hundred; the rest of what is due comes with the next one.
      }
      await this.#grant(wishes, signal);
    } finally {
      const spacing = Math.min(settings.hintsSeconds, settings.changesSeconds);
      await rounds.finish({
        round,
        dueAt: new Date(now.getTime() + spacing * 1000),
      });
    }
  }

  /**
   * Asks the host for what is wished, once everything has been read: requests that write take their time. Those of the auto
   * lane come first, which never waits behind people. Should this replica die before, the next read wishes for it again.
   */
  async #grant(wishes: Wish[], signal: AbortSignal): Promise<void> {
    const { offers } = this.#options;
    const isAuto = ({ due }: Wish) => Number(due.task.lane === 'auto');
    for (const wish of wishes.sort((a, b) => isAuto(b) - isAuto(a))) {
      if (wish.do === 'offer') {
        await offers.offer(wish, signal);
      } else {
        await offers.withdraw(wish, signal);
      }
    }
  }

  /**
   * Reads up to a hundred changes in one request, and adds to `wishes` what is to be asked of the host about them. True: there may be
   * more that are due.
   */
  async #readSome(
    codeHost: CodeHost,
    now: Date,
    wishes: Wish[],
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
      await changes.putOff(
        due.map(change => ({ id: change.id, at: this.#backoff(change) })),
      );
      return false;
    }
    const reports: { due: DueChange; seen: HostChange }[] = [];
    const missing: DueChange[] = [];
    for (const change of due) {
      const host = seen.get(change.globalId);
      if (host) {
        reports.push({ due: change, seen: host });
      } else {
        missing.push(change);
      }
    }
    wishes.push(
      ...(await this.#options.reports.apply(
        { codeHost, claimedUntil },
        reports,
      )),
    );
    for (const change of missing) {
      await this.#missing(codeHost, change);
    }
    return due.length === changesPerRequest && !signal.aborted;
  }

  async #missing(codeHost: CodeHost, change: DueChange): Promise<void> {
    const { tasks, changes, clock } = this.#options;
    await changes.putOff([{ id: change.id, at: this.#backoff(change) }]);
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
    if (change.problems >= missesUntilGone && isSettled(change.task.state)) {
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

export interface ChangeTrackerOptions {
  tasks: TaskStore;
  changes: ChangeStore;
  remotes: Remotes;
  reports: ChangeReports;
  offers: ChangeOffers;
  rounds: RoundStore;
  settings: TrackSettings;
  clock: Clock;
  wakeups: Wakeups;
}
