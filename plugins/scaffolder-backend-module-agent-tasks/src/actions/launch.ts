import {
  Campaign,
  LaunchRequest,
  Plan,
} from '@agent-tasks/plugin-agent-tasks-common';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';
import { CampaignAccess } from '../campaigns/CampaignAccess';
import { launchKey } from '../campaigns/launchKey';
import { launchExamples } from './launch.examples';

/** Excluded components that the log names one by one. */
const excludedTold = 20;

/**
 * The action `agent-tasks:launch`: plans, tells the plan in the log, and launches. A step that is tried again launches once.
 */
export function createLaunchAction(options: { access: CampaignAccess }) {
  const { access } = options;
  return createTemplateAction({
    id: 'agent-tasks:launch',
    description:
      'Launches agent tasks from a template on components of the catalog, with the permissions of who runs this.',
    examples: launchExamples,
    supportsDryRun: true,
    schema: {
      input: {
        template: z =>
          z.string().min(1).describe('Name of the agent task template'),
        components: z =>
          z
            .array(z.string().min(1))
            .min(1)
            .describe('Entity refs, such as component:default/payments-api')
            .optional(),
        selection: z =>
          z
            .record(z.any())
            .describe(
              'Instead of components: `filter` (catalog filters), `search` and `exclude`',
            )
            .optional(),
        parameters: z =>
          z
            .record(z.any())
            .describe('Values for the parameters of the template')
            .optional(),
        priority: z =>
          z
            .enum(['low', 'normal', 'high', 'urgent'])
            .describe('Default: what the template says')
            .optional(),
        onExcluded: z =>
          z
            .enum(['warn', 'fail'])
            .describe(
              'What to do where some of the components are left out; default: warn',
            )
            .optional(),
      },
      output: {
        campaignId: z => z.string().describe('Id of the campaign'),
        campaignUrl: z =>
          z.string().describe('Page of the campaign in the portal'),
        taskIds: z =>
          z.array(z.string()).describe('Ids of its tasks, at most 100 of them'),
        taskUrls: z =>
          z.array(z.string()).describe('Pages of these tasks in the portal'),
        excluded: z =>
          z
            .array(z.object({ component: z.string(), message: z.string() }))
            .describe('Components that were left out, with the reason'),
      },
    },
    async handler(ctx) {
      const { logger, input } = ctx;
      const request = toRequest(input);
      const credentials = await ctx.getInitiatorCredentials();
      let launched: Campaign | undefined;
      // What was launched before must not be planned again: by now the plan may be another one.
      const campaignId = await ctx.checkpoint<string | undefined>({
        key: `agent-tasks.launch${ctx.each ? `.${ctx.each.key}` : ''}`,
        fn: async () => {
          const plan = await access.plan(credentials, request, ctx.signal);
          const problem = reportPlan({ plan, logger });
          if (problem && input.onExcluded === 'fail') {
            throw new InputError(
              `${problem} Nothing was launched, as 'onExcluded' is 'fail'.`,
            );
          }
          if (ctx.isDryRun) {
            return '';
          }
          launched = await access.launch(
            credentials,
            request,
            launchKey({
              taskId: ctx.task.id,
              stepId: ctx.step?.id,
              each: ctx.each,
            }),
          );
          return launched.id;
        },
      });
      if (!campaignId) {
        logger.info('A dry run launches nothing.');
        return;
      }
      const campaign =
        launched ?? (await access.getCampaign(credentials, campaignId));
      const campaignUrl = access.campaignUrl(campaign.id);
      logger.info(`The campaign is ${campaignUrl}`);
      ctx.output('campaignId', campaign.id);
      ctx.output('campaignUrl', campaignUrl);
      // Copies: the scaffolder takes plain arrays alone into its templates.
      ctx.output('taskIds', Array.from(campaign.tasks));
      ctx.output(
        'taskUrls',
        Array.from(campaign.tasks, id => access.taskUrl(id)),
      );
      ctx.output(
        'excluded',
        Array.from(campaign.excluded, ({ component, message }) => ({
          component,
          message,
        })),
      );
    },
  });
}

function toRequest(input: {
  template: string;
  components?: string[];
  selection?: JsonObject;
  parameters?: JsonObject;
  priority?: string;
}): LaunchRequest {
  const { template, components, selection, parameters, priority } = input;
  if ((components === undefined) === (selection === undefined)) {
    throw new InputError(
      "The step needs either 'components' or 'selection', and not both.",
    );
  }
  return {
    template,
    parameters: parameters ?? {},
    ...(components && { components }),
    ...(selection && { selection }),
    ...(priority && { priority }),
  } as LaunchRequest;
}

/** Tells a plan in the log, and answers what is the matter with it. */
function reportPlan(options: {
  plan: Plan;
  logger: { info(message: string): void; warn(message: string): void };
}): string | undefined {
  const { plan, logger } = options;
  logger.info(
    `The plan of '${plan.template.title}' (revision ${plan.template.revision}): ${count(
      plan.summary.tasks,
      'task',
    )}, ${count(plan.summary.excluded, 'component')} left out.`,
  );
  for (const warning of plan.warnings) {
    logger.warn(warning);
  }
  for (const one of plan.excluded.slice(0, excludedTold)) {
    logger.warn(`${one.component}: ${one.message} ${one.remedy}`);
  }
  const more = plan.summary.excluded - excludedTold;
  if (more > 0) {
    logger.warn(`And ${more} more are left out.`);
  }
  return plan.summary.excluded
    ? `${count(plan.summary.excluded, 'component')} would be left out, such as ${
        plan.excluded[0].component
      }: ${plan.excluded[0].message}`
    : undefined;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
