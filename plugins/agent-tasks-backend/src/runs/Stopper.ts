import { CodeHost, StopStep } from '@agent-tasks/plugin-agent-tasks-node';
import { LoggerService } from '@backstage/backend-plugin-api';
import { ChangeStore, StoredChange } from '../changes/ChangeStore';
import { Clock } from '../loops/Clock';
import { Wakeups } from '../loops/Wakeups';
import { describeProblem, Remotes } from '../remotes/Remotes';
import { TaskFeed } from '../queue/TaskFeed';
import { StoredTask, TaskStore } from '../queue/TaskStore';
import { AttemptStore, StoredAttempt } from './AttemptStore';
import { describeDeadline } from './DeadlineWatcher';
import { RunReports } from './RunReports';

/** Stops that one round carries out. */
const stopsPerRound = 20;

/** How long the requests of one stop may take. */
const stopTimeoutSeconds = 60;

/** For how long a stop that failed is tried again; then it is told what was not stopped. */
const stopHours = 1;

/** How long after a stop that had to wait it is tried again, unless something happens to the task before. */
const againSeconds = 15;

const stepNames: Record<StopStep['what'], string> = {
  workflow_run: 'the workflow run',
  change: 'the pull request',
  branch: 'the branch',
};

/**
 * Stops tasks that somebody cancels, as far as the provider and the host can, and says what was stopped and what not.
 *
 * @remarks
 *
 * Where nothing can be stopped yet, since the agent has not made a branch, the task stays `cancelling` until it has, so
 * that no pull request is left behind that nobody asked for any more.
 */
export class Stopper {
  readonly #options: StopperOptions;

  private constructor(options: StopperOptions) {
    this.#options = options;
  }

  static create(options: StopperOptions): Stopper {
    return new Stopper(options);
  }

  async round(signal: AbortSignal): Promise<void> {
    const { tasks, clock, wakeups, logger } = this.#options;
    const now = clock.now();
    const due = await tasks.claimStops({
      now,
      nextAt: new Date(now.getTime() + stopTimeoutSeconds * 1000),
      limit: stopsPerRound,
    });
    for (const task of due) {
      try {
        await this.#stop(task, signal);
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        logger.error(
          `The stop of ${task.id} was interrupted and will be tried again`,
          error instanceof Error ? error : new Error(String(error)),
        );
      }
    }
    if (due.length === stopsPerRound) {
      wakeups.wake('stops');
    }
  }

  async #stop(task: StoredTask, signal: AbortSignal): Promise<void> {
    const { tasks, attempts, changes, remotes, clock, logger } = this.#options;
    const attempt = await attempts.newestOf(task.id);
    const change = await changes.newestOf(task.id);

    const withdrawn =
      attempt?.state === 'intended' &&
      // Atomic: a starter that is about to send finds it withdrawn, or has sent and this finds it requested.
      (await tasks.transaction(tx =>
        attempts.close(tx, {
          taskId: attempt.taskId,
          id: attempt.id,
          state: 'withdrawn',
          from: ['intended'],
          at: clock.now(),
        }),
      ));
    if (withdrawn) {
      await this.#finish(task, change, [], 'The agent had not started.');
      return;
    }
    if (attempt?.state === 'intended' || attempt?.state === 'requested') {
      // Whether there is something to stop is being found out by the starter, which wakes this loop.
      await this.#again(
        task,
        'Whether the agent has started is looked up first.',
      );
      return;
    }
    if (
      !attempt ||
      attempt.state === 'refused' ||
      attempt.state === 'withdrawn'
    ) {
      await this.#finish(
        task,
        change,
        [],
        // Where that is not certain, the attempt says so.
        (attempt?.state === 'withdrawn' && attempt.problem) ||
          'The agent had not started.',
      );
      return;
    }

    const provider = remotes.provider(attempt.provider);
    const codeHost = remotes.codeHostOf(task.repository.host);
    const within = AbortSignal.any([
      AbortSignal.timeout(stopTimeoutSeconds * 1000),
      signal,
    ]);
    try {
      const known = await this.#refresh(task, attempt, within);
      if (provider?.capabilities.cancel && provider.stopTask && known) {
        await provider.stopTask({
          repository: task.repository,
          id: known,
          signal: within,
        });
      }
      const newest = (await changes.newestOf(task.id)) ?? change;
      const branch =
        (await attempts.newestOf(task.id))?.branch ?? newest?.headBranch;
      const open = newest?.state === 'found' || newest?.state === 'open';
      if (known && !branch && !open) {
        await this.#again(
          task,
          'The agent cannot be stopped before it has made a branch; it is stopped as soon as it has.',
        );
        return;
      }
      if (!codeHost || !(branch || open)) {
        await this.#finish(task, newest, [], 'The agent had already ended.');
        return;
      }
      await this.#stopAtHost(
        codeHost,
        task,
        { branch, change: open ? newest : undefined },
        within,
      );
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      logger.warn(
        `The stop of ${task.id} did not succeed and is tried again`,
        error instanceof Error ? error : new Error(String(error)),
      );
      await this.#again(
        task,
        `The stop did not succeed and is tried again. ${describeProblem(error)}`,
      );
    }
  }

  async #stopAtHost(
    codeHost: CodeHost,
    task: StoredTask,
    what: { branch?: string; change?: StoredChange },
    signal: AbortSignal,
  ): Promise<void> {
    const { changes, clock } = this.#options;
    const ref = what.change && {
      repository: task.repository,
      globalId: what.change.globalId,
    };
    const steps = await codeHost.stop({
      repository: task.repository,
      branch: what.branch,
      change: ref,
      signal,
    });
    const tried = clock.now().getTime() - task.stateSince.getTime();
    if (
      steps.some(step => step.outcome === 'failed' && step.retryable) &&
      tried < stopHours * 3_600_000
    ) {
      await this.#again(
        task,
        `${describeSteps(steps)} What failed is tried again.`,
      );
      return;
    }
    const absent = steps.some(
      step => step.what === 'change' && step.outcome === 'absent',
    );
    if (ref && absent) {
      const seen = await codeHost.getChanges({ changes: [ref], signal });
      if (seen.has(ref.globalId)) {
        // Somebody merged or closed it first: the tracker writes down which, and may settle the task by it.
        await changes.makeDue(undefined, {
          globalId: ref.globalId,
          at: clock.now(),
        });
        this.#options.wakeups.wake('changes');
        await this.#again(task, 'The pull request has settled; it is read.');
        return;
      }
    }
    await this.#finish(task, what.change, steps, undefined);
  }

  /** Reads the task at its provider. Its id there; `undefined`: it has ended, so that nothing works on any more. */
  async #refresh(
    task: StoredTask,
    attempt: StoredAttempt,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const { remotes, reports } = this.#options;
    const provider = remotes.provider(attempt.provider);
    if (!provider || !attempt.providerTaskId || attempt.state !== 'confirmed') {
      return undefined;
    }
    const report = await provider.getTask({
      repository: task.repository,
      id: attempt.providerTaskId,
      signal,
    });
    if (!report) {
      return undefined;
    }
    await reports.apply(provider, [report]);
    return ['queued', 'running', 'needs_input'].includes(report.state)
      ? report.id
      : undefined;
  }

  async #again(task: StoredTask, reason: string): Promise<void> {
    const { tasks, clock, feed } = this.#options;
    const at = clock.now();
    await tasks.transaction(async tx => {
      await tasks.setReason(tx, {
        taskId: task.id,
        reason,
        at,
        whileIn: ['cancelling'],
      });
      await tasks.setStopDue(tx, {
        taskId: task.id,
        at: new Date(at.getTime() + againSeconds * 1000),
      });
    });
    feed.publish([task.id]);
  }

  async #finish(
    task: StoredTask,
    change: StoredChange | undefined,
    steps: StopStep[],
    nothing: string | undefined,
  ): Promise<void> {
    const { tasks, attempts, changes, clock, feed, wakeups } = this.#options;
    const at = clock.now();
    const told = [
      describeDeadline(task.cancelledBy),
      nothing ?? describeSteps(steps),
    ]
      .filter(Boolean)
      .join(' ');
    await tasks.transaction(async tx => {
      const now = await tasks.lock(tx, task.id);
      if (now?.state !== 'cancelling') {
        return;
      }
      // Before the transition: an open change would keep its review slot. One that the host does not know is not open.
      if (
        change &&
        steps.some(
          step =>
            step.what === 'change' &&
            (step.outcome === 'done' || step.outcome === 'absent'),
        )
      ) {
        await changes.markClosed(tx, { id: change.id, at });
      }
      await tasks.transition(tx, {
        taskId: task.id,
        to: 'cancelled',
        at,
        reason: told,
        event: {
          type: 'task.cancelled',
          actor: 'system',
          message: `Cancelled. ${told}`,
          details: { steps: steps.map(step => ({ ...step })) },
        },
      });
      const attempt = await attempts.newestOf(task.id, tx);
      if (attempt) {
        await attempts.report(tx, [
          { taskId: attempt.taskId, id: attempt.id, at, ended: true },
        ]);
      }
    });
    feed.publish([task.id]);
    wakeups.wake('admission');
  }
}

function describeSteps(steps: StopStep[]): string {
  const named = (outcome: StopStep['outcome']) =>
    steps.filter(step => step.outcome === outcome);
  const sentences: string[] = [];
  const done = named('done').map(step => stepNames[step.what]);
  if (done.length) {
    sentences.push(`Stopped: ${done.join(', ')}.`);
  }
  for (const step of named('failed')) {
    sentences.push(
      `Not stopped: ${stepNames[step.what]}${
        step.reason ? ` (${step.reason})` : ''
      }.`,
    );
  }
  return sentences.join(' ') || 'There was nothing left to stop.';
}

export interface StopperOptions {
  tasks: TaskStore;
  attempts: AttemptStore;
  changes: ChangeStore;
  remotes: Remotes;
  reports: RunReports;
  clock: Clock;
  feed: TaskFeed;
  wakeups: Wakeups;
  logger: LoggerService;
}
