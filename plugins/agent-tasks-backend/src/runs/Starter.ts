import {
  markPrompt,
  Prompt,
  TaskState,
} from '@agent-tasks/plugin-agent-tasks-common';
import {
  AgentProvider,
  ProviderError,
  ProviderTask,
  stringifyRepositoryRef,
} from '@agent-tasks/plugin-agent-tasks-node';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Reservation } from '../accounts/AccountThrottle';
import { EventStore, NewEvent } from '../audit/EventStore';
import { together } from '../database/bulk';
import { ChangeStore } from '../changes/ChangeStore';
import { Transaction } from '../database/connect';
import { newId } from '../database/ids';
import { Batches } from '../loops/Batches';
import { Clock } from '../loops/Clock';
import { Deadline } from '../loops/Deadline';
import { RoundStore } from '../loops/RoundStore';
import { Wakeups } from '../loops/Wakeups';
import {
  decideStart,
  StartDecision,
  UnconfirmedStart,
} from '../policy/decideStart';
import { addFailure } from '../policy/retries';
import { describeProblem, Remotes } from '../remotes/Remotes';
import { TaskFeed } from '../queue/TaskFeed';
import {
  StoredTask,
  TaskRecord,
  TaskStore,
  TaskTransition,
} from '../queue/TaskStore';
import { TemplateStore } from '../templates/TemplateStore';
import {
  AttemptReport,
  AttemptStore,
  ClaimedAttempt,
  NewAttempt,
} from './AttemptStore';
import { RunReports } from './RunReports';
import { StartPermits } from './StartPermits';
import { watchRound } from './TaskWatcher';

/** Times of starts, from the configuration. */
export interface StartSettings {
  /** How long a request to a provider may take. */
  requestTimeoutSeconds: number;
  /** Starts that one replica has under way at once, unless the provider says how many. */
  startsAtOnce: number;
  /** See decideStart. */
  settleSeconds: number;
  /** See decideStart. */
  decideSeconds: number;
}

/** How far the watcher's rounds were before something began. */
type WatchProgress = { begun: number; underWay: boolean };

/** Where a task is while its start is not confirmed. */
const startingStates: TaskState[] = ['starting', 'undecided', 'cancelling'];

/** Attempts of providers that are not installed, in one round. */
const orphansAtOnce = 8;

/** How often they are looked for. */
const orphansSeconds = 5;

const failedStates = new Set<ProviderTask['state']>([
  'failed',
  'timed_out',
  'cancelled',
]);

function isSettledReport(report: ProviderTask): boolean {
  return report.state === 'completed' || failedStates.has(report.state);
}

/** Starts of tasks in the round that admits them. */
export interface DirectStarts {
  /**
   * Writes down the intents of tasks that are being admitted. Returns those that are started at once, and at which
   * provider.
   */
  insert(
    tx: Transaction,
    admitted: TaskRecord[],
    at: Date,
  ): Promise<Map<string, AgentProvider>>;

  /**
   * Sends the requests on their way; after the transaction was committed.
   *
   * @param options.tasks - as they were written
   * @returns the ids of those whose requests leave; the others are left to the loop of starts
   */
  send(options: {
    tasks: readonly TaskRecord[];
    signal: AbortSignal;
  }): ReadonlySet<string>;
}

/** A task that the provider says it has started. */
interface Confirmation {
  attempt: ClaimedAttempt;
  task: StoredTask;
  provider: AgentProvider;
  started: ProviderTask;
  /** It was found by its marker. */
  searched: boolean;
  watch: WatchProgress;
}

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
  readonly #confirmations: Batches<Confirmation>;
  readonly #running = new Set<Promise<void>>();
  /** Starts under way by provider. */
  readonly #underWay = new Map<string, number>();
  #orphansDueAt = 0;

  private constructor(options: StarterOptions) {
    this.#options = options;
    this.#confirmations = Batches.create({
      work: started => this.#confirm(started),
    });
  }

  static create(options: StarterOptions): Starter {
    return new Starter(options);
  }

  /** Takes starts that are due, and sends them on their way. */
  async round(signal: AbortSignal): Promise<void> {
    const { remotes } = this.#options;
    const known = remotes.providers.map(provider => provider.id);
    for (const provider of remotes.providers) {
      const free = this.#freeOf(provider);
      if (free > 0) {
        await this.#claim(provider.id, free, signal);
      }
    }
    // Their modules were taken out: rare, and in no hurry.
    if (this.#options.clock.now().getTime() >= this.#orphansDueAt) {
      this.#orphansDueAt =
        this.#options.clock.now().getTime() + orphansSeconds * 1000;
      await this.#claim({ except: known }, orphansAtOnce, signal);
    }
  }

  /**
   * Makes ready for starting tasks in the round that admits them: their attempts are written as requested in its
   * transaction, and the requests leave when that is committed. To be called before the transaction begins.
   */
  async prepare(): Promise<DirectStarts> {
    const { attempts, remotes, rounds, settings, tasks, permits } =
      this.#options;
    // The time limit begins before the requests are written down. After a pause of the process it has run out when a
    // request would leave, so that none leaves later than the lease allows.
    const deadline = Deadline.in(settings.requestTimeoutSeconds * 1000);
    const places = new Map<
      string,
      { provider: AgentProvider; free: number; watch: WatchProgress }
    >();
    for (const provider of remotes.providers) {
      const free = this.#freeOf(provider);
      // Whoever cannot find a start again is not asked to start before it is certain that this replica goes on.
      if (free > 0 && provider.capabilities.start !== 'neither') {
        const watch = await rounds.progress(watchRound(provider.id));
        places.set(provider.id, { provider, free, watch });
      }
    }
    const requested: ClaimedAttempt[] = [];
    let reservations = new Map<string, Reservation>();
    let prompts: ReadonlyMap<string, Prompt> = new Map();
    return {
      insert: async (tx, admitted, at) => {
        const leaseUntil = new Date(
          at.getTime() + 2 * settings.requestTimeoutSeconds * 1000,
        );
        const wanted = admitted.map(task => {
          const place = places.get(task.provider);
          const isNow = place !== undefined && place.free > 0;
          if (isNow) {
            place.free -= 1;
          }
          const { provider, account } = task;
          return { id: newId('attempt'), provider, account, task, isNow };
        });
        const now = wanted.filter(one => one.isNow);
        const [permitted, continuations, read] = await Promise.all([
          permits.take(tx, now, at),
          attempts.continuationsOf(tx, admitted),
          tasks.readPrompts(
            tx,
            now.map(one => one.task.id),
          ),
        ]);
        reservations = permitted.reservations;
        prompts = read;
        const dueAt = new Map(
          permitted.waiting.flatMap(({ starts, until }) =>
            starts.map(one => [one.id, until] as const),
          ),
        );
        const intents = wanted.map(({ id, task }): NewAttempt => {
          const attempt = {
            id,
            taskId: task.id,
            number: task.attemptsBefore + 1,
            provider: task.provider,
            continuation: continuations.get(task.id),
          };
          if (!reservations.has(id)) {
            return { ...attempt, dueAt: dueAt.get(id) };
          }
          const lease = { id: newId('lease'), until: leaseUntil };
          requested.push({
            ...attempt,
            state: 'requested',
            requests: 1,
            problems: 0,
            requestedAt: at,
            firstRequestedAt: at,
            leaseId: lease.id,
            leaseUntil,
            taskState: 'starting',
            campaignId: task.campaignId,
            account: task.account,
          });
          return { ...attempt, lease };
        });
        await attempts.insertIntents(tx, intents, at);
        return new Map(
          requested.map(attempt => [
            attempt.taskId,
            places.get(attempt.provider)!.provider,
          ]),
        );
      },
      send: ({ tasks: written, signal }) => {
        const sent = new Set<string>();
        const records = new Map(written.map(task => [task.id, task]));
        for (const attempt of requested) {
          const task = records.get(attempt.taskId);
          const prompt = prompts.get(attempt.taskId);
          const place = places.get(attempt.provider);
          if (task && prompt && place) {
            sent.add(task.id);
            this.#track(
              attempt,
              this.#request(
                attempt,
                { ...task, prompt },
                place.provider,
                place.watch,
                reservations.get(attempt.id),
                deadline,
                signal,
              ),
            );
          }
        }
        return sent;
      },
    };
  }

  /** Starts that may be under way beside those that are. */
  #freeOf(provider: AgentProvider): number {
    return (
      (provider.capabilities.startsAtOnce ??
        this.#options.settings.startsAtOnce) -
      (this.#underWay.get(provider.id) ?? 0)
    );
  }

  /** Resolves when none of the starts that this replica has taken is under way. */
  async idle(): Promise<void> {
    while (this.#running.size) {
      await Promise.allSettled(this.#running);
    }
  }

  async #claim(
    whose: string | { except: string[] },
    limit: number,
    signal: AbortSignal,
  ): Promise<void> {
    const { attempts, tasks, events, settings, clock, remotes, rounds } =
      this.#options;
    const { permits } = this.#options;
    const provider =
      typeof whose === 'string' ? remotes.provider(whose) : undefined;
    // The time limit begins before the requests are written down. After a pause of the process it has run out when a
    // request would leave, so that none leaves later than the lease allows.
    const deadline = Deadline.in(settings.requestTimeoutSeconds * 1000);
    const now = clock.now();
    // Read before: a round of the watcher that begins in between may take a task for somebody else's.
    const watch = provider
      ? await rounds.progress(watchRound(provider.id))
      : undefined;
    const { claimed, reservations, more } = await tasks.transaction(
      async tx => {
        const due = await attempts.lockDue(tx, { now, limit, provider: whose });
        if (!due.length) {
          return { claimed: [], reservations: undefined, more: false };
        }
        const wanted = due.map(attempt => ({
          ...attempt,
          request:
            provider !== undefined &&
            attempt.state === 'intended' &&
            attempt.taskState === 'starting',
        }));
        const permitted = await permits.take(
          tx,
          wanted.filter(attempt => attempt.request),
          now,
        );
        for (const { starts, until } of permitted.waiting) {
          await attempts.putOff(tx, { attempts: starts, until });
        }
        const leased = wanted.filter(
          attempt => !attempt.request || permitted.reservations.has(attempt.id),
        );
        await attempts.lease(tx, {
          attempts: leased,
          at: now,
          leaseUntil: new Date(
            now.getTime() + 2 * settings.requestTimeoutSeconds * 1000,
          ),
        });
        await events.append(
          tx,
          leased.flatMap(attempt =>
            attempt.request && provider
              ? [requestedEvent(attempt, provider, now)]
              : [],
          ),
        );
        return {
          claimed: leased,
          reservations: permitted.reservations,
          more: due.length === limit,
        };
      },
    );
    const tasksOf = await tasks.getMany(claimed.map(one => one.taskId));
    for (const { request, ...attempt } of claimed) {
      const task = tasksOf.get(attempt.taskId);
      const reservation = reservations?.get(attempt.id);
      if (!task) {
        await permits.returned(reservation);
      } else {
        this.#track(
          attempt,
          request && provider && watch
            ? this.#request(
                {
                  ...attempt,
                  state: 'requested',
                  requests: attempt.requests + 1,
                  requestedAt: now,
                  firstRequestedAt: attempt.firstRequestedAt ?? now,
                },
                task,
                provider,
                watch,
                reservation,
                deadline,
                signal,
              )
            : this.#advance(attempt, task, signal),
        );
      }
    }
    if (more) {
      this.#options.wakeups.wake('starts');
    }
  }

  /** Keeps count of a start until it has gone its way. */
  #track(attempt: ClaimedAttempt, work: Promise<void>): void {
    const { logger, remotes, wakeups } = this.#options;
    const count = (by: number) =>
      this.#underWay.set(
        attempt.provider,
        (this.#underWay.get(attempt.provider) ?? 0) + by,
      );
    count(1);
    const running = work
      .catch(error => {
        // The lease ends by itself, and the attempt is then decided by what was written.
        logger.error(
          `The start of ${attempt.taskId} (${attempt.id}) was interrupted`,
          error instanceof Error ? error : new Error(String(error)),
        );
      })
      .finally(() => {
        const provider = remotes.provider(attempt.provider);
        // Others may have waited for this place.
        const isWaitedFor = !provider || this.#freeOf(provider) <= 0;
        count(-1);
        this.#running.delete(running);
        if (isWaitedFor) {
          wakeups.wakeHere('starts');
        }
      });
    this.#running.add(running);
  }

  async #advance(
    attempt: ClaimedAttempt,
    task: StoredTask,
    signal: AbortSignal,
  ): Promise<void> {
    const { remotes } = this.#options;
    const provider = remotes.provider(attempt.provider);
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
            taskId: attempt.taskId,
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

  /** Writes down that a request leaves, again, and sends it. */
  async #send(
    attempt: ClaimedAttempt,
    task: StoredTask,
    provider: AgentProvider,
    watch: WatchProgress,
    signal: AbortSignal,
  ): Promise<void> {
    const { tasks, attempts, events, settings, clock, permits } = this.#options;
    const deadline = Deadline.in(settings.requestTimeoutSeconds * 1000);
    const requestedAt = clock.now();
    const reservation = await tasks.transaction(async tx => {
      const permit = await permits.takeOne(tx, attempt, requestedAt);
      if (permit instanceof Date) {
        // It is certain that the request before had no effect: it waits like one that was never sent.
        await attempts.release(tx, {
          attempt,
          state: 'intended',
          dueAt: permit,
        });
        return undefined;
      }
      if (!(await attempts.markRequested(tx, attempt, requestedAt))) {
        return { ...permit, lost: true };
      }
      await events.append(tx, [requestedEvent(attempt, provider, requestedAt)]);
      return { ...permit, lost: false };
    });
    if (reservation?.lost) {
      await permits.returned(reservation);
    } else if (reservation) {
      await this.#request(
        {
          ...attempt,
          state: 'requested',
          requests: attempt.requests + 1,
          requestedAt,
        },
        task,
        provider,
        watch,
        reservation,
        deadline,
        signal,
      );
    }
  }

  /** Sends a request that has been written down. */
  async #request(
    attempt: ClaimedAttempt,
    task: StoredTask,
    provider: AgentProvider,
    watch: WatchProgress,
    reservation: Reservation | undefined,
    deadline: Deadline,
    signal: AbortSignal,
  ): Promise<void> {
    const { templates, permits } = this.#options;
    const { agent } = await templates.getRevision(task.templateRevisionId);
    const branches = await this.#branchesOf(attempt);
    if (deadline.passed() || signal.aborted) {
      await permits.returned(reservation);
      return;
    }
    let started: ProviderTask;
    try {
      started = await provider.startTask({
        repository: task.repository,
        prompt: markPrompt({
          text: promptOf(attempt, task, branches !== undefined),
          marker: attempt.id,
        }),
        marker: attempt.id,
        baseBranch: agent?.baseBranch,
        ...branches,
        model: agent?.model,
        customAgent: agent?.customAgent,
        signal: AbortSignal.any([deadline.signal, signal]),
      });
    } catch (error) {
      await Promise.all([
        permits.failed(reservation, error),
        this.#startFailed(attempt, task, provider, error),
      ]);
      return;
    }
    await Promise.all([
      permits.succeeded(reservation),
      this.#confirmations.add({
        attempt,
        task,
        provider,
        started,
        searched: false,
        watch,
      }),
    ]);
  }

  /** The branches on which an attempt goes on; `undefined`: it begins anew, as where the change has settled meanwhile. */
  async #branchesOf(
    attempt: ClaimedAttempt,
  ): Promise<{ headBranch: string; baseBranch: string } | undefined> {
    const { headBranch, baseBranch } = attempt.continuation ?? {};
    if (!headBranch || !baseBranch) {
      return undefined;
    }
    const change = await this.#options.changes.newestOf(attempt.taskId);
    return change?.state === 'found' || change?.state === 'open'
      ? { headBranch, baseBranch }
      : undefined;
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
          taskId: attempt.taskId,
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
      if (!isOfAccount(error)) {
        await remotes.failed('provider', provider.id, error);
      }
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
    const { attempts, remotes, settings, logger, permits } = this.#options;
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
      const { account } = attempt;
      await permits.failed({ provider: provider.id, account }, error);
      if (!isOfAccount(error)) {
        await remotes.failed('provider', provider.id, error);
      }
      return 'failed';
    }
    await remotes.succeeded('provider', provider.id);
    if (!found) {
      return 'absent';
    }
    await this.#confirmations.add({
      attempt,
      task,
      provider,
      started: found,
      searched: true,
      watch,
    });
    return 'found';
  }

  /** Writes down what was started, with what it has done since, in one transaction for all. */
  async #confirm(started: Confirmation[]): Promise<void> {
    const { tasks, attempts, clock, feed, reports, rounds, wakeups } =
      this.#options;
    const at = clock.now();
    const isStopDue = await tasks.transaction(async tx => {
      const batch = await tasks.open(
        tx,
        started.map(one => one.task.id),
      );
      const ids = await attempts.lockUnconfirmed(
        tx,
        started.map(one => one.attempt),
      );
      const confirmed = started.filter(one => ids.has(one.attempt.id));
      const reported: AttemptReport[] = [];
      for (const one of confirmed) {
        // What has completed already goes on at once.
        if (one.started.state !== 'completed') {
          batch.go({
            taskId: one.task.id,
            to: 'running',
            at,
            event: confirmedEvent(one),
          });
        }
      }
      for (const provider of new Set(confirmed.map(one => one.provider))) {
        const applied = await reports.applyIn(tx, batch, {
          provider,
          // The reason of a failure stands only in a full reading; the watcher does that.
          reports: confirmed
            .filter(
              one =>
                one.provider === provider &&
                !failedStates.has(one.started.state),
            )
            .map(one => ({
              attempt: {
                ...one.attempt,
                state: 'confirmed',
                taskState: 'running',
              },
              report: one.started,
            })),
          at,
        });
        reported.push(...applied.seen);
      }
      const reportOf = new Map(reported.map(one => [one.id, one]));
      await together(tx, async () => {
        await attempts.confirm(
          tx,
          confirmed.map(one => ({
            taskId: one.task.id,
            id: one.attempt.id,
            at,
            ...reportOf.get(one.attempt.id),
            providerTaskId: one.started.id,
            url: one.started.url,
          })),
        );
        await batch.flush();
      });
      return confirmed.some(
        ({ task }) => batch.get(task.id)?.state === 'cancelling',
      );
    });
    feed.publish(started.map(one => one.task.id));
    wakeups.wake('admission', 'changes');
    if (isStopDue) {
      wakeups.wake('stops');
    }
    for (const provider of new Set(started.map(one => one.provider))) {
      const round = watchRound(provider.id);
      await this.#options.remotes.succeeded('provider', provider.id);
      // While nothing ran, the provider was asked but rarely.
      await rounds.makeDue(
        round,
        new Date(at.getTime() + this.#options.watchSeconds * 1000),
      );
      // A round of the watcher that ran beside took the task for somebody else's, and passed over what became of it. The
      // next one lists again what the last one did; with a further one in between, nothing would tell of it. Looked at
      // after the confirmation was committed: a round that begins later knows that it is ours.
      const now = await rounds.progress(round);
      for (const one of started) {
        if (
          one.provider === provider &&
          (failedStates.has(one.started.state) ||
            (!isSettledReport(one.started) &&
              now.begun - one.watch.begun > (one.watch.underWay ? 0 : 1)))
        ) {
          await reports.read(provider, one.task, one.started.id);
        }
      }
    }
  }

  /** Ends a start that could not be decided, for the person who cancels it: that is their decision to take. */
  async #giveUp(attempt: ClaimedAttempt, provider: string): Promise<void> {
    const { tasks, attempts, clock, wakeups } = this.#options;
    await tasks.transaction(tx =>
      attempts.close(tx, {
        taskId: attempt.taskId,
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

/** The prompt of a task, with what the attempt before reported. */
function promptOf(
  attempt: ClaimedAttempt,
  task: StoredTask,
  continues: boolean,
): string {
  const failure = attempt.continuation?.failure;
  return failure === undefined
    ? task.prompt.text
    : addFailure({
        prompt: task.prompt.text,
        attempt: attempt.number - 1,
        failure,
        continues,
      });
}

/** Whether an answer is about the account that asked: others of the provider may go on. */
function isOfAccount(error: unknown): boolean {
  return (
    error instanceof ProviderError &&
    (error.status === 401 || error.status === 403 || error.status === 429)
  );
}

function requestedEvent(
  attempt: ClaimedAttempt,
  provider: AgentProvider,
  at: Date,
): NewEvent {
  return {
    at,
    type: 'start.requested',
    actor: 'system',
    taskId: attempt.taskId,
    campaignId: attempt.campaignId,
    message: `Asked ${provider.title} to start${
      attempt.requests > 0
        ? `, again: the request before is certain to have had no effect`
        : ''
    }.`,
    details: { attempt: attempt.id, request: attempt.requests + 1 },
  };
}

function confirmedEvent(one: Confirmation): TaskTransition['event'] {
  const { attempt, provider, started, searched } = one;
  return {
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
  };
}

export interface StarterOptions {
  tasks: TaskStore;
  attempts: AttemptStore;
  changes: ChangeStore;
  templates: TemplateStore;
  events: EventStore;
  remotes: Remotes;
  reports: RunReports;
  permits: StartPermits;
  settings: StartSettings;
  rounds: RoundStore;
  /** How often a provider is asked what changed, in seconds. */
  watchSeconds: number;
  clock: Clock;
  feed: TaskFeed;
  wakeups: Wakeups;
  logger: LoggerService;
}
