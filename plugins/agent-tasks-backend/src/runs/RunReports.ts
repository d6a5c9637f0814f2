import { isSettled, TaskState } from '@agent-tasks/plugin-agent-tasks-common';
import {
  AgentProvider,
  ProviderArtifact,
  ProviderTask,
} from '@agent-tasks/plugin-agent-tasks-node';
import { LoggerService } from '@backstage/backend-plugin-api';
import { EventStore } from '../audit/EventStore';
import { ChangeStore } from '../changes/ChangeStore';
import { Transaction } from '../database/connect';
import { newId } from '../database/ids';
import { Clock } from '../loops/Clock';
import { Wakeups } from '../loops/Wakeups';
import { describeProblem, Remotes } from '../remotes/Remotes';
import { TaskFeed } from '../queue/TaskFeed';
import { StoredTask, TaskStore } from '../queue/TaskStore';
import { AttemptStore, WatchedAttempt } from './AttemptStore';

/** How long reading one task in full may take. */
const readTimeoutMs = 30_000;

const settledAtProvider: ProviderTask['state'][] = [
  'completed',
  'failed',
  'timed_out',
  'cancelled',
];

/**
 * Turns what a provider reports of its tasks into states of ours. Reports may come twice, late and in any order: each
 * one is compared with what is stored, and those of tasks that are not ours are passed over.
 */
export class RunReports {
  readonly #options: RunReportsOptions;

  private constructor(options: RunReportsOptions) {
    this.#options = options;
  }

  static create(options: RunReportsOptions): RunReports {
    return new RunReports(options);
  }

  async apply(provider: AgentProvider, reports: ProviderTask[]): Promise<void> {
    if (!reports.length) {
      return;
    }
    const attempts = await this.#options.attempts.findByProviderTaskIds({
      provider: provider.id,
      ids: reports.map(report => report.id),
    });
    const attemptOf = new Map(
      attempts.map(attempt => [attempt.providerTaskId, attempt]),
    );
    for (const report of reports) {
      const attempt = attemptOf.get(report.id);
      if (attempt && attempt.state === 'confirmed') {
        try {
          await this.#applyOne(provider, attempt, report);
        } catch (error) {
          // The other reports are applied all the same. This one comes again by itself when the task has not been seen
          // for long.
          this.#options.logger.error(
            `What ${provider.title} reported of ${attempt.taskId} could not be stored`,
            error instanceof Error ? error : new Error(String(error)),
          );
        }
      }
    }
  }

  /** Reads one task and applies it. Where that does not succeed, the watcher reads it when it has not been seen for long. */
  async read(
    provider: AgentProvider,
    task: StoredTask,
    providerTaskId: string,
  ): Promise<void> {
    try {
      const report = await provider.getTask({
        repository: task.repository,
        id: providerTaskId,
        signal: AbortSignal.timeout(readTimeoutMs),
      });
      await this.apply(provider, report ? [report] : []);
    } catch (error) {
      this.#options.logger.debug(
        `${task.id} could not be read: ${describeProblem(error)}`,
      );
    }
  }

  async #applyOne(
    provider: AgentProvider,
    attempt: WatchedAttempt,
    listed: ProviderTask,
  ): Promise<void> {
    const { tasks, attempts, clock, feed, wakeups } = this.#options;
    const settled = settledAtProvider.includes(listed.state);
    const report =
      settled && listed.state !== 'completed'
        ? await this.#readInFull(provider, attempt, listed)
        : listed;
    const at = clock.now();
    const branch = report.artifacts.find(
      artifact => artifact.type === 'branch',
    );
    const changed = await tasks.transaction(async tx => {
      // The task is locked before the attempt and the change, here as everywhere.
      const task = await tasks.lock(tx, attempt.taskId);
      if (!task) {
        return false;
      }
      await attempts.markSeen(tx, {
        id: attempt.id,
        at,
        branch: branch?.type === 'branch' ? branch.branch : undefined,
        aiCredits: report.aiCredits,
      });
      const found = await this.#recordChanges(
        tx,
        task,
        attempt,
        report.artifacts,
        at,
      );
      const moved = await this.#move(tx, provider, task, attempt, report, at);
      if (settled) {
        await attempts.end(tx, {
          id: attempt.id,
          at,
          problem:
            report.state === 'completed'
              ? undefined
              : describeEnd(provider, report),
        });
      }
      return found || moved || settled;
    });
    if (changed) {
      feed.publish([attempt.taskId]);
      wakeups.wake(
        'changes',
        'stops',
        ...(settled ? ['admission' as const] : []),
      );
    }
  }

  async #readInFull(
    provider: AgentProvider,
    attempt: WatchedAttempt,
    listed: ProviderTask,
  ): Promise<ProviderTask> {
    const task = await this.#options.tasks.get(attempt.taskId);
    try {
      const full =
        task &&
        (await provider.getTask({
          repository: task.repository,
          id: listed.id,
          signal: AbortSignal.timeout(readTimeoutMs),
        }));
      return full ?? listed;
    } catch (error) {
      // The reason of the failure is worth one request, not a delay.
      this.#options.logger.debug(
        `The failure of ${listed.id} could not be read: ${error}`,
      );
      return listed;
    }
  }

  async #recordChanges(
    tx: Transaction,
    task: StoredTask,
    attempt: WatchedAttempt,
    artifacts: ProviderArtifact[],
    at: Date,
  ): Promise<boolean> {
    const { changes, events, remotes } = this.#options;
    const codeHost = remotes.codeHostOf(task.repository.host);
    let any = false;
    for (const artifact of artifacts) {
      if (artifact.type !== 'change' || !codeHost) {
        continue;
      }
      const id = newId('change');
      const isNew = await changes.insert(
        tx,
        {
          id,
          taskId: task.id,
          attemptId: attempt.id,
          codeHost: codeHost.id,
          globalId: artifact.globalId,
        },
        at,
      );
      if (isNew) {
        any = true;
        await events.append(tx, [
          {
            at,
            type: 'change.found',
            actor: `provider:${attempt.provider}`,
            taskId: task.id,
            campaignId: task.campaignId,
            changeId: id,
            message: 'The agent opened a pull request.',
            details: { globalId: artifact.globalId },
          },
        ]);
      }
    }
    return any;
  }

  async #move(
    tx: Transaction,
    provider: AgentProvider,
    task: StoredTask,
    attempt: WatchedAttempt,
    report: ProviderTask,
    at: Date,
  ): Promise<boolean> {
    const { tasks, changes } = this.#options;
    if (isSettled(task.state) || task.state === 'cancelling') {
      return false;
    }
    const actor = `provider:${provider.id}`;
    const details = { attempt: attempt.id, providerState: report.state };
    const go = async (
      to: TaskState,
      type: string,
      message: string,
      reason?: string,
    ) =>
      task.state !== to &&
      (await tasks.transition(tx, {
        taskId: task.id,
        to,
        at,
        reason,
        event: { type, actor, message, details },
      })) !== undefined;

    switch (report.state) {
      case 'queued':
      case 'running':
        return go('running', 'run.resumed', `${provider.title} works again.`);
      case 'needs_input':
        return go(
          'needs_input',
          'run.needs_input',
          `${provider.title} waits for a person. Open the agent's page to answer it.`,
          `${provider.title} waits for a person.`,
        );
      case 'completed': {
        const change = await changes.newestOf(task.id, tx);
        if (!change) {
          return go(
            'no_change',
            'run.completed',
            `${provider.title} finished without a pull request.`,
            'The agent found nothing to change.',
          );
        }
        if (change.state === 'merged' || change.state === 'closed') {
          return go(
            change.state,
            'run.completed',
            `${provider.title} finished; the pull request was ${change.state} before.`,
          );
        }
        await changes.makeDue(tx, { taskId: task.id, at });
        return go(
          'in_review',
          'run.completed',
          `${provider.title} finished; its pull request goes to review.`,
        );
      }
      default: {
        const end = describeEnd(provider, report);
        return go('failed', `run.${report.state}`, end, end);
      }
    }
  }
}

function describeEnd(provider: AgentProvider, report: ProviderTask): string {
  const what = {
    timed_out: 'ran out of time',
    cancelled: 'was cancelled there',
  }[report.state as string];
  return `${provider.title} ${what ?? 'failed'}${
    report.failureMessage ? `: ${report.failureMessage}` : '.'
  }`;
}

export interface RunReportsOptions {
  tasks: TaskStore;
  attempts: AttemptStore;
  changes: ChangeStore;
  events: EventStore;
  remotes: Remotes;
  clock: Clock;
  feed: TaskFeed;
  wakeups: Wakeups;
  logger: LoggerService;
}
