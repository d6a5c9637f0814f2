import {
  RepositoryRef,
  stringifyRepositoryRef,
} from '@agent-tasks/plugin-agent-tasks-node';
import { isSettled } from '@agent-tasks/plugin-agent-tasks-common';
import { EventStore, NewEvent } from '../audit/EventStore';
import { changeRows, sendWrites, together, updateRows } from '../database/bulk';
import { Transaction } from '../database/connect';
import { SlotHolder } from '../policy/slots';
import { holdsChangeSlot, holdsRunSlot, mayGo } from '../policy/taskStates';
import { addToCounters, CounterChanges, lockCounters } from './limitCounters';
import { addToLines, LineKey, lineIdOf, removeFromLines } from './queueLines';
import { TaskBatch, TaskRecord, TaskTransition } from './TaskStore';

/** What of a task a batch may change. */
const columns = {
  id: 'text',
  state: 'text',
  state_reason: 'text',
  state_since: 'timestamptz',
  lane: 'text',
  run_slot: 'boolean',
  review_slot: 'boolean',
  auto_slot: 'boolean',
  checks_slot: 'boolean',
  awaits_review: 'boolean',
  cancelled_by: 'text',
  stop_due_at: 'timestamptz',
  updated_at: 'timestamptz',
  admitted_at: 'timestamptz',
  settled_at: 'timestamptz',
} as const;

/** A task before and after what was done to it. */
interface Entry {
  before: TaskRecord;
  after: TaskRecord;
  changed: boolean;
}

export class DatabaseTaskBatch implements TaskBatch {
  readonly #tx: Transaction;
  readonly #events: EventStore;
  readonly #entries: Map<string, Entry>;
  readonly #locked: boolean;
  readonly #news: NewEvent[] = [];
  /** Tasks that got their review slot. */
  readonly #granted: string[] = [];

  private constructor(options: {
    tx: Transaction;
    events: EventStore;
    tasks: TaskRecord[];
    countersLocked?: boolean;
  }) {
    this.#tx = options.tx;
    this.#events = options.events;
    this.#locked = options.countersLocked ?? false;
    this.#entries = new Map(
      options.tasks.map(task => [
        task.id,
        { before: task, after: task, changed: false },
      ]),
    );
  }

  /**
   * Of tasks whose rows the transaction has locked.
   *
   * @param options.countersLocked - the transaction has locked the counters too, and they are known
   */
  static create(options: {
    tx: Transaction;
    events: EventStore;
    tasks: TaskRecord[];
    countersLocked?: boolean;
  }): DatabaseTaskBatch {
    return new DatabaseTaskBatch(options);
  }

  get(id: string): TaskRecord | undefined {
    return this.#entries.get(id)?.after;
  }

  go(transition: TaskTransition): boolean {
    const { to, at, reason, event } = transition;
    const entry = this.#entries.get(transition.taskId);
    if (!entry || !mayGo(entry.after.state, to)) {
      return false;
    }
    const task = entry.after;
    const admitted = task.state === 'queued' && to === 'starting';
    const queued = to === 'queued';
    const settled = isSettled(to);
    entry.after = {
      ...task,
      ...transition.place,
      state: to,
      stateReason: reason,
      stateSince: at,
      runSlot: holdsRunSlot({ held: task.runSlot, to }),
      // Of one that has settled it is looked up when all is written whether its change is open.
      reviewSlot: holdsChangeSlot({
        held: task.reviewSlot || (admitted && task.lane === 'review'),
        to,
        changeOpen: true,
      }),
      autoSlot: holdsChangeSlot({
        held: task.autoSlot || (admitted && task.lane === 'auto'),
        to,
        changeOpen: true,
      }),
      checksSlot: (task.checksSlot || admitted) && !settled,
      awaitsReview: task.awaitsReview && !queued,
      cancelledBy: queued
        ? undefined
        : (transition.cancelledBy ?? task.cancelledBy),
      stopDueAt: transition.stopDueAt,
      updatedAt: at,
      admittedAt: admitted ? at : task.admittedAt,
      settledAt: settled ? at : undefined,
    };
    entry.changed = true;
    this.#news.push({
      ...event,
      at,
      taskId: task.id,
      campaignId: task.campaignId,
      fromState: task.state,
      toState: to,
    });
    return true;
  }

  setChecks(id: string, pending: boolean): void {
    const task = this.get(id);
    if (task && !isSettled(task.state)) {
      this.#change(id, { checksSlot: pending });
    }
  }

  leaveAutoLane(id: string, at: Date): void {
    const task = this.get(id);
    if (task?.lane === 'auto' && task.autoSlot) {
      this.#change(id, {
        lane: 'review',
        autoSlot: false,
        awaitsReview: true,
        updatedAt: at,
      });
    }
  }

  grantReview(id: string, at: Date): void {
    const task = this.get(id);
    if (task?.awaitsReview) {
      this.#change(id, {
        reviewSlot: true,
        awaitsReview: false,
        updatedAt: at,
        // What it waited for is said no longer; why a task has failed is.
        ...(task.state === 'in_review' && { stateReason: undefined }),
      });
      this.#granted.push(id);
      this.#news.push({
        at,
        type: 'task.review_granted',
        actor: 'system',
        taskId: id,
        campaignId: task.campaignId,
        message: 'It has a review slot, for which its change waited.',
      });
    }
  }

  explain(id: string, reason: string | undefined, at: Date): void {
    if (this.get(id)?.stateReason !== reason) {
      this.#change(id, { stateReason: reason, updatedAt: at });
    }
  }

  releaseChange(id: string): void {
    this.#change(id, {
      reviewSlot: false,
      autoSlot: false,
      checksSlot: false,
      awaitsReview: false,
    });
  }

  async flush(): Promise<void> {
    await together(this.#tx, () => this.#flush());
  }

  async #flush(): Promise<void> {
    const tx = this.#tx;
    const changed = [...this.#entries.values()].filter(one => one.changed);
    await this.#releaseSettled(changed);
    await changeRows(tx, {
      table: 'tasks',
      key: 'id',
      columns,
      rows: changed.map(({ after }) => ({
        id: after.id,
        state: after.state,
        state_reason: after.stateReason,
        state_since: after.stateSince,
        lane: after.lane,
        run_slot: after.runSlot,
        review_slot: after.reviewSlot,
        auto_slot: after.autoSlot,
        checks_slot: after.checksSlot,
        awaits_review: after.awaitsReview,
        cancelled_by: after.cancelledBy,
        stop_due_at: after.stopDueAt,
        updated_at: after.updatedAt,
        admitted_at: after.admittedAt,
        settled_at: after.settledAt,
      })),
    });
    await this.#events.append(tx, this.#news.splice(0));
    await this.#readGranted();

    const changes = new CounterChanges();
    for (const { before, after } of changed) {
      count(changes, before, after);
    }
    const enqueued = changed
      .filter(({ before, after }) => !waits(before) && waits(after))
      .map(({ after }) => after);
    const dequeued = changed
      .filter(({ before, after }) => waits(before) && !waits(after))
      .map(({ before }) => lineIdOf(lineOf(before)));
    if (enqueued.length || dequeued.length || !changes.isEmpty()) {
      // The lines look at the tasks as they are now.
      sendWrites(tx);
      const known = this.#locked || (await lockCounters(tx));
      await this.#enqueue(enqueued);
      await removeFromLines(tx, dequeued);
      // Counting on from nothing would make an unknown count look like a known one. The reconciler counts in full.
      if (known) {
        await addToCounters(tx, {
          changes,
          at: changed[0].after.updatedAt,
        });
      }
    }
    for (const entry of changed) {
      entry.before = entry.after;
      entry.changed = false;
    }
  }

  #change(id: string, values: Partial<TaskRecord>): void {
    const entry = this.#entries.get(id);
    if (entry) {
      entry.after = { ...entry.after, ...values };
      entry.changed = true;
    }
  }

  /** Puts tasks at their places; the caller holds the portal's counter. */
  async #enqueue(tasks: TaskRecord[]): Promise<void> {
    if (!tasks.length) {
      return;
    }
    await updateRows(this.#tx, {
      table: 'tasks',
      key: 'id',
      columns: {
        id: 'text',
        line_id: 'text',
        rank: 'bigint',
        braked: 'boolean',
        attempts_before: 'integer',
      },
      rows: tasks.map(task => ({
        id: task.id,
        line_id: lineIdOf(lineOf(task)),
        rank: task.rank,
        braked: task.braked,
        attempts_before: task.attemptsBefore,
      })),
    });
    await addToLines(
      this.#tx,
      tasks.map(task => ({ ...lineOf(task), rank: task.rank })),
    );
  }

  /** A change whose task has got its review slot is read at once, to be offered. */
  async #readGranted(): Promise<void> {
    const granted = this.#granted.splice(0);
    if (granted.length) {
      const at = this.#entries.get(granted[0])!.after.updatedAt;
      await this.#tx('changes')
        .whereIn('task_id', granted)
        .whereIn('state', ['found', 'open'])
        .update({ due_at: at });
    }
  }

  /** A task that has settled keeps what it held for its change while that is still open. */
  async #releaseSettled(changed: Entry[]): Promise<void> {
    const holding = changed.filter(
      ({ after }) =>
        isSettled(after.state) &&
        (after.reviewSlot || after.autoSlot || after.awaitsReview),
    );
    if (!holding.length) {
      return;
    }
    const open: { task_id: string }[] = await this.#tx('changes')
      .whereIn(
        'task_id',
        holding.map(({ after }) => after.id),
      )
      .whereIn('state', ['found', 'open'])
      .select('task_id');
    const openOf = new Set(open.map(row => row.task_id));
    for (const { after } of holding) {
      if (!openOf.has(after.id)) {
        this.releaseChange(after.id);
      }
    }
  }
}

/** Whether admission looks at a task. */
function waits(task: TaskRecord): boolean {
  return task.state === 'queued' && !task.braked;
}

function lineOf(task: TaskRecord): LineKey {
  return { ...holderOf(task), lane: task.lane };
}

/** Names of repositories: a task's is asked for again and again. */
const repositoryNames = new WeakMap<RepositoryRef, string>();

/** The properties that say in which limits a task counts. */
export function holderOf(task: TaskRecord): SlotHolder {
  let repository = repositoryNames.get(task.repository);
  if (repository === undefined) {
    repository = stringifyRepositoryRef(task.repository);
    repositoryNames.set(task.repository, repository);
  }
  return {
    team: task.team,
    repository,
    provider: task.provider,
    account: task.account,
    lane: task.lane,
    reviewMinutes: task.reviewMinutes,
  };
}

/** Adds what a task counts for after what was done to it, and takes away what it counted for before. */
function count(
  changes: CounterChanges,
  before: TaskRecord,
  after: TaskRecord,
): void {
  const holder = holderOf(after);
  const add = (
    kind: Parameters<CounterChanges['add']>[0],
    heldBefore: boolean,
    heldAfter: boolean,
    amount = 1,
  ) => {
    if (heldBefore !== heldAfter) {
      changes.add(kind, holder, heldAfter ? amount : -amount);
    }
  };
  add('running', before.runSlot, after.runSlot);
  add('changes', before.reviewSlot, after.reviewSlot);
  add('minutes', before.reviewSlot, after.reviewSlot, after.reviewMinutes);
  add('auto', before.autoSlot, after.autoSlot);
  add('checks', before.checksSlot, after.checksSlot);
  add('queued', waits(before), waits(after));
  // An admission counts for its day, whatever becomes of the task on that day.
  add(
    'day',
    false,
    Boolean(after.admittedAt && after.admittedAt !== before.admittedAt),
  );
}
