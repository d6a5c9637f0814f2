import {
  Exclusion,
  Plan,
  PlannedTask,
  PlanRequest,
  PlanSummary,
} from '@agent-tasks/plugin-agent-tasks-common';
import { splitWaves, waveOf } from '../policy/waves';
import { PlanForecast, PlanForecasts } from '../queue/PlanForecasts';
import { TaskFilter } from '../queue/TaskFilter';
import { TemplateRevision } from '../templates/TemplateStore';
import { LaunchCaller } from './LaunchService';
import {
  PermittedComponents,
  Planner,
  ResolvedPlan,
  ResolvedTask,
} from './Planner';

/** Tasks, and components left out, that a plan tells one by one. */
const mostTold = 1_000;

/** Tasks whose prompts are told unasked. */
const promptsTold = 20;

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
   * @param options.template - a revision that is not stored, as for a preview; default: the one that the request names
   */
  async plan(options: {
    caller: LaunchCaller;
    request: PlanRequest;
    permitted: PermittedComponents;
    visible: TaskFilter | undefined;
    template?: TemplateRevision;
  }): Promise<Plan> {
    const { caller, request, permitted, visible, template } = options;
    const { planner, forecasts } = this.#options;
    const resolved = await planner.resolve({
      request,
      credentials: caller.credentials,
      permitted,
      template,
    });
    const waves = splitWaves({
      tasks: resolved.tasks.length,
      waves: resolved.rollout.waves,
    });
    const waveOfTask = resolved.tasks.map((_, place) => waveOf(waves, place));
    const forecast = await forecasts.forecast({
      planned: resolved.tasks.map((task, place) => ({
        provider: task.providerId,
        template: resolved.template.template,
        campaign: '',
        team: task.team,
        repository: task.repository.ref,
        account: task.account,
        lane: task.lane,
        reviewMinutes: task.reviewMinutes,
        wave: waveOfTask[place],
      })),
      rollout: resolved.rollout,
      visible,
      told: mostTold,
    });
    const promptsFor = new Set(request.promptsFor);
    return {
      template: {
        name: resolved.template.template,
        title: resolved.template.title,
        revision: resolved.template.number,
      },
      summary: summarize(resolved, forecast),
      tasks: resolved.tasks.slice(0, mostTold).map((task, place) => ({
        ...toPlannedTask(task, {
          requester: caller.requester,
          resolved,
          prompted: place < promptsTold || promptsFor.has(task.repository.ref),
        }),
        wave: waveOfTask[place],
        ...forecast.holds[place],
      })),
      excluded: resolved.excluded.slice(0, mostTold),
      warnings: resolved.warnings,
      outline: resolved.outline,
    };
  }
}

function toPlannedTask(
  task: ResolvedTask,
  options: { requester: string; resolved: ResolvedPlan; prompted: boolean },
): Omit<PlannedTask, 'wave' | 'willStart' | 'hold'> {
  const { requester, resolved, prompted } = options;
  const { repository, team, components, provider } = task;
  return {
    repository,
    team,
    components,
    provider,
    identity: { requester, account: task.account, provider: task.providerId },
    gates: resolved.gates,
    ...(prompted && { prompt: task.renderPrompt() }),
  };
}

/** What all tasks of a plan are together. */
function summarize(
  { tasks, excluded }: ResolvedPlan,
  forecast: PlanForecast,
): PlanSummary {
  const { holds: _, willStart, slotsOf, ...moments } = forecast;
  return {
    components: tasks.reduce((sum, task) => sum + task.components.length, 0),
    repositories: new Set(tasks.map(task => task.repository.ref)).size,
    tasks: tasks.length,
    excluded: excluded.length,
    byReason: countReasons(excluded),
    teams: countTeams(tasks).map(team => {
      const minutesBudget = slotsOf('minutes', team.team);
      const openChanges = slotsOf('changes', team.team);
      return {
        ...team,
        ...(minutesBudget && { minutesBudget }),
        ...(openChanges && { openChanges }),
      };
    }),
    ...moments,
    willStart,
    willWait: tasks.length - willStart,
  };
}

function countReasons(excluded: readonly Exclusion[]): PlanSummary['byReason'] {
  const counts = new Map<Exclusion['reason'], number>();
  for (const { reason } of excluded) {
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts]
    .map(([reason, count]) => ({ reason, count }))
    .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
}

function countTeams(
  tasks: readonly ResolvedTask[],
): { team: string; tasks: number; reviewMinutes: number }[] {
  const teams = new Map<string, { tasks: number; reviewMinutes: number }>();
  for (const { team, lane, reviewMinutes } of tasks) {
    const known = teams.get(team) ?? { tasks: 0, reviewMinutes: 0 };
    known.tasks += 1;
    known.reviewMinutes += lane === 'review' ? reviewMinutes : 0;
    teams.set(team, known);
  }
  return [...teams]
    .map(([team, sums]) => ({ team, ...sums }))
    .sort((a, b) => b.tasks - a.tasks || (a.team < b.team ? -1 : 1));
}

export interface PlanServiceOptions {
  planner: Planner;
  forecasts: Pick<PlanForecasts, 'forecast'>;
}
