import { RetryOutlook } from '@agent-tasks/plugin-agent-tasks-common';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { ChangeStore, StoredChange } from '../changes/ChangeStore';
import { Transaction } from '../database/connect';
import { Clock } from '../loops/Clock';
import { Wakeups } from '../loops/Wakeups';
import { rankOf } from '../policy/rank';
import { decideRetryByHand, HandRetry } from '../policy/retryByHand';
import { BrakeStore } from '../queue/BrakeStore';
import { TaskFeed } from '../queue/TaskFeed';
import { matchesTaskFilter, TaskFilter } from '../queue/TaskFilter';
import { TaskRecord, TaskStore } from '../queue/TaskStore';
import { Remotes } from '../remotes/Remotes';
import { AttemptStore, StoredAttempt } from './AttemptStore';
import { DeadlineStore } from './DeadlineStore';

/** How many tasks one call tries again at most. */
const mostAtOnce = 1_000;

/** Tasks that go back to the queue in one transaction. */
const tasksAtOnce = 200;

/** How long the requests to a host may take that make one task ready. */
const prepareTimeoutMs = 20_000;

/** What became of one task; without an error it waits in the queue. */
export interface RetryResult {
  taskId: string;
  error?: Error;
}

/** What is known of a task, and what to do. */
interface Case {
  task: TaskRecord;
  attempt?: StoredAttempt;
  change?: StoredChange;
  decision: HandRetry;
}

/**
 * Puts tasks that have settled back into the queue, by the hand of a person. They keep nothing that they held: their next
 * attempt takes slots when it is admitted, as the first one did.
 *
 * @remarks
 *
 * A change that is open becomes a draft again, or is closed, before its task is queued: should this replica die in between,
 * the task is as it was, and can be tried again once more.
 */
export class TaskRetrier {
  readonly #options: TaskRetrierOptions;

  private constructor(options: TaskRetrierOptions) {
    this.#options = options;
  }

  static create(options: TaskRetrierOptions): TaskRetrier {
    return new TaskRetrier(options);
  }

  /** What it would do to try a task again; `undefined`: it cannot be. */
  async outlook(task: TaskRecord): Promise<RetryOutlook | undefined> {
    const [one] = await this.#options.tasks.transaction(tx =>
      this.#look(tx, [task]),
    );
    const { decision, change, attempt } = one;
    if (decision.do === 'refuse') {
      return undefined;
    }
    const { continueOn, closeFirst, warning } = decision;
    const open = continueOn ?? closeFirst;
    return {
      attempt: (attempt?.number ?? 0) + 1,
      will: willOf({ continueOn, closeFirst }),
      ...(open &&
        change?.url && { change: { number: change.number, url: change.url } }),
      ...(warning && { warning }),
    };
  }

  /** @throws InputError where there are too many */
  async retry(options: {
    ids: readonly string[];
    actor: string;
    reason?: string;
    permitted?: TaskFilter;
    allowed?: TaskFilter;
  }): Promise<RetryResult[]> {
    const { tasks, feed, wakeups } = this.#options;
    const { actor, permitted, allowed } = options;
    const reason = options.reason?.trim() || undefined;
    const ids = [...new Set(options.ids)];
    if (ids.length > mostAtOnce) {
      throw new InputError(
        `At most ${mostAtOnce} tasks can be tried again at once; there are ${ids.length}.`,
      );
    }
    const errors = new Map<string, Error>();
    const stored = await tasks.getMany(ids);
    const candidates = ids.flatMap(id => {
      const task = stored.get(id);
      if (!task || (permitted && !matchesTaskFilter(task, permitted))) {
        errors.set(id, new NotFoundError(`There is no task '${id}'.`));
        return [];
      }
      if (allowed && !matchesTaskFilter(task, allowed)) {
        errors.set(id, new NotAllowedError('You may not try this task again.'));
        return [];
      }
      return [task];
    });
    const closed = await this.#prepare(candidates, errors);
    const ready = candidates.map(task => task.id).filter(id => !errors.has(id));
    for (let from = 0; from < ready.length; from += tasksAtOnce) {
      const some = ready.slice(from, from + tasksAtOnce);
      await tasks.transaction(tx =>
        this.#queue(tx, { ids: some, closed, errors, actor, reason }),
      );
    }
    const queued = ready.filter(id => !errors.has(id));
    if (queued.length) {
      feed.publish(queued);
      wakeups.wake('admission');
    }
    return options.ids.map(taskId => {
      const error = errors.get(taskId);
      return { taskId, ...(error && { error }) };
    });
  }

  /** Closes changes at their hosts, or makes them drafts. Returns the ids of those that were closed. */
  async #prepare(
    candidates: TaskRecord[],
    errors: Map<string, Error>,
  ): Promise<Set<string>> {
    const { tasks } = this.#options;
    const closed = new Set<string>();
    const cases = await tasks.transaction(tx => this.#look(tx, candidates));
    for (const one of cases) {
      const { task, change, decision } = one;
      if (decision.do === 'refuse') {
        errors.set(task.id, new ConflictError(decision.reason));
      } else if (change && (decision.closeFirst || decision.withdrawFirst)) {
        try {
          await this.#prepareOne(task, change, decision.closeFirst);
          if (decision.closeFirst) {
            closed.add(change.id);
          }
        } catch (error) {
          errors.set(
            task.id,
            error instanceof ConflictError
              ? error
              : new ServiceUnavailableError(
                  `Its pull request could not be ${
                    decision.closeFirst ? 'closed' : 'made a draft again'
                  } first, so that the task is not tried again. ${this.#options.remotes.explain(error)}`,
                ),
          );
        }
      }
    }
    return closed;
  }

  async #prepareOne(
    task: TaskRecord,
    change: StoredChange,
    close: boolean,
  ): Promise<void> {
    const { changes, remotes, clock, wakeups } = this.#options;
    const { repository } = task;
    const codeHost = remotes.codeHost(change.codeHost);
    if (!codeHost) {
      throw new ConflictError(
        `The code host '${change.codeHost}' is not installed, so that its pull request cannot be changed.`,
      );
    }
    const ref = { repository, globalId: change.globalId };
    const signal = AbortSignal.timeout(prepareTimeoutMs);
    if (!close) {
      await codeHost.convertToDraft?.({ change: ref, signal });
      return;
    }
    const steps = await codeHost.stop({
      repository,
      branch: change.headBranch,
      change: ref,
      signal,
    });
    const step = steps.find(({ what }) => what === 'change');
    if (step?.outcome === 'absent') {
      // Somebody merged or closed it; the tracker finds out which.
      await changes.makeDue(undefined, {
        globalId: change.globalId,
        at: clock.now(),
      });
      wakeups.wake('changes');
      throw new ConflictError(
        'Its pull request is open no more, and is being read. Try again in a moment.',
      );
    }
    if (step?.outcome !== 'done') {
      throw new ConflictError(
        `Its pull request could not be closed first, so that the task is not tried again.${
          step?.reason ? ` ${step.reason}` : ''
        }`,
      );
    }
  }

  async #queue(
    tx: Transaction,
    options: {
      ids: string[];
      closed: ReadonlySet<string>;
      errors: Map<string, Error>;
      actor: string;
      reason: string | undefined;
    },
  ): Promise<void> {
    const { tasks, attempts, changes, brakes, deadlines, clock } =
      this.#options;
    const { ids, closed, errors, actor, reason } = options;
    const at = clock.now();
    // Tasks before changes, here as everywhere.
    const batch = await tasks.open(tx, ids);
    const active = await brakes.listActive(at, tx);
    const locked = ids.flatMap(id => batch.get(id) ?? []);
    const retries: Parameters<AttemptStore['insertRetries']>[1]['retries'] = (
      await this.#look(tx, locked, closed)
    ).flatMap((one, index) => {
      const { task, attempt, change, decision } = one;
      if (decision.do === 'refuse' || decision.closeFirst) {
        errors.set(
          task.id,
          new ConflictError(
            decision.do === 'refuse'
              ? decision.reason
              : 'Its pull request has just changed. Look at it, and try again.',
          ),
        );
        return [];
      }
      const number = (attempt?.number ?? 0) + 1;
      const { continueOn, failure } = decision;
      batch.go({
        taskId: task.id,
        to: 'queued',
        at,
        place: {
          // In microseconds: those that are queued together keep their order.
          rank:
            rankOf({ queuedAt: at, priority: task.priority }) * 1_000 + index,
          braked: active.some(
            brake =>
              (brake.scope === 'template' && brake.subject === task.template) ||
              (brake.scope === 'campaign' && brake.subject === task.campaignId),
          ),
          attemptsBefore: number - 1,
        },
        event: {
          type: 'task.retried',
          actor,
          changeId: change?.id,
          message: `Queued again${reason ? `: ${endSentence(reason)}` : '.'} ${describeNext(
            number,
            {
              continueOn,
              closed: change !== undefined && closed.has(change.id),
            },
            change,
          )}`,
          details: {
            attempt: number,
            will: willOf({
              continueOn,
              closeFirst: change !== undefined && closed.has(change.id),
            }),
          },
        },
      });
      return [
        {
          taskId: task.id,
          number,
          ...((continueOn || failure) && {
            continuation: { failure, ...continueOn },
          }),
        },
      ];
    });
    const changeOf = await changes.newestOfMany(
      tx,
      retries.map(({ taskId }) => taskId),
    );
    for (const change of changeOf.values()) {
      if (closed.has(change.id)) {
        await changes.markClosed(tx, { id: change.id, at });
      } else if (change.offered) {
        // It is offered anew once the next attempt is done.
        await changes.markOffered(tx, { id: change.id, at: undefined });
      }
    }
    await attempts.insertRetries(tx, { retries, actor, reason, at });
    await batch.flush();
    await deadlines.setDue(
      tx,
      retries.map(({ taskId }) => ({ taskId, at })),
    );
  }

  /** What is known of tasks, and what to do with each. */
  async #look(
    tx: Transaction,
    tasks: readonly TaskRecord[],
    closed: ReadonlySet<string> = new Set(),
  ): Promise<Case[]> {
    const { attempts, changes, remotes } = this.#options;
    const ids = tasks.map(task => task.id);
    const attemptOf = await attempts.newestOfMany(tx, ids);
    const changeOf = await changes.newestOfMany(tx, ids);
    return tasks.map(task => {
      const attempt = attemptOf.get(task.id);
      const change = changeOf.get(task.id);
      return {
        task,
        attempt,
        change,
        decision: decideRetryByHand({
          state: task.state,
          attempt,
          change: change && {
            ...change,
            state: closed.has(change.id) ? 'closed' : change.state,
          },
          canContinue:
            remotes.provider(task.provider)?.capabilities.continues ?? false,
        }),
      };
    });
  }
}

function willOf(decision: {
  continueOn?: object;
  closeFirst: boolean;
}): RetryOutlook['will'] {
  if (decision.continueOn) {
    return 'continue_change';
  }
  return decision.closeFirst ? 'close_change' : 'start_anew';
}

function endSentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** A sentence on the attempt that follows. */
function describeNext(
  number: number,
  { continueOn, closed }: { continueOn?: object; closed: boolean },
  change: StoredChange | undefined,
): string {
  const name =
    change?.number === undefined ? 'its pull request' : `#${change.number}`;
  if (continueOn) {
    return `Attempt ${number} goes on in ${name}.`;
  }
  return closed
    ? `Attempt ${number} begins anew; ${name} was closed.`
    : `Attempt ${number} begins anew.`;
}

export interface TaskRetrierOptions {
  tasks: TaskStore;
  attempts: AttemptStore;
  changes: ChangeStore;
  brakes: BrakeStore;
  deadlines: DeadlineStore;
  remotes: Remotes;
  clock: Clock;
  feed: TaskFeed;
  wakeups: Wakeups;
}
