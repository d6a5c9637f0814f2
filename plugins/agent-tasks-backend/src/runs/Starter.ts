import { markPrompt, TaskState } from '@agent-tasks/plugin-agent-tasks-common';
import {
  AgentProvider,
  ProviderError,
  ProviderTask,
  stringifyRepositoryRef,
} from '@agent-tasks/plugin-agent-tasks-node';
import { LoggerService } from '@backstage/backend-plugin-api';
import { EventStore } from '../audit/EventStore';
import { Clock } from '../loops/Clock';
import { RoundStore } from '../loops/RoundStore';
import { Wakeups } from '../loops/Wakeups';
import {
  decideStart,
  StartDecision,
  UnconfirmedStart,
} from '../policy/decideStart';
import { describeProblem, Remotes } from '../remotes/Remotes';
import { TaskFeed } from '../queue/TaskFeed';
import { StoredTask, TaskStore } from '../queue/TaskStore';
import { TemplateStore } from '../templates/TemplateStore';
import { AttemptStore, ClaimedAttempt } from './AttemptStore';
import { RunReports } from './RunReports';
import { watchRound } from './TaskWatcher';

/** Times of starts, from the configuration. */
export interface StartSettings {
  /** How long a request to a provider may take. */
  requestTimeoutSeconds: number;
  /** See decideStart. */
  settleSeconds: number;
  /** See decideStart. */
  decideSeconds: number;
}

/** How far the watcher's rounds were before something began. */
type WatchProgress = { begun: number; underWay: boolean };

/** Where a task is while its start is not confirmed. */
const startingStates: TaskState[] = ['starting', 'undecided', 'cancelling'];

/** Starts that one replica has under way at once. GitHub asks for few writes at a time. */
const startsAtOnce = 8;

/**
 * Starts attempts, each exactly once.
 *
 * @remarks
 *
 * A start is an intent, then a request, then a confirmation. The intent is written by admission. Before a request
 * leaves, `requested` is written; whoever finds an attempt `requested` whose lease has ended knows that a request may
 * have had its effect, and searches the provider for the attempt's marker. Only a search that began after the request
 * can no longer take effect proves that it did not; see {@link decideStart}.
 *
 * A lease is twice as long as a request may take, so that a live request is never taken for a dead one.
 */
export class Starter {
  readonly #options: StarterOptions;

  private constructor(options: StarterOptions) {
    this.#options = options;
  }

  static create(options: StarterOptions): Starter {
    return new Starter(options);
  }

  async round(signal: AbortSignal): Promise<void> {
    const { attempts, settings, clock, wakeups } = this.#options;
    const now = clock.now();
    const claimed = await attempts.claimStarts({
      now,
      leaseUntil: new Date(
        now.getTime() + 2 * settings.requestTimeoutSeconds * 1000,
      ),
      limit: startsAtOnce,
    });
    await Promise.all(
      claimed.map(attempt =>
        this.#advance(attempt, signal).catch(error => {
          // The lease ends by itself, and the attempt is then decided by what was written.
          this.#options.logger.error(
            `The start of ${attempt.taskId} (${attempt.id}) was interrupted`,
            error instanceof Error ? error : new Error(String(error)),
          );
        }),
      ),
    );
    if (claimed.length === startsAtOnce) {
      wakeups.wake('starts');
    }
  }

  async #advance(attempt: ClaimedAttempt, signal: AbortSignal): Promise<void> {
    const { tasks, remotes } = this.#options;
    const task = await tasks.get(attempt.taskId);
    const provider = remotes.provider(attempt.provider);
    if (!task) {
      return;
    }
    if (!provider && task.state === 'cancelling') {
      await this.#giveUp(attempt, attempt.provider);
      return;
    }
    if (!provider) {
      await this.#defer(
        attempt,
        attempt.state === 'intended' ? 'intended' : 'requested',
        `The provider '${attempt.provider}' is not installed. Install its module, or cancel the task.`,
      );
      return;
    }
    const watch = await this.#options.rounds.progress(watchRound(provider.id));
    let decision = this.#decide(attempt, task, provider);
    if (decision.do === 'search') {
      const begunAt = this.#options.clock.now();
      const search = await this.#search(attempt, task, provider, watch, signal);
      if (search === 'found') {
        return;
      }
      decision = this.#decide(attempt, task, provider, {
        begunAt,
        outcome: search,
      });
    }
    await this.#carryOut(decision, attempt, task, provider, watch, signal);
  }

  #decide(
    attempt: ClaimedAttempt,
    task: StoredTask,
    provider: AgentProvider,
    search?: UnconfirmedStart['search'],
  ): StartDecision {
    return decideStart(
      {
        state: attempt.state === 'intended' ? 'intended' : 'requested',
        requestedAt: attempt.requestedAt,
        firstRequestedAt: attempt.firstRequestedAt,
        start: provider.capabilities.start,
        cancelling: task.state === 'cancelling',
        search,
      },
      this.#options.settings,
      this.#options.clock.now(),
    );
  }

  async #carryOut(
    decision: StartDecision,
    attempt: ClaimedAttempt,
    task: StoredTask,
    provider: AgentProvider,
    watch: WatchProgress,
    signal: AbortSignal,
  ): Promise<void> {
    const { tasks, attempts, clock, wakeups } = this.#options;
    switch (decision.do) {
      case 'send':
        await this.#send(attempt, task, provider, watch, signal);
        return;
      case 'wait':
        await tasks.transaction(tx =>
          attempts.release(tx, {
            attempt,
            state: 'requested',
            dueAt: decision.until,
          }),
        );
        return;
      case 'withdraw':
        await tasks.transaction(tx =>
          attempts.close(tx, {
            id: attempt.id,
            state: 'withdrawn',
            leaseId: attempt.leaseId,
            at: clock.now(),
          }),
        );
        wakeups.wake('stops');
        return;
      case 'ask-person':
        if (task.state === 'cancelling') {
          await this.#giveUp(attempt, provider.title);
        } else {
          await this.#askPerson(attempt, task, provider);
        }
        return;
      default:
        throw new Error(`no start is decided as '${decision.do}'`);
    }
  }

  async #send(
    attempt: ClaimedAttempt,
    task: StoredTask,
    provider: AgentProvider,
    watch: WatchProgress,
    signal: AbortSignal,
  ): Promise<void> {
    const { tasks, attempts, templates, events, settings, clock } =
      this.#options;
    const { agent } = await templates.getRevision(task.templateRevisionId);
    // The time limit begins before the request is written down. After a pause of the process it has run out when the
    // request would leave, so that none leaves later than the lease allows.
    const timeout = AbortSignal.timeout(settings.requestTimeoutSeconds * 1000);
    const requestedAt = clock.now();
    const marked = await tasks.transaction(async tx => {
      const ours = await attempts.markRequested(tx, attempt, requestedAt);
      if (ours) {
        await events.append(tx, [
          {
            at: requestedAt,
            type: 'start.requested',
            actor: 'system',
            taskId: task.id,
            campaignId: task.campaignId,
            message: `Asked ${provider.title} to start${
              attempt.requests > 0
                ? `, again: the request before is certain to have had no effect`
                : ''
            }.`,
            details: { attempt: attempt.id, request: attempt.requests + 1 },
          },
        ]);
      }
      return ours;
    });
    if (!marked || timeout.aborted || signal.aborted) {
      return;
    }
    const requested: ClaimedAttempt = {
      ...attempt,
      state: 'requested',
      requests: attempt.requests + 1,
      requestedAt,
    };
    let started: ProviderTask;
    try {
      started = await provider.startTask({
        repository: task.repository,
        prompt: markPrompt({ text: task.prompt.text, marker: attempt.id }),
        marker: attempt.id,
        baseBranch: agent?.baseBranch,
        model: agent?.model,
        customAgent: agent?.customAgent,
        signal: AbortSignal.any([timeout, signal]),
      });
    } catch (error) {
      await this.#startFailed(requested, task, provider, error);
      return;
    }
    await this.#options.remotes.succeeded('provider', provider.id);
    await this.#confirm(requested, task, provider, started, {
      searched: false,
      watch,
    });
  }

  async #startFailed(
    attempt: ClaimedAttempt,
    task: StoredTask,
    provider: AgentProvider,
    error: unknown,
  ): Promise<void> {
    const { tasks, attempts, remotes, events, clock, feed, wakeups, logger } =
      this.#options;
    const at = clock.now();
    const effect = error instanceof ProviderError ? error.effect : 'unknown';
    const problem = describeProblem(error);
    if (!(error instanceof ProviderError)) {
      logger.error(
        `The request to start ${task.id} failed unexpectedly`,
        error instanceof Error ? error : new Error(String(error)),
      );
    }
    if (effect === 'refused') {
      await tasks.transaction(async tx => {
        const ours = await attempts.close(tx, {
          id: attempt.id,
          state: 'refused',
          leaseId: attempt.leaseId,
          problem,
          at,
        });
        if (!ours) {
          // Another replica has gone on with it: this answer is of a request that no longer counts.
          return;
        }
        await tasks.transition(tx, {
          taskId: task.id,
          to: 'failed',
          at,
          reason: problem,
          event: {
            type: 'start.refused',
            actor: `provider:${provider.id}`,
            message: `${provider.title} refused to start: ${problem}`,
            details: {
              attempt: attempt.id,
              ...(error instanceof ProviderError && {
                status: error.status ?? 'none',
                requestId: error.requestId ?? 'none',
              }),
            },
          },
        });
      });
      feed.publish([task.id]);
      wakeups.wake('admission', 'stops');
      return;
    }
    if (effect === 'later') {
      await remotes.failed('provider', provider.id, error);
      await this.#defer(
        attempt,
        'intended',
        problem,
        error instanceof ProviderError ? error.retryAfterSeconds : undefined,
      );
      return;
    }
    await tasks.transaction(async tx => {
      await attempts.release(tx, {
        attempt,
        state: 'requested',
        dueAt: at,
        problem,
      });
      await events.append(tx, [
        {
          at,
          type: 'start.unanswered',
          actor: 'system',
          taskId: task.id,
          campaignId: task.campaignId,
          message: `${provider.title} gave no clear answer; whether it started is looked up before anything is sent again. ${problem}`,
          details: { attempt: attempt.id },
        },
      ]);
      await tasks.setReason(tx, {
        taskId: task.id,
        reason: `Whether ${provider.title} started is being looked up.`,
        at,
        whileIn: startingStates,
      });
    });
    feed.publish([task.id]);
    wakeups.wake('starts');
  }

  /** Puts a start off that is certain to have had no effect, or that cannot be looked at now. */
  async #defer(
    attempt: ClaimedAttempt,
    state: 'intended' | 'requested',
    problem: string,
    retryAfterSeconds?: number,
  ): Promise<void> {
    const { tasks, attempts, clock, feed } = this.#options;
    const at = clock.now();
    // Doubling from 2 s up to 5 minutes; the remote's own word counts more.
    const backoffSeconds =
      retryAfterSeconds ??
      Math.min(300, 2 ** Math.min(attempt.problems + 1, 9));
    await tasks.transaction(async tx => {
      await attempts.release(tx, {
        attempt,
        state,
        dueAt: new Date(at.getTime() + backoffSeconds * 1000),
        problem,
      });
      await tasks.setReason(tx, {
        taskId: attempt.taskId,
        reason: `${problem} It is tried again in ${backoffSeconds} s.`,
        at,
        whileIn: startingStates,
      });
    });
    feed.publish([attempt.taskId]);
  }

  async #search(
    attempt: ClaimedAttempt,
    task: StoredTask,
    provider: AgentProvider,
    watch: WatchProgress,
    signal: AbortSignal,
  ): Promise<'found' | 'absent' | 'failed'> {
    const { attempts, remotes, settings, logger } = this.#options;
    if (!provider.findTask || !attempt.firstRequestedAt) {
      throw new Error(
        `the provider '${provider.id}' says that it finds tasks by their marker, but cannot`,
      );
    }
    let found: ProviderTask | undefined;
    try {
      found = await provider.findTask({
        repository: task.repository,
        marker: attempt.id,
        startedAfter: attempt.firstRequestedAt.toISOString(),
        knownIds: await attempts.listProviderTaskIds({
          provider: provider.id,
          repository: stringifyRepositoryRef(task.repository),
        }),
        signal: AbortSignal.any([
          AbortSignal.timeout(settings.requestTimeoutSeconds * 1000),
          signal,
        ]),
      });
    } catch (error) {
      logger.debug(`The search for ${attempt.id} failed: ${error}`);
      if (signal.aborted) {
        return 'failed';
      }
      await remotes.failed('provider', provider.id, error);
      return 'failed';
    }
    await remotes.succeeded('provider', provider.id);
    if (!found) {
      return 'absent';
    }
    await this.#confirm(attempt, task, provider, found, {
      searched: true,
      watch,
    });
    return 'found';
  }

  async #confirm(
    attempt: ClaimedAttempt,
    task: StoredTask,
    provider: AgentProvider,
    started: ProviderTask,
    options: { searched: boolean; watch: WatchProgress },
  ): Promise<void> {
    const { searched, watch } = options;
    const { tasks, attempts, clock, feed, reports, wakeups } = this.#options;
    const at = clock.now();
    const confirmed = await tasks.transaction(async tx => {
      const ours = await attempts.confirm(tx, {
        id: attempt.id,
        providerTaskId: started.id,
        url: started.url,
        at,
      });
      if (ours) {
        await tasks.transition(tx, {
          taskId: task.id,
          to: 'running',
          at,
          event: {
            type: searched ? 'start.found' : 'start.confirmed',
            actor: `provider:${provider.id}`,
            message: searched
              ? `${provider.title} had started; its task was found by the marker.`
              : `${provider.title} started.`,
            details: {
              attempt: attempt.id,
              providerTask: started.id,
              ...(started.url && { url: started.url }),
            },
          },
        });
      }
      return ours;
    });
    if (!confirmed) {
      return;
    }
    feed.publish([task.id]);
    wakeups.wake('stops');
    // While nothing ran, the provider was asked but rarely.
    await this.#options.rounds.makeDue(
      watchRound(provider.id),
      new Date(at.getTime() + this.#options.watchSeconds * 1000),
    );
    await reports.apply(provider, [started]);
    // A round of the watcher that ran beside took the task for somebody else's, and may have left behind what became of
    // it. Looked at after the confirmation was committed: a round that begins later knows that it is ours.
    const now = await this.#options.rounds.progress(watchRound(provider.id));
    if (watch.underWay || now.begun !== watch.begun) {
      await reports.read(provider, task, started.id);
    }
  }

  /** Ends a start that could not be decided, for the person who cancels it: that is their decision to take. */
  async #giveUp(attempt: ClaimedAttempt, provider: string): Promise<void> {
    const { tasks, attempts, clock, wakeups } = this.#options;
    await tasks.transaction(tx =>
      attempts.close(tx, {
        id: attempt.id,
        state: 'withdrawn',
        leaseId: attempt.leaseId,
        problem: `Whether ${provider} started is not known. Should a task with the marker ${attempt.id} turn up there, stop it there.`,
        at: clock.now(),
      }),
    );
    wakeups.wake('stops');
  }

  async #askPerson(
    attempt: ClaimedAttempt,
    task: StoredTask,
    provider: AgentProvider,
  ): Promise<void> {
    const { tasks, attempts, clock, feed } = this.#options;
    const at = clock.now();
    await tasks.transaction(async tx => {
      await attempts.release(tx, {
        attempt,
        state: 'requested',
        // It is still looked up: should the provider answer again, no person is needed.
        dueAt: new Date(at.getTime() + 60_000),
      });
      await tasks.transition(tx, {
        taskId: task.id,
        to: 'undecided',
        at,
        reason: `Whether ${provider.title} started could not be found out. Look at ${provider.title} for a task with the marker ${attempt.id}; the task goes on by itself once ${provider.title} answers, or can be cancelled.`,
        event: {
          type: 'start.undecided',
          actor: 'system',
          message: `Whether ${provider.title} started could not be found out; it keeps its slot.`,
          details: { attempt: attempt.id },
        },
      });
    });
    feed.publish([task.id]);
  }
}

export interface StarterOptions {
  tasks: TaskStore;
  attempts: AttemptStore;
  templates: TemplateStore;
  events: EventStore;
  remotes: Remotes;
  reports: RunReports;
  settings: StartSettings;
  rounds: RoundStore;
  /** How often a provider is asked what changed, in seconds. */
  watchSeconds: number;
  clock: Clock;
  feed: TaskFeed;
  wakeups: Wakeups;
  logger: LoggerService;
}
