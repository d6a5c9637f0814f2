import { isSettled, TaskState } from '@agent-tasks/plugin-agent-tasks-common';
import {
  AgentProvider,
  ProviderArtifact,
  ProviderTask,
} from '@agent-tasks/plugin-agent-tasks-node';
import { LoggerService } from '@backstage/backend-plugin-api';
import { EventStore } from '../audit/EventStore';
import { ChangeStore, StoredChange } from '../changes/ChangeStore';
import { together } from '../database/bulk';
import { Transaction } from '../database/connect';
import { newId } from '../database/ids';
import { Clock } from '../loops/Clock';
import { Wakeups } from '../loops/Wakeups';
import {
  classifyEnd,
  decideRetry,
  defaultMaxAttempts,
} from '../policy/retries';
import { describeProblem, Remotes } from '../remotes/Remotes';
import { TaskFeed } from '../queue/TaskFeed';
import { TaskBatch, TaskRecord, TaskStore } from '../queue/TaskStore';
import { TemplateStore } from '../templates/TemplateStore';
import {
  AttemptReport,
  AttemptStore,
  NewAttempt,
  WatchedAttempt,
} from './AttemptStore';

/** How long reading one task in full may take. */
const readTimeoutMs = 30_000;

/** States in which the start of the agent is not known yet. */
const startingStates: TaskState[] = ['starting', 'undecided'];

/** Reports that are applied in one transaction. */
const reportsAtOnce = 200;

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
    const ours = reports.flatMap(report => {
      const attempt = attemptOf.get(report.id);
      return attempt?.state === 'confirmed' ? [{ attempt, report }] : [];
    });
    for (let from = 0; from < ours.length; from += reportsAtOnce) {
      const some = ours.slice(from, from + reportsAtOnce);
      try {
        await this.#applySome(provider, some);
      } catch {
        // One that cannot be stored does not take the others with it.
        for (const one of some) {
          await this.#applySome(provider, [one]).catch(error =>
            // It comes again by itself when the task has not been seen for long.
            this.#options.logger.error(
              `What ${provider.title} reported of ${one.attempt.taskId} could not be stored`,
              error instanceof Error ? error : new Error(String(error)),
            ),
          );
        }
      }
    }
  }

  /**
   * Applies reports in a transaction that has locked their tasks, but for what is to be written about the attempts.
   *
   * @returns the ids of the tasks that people would see change, and what to write
   */
  async applyIn(
    tx: Transaction,
    batch: TaskBatch,
    options: {
      provider: AgentProvider;
      reports: AttemptOfReport[];
      at: Date;
    },
  ): Promise<{ changed: string[]; seen: AttemptReport[] }> {
    const { attempts } = this.#options;
    const { provider, reports, at } = options;
    const changed = new Set<string>();
    const seen: AttemptReport[] = [];
    const retries: Retry[] = [];
    const known = await this.#knownChanges(tx, batch, reports);
    for (const { attempt, report } of reports) {
      const task = batch.get(attempt.taskId);
      if (!task) {
        continue;
      }
      const ended = settledAtProvider.includes(report.state);
      const branch = report.artifacts.find(one => one.type === 'branch');
      seen.push({
        taskId: attempt.taskId,
        id: attempt.id,
        at,
        branch: branch?.type === 'branch' ? branch.branch : undefined,
        aiCredits: report.aiCredits,
        ended,
        problem:
          ended && report.state !== 'completed'
            ? describeEnd(provider, report)
            : undefined,
      });
      const found = await this.#recordChanges(
        tx,
        task,
        attempt,
        report.artifacts.filter(
          one => one.type !== 'change' || !known.has(one.globalId),
        ),
        at,
      );
      if (found || ended) {
        changed.add(attempt.taskId);
      }
    }
    const newest = await this.#options.changes.newestOfMany(
      tx,
      reports
        .filter(({ report }) => settledAtProvider.includes(report.state))
        .map(({ attempt }) => attempt.taskId),
    );
    for (const one of reports) {
      const change = newest.get(one.attempt.taskId);
      const moved = await this.#move(tx, batch, {
        ...one,
        provider,
        at,
        change,
        retries,
      });
      if (moved) {
        changed.add(one.attempt.taskId);
      }
    }
    await attempts.insertIntents(tx, retries, at);
    return { changed: [...changed], seen };
  }

  /** Reads one task and applies it. Where that does not succeed, the watcher reads it when it has not been seen for long. */
  async read(
    provider: AgentProvider,
    task: TaskRecord,
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

  async #applySome(
    provider: AgentProvider,
    listed: AttemptOfReport[],
  ): Promise<void> {
    const { tasks, attempts, clock, feed, wakeups } = this.#options;
    const reports = await Promise.all(
      listed.map(async ({ attempt, report }) => ({
        attempt,
        // Read before the transaction, which has one connection.
        ...(classifyEnd(report.state) && {
          maxAttempts: await this.#maxAttemptsOf(attempt.taskId),
        }),
        report:
          settledAtProvider.includes(report.state) &&
          report.state !== 'completed'
            ? await this.#readInFull(provider, attempt, report)
            : report,
      })),
    );
    const at = clock.now();
    const changed = await tasks.transaction(async tx => {
      // Tasks are locked before attempts and changes, here as everywhere.
      const batch = await tasks.open(
        tx,
        reports.map(({ attempt }) => attempt.taskId),
      );
      // Somebody else may have been told the same meanwhile: an end that has been seen is not the end of what followed it.
      const live = await attempts.lockConfirmed(
        tx,
        reports.map(({ attempt }) => attempt),
      );
      const applied = await this.applyIn(tx, batch, {
        provider,
        reports: reports.filter(({ attempt }) => live.has(attempt.id)),
        at,
      });
      await together(tx, async () => {
        await attempts.report(tx, applied.seen);
        await batch.flush();
      });
      return applied.changed;
    });
    if (changed.length) {
      feed.publish(changed);
      wakeups.wake('admission', 'changes', 'stops', 'starts');
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

  /**
   * Whether another attempt follows. While the change of the one that failed is open only where it can go on in that: a
   * task never has two open changes, and what is not gone on with is for a person to look at.
   */
  #decideRetry(
    options: AttemptOfReport & {
      provider: AgentProvider;
      task: TaskRecord;
      at: Date;
      change: StoredChange | undefined;
    },
    message: string,
  ) {
    const { provider, task, attempt, report, change, at } = options;
    const failed = classifyEnd(report.state);
    if (!failed) {
      return undefined;
    }
    const branch = report.artifacts.find(one => one.type === 'branch');
    const made = branch?.type === 'branch' ? branch : undefined;
    const decision = decideRetry(
      {
        failure: { class: failed, message },
        // Each attempt but the last has failed by the agent: no other failure ends one that was confirmed. Those before a
        // person had it tried again do not count.
        agentFailures: attempt.number - task.attemptsBefore,
        troubles: 0,
        maxAttempts: options.maxAttempts ?? defaultMaxAttempts,
        change: change && {
          id: change.id,
          state: change.state === 'found' ? 'open' : change.state,
          headBranch: change.headBranch ?? made?.branch,
          baseBranch: change.baseBranch ?? made?.baseBranch,
        },
        canContinue: provider.capabilities.continues ?? false,
      },
      at,
      Math.random,
    );
    // What would have to be closed first is left open for a person.
    return decision.do === 'retry' && !decision.closeFirst
      ? decision
      : undefined;
  }

  /** How often a task may be tried, of one whose agent has failed. */
  async #maxAttemptsOf(taskId: string): Promise<number | undefined> {
    const { tasks, templates } = this.#options;
    const task = await tasks.get(taskId);
    return (
      task &&
      (await templates.getRevision(task.templateRevisionId)).execution
        ?.maxAttempts
    );
  }

  /** Those of the changes that reports name of which nothing is to be written down. */
  async #knownChanges(
    tx: Transaction,
    batch: TaskBatch,
    reports: readonly AttemptOfReport[],
  ): Promise<Set<string>> {
    const { changes, remotes } = this.#options;
    const idsOf = new Map<string, string[]>();
    for (const { attempt, report } of reports) {
      const host = batch.get(attempt.taskId)?.repository.host;
      const codeHost = host && remotes.codeHostOf(host);
      if (codeHost) {
        idsOf.set(codeHost.id, [
          ...(idsOf.get(codeHost.id) ?? []),
          ...report.artifacts.flatMap(one =>
            one.type === 'change' ? [one.globalId] : [],
          ),
        ]);
      }
    }
    const known = new Set<string>();
    for (const [codeHost, globalIds] of idsOf) {
      if (globalIds.length) {
        const some = await changes.known(tx, { codeHost, globalIds });
        some.forEach(id => known.add(id));
      }
    }
    return known;
  }

  async #recordChanges(
    tx: Transaction,
    task: TaskRecord,
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
    batch: TaskBatch,
    options: AttemptOfReport & {
      provider: AgentProvider;
      at: Date;
      /** The newest change of its task, where the attempt has ended. */
      change: StoredChange | undefined;
      retries: Retry[];
    },
  ): Promise<boolean> {
    const { changes } = this.#options;
    const { provider, attempt, report, change, at } = options;
    const task = batch.get(attempt.taskId);
    if (!task || isSettled(task.state) || task.state === 'cancelling') {
      return false;
    }
    const actor = `provider:${provider.id}`;
    const details = {
      attempt: attempt.id,
      providerState: report.state,
      // Of a start that is known only now.
      ...(startingStates.includes(task.state) && {
        providerTask: report.id,
        ...(report.url && { url: report.url }),
      }),
    };
    const go = (
      to: TaskState,
      type: string,
      message: string,
      reason?: string,
    ) =>
      task.state !== to &&
      batch.go({
        taskId: task.id,
        to,
        at,
        reason,
        event: { type, actor, message, details },
      });

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
        const again = this.#decideRetry({ ...options, task }, end);
        if (again && ['running', 'needs_input'].includes(task.state)) {
          options.retries.push({
            id: newId('attempt'),
            taskId: task.id,
            number: attempt.number + 1,
            provider: attempt.provider,
            dueAt: again.at,
            continuation: { failure: again.withFailure, ...again.continueOn },
          });
          return go(
            'starting',
            `run.${report.state}`,
            `${end} It is tried again: attempt ${attempt.number + 1} of at most ${task.attemptsBefore + (options.maxAttempts ?? defaultMaxAttempts)}.`,
          );
        }
        // What it left open may have to leave the auto lane.
        await changes.makeDue(tx, { taskId: task.id, at });
        return go('failed', `run.${report.state}`, end, end);
      }
    }
  }
}

/** What a provider reported, and the attempt that it is about. */
export interface AttemptOfReport {
  attempt: WatchedAttempt;
  report: ProviderTask;
  /** How many attempts of its task may fail by the agent. Default: one. */
  maxAttempts?: number;
}

/** An attempt that follows one that failed. */
type Retry = NewAttempt;

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
  templates: TemplateStore;
  remotes: Remotes;
  clock: Clock;
  feed: TaskFeed;
  wakeups: Wakeups;
  logger: LoggerService;
}
