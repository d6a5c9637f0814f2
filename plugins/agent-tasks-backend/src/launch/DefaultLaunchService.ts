import { createHash } from 'node:crypto';
import {
  AddComponentsRequest,
  Campaign,
  LaunchRequest,
} from '@agent-tasks/plugin-agent-tasks-common';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { CampaignSelection, CampaignStore } from '../campaigns/CampaignStore';
import { CampaignView } from '../campaigns/CampaignView';
import { newId } from '../database/ids';
import { Clock } from '../loops/Clock';
import { Wakeups } from '../loops/Wakeups';
import { splitWaves, waveOf } from '../policy/waves';
import { TaskFeed } from '../queue/TaskFeed';
import { TaskStore } from '../queue/TaskStore';
import { TeamHierarchy } from '../teams/TeamHierarchy';
import { TemplateStore } from '../templates/TemplateStore';
import { canonicalJson } from './canonicalJson';
import { compareOutlines } from './compareOutlines';
import { LaunchedTasks } from './LaunchedTasks';
import { LaunchCaller, LaunchService } from './LaunchService';
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
    const { requester, trigger } = caller;
    const { campaigns, planner, launched, tasks, clock, view } = this.#options;
    const requestHash = hashRequest(request);
    const before = await campaigns.findByKey({ requester, idempotencyKey });
    if (before) {
      refuseOtherRequest(before, requestHash);
      return { campaign: await view.read(before), repeated: true };
    }
    const plan = await planner.resolve({
      request,
      credentials: caller.credentials,
      permitted,
    });
    refuseChanged(request, plan);
    refuseEmpty(plan);
    await this.#knowTeams(plan);
    const at = clock.now();
    const waves = splitWaves({
      tasks: plan.tasks.length,
      waves: plan.rollout.waves,
    });
    const campaign = {
      id: newId('campaign'),
      templateRevisionId: plan.template.id,
      parameters: plan.parameters,
      requester,
      idempotencyKey,
      requestHash,
      excluded: plan.excluded,
      createdAt: at,
      priority: plan.priority,
      selection: selectionOf(request),
      ...(trigger && {
        trigger: { id: trigger.id, name: trigger.name, owner: trigger.owner },
      }),
      rollout: plan.rollout,
      taskCount: plan.tasks.length,
      waves,
      teams: new Set(plan.tasks.map(task => task.team)),
    };
    const prepared = launched.prepare({
      campaignId: campaign.id,
      plan,
      requester,
      priority: plan.priority,
    });
    const taskIds = await tasks.transaction(async tx => {
      if (!(await campaigns.insert(tx, campaign))) {
        return undefined;
      }
      await trigger?.onStored(tx, {
        campaignId: campaign.id,
        tasks: plan.tasks.length,
        at,
      });
      return launched.store(
        tx,
        {
          prepared,
          template: plan.template,
          trigger,
          at,
          waveOf: place => {
            const number = waveOf(waves, place);
            return { number, begun: number === 1 };
          },
        },
        {
          at,
          type: 'campaign.launched',
          actor: requester,
          campaignId: campaign.id,
          message: `Launched ${countTasks(plan.tasks.length)} of '${plan.template.title}'${
            waves.length > 1 ? ` in ${waves.length} waves` : ''
          }.`,
          details: {
            template: plan.template.template,
            revision: plan.template.number,
            excluded: plan.excluded.length,
            ...(waves.length > 1 && { waves: waves.map(wave => wave.size) }),
            ...(trigger && { trigger: trigger.name, owner: trigger.owner }),
          },
        },
      );
    });
    if (taskIds) {
      this.#tell(taskIds);
    }
    const stored = await campaigns.findByKey({ requester, idempotencyKey });
    // Where nothing was stored, the same key was launched at the same moment.
    refuseOtherRequest(stored!, requestHash);
    return { campaign: await view.read(stored!), repeated: !taskIds };
  }

  async addComponents(options: {
    caller: LaunchCaller;
    campaignId: string;
    request: AddComponentsRequest;
    idempotencyKey: string;
    permitted: PermittedComponents;
  }): Promise<Campaign> {
    const { caller, campaignId, request, idempotencyKey, permitted } = options;
    const { requester } = caller;
    const { campaigns, planner, launched, tasks, templates, clock, view } =
      this.#options;
    const key = { campaignId, requester, idempotencyKey };
    const requestHash = hashRequest(request);
    const campaign = await campaigns.get(campaignId);
    if (!campaign) {
      throw new NotFoundError(`There is no campaign '${campaignId}'.`);
    }
    const before = await campaigns.findPart(key);
    if (before) {
      refuseOtherRequest(before, requestHash);
      return view.read(campaign);
    }
    const revision = await templates.getRevision(campaign.templateRevisionId);
    const plan = await planner.resolve({
      request: {
        template: revision.template,
        revision: revision.number,
        parameters: campaign.parameters,
        priority: campaign.priority,
        rollout: campaign.rollout,
        ...selectionOf(request),
      },
      credentials: caller.credentials,
      permitted,
    });
    refuseChanged(request, plan);
    refuseEmpty(plan);
    await this.#knowTeams(plan);
    const at = clock.now();
    const prepared = launched.prepare({
      campaignId,
      plan,
      requester,
      priority: campaign.priority,
    });
    const taskIds = await tasks.transaction(async tx => {
      const locked = await campaigns.lock(tx, campaignId);
      if (!locked || locked.cancelled) {
        throw new ConflictError(
          'The campaign was cancelled, so that nothing can be added to it. Launch a new one.',
        );
      }
      const waves = await campaigns.listWaves([campaignId], tx);
      const last = waves[waves.length - 1];
      const added = await campaigns.insertPart(
        tx,
        {
          ...key,
          requestHash,
          selection: selectionOf(request),
          excluded: plan.excluded,
          tasks: plan.tasks.length,
          createdAt: at,
        },
        {
          wave: last.number,
          teams: new Set(plan.tasks.map(task => task.team)),
        },
      );
      if (!added) {
        return undefined;
      }
      return launched.store(
        tx,
        {
          prepared,
          template: plan.template,
          trigger: undefined,
          at,
          waveOf: () => ({
            number: last.number,
            begun: last.releasedAt !== undefined,
          }),
        },
        {
          at,
          type: 'campaign.components_added',
          actor: requester,
          campaignId,
          message: `Added ${countTasks(plan.tasks.length)}.`,
          details: {
            tasks: plan.tasks.length,
            excluded: plan.excluded.length,
            wave: last.number,
          },
        },
      );
    });
    if (taskIds) {
      this.#tell(taskIds);
    } else {
      // The same key was used at the same moment.
      refuseOtherRequest((await campaigns.findPart(key))!, requestHash);
    }
    return view.read((await campaigns.get(campaignId))!);
  }

  /** Admission must know which groups stand above a team before it has tasks: their limits hold for them too. */
  async #knowTeams(plan: ResolvedPlan): Promise<void> {
    await this.#options.hierarchy.ensure({
      teams: plan.tasks.map(task => task.team),
      hasTasks: true,
    });
  }

  #tell(taskIds: string[]): void {
    const { feed, wakeups } = this.#options;
    feed.publish(taskIds);
    wakeups.wake('admission');
  }
}

function selectionOf(
  request: Pick<LaunchRequest, 'components' | 'selection'>,
): CampaignSelection & Pick<LaunchRequest, 'components' | 'selection'> {
  return {
    ...(request.components && { components: request.components }),
    ...(request.selection && { selection: request.selection }),
  };
}

/** What makes two launches the same: all of the request, but for the order of the components. */
function hashRequest(request: { components?: string[] }): string {
  const { components, ...rest } = request;
  return createHash('sha256')
    .update(
      canonicalJson({
        ...rest,
        ...(components && { components: [...components].sort() }),
      }),
    )
    .digest('hex');
}

function refuseOtherRequest(
  before: { requestHash: string } & (
    { id: string } | { campaignId: string; tasks: number }
  ),
  requestHash: string,
): void {
  if (before.requestHash !== requestHash) {
    const did =
      'id' in before
        ? `launched the campaign ${before.id}`
        : `added components to the campaign ${before.campaignId}`;
    throw new ConflictError(
      `This Idempotency-Key has ${did} with another request. Use a new key for a new launch.`,
    );
  }
}

function refuseEmpty(plan: ResolvedPlan): void {
  if (!plan.tasks.length) {
    const more = plan.excluded.length - differencesTold;
    throw new InputError(
      `Nothing would be launched: ${plan.excluded
        .slice(0, differencesTold)
        .map(one => `${one.component}: ${one.message} ${one.remedy}`)
        .join(' ')}${more > 0 ? ` And ${more} more.` : ''}`,
    );
  }
}

function refuseChanged(
  request: Pick<LaunchRequest, 'expected' | 'acceptChanges'>,
  plan: ResolvedPlan,
): void {
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

function countTasks(tasks: number): string {
  return `${tasks} ${tasks === 1 ? 'task' : 'tasks'}`;
}

export interface LaunchServiceOptions {
  planner: Planner;
  hierarchy: Pick<TeamHierarchy, 'ensure'>;
  campaigns: CampaignStore;
  launched: LaunchedTasks;
  view: CampaignView;
  tasks: TaskStore;
  templates: TemplateStore;
  clock: Clock;
  feed: TaskFeed;
  wakeups: Wakeups;
}
