import { createHash } from 'node:crypto';
import {
  Campaign,
  LaunchRequest,
} from '@agent-tasks/plugin-agent-tasks-common';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { EventStore } from '../audit/EventStore';
import { newId } from '../database/ids';
import { Clock } from '../loops/Clock';
import { Wakeups } from '../loops/Wakeups';
import { firstDeadlineLook } from '../policy/deadlines';
import { TaskFeed } from '../queue/TaskFeed';
import { TaskStore } from '../queue/TaskStore';
import { DeadlineStore } from '../runs/DeadlineStore';
import { TeamHierarchy } from '../teams/TeamHierarchy';
import { TemplateStore } from '../templates/TemplateStore';
import { CampaignStore, StoredCampaign } from '../campaigns/CampaignStore';
import { canonicalJson } from './canonicalJson';
import { compareOutlines } from './compareOutlines';
import { LaunchCaller, LaunchService, LaunchTrigger } from './LaunchService';
import { PermittedComponents, Planner, ResolvedPlan } from './Planner';

/** Differences named in one error; more would not be read. */
const differencesTold = 10;

export class DefaultLaunchService implements LaunchService {
  readonly #options: LaunchServiceOptions;

  private constructor(options: LaunchServiceOptions) {
    this.#options = options;
  }

  static create(options: LaunchServiceOptions): DefaultLaunchService {
    return new DefaultLaunchService(options);
  }

  async launch(options: {
    caller: LaunchCaller;
    request: LaunchRequest;
    idempotencyKey: string;
    permitted: PermittedComponents;
  }): Promise<{ campaign: Campaign; repeated: boolean }> {
    const { caller, request, idempotencyKey, permitted } = options;
    const { requester } = caller;
    const { campaigns, planner, hierarchy, clock, feed, wakeups } =
      this.#options;
    const requestHash = hashRequest(request);

    const before = await campaigns.findByKey({ requester, idempotencyKey });
    if (before) {
      return {
        campaign: await this.#repeat(before, requestHash),
        repeated: true,
      };
    }
    const plan = await planner.resolve({
      request,
      credentials: caller.credentials,
      permitted,
    });
    refuseChanged(request, plan);
    if (!plan.tasks.length) {
      throw new InputError(
        `Nothing would be launched: ${plan.excluded
          .slice(0, differencesTold)
          .map(one => `${one.component}: ${one.message} ${one.remedy}`)
          .join(' ')}`,
      );
    }
    const campaign: StoredCampaign = {
      id: newId('campaign'),
      templateRevisionId: plan.template.id,
      parameters: plan.parameters,
      requester,
      idempotencyKey,
      requestHash,
      excluded: plan.excluded,
      createdAt: clock.now(),
    };
    // Admission must know which groups stand above a team before it has tasks: their limits hold for them too.
    await hierarchy.ensure({
      teams: plan.tasks.map(task => task.team),
      hasTasks: true,
    });
    const taskIds = await this.#store(campaign, plan, caller.trigger);
    if (!taskIds) {
      // The same key was launched at the same moment.
      const other = await campaigns.findByKey({ requester, idempotencyKey });
      return {
        campaign: await this.#repeat(other!, requestHash),
        repeated: true,
      };
    }
    feed.publish(taskIds);
    wakeups.wake('admission');
    return { campaign: await this.#toCampaign(campaign), repeated: false };
  }

  async getCampaign(id: string) {
    const { campaigns } = this.#options;
    const campaign = await campaigns.get(id);
    if (!campaign) {
      throw new NotFoundError(`There is no campaign '${id}'.`);
    }
    return {
      campaign: await this.#toCampaign(campaign),
      tasks: await campaigns.listTasks(id),
    };
  }

  async #store(
    campaign: StoredCampaign,
    plan: ResolvedPlan,
    trigger: LaunchTrigger | undefined,
  ): Promise<string[] | undefined> {
    const { campaigns, tasks, events, deadlines } = this.#options;
    const { template } = plan;
    return tasks.transaction(async tx => {
      if (!(await campaigns.insert(tx, campaign))) {
        return undefined;
      }
      await trigger?.onStored(tx, {
        campaignId: campaign.id,
        tasks: plan.tasks.length,
        at: campaign.createdAt,
      });
      const named = trigger && { trigger: trigger.name, owner: trigger.owner };
      const newTasks = plan.tasks.map(task => ({
        id: newId('task'),
        campaignId: campaign.id,
        template: template.template,
        templateRevisionId: template.id,
        team: task.team,
        requester: campaign.requester,
        provider: task.providerId,
        account: task.account,
        lane: task.lane,
        priority: 'normal' as const,
        reviewMinutes: task.reviewMinutes,
        repository: task.repositoryRef,
        repositoryUrl: task.repository.url,
        prompt: task.prompt,
        components: task.components,
      }));
      await tasks.insert(tx, newTasks, campaign.createdAt);
      const at = firstDeadlineLook(template.execution, campaign.createdAt);
      if (at) {
        await deadlines.setDue(
          tx,
          newTasks.map(task => ({ taskId: task.id, at })),
        );
      }
      await events.append(tx, [
        {
          at: campaign.createdAt,
          type: 'campaign.launched',
          actor: campaign.requester,
          campaignId: campaign.id,
          message: `Launched ${newTasks.length} ${
            newTasks.length === 1 ? 'task' : 'tasks'
          } of '${template.title}'.`,
          details: {
            template: template.template,
            revision: template.number,
            excluded: plan.excluded.length,
            ...named,
          },
        },
        ...newTasks.map(task => ({
          at: campaign.createdAt,
          type: 'task.launched',
          actor: campaign.requester,
          campaignId: campaign.id,
          taskId: task.id,
          toState: 'queued' as const,
          message: `Launched '${template.title}' (revision ${template.number}) on ${task.repository.owner}/${task.repository.name}.`,
          details: {
            template: template.template,
            revision: template.number,
            repository: `${task.repository.owner}/${task.repository.name}`,
            team: task.team,
            components: task.components.map(component => component.entityRef),
            ...named,
          },
        })),
      ]);
      return newTasks.map(task => task.id);
    });
  }

  async #repeat(
    before: StoredCampaign,
    requestHash: string,
  ): Promise<Campaign> {
    if (before.requestHash !== requestHash) {
      throw new ConflictError(
        `This Idempotency-Key has launched the campaign ${before.id} with another request. Use a new key for a new launch.`,
      );
    }
    return this.#toCampaign(before);
  }

  async #toCampaign(campaign: StoredCampaign): Promise<Campaign> {
    const { campaigns, templates } = this.#options;
    const template = await templates.getRevision(campaign.templateRevisionId);
    const tasks = await campaigns.listTasks(campaign.id);
    const states: Record<string, number> = {};
    for (const { state } of tasks) {
      states[state] = (states[state] ?? 0) + 1;
    }
    return {
      id: campaign.id,
      template: {
        name: template.template,
        title: template.title,
        revision: template.number,
      },
      parameters: campaign.parameters,
      requester: campaign.requester,
      createdAt: campaign.createdAt.toISOString(),
      tasks: tasks.map(task => task.id),
      states,
      excluded: campaign.excluded,
    };
  }
}

/** What makes two launches the same: all of the request, but for the order of the components. */
function hashRequest(request: LaunchRequest): string {
  const { components, ...rest } = request;
  return createHash('sha256')
    .update(canonicalJson({ ...rest, components: [...components].sort() }))
    .digest('hex');
}

function refuseChanged(request: LaunchRequest, plan: ResolvedPlan): void {
  if (!request.expected || request.acceptChanges) {
    return;
  }
  const differences = compareOutlines(request.expected, plan.outline);
  if (differences.length) {
    const told = differences.slice(0, differencesTold).join('; ');
    const more = differences.length - differencesTold;
    throw new ConflictError(
      `The launch would not do what was planned: ${told}${
        more > 0 ? `; and ${more} more` : ''
      }. Look at the new plan and launch that, or send acceptChanges: true.`,
    );
  }
}

export interface LaunchServiceOptions {
  planner: Planner;
  hierarchy: Pick<TeamHierarchy, 'ensure'>;
  campaigns: CampaignStore;
  tasks: TaskStore;
  templates: TemplateStore;
  events: EventStore;
  deadlines: Pick<DeadlineStore, 'setDue'>;
  clock: Clock;
  feed: TaskFeed;
  wakeups: Wakeups;
}
