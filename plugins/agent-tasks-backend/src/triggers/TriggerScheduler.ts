import { EventStore } from '../audit/EventStore';
import { Transaction } from '../database/connect';
import { newId } from '../database/ids';
import { Clock } from '../loops/Clock';
import { decideDue, DueDecision } from '../policy/scheduleRuns';
import { triggerEvent } from './triggerEvent';
import { TriggerRunStore } from './TriggerRunStore';
import { StoredTrigger, TriggerStore } from './TriggerStore';

/** Schedules in one round; what is left over is due in the next, a second later. */
const triggersAtOnce = 100;

/**
 * Notes a run for each schedule that is due. Any number of replicas may look: the one that moves the schedule on to its
 * next time has the run.
 */
export class TriggerScheduler {
  readonly #options: TriggerSchedulerOptions;

  private constructor(options: TriggerSchedulerOptions) {
    this.#options = options;
  }

  static create(options: TriggerSchedulerOptions): TriggerScheduler {
    return new TriggerScheduler(options);
  }

  async round(): Promise<void> {
    const { triggers, clock } = this.#options;
    for (const trigger of await triggers.listDue(clock.now(), triggersAtOnce)) {
      await this.#decide(trigger);
    }
  }

  async #decide(trigger: StoredTrigger): Promise<void> {
    const { triggers, tasks, clock } = this.#options;
    const { schedule, next } = trigger;
    const now = clock.now();
    const decision =
      schedule &&
      next &&
      decideDue({ triggerId: trigger.id, schedule, dueAt: next.dueAt, now });
    if (!decision) {
      return;
    }
    await tasks.transaction(async tx => {
      // Another replica that is as far reads the same row: the second of them changes nothing.
      if (await triggers.advance(tx, { trigger, next: decision.next })) {
        await this.#note(tx, trigger, decision, now);
      }
    });
  }

  async #note(
    tx: Transaction,
    trigger: StoredTrigger,
    decision: DueDecision,
    at: Date,
  ): Promise<void> {
    const { runs, events } = this.#options;
    const { missed, run } = decision;
    const common = {
      triggerId: trigger.id,
      cause: 'schedule',
      at,
    } as const;
    if (missed) {
      const reason = missed.more
        ? `Not run from ${toMinute(missed.first)} to ${toMinute(missed.last)}: the portal was down, or runs came too late.`
        : `Not run at ${toMinute(missed.last)}: the portal was down, or the run came too late.`;
      await runs.insert(tx, {
        ...common,
        id: newId('run'),
        key: `missed ${missed.last.toISOString()}`,
        dueAt: missed.last,
        outcome: 'skipped',
        reason,
      });
      await events.append(tx, [
        triggerEvent({ trigger, at, type: 'trigger.skipped', message: reason }),
      ]);
    }
    if (run) {
      const { paused } = trigger;
      await runs.insert(tx, {
        ...common,
        id: newId('run'),
        key: `due ${run.toISOString()}`,
        dueAt: run,
        ...(paused && {
          outcome: 'skipped',
          reason: `The trigger is paused by ${paused.by}: ${paused.reason}`,
        }),
      });
    }
  }
}

/** Schedules are due at whole minutes. */
function toMinute(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

export interface TriggerSchedulerOptions {
  triggers: Pick<TriggerStore, 'listDue' | 'advance'>;
  runs: Pick<TriggerRunStore, 'insert'>;
  events: Pick<EventStore, 'append'>;
  tasks: {
    transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  };
  clock: Clock;
}
