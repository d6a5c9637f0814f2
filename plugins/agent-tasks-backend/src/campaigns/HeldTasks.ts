import { TemplateStore } from '../templates/TemplateStore';
import { Clock } from '../loops/Clock';
import { firstDeadlineLook } from '../policy/deadlines';
import { rankOf } from '../policy/rank';
import { heldBy } from '../launch/LaunchedTasks';
import { TaskBatch, TaskRecord, TaskStore } from '../queue/TaskStore';
import { DeadlineStore } from '../runs/DeadlineStore';
import { TeamGroupStore } from '../teams/TeamGroupStore';
import { HeldTaskStore, WindowGroup } from './HeldTaskStore';
import { joinPrompts } from './joinPrompts';

/** Tasks that are released in one transaction, so that none is long. */
const releasedAtOnce = 2_000;

/** Windows that are closed in one transaction. */
const windowsAtOnce = 200;

/** Tasks that become one, at most: a prompt that nobody reads to its end is none. */
const joinedAtMost = 20;

/**
 * Lets tasks go on that were held for their wave or their batching window.
 */
export class HeldTasks {
  readonly #options: HeldTasksOptions;

  private constructor(options: HeldTasksOptions) {
    this.#options = options;
  }

  static create(options: HeldTasksOptions): HeldTasks {
    return new HeldTasks(options);
  }

  /**
   * Lets the tasks of waves go on that have begun. May be interrupted and called again: what is done is done.
   *
   * @returns the ids of tasks that changed
   */
  async release(options: {
    campaignId: string;
    /** The newest wave that has begun. */
    wave: number;
    templateRevisionId: string;
  }): Promise<string[]> {
    const { store, tasks, templates, deadlines, groups, clock } = this.#options;
    const { execution, batching } = await templates.getRevision(
      options.templateRevisionId,
    );
    const gone = new Set(
      (await groups.list()).filter(one => one.gone).map(one => one.ref),
    );
    const changed: string[] = [];
    for (;;) {
      const at = clock.now();
      const look = firstDeadlineLook(execution, at);
      const ids = await tasks.transaction(async tx => {
        const held = await store.claimOfWaves(tx, {
          ...options,
          limit: releasedAtOnce,
        });
        if (!held.length) {
          return [];
        }
        const batch = await tasks.open(tx, held);
        const queued: string[] = [];
        const windows: { taskId: string; until: Date; reason: string }[] = [];
        held.forEach((taskId, index) => {
          const task = batch.get(taskId)!;
          if (gone.has(task.team)) {
            cancelOrphan(batch, task, at);
            return;
          }
          const window = heldBy(
            { number: options.wave, begun: true },
            batching,
            at,
          );
          if (window?.until) {
            windows.push({
              taskId,
              until: window.until,
              reason: window.reason,
            });
          } else {
            queue(batch, task, { at, index, why: 'Its wave has begun.' });
            queued.push(taskId);
          }
        });
        await batch.flush();
        await store.setWindows(tx, windows, at);
        if (look) {
          await deadlines.setDue(
            tx,
            queued.map(taskId => ({ taskId, at: look })),
          );
        }
        return held;
      });
      changed.push(...ids);
      if (ids.length < releasedAtOnce) {
        return changed;
      }
    }
  }

  /**
   * Closes batching windows that are over: the tasks of a template revision, repository and team become the oldest of
   * them, which goes to the queue.
   *
   * @returns the ids of tasks that changed
   */
  async closeWindows(): Promise<string[]> {
    const { store, clock } = this.#options;
    const changed: string[] = [];
    for (;;) {
      const groups = await store.listDueWindows(clock.now(), windowsAtOnce);
      for (const group of groups) {
        changed.push(...(await this.#closeWindow(group)));
      }
      if (groups.length < windowsAtOnce) {
        return changed;
      }
    }
  }

  async #closeWindow(group: WindowGroup): Promise<string[]> {
    const { store, tasks, templates, deadlines, clock } = this.#options;
    const at = clock.now();
    const { execution } = await templates.getRevision(group.templateRevisionId);
    return tasks.transaction(async tx => {
      const members = await store.claimWindow(tx, group, joinedAtMost);
      const [oldest, ...others] = members;
      // Another replica was faster, or somebody cancelled it.
      if (!oldest) {
        return [];
      }
      const batch = await tasks.open(
        tx,
        members.map(member => member.id),
      );
      for (const other of others) {
        batch.go({
          taskId: other.id,
          to: 'joined',
          at,
          reason: `It went into ${oldest.id}, which does the same in this repository.`,
          event: {
            type: 'task.joined',
            actor: 'system',
            message: `Went into ${oldest.id}: one task does both in this repository.`,
            details: { joinedTo: oldest.id },
          },
        });
      }
      const first = batch.get(oldest.id)!;
      const priority = members
        .map(member => batch.get(member.id)!.priority)
        .sort(
          (one, other) =>
            rankOf({ queuedAt: at, priority: one }) -
            rankOf({ queuedAt: at, priority: other }),
        )[0];
      queue(
        batch,
        { ...first, priority },
        {
          at,
          index: 0,
          why: others.length
            ? `Its batching window is over: it does what ${others.length + 1} tasks were launched for.`
            : 'Its batching window is over.',
          details: others.length
            ? {
                joined: others.map(other => other.id),
                campaigns: [...new Set(others.map(other => other.campaignId))],
                requesters: [...new Set(others.map(other => other.requester))],
              }
            : undefined,
        },
      );
      await batch.flush();
      if (others.length) {
        await store.join(tx, {
          taskId: oldest.id,
          others: others.map(other => other.id),
          prompt: joinPrompts(members),
          priority,
        });
      }
      const look = firstDeadlineLook(execution, at);
      if (look) {
        await deadlines.setDue(tx, [{ taskId: oldest.id, at: look }]);
      }
      return members.map(member => member.id);
    });
  }
}

function queue(
  batch: TaskBatch,
  task: TaskRecord,
  options: {
    at: Date;
    index: number;
    why: string;
    details?: { joined: string[]; campaigns: string[]; requesters: string[] };
  },
): void {
  const { at, index, why, details } = options;
  batch.go({
    taskId: task.id,
    to: 'queued',
    at,
    place: {
      // It has not waited in the queue before: its place is that of a task which is launched now.
      rank:
        rankOf({ queuedAt: at, priority: task.priority }) * 1_000 +
        Math.min(index, 999),
      braked: false,
      attemptsBefore: task.attemptsBefore,
    },
    event: { type: 'task.queued', actor: 'system', message: why, details },
  });
}

/** Nobody is there who would review its change. */
function cancelOrphan(batch: TaskBatch, task: TaskRecord, at: Date): void {
  const reason = `Its team ${task.team} is no longer in the catalog, so that nobody would review its change. Give the components an owner and add them to the campaign again.`;
  batch.go({
    taskId: task.id,
    to: 'cancelled',
    at,
    reason,
    cancelledBy: 'system:team-gone',
    event: { type: 'task.cancelled', actor: 'system', message: reason },
  });
}

export interface HeldTasksOptions {
  store: HeldTaskStore;
  tasks: TaskStore;
  templates: TemplateStore;
  deadlines: Pick<DeadlineStore, 'setDue'>;
  groups: Pick<TeamGroupStore, 'list'>;
  clock: Clock;
}
