import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { InputError } from '@backstage/errors';
import { waitGoals } from '../campaigns/campaignProgress';
import { CampaignWatch } from '../campaigns/CampaignWatch';
import { waitExamples } from './wait.examples';

const defaultTimeoutSeconds = 3_600;

/** A week. */
const longestTimeoutSeconds = 604_800;

/** The action `agent-tasks:wait`: waits until the tasks of a campaign have come as far as asked. */
export function createWaitAction(options: { watch: CampaignWatch }) {
  const { watch } = options;
  return createTemplateAction({
    id: 'agent-tasks:wait',
    description:
      'Waits until the agent tasks of a campaign are settled, in review or merged.',
    examples: waitExamples,
    schema: {
      input: {
        campaignId: z =>
          z
            .string()
            .min(1)
            .describe('Id of the campaign, an output of agent-tasks:launch'),
        until: z =>
          z
            .enum(waitGoals)
            .describe(
              'settled: every task has ended, in whatever way; in_review: every change is in review or beyond; merged: every change is merged. Default: settled',
            )
            .optional(),
        timeoutSeconds: z =>
          z
            .number()
            .int()
            .min(1)
            .max(longestTimeoutSeconds)
            .describe('After which the step fails; default: 3600')
            .optional(),
        allowMissed: z =>
          z
            .boolean()
            .describe(
              'Do not fail where tasks failed, were cancelled or closed: wait for all of them. Default: false',
            )
            .optional(),
      },
      output: {
        tasks: z => z.number().describe('Number of tasks'),
        states: z =>
          z.record(z.number()).describe('Number of tasks in each state'),
        merged: z => z.number().describe('Number of merged changes'),
        campaignUrl: z =>
          z.string().describe('Page of the campaign in the portal'),
        waitedSeconds: z => z.number().describe('For how long it took'),
      },
    },
    async handler(ctx) {
      const { campaignId, until, timeoutSeconds, allowMissed } = ctx.input;
      if (!/^camp_\w+$/.test(campaignId)) {
        throw new InputError(
          `'campaignId' must be the id of a campaign, such as camp_…, and is '${campaignId}'.`,
        );
      }
      const { campaign, waitedSeconds } = await watch.wait({
        credentials: await ctx.getInitiatorCredentials(),
        campaignId,
        goal: until ?? 'settled',
        timeoutSeconds: timeoutSeconds ?? defaultTimeoutSeconds,
        allowMissed: allowMissed ?? false,
        logger: ctx.logger,
        signal: ctx.signal,
      });
      const { states } = campaign;
      ctx.output(
        'tasks',
        Object.values(states).reduce((sum, number) => sum + number, 0),
      );
      ctx.output('states', { ...states });
      ctx.output('merged', states.merged ?? 0);
      ctx.output('campaignUrl', watch.campaignUrl(campaignId));
      ctx.output('waitedSeconds', waitedSeconds);
    },
  });
}
