import { Hold, StartChoice } from '@agent-tasks/plugin-agent-tasks-common';
import { Clock } from '../loops/Clock';
import { Remotes } from '../remotes/Remotes';
import { BrakeStore } from './BrakeStore';
import { holderOf } from './DatabaseTaskBatch';
import {
  explainLimit,
  holdersOfEach,
  holdersTold,
  shortenHolders,
} from './explainLimit';
import { Forecasts } from './Forecasts';
import { LimitReader } from './LimitReader';
import { LimitView } from './LimitView';
import { explainOutside, readOutside } from './outsideHolds';
import { QueueLineReader } from './QueueLineReader';
import { TaskFilter } from './TaskFilter';
import { StoredTask, TaskStore } from './TaskStore';

/**
 * Says why tasks do not start, and when they are expected to.
 */
export class Holds {
  readonly #options: HoldsOptions;

  private constructor(options: HoldsOptions) {
    this.#options = options;
  }

  static create(options: HoldsOptions): Holds {
    return new Holds(options);
  }

  /**
   * Why a task waits; `undefined`: it does not.
   *
   * @param visible - the tasks that the reader may see; others are not named as holders
   */
  async explain(
    task: StoredTask,
    visible: TaskFilter | undefined,
  ): Promise<Hold | undefined> {
    switch (task.state) {
      case 'queued':
        return this.#explainQueued(task, visible);
      case 'held':
        return {
          limit: task.heldUntil ? 'batching' : 'wave',
          message: task.stateReason ?? 'It waits for its wave of the campaign.',
          ...(task.heldUntil && { until: task.heldUntil.toISOString() }),
        };
      case 'starting':
        return task.stateReason
          ? { limit: 'retry-later', message: task.stateReason }
          : undefined;
      case 'undecided': {
        const provider =
          this.#options.remotes.provider(task.provider)?.title ?? task.provider;
        return {
          limit: 'undecided-start',
          message:
            task.stateReason ?? 'Whether the agent started is being looked up.',
          choices: choicesOf(provider),
        };
      }
      default:
        return undefined;
    }
  }

  async #explainQueued(
    task: StoredTask,
    visible: TaskFilter | undefined,
  ): Promise<Hold> {
    const { tasks, forecasts, lines, limits, clock } = this.#options;
    const holder = holderOf(task);
    const [position, view, outside] = await Promise.all([
      tasks.positionOf(task),
      LimitView.read({
        lines,
        limits,
        at: clock.now(),
        repositories: [holder.repository],
      }),
      readOutside(this.#options),
    ]);
    const outsideHold = explainOutside(
      { ...holder, template: task.template, campaign: task.campaignId },
      outside,
    );
    const [first, ...others] = await Promise.all(
      view
        .takesOf(holder)
        .filter(take => view.roomFor(take) < 1)
        .map((take, index) =>
          explainLimit(take, {
            tasks,
            view,
            visible,
            holders: index === 0 && !outsideHold ? holdersTold : holdersOfEach,
          }),
        ),
    );
    const expectedStart = await forecasts.tell({
      task,
      holder,
      position,
      view,
      delay: outsideHold?.delay,
    });
    const common = {
      position,
      limits: first ? [shortenHolders(first), ...others] : [],
      expectedStart,
    };
    if (outsideHold) {
      return { ...outsideHold.hold, ...common };
    }
    if (!first) {
      return {
        limit: 'portal-running',
        message: `Nothing holds it: it is number ${position} of its team and about to be admitted.`,
        ...common,
      };
    }
    const { subject: _, ...hold } = first;
    return { ...hold, ...common };
  }
}

/** What a person can say of a start that could not be decided. */
function choicesOf(provider: string): StartChoice[] {
  return [
    {
      choice: 'not-started',
      effect: `${provider} is asked to start it again.`,
      risk: `If it did start, the work is done twice: two agents work on the same repository, and there may be two pull requests. Look for the task at ${provider} first.`,
    },
    {
      choice: 'started',
      effect: `The task that you name at ${provider} is taken for this one's, and followed to its end.`,
      risk: 'If it is another task, what becomes of that one is told as the result of this one.',
    },
  ];
}

export interface HoldsOptions {
  tasks: TaskStore;
  lines: QueueLineReader;
  brakes: BrakeStore;
  remotes: Remotes;
  limits: LimitReader;
  forecasts: Forecasts;
  clock: Clock;
}
