import type {
  Trigger,
  TriggerList,
  TriggerRequest,
  TriggerRun,
} from '@agent-tasks/plugin-agent-tasks-common';

/** The triggers of the fake: what is set is answered again, and a run launches nothing. */
export class FakeTriggers {
  readonly #triggers = new Map<string, Trigger>();
  readonly #runs = new Map<string, TriggerRun[]>();
  mayManage = true;

  put(trigger: Trigger, runs: TriggerRun[] = []): void {
    this.#triggers.set(trigger.id, {
      ...trigger,
      ...(runs[0] && { lastRun: runs[0] }),
    });
    this.#runs.set(trigger.id, runs);
  }

  list(): TriggerList {
    return {
      items: [...this.#triggers.keys()]
        .map(id => this.get(id))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
      mayCreate: this.mayManage,
      secrets: this.mayManage ? ['ci', 'scanner'] : [],
    };
  }

  get(id: string): Trigger {
    const trigger = this.#triggers.get(id);
    if (!trigger) {
      throw new Error(`the fake has no trigger '${id}'`);
    }
    return { ...trigger, mayManage: this.mayManage };
  }

  create(request: TriggerRequest): Trigger {
    const { expectedVersion: _version, ...rest } = request;
    const now = new Date().toISOString();
    this.put({
      ...rest,
      id: `trg_${this.#triggers.size + 1}`,
      usage: { tasksLastHour: 0, openTasks: 0 },
      createdBy: 'user:default/ada',
      createdAt: now,
      updatedBy: 'user:default/ada',
      updatedAt: now,
      version: 1,
      mayManage: true,
    });
    return this.get(`trg_${this.#triggers.size}`);
  }

  /** `undefined`: somebody changed it meanwhile. */
  update(id: string, request: TriggerRequest): Trigger | undefined {
    const { expectedVersion, ...rest } = request;
    const before = this.get(id);
    if (expectedVersion !== before.version) {
      return undefined;
    }
    return this.#change({ ...before, ...rest });
  }

  pause(id: string, reason: string): Trigger {
    return this.#change({
      ...this.get(id),
      paused: {
        reason,
        by: 'user:default/ada',
        since: new Date().toISOString(),
      },
    });
  }

  resume(id: string): Trigger {
    const { paused: _paused, ...rest } = this.get(id);
    return this.#change(rest);
  }

  remove(id: string): void {
    this.#triggers.delete(id);
  }

  run(id: string): TriggerRun {
    const run: TriggerRun = {
      id: `trun_by_hand_${this.runs(id).length + 1}`,
      at: new Date().toISOString(),
      cause: 'manual',
      outcome: 'skipped',
      reason: 'Nothing is launched here.',
    };
    this.put(this.get(id), [run, ...this.runs(id)]);
    return run;
  }

  runs(id: string): TriggerRun[] {
    return this.#runs.get(id) ?? [];
  }

  #change(trigger: Trigger): Trigger {
    this.put(
      { ...trigger, version: trigger.version + 1 },
      this.runs(trigger.id),
    );
    return this.get(trigger.id);
  }
}
