import { Transaction } from '../database/connect';
import { LimitCounts, LimitSettings, maxOf, usedOf } from '../policy/limits';
import { parseLimitKey } from '../policy/slots';
import { reviewTakesOf } from '../policy/takes';
import { holderOf } from '../queue/DatabaseTaskBatch';
import { count, describeOwner } from '../queue/describeLimit';
import { LimitReader } from '../queue/LimitReader';
import { QueueStore } from '../queue/QueueStore';
import { TaskRecord } from '../queue/TaskStore';

/** Says for what a change waits that has left the auto lane. */
export class ReviewWaits {
  readonly #queue: QueueStore;
  readonly #limits: LimitReader;

  private constructor(options: ReviewWaitsOptions) {
    this.#queue = options.queue;
    this.#limits = options.limits;
  }

  static create(options: ReviewWaitsOptions): ReviewWaits {
    return new ReviewWaits(options);
  }

  /** For each task a sentence for people: which review budget is taken, and how much of it. */
  async explain(
    tx: Transaction,
    tasks: readonly TaskRecord[],
    at: Date,
  ): Promise<Map<string, string>> {
    if (!tasks.length) {
      return new Map();
    }
    const { settings, foreign } = await this.#limits.read(at, tx);
    const { known, taken } = await this.#queue.readCounts(tx, {
      at: () => at,
      repositories: [...new Set(tasks.map(task => holderOf(task).repository))],
    });
    const counts = { known, taken, foreign };
    return new Map(
      tasks.map(task => [task.id, explainOne(task, counts, settings)]),
    );
  }
}

function explainOne(
  task: TaskRecord,
  counts: LimitCounts,
  settings: LimitSettings,
): string {
  for (const { key, amount } of reviewTakesOf(holderOf(task), settings)) {
    const { kind, ...owner } = parseLimitKey(key);
    const max = maxOf(key, settings) ?? Infinity;
    const used = usedOf(key, counts, settings);
    const whose = describeOwner(owner);
    if (used === undefined) {
      return `Waits as a draft for a review slot of ${whose}: how many are taken is being counted.`;
    }
    if (used + amount > max) {
      return kind === 'minutes'
        ? `Waits as a draft for ${count(amount, 'minute')} of review by ${whose}: ${used} of ${max} taken.`
        : `Waits as a draft for a review slot of ${whose}: ${used} of ${max} taken.`;
    }
  }
  return `Waits as a draft for a review slot of ${task.team}, which it gets next.`;
}

export interface ReviewWaitsOptions {
  queue: QueueStore;
  limits: LimitReader;
}
