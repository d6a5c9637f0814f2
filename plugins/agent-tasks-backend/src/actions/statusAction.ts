import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { InputError } from '@backstage/errors';
import { CampaignService } from '../campaigns/CampaignService';
import { TaskService } from '../queue/TaskService';
import { StatusService } from '../remotes/StatusService';

/** The action `agent-tasks:status`: how far a campaign or a task is, or how the portal is. */
export function registerStatusAction(options: {
  registry: ActionsRegistryService;
  campaigns: Pick<CampaignService, 'get'>;
  tasks: Pick<TaskService, 'get'>;
  status: Pick<StatusService, 'get'>;
}): void {
  const { registry, campaigns, tasks, status } = options;
  registry.register({
    name: 'status',
    title: 'Status of agent tasks',
    description:
      'Says how far a campaign is (campaignId), or in which state a task is and where its pull request is (taskId); without either, whether the agents and code hosts answer and how full the queue is. agent-tasks:explain says why a task waits.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z
          .object({
            campaignId: z.string().min(1).max(100).optional(),
            taskId: z.string().min(1).max(100).optional(),
          })
          .strict(),
      output: z =>
        z.object({
          campaign: z
            .object({
              id: z.string(),
              state: z.string().optional(),
              template: z.string(),
              requester: z.string(),
              createdAt: z.string(),
              tasks: z.number(),
              states: z.record(z.number()),
              excluded: z.number(),
            })
            .optional(),
          task: z
            .object({
              id: z.string(),
              campaignId: z.string(),
              state: z.string(),
              reason: z.string().optional(),
              template: z.string(),
              team: z.string(),
              repository: z.string(),
              pullRequest: z.string().optional(),
            })
            .optional(),
          portal: z.record(z.any()).optional(),
        }),
    },
    examples: [{ title: 'The portal', input: {} }],
    action: async ({ input, credentials }) => {
      const { campaignId, taskId } = input;
      if (campaignId !== undefined && taskId !== undefined) {
        throw new InputError("Give 'campaignId' or 'taskId', and not both.");
      }
      if (campaignId !== undefined) {
        const campaign = await campaigns.get({ credentials }, campaignId);
        return {
          output: {
            campaign: {
              id: campaign.id,
              state: campaign.state,
              template: campaign.template.name,
              requester: campaign.requester,
              createdAt: campaign.createdAt,
              tasks: sum(Object.values(campaign.states)),
              states: campaign.states,
              excluded: campaign.excluded.length,
            },
          },
        };
      }
      if (taskId !== undefined) {
        const { task } = await tasks.get({ credentials, id: taskId });
        return {
          output: {
            task: {
              id: task.id,
              campaignId: task.campaignId,
              state: task.state,
              ...(task.stateReason && { reason: task.stateReason }),
              template: task.template.name,
              team: task.team,
              repository: task.repository.ref,
              ...(task.change?.url && { pullRequest: task.change.url }),
            },
          },
        };
      }
      return { output: { portal: { ...(await status.get({ credentials })) } } };
    },
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
