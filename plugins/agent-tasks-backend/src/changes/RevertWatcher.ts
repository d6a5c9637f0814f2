import { CodeHost, HostRevert } from '@agent-tasks/plugin-agent-tasks-node';
import { LoggerService } from '@backstage/backend-plugin-api';
import { EventStore } from '../audit/EventStore';
import { Clock } from '../loops/Clock';
import { RoundStore } from '../loops/RoundStore';
import { Wakeups } from '../loops/Wakeups';
import { TaskFeed } from '../queue/TaskFeed';
import { TaskStore } from '../queue/TaskStore';
import { Remotes } from '../remotes/Remotes';
import { requestSignal } from './requests';
import { RevertStore, WatchedChange } from './RevertStore';

/** How often it is looked whether changes are due. */
const everySeconds = 60;

/** How long a round may take, and its lease. */
const roundSeconds = 120;

/** How often a host is asked about a change at most: what a wave breaks shows in hours, not in seconds. */
const changeSeconds = 600;

/** For how long after its merge a host is asked about a change. */
const watchedMs = 14 * 86_400_000;

/** Changes that one request to a host names. */
const changesPerRequest = 50;

/**
 * Finds out which merged changes were reverted, for campaigns that stop at that. No webhook is needed for it, and where no
 * campaign has such a rule no host is asked.
 */
export class RevertWatcher {
  readonly #options: RevertWatcherOptions;

  private constructor(options: RevertWatcherOptions) {
    this.#options = options;
  }

  static create(options: RevertWatcherOptions): RevertWatcher {
    return new RevertWatcher(options);
  }

  async round(signal: AbortSignal): Promise<void> {
    for (const codeHost of this.#options.remotes.codeHosts) {
      if (codeHost.findReverts) {
        await this.#roundOf(codeHost, signal);
      }
    }
  }

  async #roundOf(codeHost: CodeHost, signal: AbortSignal): Promise<void> {
    const { rounds, clock } = this.#options;
    const now = clock.now();
    const leaseUntil = new Date(now.getTime() + roundSeconds * 1000);
    const round = await rounds.claim({
      name: `reverts:${codeHost.id}`,
      now,
      leaseUntil,
    });
    if (!round) {
      return;
    }
    try {
      while (
        (await this.#lookAtSome(codeHost, now, signal)) &&
        clock.now() < leaseUntil
      ) {
        // The rest of what is due comes with the next request.
      }
    } finally {
      await rounds.finish({
        round,
        dueAt: new Date(now.getTime() + everySeconds * 1000),
      });
    }
  }

  /** Asks about some changes in one request. True: there may be more that are due. */
  async #lookAtSome(
    codeHost: CodeHost,
    now: Date,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { reverts, remotes } = this.#options;
    // They count as looked at before the host is asked: those that it cannot tell do not keep it from telling others.
    const due = await reverts.claim({
      codeHost: codeHost.id,
      now,
      mergedAfter: new Date(now.getTime() - watchedMs),
      lookedBefore: new Date(now.getTime() - changeSeconds * 1000),
      limit: changesPerRequest,
    });
    if (!due.length) {
      return false;
    }
    let found: Map<string, HostRevert>;
    try {
      found = await codeHost.findReverts!({
        changes: due.map(({ repository, globalId }) => ({
          repository,
          globalId,
        })),
        signal: requestSignal(signal),
      });
    } catch (error) {
      if (!signal.aborted) {
        await remotes.failed('code-host', codeHost.id, error, {
          refusalCounts: false,
        });
      }
      return false;
    }
    await this.#apply(codeHost, due, found);
    return due.length === changesPerRequest && !signal.aborted;
  }

  async #apply(
    codeHost: CodeHost,
    due: readonly WatchedChange[],
    found: ReadonlyMap<string, HostRevert>,
  ): Promise<void> {
    const { feed, wakeups, logger } = this.#options;
    const changed: string[] = [];
    for (const change of due) {
      const revert = found.get(change.globalId);
      try {
        if (revert && (await this.#store(codeHost, change, revert))) {
          changed.push(change.taskId);
        }
      } catch (error) {
        logger.error(
          `That the change of ${change.taskId} was reverted could not be stored and will be tried again`,
          error instanceof Error ? error : new Error(String(error)),
        );
      }
    }
    if (changed.length) {
      // Whoever listens has their campaigns looked at.
      feed.publish(changed);
      wakeups.wake('campaigns');
    }
  }

  async #store(
    codeHost: CodeHost,
    change: WatchedChange,
    revert: HostRevert,
  ): Promise<boolean> {
    const { tasks, reverts, events, clock } = this.#options;
    return tasks.transaction(async tx => {
      const news = await reverts.markReverted(tx, {
        id: change.id,
        at: new Date(revert.mergedAt),
        url: revert.url,
      });
      if (news) {
        await events.append(tx, [
          {
            at: clock.now(),
            type: 'change.reverted',
            actor: `host:${codeHost.id}`,
            taskId: change.taskId,
            campaignId: change.campaignId,
            changeId: change.id,
            message: `${
              change.number === undefined ? 'It' : `#${change.number}`
            } was reverted by #${revert.number}.`,
            details: {
              team: change.team,
              url: revert.url,
              revertedAt: revert.mergedAt,
            },
          },
        ]);
      }
      return news;
    });
  }
}

export interface RevertWatcherOptions {
  reverts: RevertStore;
  tasks: Pick<TaskStore, 'transaction'>;
  remotes: Remotes;
  rounds: RoundStore;
  events: EventStore;
  clock: Clock;
  feed: TaskFeed;
  wakeups: Wakeups;
  logger: LoggerService;
}
