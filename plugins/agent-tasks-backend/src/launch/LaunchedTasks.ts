import { AgentTaskTemplateBatching } from '@agent-tasks/plugin-agent-tasks-common';
import { EventStore, NewEvent } from '../audit/EventStore';
import { Transaction } from '../database/connect';
import { newId } from '../database/ids';
import { firstDeadlineLook } from '../policy/deadlines';
import { Priority } from '../policy/rank';
import { NewTask, TaskStore } from '../queue/TaskStore';
import { DeadlineStore } from '../runs/DeadlineStore';
import { TemplateRevision } from '../templates/TemplateStore';
import { LaunchTrigger } from './LaunchService';
import { ResolvedPlan } from './Planner';

/** Tasks that become tasks of a campaign. */
export interface TasksToStore {
  prepared: readonly NewTask[];
  template: TemplateRevision;
  trigger: LaunchTrigger | undefined;
  at: Date;
  /** The wave of a task by its place in the plan, and whether that has begun. */
  waveOf(place: number): { number: number; begun: boolean };
}

/** Stores the tasks of a launch, all in a few statements, however many they are. */
export class LaunchedTasks {
  readonly #options: LaunchedTasksOptions;

  private constructor(options: LaunchedTasksOptions) {
    this.#options = options;
  }

  static create(options: LaunchedTasksOptions): LaunchedTasks {
    return new LaunchedTasks(options);
  }

  /** Makes the tasks of a plan, in its order, before the transaction in which they are stored. */
  prepare(options: {
    campaignId: string;
    plan: Pick<ResolvedPlan, 'template' | 'tasks'>;
    requester: string;
    priority: Priority;
  }): NewTask[] {
    const { campaignId, plan, requester, priority } = options;
    const { template } = plan;
    return plan.tasks.map(task => ({
      id: newId('task'),
      campaignId,
      template: template.template,
      templateRevisionId: template.id,
      team: task.team,
      requester,
      provider: task.providerId,
      account: task.account,
      lane: task.lane,
      priority,
      reviewMinutes: task.reviewMinutes,
      repository: task.repositoryRef,
      repositoryUrl: task.repository.url,
      prompt: task.renderPrompt(),
      components: task.components,
    }));
  }

  /**
   * @param first - an event that tells of all of them
   * @returns the ids, in the order of the plan
   */
  async store(
    tx: Transaction,
    options: TasksToStore,
    first: NewEvent,
  ): Promise<string[]> {
    const { tasks, events, deadlines } = this.#options;
    const { prepared, template, trigger, at } = options;
    const newTasks = prepared.map((task, place) => {
      const wave = options.waveOf(place);
      return {
        ...task,
        wave: wave.number,
        held: heldBy(wave, template.batching, at),
      };
    });
    await tasks.insert(tx, newTasks, at);
    const look = firstDeadlineLook(template.execution, at);
    if (look) {
      await deadlines.setDue(
        tx,
        newTasks
          .filter(task => !task.held)
          .map(task => ({ taskId: task.id, at: look })),
      );
    }
    const named = trigger && { trigger: trigger.name, owner: trigger.owner };
    await events.append(tx, [
      first,
      ...newTasks.map(task => ({
        at,
        type: 'task.launched',
        actor: task.requester,
        campaignId: task.campaignId,
        taskId: task.id,
        toState: task.held ? ('held' as const) : ('queued' as const),
        message: `Launched '${template.title}' (revision ${template.number}) on ${task.repository.owner}/${task.repository.name}.`,
        details: {
          template: template.template,
          revision: template.number,
          repository: `${task.repository.owner}/${task.repository.name}`,
          team: task.team,
          components: task.components.map(component => component.entityRef),
          ...(task.wave !== 1 && { wave: task.wave }),
          ...named,
        },
      })),
    ]);
    return newTasks.map(task => task.id);
  }
}

/** Why a task does not wait in the queue yet; `undefined`: it does. */
export function heldBy(
  wave: { number: number; begun: boolean },
  batching: AgentTaskTemplateBatching | undefined,
  at: Date,
): NewTask['held'] {
  if (!wave.begun) {
    return { reason: `It waits for wave ${wave.number} of its campaign.` };
  }
  const { windowSeconds, perRepository = true } = batching ?? {};
  if (!windowSeconds || !perRepository) {
    return undefined;
  }
  const until = new Date(at.getTime() + windowSeconds * 1000);
  return {
    until,
    reason: `Until ${until.toISOString()} it waits for other tasks of its template and repository, to do them together.`,
  };
}

export interface LaunchedTasksOptions {
  tasks: TaskStore;
  events: EventStore;
  deadlines: Pick<DeadlineStore, 'setDue'>;
}
