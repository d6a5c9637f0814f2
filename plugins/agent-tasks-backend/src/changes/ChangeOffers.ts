import { CodeHost, HostChange } from '@agent-tasks/plugin-agent-tasks-node';
import { EventStore } from '../audit/EventStore';
import { Clock } from '../loops/Clock';
import { Wakeups } from '../loops/Wakeups';
import { TaskFeed } from '../queue/TaskFeed';
import { TaskStore } from '../queue/TaskStore';
import { describeProblem, Remotes } from '../remotes/Remotes';
import { ChangeStore, DueChange } from './ChangeStore';
import { afterProblem, requestSignal, TrackSettings } from './requests';

/** A change at its host, as it was read. */
export interface SeenChange {
  codeHost: CodeHost;
  due: DueChange;
  seen: HostChange;
}

/** What is asked of a host about a draft, and how it is told. */
interface Request {
  ask: (
    options: Parameters<CodeHost['markReadyForReview']>[0],
  ) => Promise<void>;
  /** Of the event. */
  type: string;
  done: string;
  failed: string;
  offered: boolean;
}

/** Offers changes for review at their hosts, and takes offers back. */
export class ChangeOffers {
  readonly #options: ChangeOffersOptions;

  private constructor(options: ChangeOffersOptions) {
    this.#options = options;
  }

  static create(options: ChangeOffersOptions): ChangeOffers {
    return new ChangeOffers(options);
  }

  async offer(change: SeenChange, signal: AbortSignal): Promise<void> {
    const name = `#${change.seen.number}`;
    await this.#request(change, signal, {
      ask: options => change.codeHost.markReadyForReview(options),
      type: 'change.offered',
      done: `Marked ${name} ready for review.`,
      failed: `${name} could not be marked ready for review.`,
      offered: true,
    });
  }

  /** Makes a change a draft again, where its host can. */
  async withdraw(change: SeenChange, signal: AbortSignal): Promise<void> {
    const { codeHost } = change;
    const name = `#${change.seen.number}`;
    if (codeHost.convertToDraft) {
      await this.#request(change, signal, {
        ask: options => codeHost.convertToDraft!(options),
        type: 'change.withdrawn',
        done: `Made ${name} a draft again until it has a review slot.`,
        failed: `${name} waits for a review slot and could not be made a draft again.`,
        offered: false,
      });
    }
  }

  async #request(
    { codeHost, due }: SeenChange,
    signal: AbortSignal,
    request: Request,
  ): Promise<void> {
    const { changes, events, tasks, remotes, clock, feed, settings, wakeups } =
      this.#options;
    const { taskId, campaignId, id } = due;
    try {
      await request.ask({
        change: { repository: due.repository, globalId: due.globalId },
        signal: requestSignal(signal),
      });
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      await remotes.failed('code-host', codeHost.id, error);
      const at = clock.now();
      await tasks.transaction(tx =>
        tasks.setReason(tx, {
          taskId,
          reason: `${request.failed} ${describeProblem(error)}`,
          at,
          whileIn: ['in_review'],
        }),
      );
      await changes.putOff([
        {
          id,
          at: afterProblem({ problems: due.problems, settings, now: at }),
        },
      ]);
      feed.publish([taskId]);
      return;
    }
    const at = clock.now();
    await tasks.transaction(async tx => {
      // Before its change, here as everywhere.
      const batch = await tasks.open(tx, [taskId]);
      const task = batch.get(taskId);
      await events.append(tx, [
        {
          at,
          type: request.type,
          actor: 'system',
          taskId,
          campaignId,
          changeId: id,
          message: request.done,
        },
      ]);
      await changes.markOffered(tx, {
        id,
        at: request.offered ? at : undefined,
      });
      if (task?.state === 'in_review' && request.offered) {
        batch.explain(taskId, undefined, at);
      }
      await batch.flush();
    });
    // Read again at once: what people see is what the host says, not what was asked of it.
    await changes.setDue({ id, at });
    wakeups.wake('changes');
  }
}

export interface ChangeOffersOptions {
  tasks: TaskStore;
  changes: ChangeStore;
  events: EventStore;
  remotes: Remotes;
  settings: TrackSettings;
  clock: Clock;
  feed: TaskFeed;
  wakeups: Wakeups;
}
