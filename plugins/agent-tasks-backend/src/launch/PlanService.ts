import { Plan, PlanRequest } from '@agent-tasks/plugin-agent-tasks-common';
import { Holds } from '../queue/Holds';
import { TaskFilter } from '../queue/TaskFilter';
import { LaunchCaller } from './LaunchService';
import { PermittedComponents, Planner, toPlan } from './Planner';

/** Says what a launch would do, before it does it. */
export class PlanService {
  readonly #options: PlanServiceOptions;

  private constructor(options: PlanServiceOptions) {
    this.#options = options;
  }

  static create(options: PlanServiceOptions): PlanService {
    return new PlanService(options);
  }

  /**
   * @param options.permitted - which components the caller may launch on
   * @param options.visible - tasks that the caller may see, who are named as holders of slots; `undefined`: all
   */
  async plan(options: {
    caller: LaunchCaller;
    request: PlanRequest;
    permitted: PermittedComponents;
    visible: TaskFilter | undefined;
  }): Promise<Plan> {
    const { caller, request, permitted, visible } = options;
    const { planner, holds } = this.#options;
    const resolved = await planner.resolve({
      request,
      credentials: caller.credentials,
      permitted,
    });
    const forecast = await holds.forecast(
      resolved.tasks.map(task => ({
        provider: task.providerId,
        template: resolved.template.template,
        campaign: '',
        team: task.team,
        repository: task.repository.ref,
        account: task.account,
        lane: task.lane,
        reviewMinutes: task.reviewMinutes,
      })),
      visible,
    );
    return toPlan(
      resolved,
      resolved.tasks.map(
        (
          {
            providerId: _id,
            repositoryRef: _ref,
            account: _account,
            lane: _lane,
            reviewMinutes: _minutes,
            ...task
          },
          index,
        ) => ({
          ...task,
          ...forecast[index],
        }),
      ),
    );
  }
}

export interface PlanServiceOptions {
  planner: Planner;
  holds: Holds;
}
