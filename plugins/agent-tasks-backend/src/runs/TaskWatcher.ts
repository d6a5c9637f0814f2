import { TaskState } from '@agent-tasks/plugin-agent-tasks-common';
import {
  AgentProvider,
  ListChangedTasksResult,
} from '@agent-tasks/plugin-agent-tasks-node';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Clock } from '../loops/Clock';
import { RoundStore } from '../loops/RoundStore';
import { describeProblem, Remotes } from '../remotes/Remotes';
import { TaskStore } from '../queue/TaskStore';
import { AttemptStore, WatchedAttempt } from './AttemptStore';
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

const runningStates: TaskState[] = ['running', 'needs_input'];

/** What of {@link WatchSettings.unseenSeconds} lies between two lists of all that is at work, at least. */
const unsettledShare = 0.25;

/** Running tasks that are read one by one in a round, at most. */
const unseenPerRound = 5;

/**
 * Watches what runs at the providers: one list of what changed per provider and round, by one replica, however many
 * tasks run.
 */
export class TaskWatcher {
  readonly #options: TaskWatcherOptions;
  /** When all tasks at work were listed last, by provider. */
  readonly #listedAt = new Map<string, number>();

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
    const finish = (seconds: number, cursor?: string) =>
      rounds.finish({
        round,
        cursor,
        dueAt: new Date(begunAt.getTime() + seconds * 1000),
      });
    const cursors = parseCursors(round.cursor);
    let result: ListChangedTasksResult;
    try {
      result = await provider.listChangedTasks({
        cursor: cursors.before,
        signal: within,
      });
    } catch (error) {
      if (!signal.aborted) {
        await remotes.failed('provider', provider.id, error, {
          refusalCounts: true,
        });
      }
      await finish(settings.tasksSeconds);
      return;
    }
    try {
      await remotes.succeeded('provider', provider.id);
      await reports.apply(provider, result.tasks);
      await this.#readUnseen(provider, within);
      const idle = !(await attempts.countUnderWay(provider.id));
      // Only what was applied is left behind.
      await finish(
        idle
          ? Math.max(idleSeconds, settings.tasksSeconds)
          : settings.tasksSeconds,
        formatCursors({ before: cursors.last, last: result.cursor }),
      );
    } catch (error) {
      await finish(settings.tasksSeconds);
      throw error;
    }
  }

  /** Looks at tasks that no list of changes has named for long, so that none is forgotten. */
  async #readUnseen(
    provider: AgentProvider,
    signal: AbortSignal,
  ): Promise<void> {
    const { attempts, settings, clock } = this.#options;
    const now = clock.now();
    const findUnseen = () =>
      attempts.listUnseen({
        provider: provider.id,
        seenBefore: new Date(now.getTime() - settings.unseenSeconds * 1000),
        limit: unseenPerRound,
      });
    let unseen = await findUnseen();
    if (unseen.length > 1 && (await this.#readUnsettled(provider, signal))) {
      unseen = await findUnseen();
    }
    for (const attempt of unseen) {
      await this.#readOne(provider, attempt, signal);
    }
  }

  /**
   * Reads a list of all that is at work: a hundred tasks for a request, and all of them have been seen at once, so that the
   * next list is as far away as can be. Whether that was done.
   */
  async #readUnsettled(
    provider: AgentProvider,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { reports, settings, clock, logger } = this.#options;
    const now = clock.now().getTime();
    const listedAt = this.#listedAt.get(provider.id) ?? -Infinity;
    if (
      !provider.listUnsettledTasks ||
      now - listedAt < unsettledShare * settings.unseenSeconds * 1000
    ) {
      return false;
    }
    this.#listedAt.set(provider.id, now);
    try {
      await reports.apply(
        provider,
        await provider.listUnsettledTasks({ signal }),
      );
      return true;
    } catch (error) {
      logger.debug(
        `What is at work at ${provider.title} could not be listed: ${describeProblem(error)}`,
      );
      return false;
    }
  }

  async #readOne(
    provider: AgentProvider,
    attempt: WatchedAttempt,
    signal: AbortSignal,
  ): Promise<void> {
    const { attempts, tasks, reports, clock, logger } = this.#options;
    const task = await tasks.get(attempt.taskId);
    if (!task || !attempt.providerTaskId) {
      return;
    }
    let problem = `${provider.title} does not know this task any more. Look at the repository, then cancel the task.`;
    try {
      const report = await provider.getTask({
        repository: task.repository,
        id: attempt.providerTaskId,
        signal,
      });
      if (report) {
        await reports.apply(provider, [report]);
        return;
      }
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      // The others are read all the same, and this one again after a while.
      logger.warn(
        `${task.id} could not be read at ${provider.title}: ${describeProblem(error)}`,
      );
      problem = `How far it is could not be read. ${describeProblem(error)}`;
    }
    const at = clock.now();
    await tasks.transaction(async tx => {
      await attempts.report(tx, [
        { taskId: attempt.taskId, id: attempt.id, at },
      ]);
      await tasks.setReason(tx, {
        taskId: task.id,
        reason: problem,
        at,
        whileIn: runningStates,
      });
    });
  }
}

/**
 * Where the last two rounds ended. Each round begins where the one before the last did: what started while that ran was not
 * known yet to be ours.
 */
interface Cursors {
  before?: string;
  last?: string;
}

function parseCursors(stored: string | undefined): Cursors {
  try {
    const cursors: unknown = JSON.parse(stored ?? '');
    if (Array.isArray(cursors)) {
      return { before: cursors[0] ?? undefined, last: cursors[1] ?? undefined };
    }
  } catch {
    // Of a provider whose cursors are no JSON, as stored before there were two.
  }
  return { before: stored, last: stored };
}

function formatCursors({ before, last }: Cursors): string | undefined {
  return last === undefined ? undefined : JSON.stringify([before, last]);
}

export interface TaskWatcherOptions {
  rounds: RoundStore;
  attempts: AttemptStore;
  tasks: TaskStore;
  remotes: Remotes;
  reports: RunReports;
  settings: WatchSettings;
  clock: Clock;
  logger: LoggerService;
}
