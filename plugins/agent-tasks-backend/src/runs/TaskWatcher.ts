import { AgentProvider } from '@agent-tasks/plugin-agent-tasks-node';
import { Clock } from '../loops/Clock';
import { RoundStore } from '../loops/RoundStore';
import { Remotes } from '../remotes/Remotes';
import { TaskStore } from '../queue/TaskStore';
import { AttemptStore } from './AttemptStore';
import { RunReports } from './RunReports';

/** Times of watching, from the configuration. */
export interface WatchSettings {
  /** How often a provider is asked what changed, while something runs there. */
  tasksSeconds: number;
  /** After this long without a word a running task is read by itself. */
  unseenSeconds: number;
}

/** The name of the round that watches a provider. */
export function watchRound(providerId: string): string {
  return `watch:${providerId}`;
}

/**
 * How long the requests of one round may take, and its lease: after it another replica takes over from one that died.
 * Two rounds at once do no harm, since each report is compared with what is stored.
 */
const roundSeconds = 20;

/** How often a provider is asked whether it answers while nothing runs there. */
const idleSeconds = 60;

/** Starts that were requested longer ago are found by a search, which reads the task itself. */
const startsSettledMs = 600_000;

/** Running tasks that are read one by one in a round, at most. */
const unseenPerRound = 5;

/**
 * Watches what runs at the providers: one list of what changed per provider and round, by one replica, however many
 * tasks run.
 */
export class TaskWatcher {
  readonly #options: TaskWatcherOptions;

  private constructor(options: TaskWatcherOptions) {
    this.#options = options;
  }

  static create(options: TaskWatcherOptions): TaskWatcher {
    return new TaskWatcher(options);
  }

  async round(signal: AbortSignal): Promise<void> {
    for (const provider of this.#options.remotes.providers) {
      await this.#roundOf(provider, signal);
    }
  }

  async #roundOf(provider: AgentProvider, signal: AbortSignal): Promise<void> {
    const { rounds, attempts, remotes, reports, settings, clock } =
      this.#options;
    const begunAt = clock.now();
    const round = await rounds.claim({
      name: watchRound(provider.id),
      now: begunAt,
      leaseUntil: new Date(begunAt.getTime() + roundSeconds * 1000),
    });
    if (!round) {
      return;
    }
    const within = AbortSignal.any([
      AbortSignal.timeout(roundSeconds * 1000),
      signal,
    ]);
    let cursor: string | undefined;
    let nextSeconds = settings.tasksSeconds;
    try {
      const result = await provider.listChangedTasks({
        cursor: round.cursor,
        signal: within,
      });
      await remotes.succeeded('provider', provider.id);
      // A task whose start is not confirmed yet may be in the list, and is taken for somebody else's. Where there is such
      // a start, the list is read again from the same point. It is looked for before the list is compared: what is
      // confirmed in between is then known to be ours.
      const unconfirmed = await attempts.countRequested({
        provider: provider.id,
        since: new Date(begunAt.getTime() - startsSettledMs),
      });
      await reports.apply(provider, result.tasks);
      // Only what was applied is left behind.
      cursor = unconfirmed ? undefined : result.cursor;
      await this.#readUnseen(provider, within);
      if (!(await attempts.countUnderWay(provider.id))) {
        nextSeconds = Math.max(idleSeconds, settings.tasksSeconds);
      }
    } catch (error) {
      if (!signal.aborted) {
        await remotes.failed('provider', provider.id, error);
      }
    }
    await rounds.finish({
      round,
      cursor,
      dueAt: new Date(begunAt.getTime() + nextSeconds * 1000),
    });
  }

  /** Reads tasks by themselves that no list has named for long, so that none is forgotten. */
  async #readUnseen(
    provider: AgentProvider,
    signal: AbortSignal,
  ): Promise<void> {
    const { attempts, tasks, reports, settings, clock } = this.#options;
    const now = clock.now();
    const unseen = await attempts.listUnseen({
      provider: provider.id,
      seenBefore: new Date(now.getTime() - settings.unseenSeconds * 1000),
      limit: unseenPerRound,
    });
    for (const attempt of unseen) {
      const task = await tasks.get(attempt.taskId);
      if (!task || !attempt.providerTaskId) {
        continue;
      }
      const report = await provider.getTask({
        repository: task.repository,
        id: attempt.providerTaskId,
        signal,
      });
      if (report) {
        await reports.apply(provider, [report]);
      } else {
        await tasks.transaction(async tx => {
          await attempts.markSeen(tx, { id: attempt.id, at: now });
          await tasks.setReason(tx, {
            taskId: task.id,
            reason: `${provider.title} does not know this task any more. Look at the repository, then cancel the task.`,
            at: now,
          });
        });
      }
    }
  }
}

export interface TaskWatcherOptions {
  rounds: RoundStore;
  attempts: AttemptStore;
  tasks: TaskStore;
  remotes: Remotes;
  reports: RunReports;
  settings: WatchSettings;
  clock: Clock;
}
