import { randomUUID } from 'node:crypto';
import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { callerOf } from '../http/caller';
import { AuthorizedLaunchService } from '../permissions/AuthorizedLaunchService';
import { launchFields, toLaunchRequest } from './launchInput';

/** The action `agent-tasks:launch`. The only one of them that changes anything. */
export function registerLaunchAction(options: {
  registry: ActionsRegistryService;
  launches: Pick<AuthorizedLaunchService, 'launch'>;
}): void {
  const { registry, launches } = options;
  registry.register({
    name: 'launch',
    title: 'Launch agent tasks',
    description:
      'Launches a template on components: coding agents will open pull requests in their repositories. Plan first with agent-tasks:plan, show the plan to the person, and pass its outline as expected, so that nothing else is launched. Pass an idempotencyKey of your own to be able to repeat a call that got no answer: without one each call launches again.',
    attributes: { readOnly: false, destructive: true, idempotent: false },
    schema: {
      input: z =>
        z
          .object({
            ...launchFields(z),
            expected: z
              .object({
                templateRevision: z.number().int().min(1),
                tasks: z
                  .array(
                    z
                      .object({
                        repository: z.string().max(500),
                        team: z.string().max(500),
                        components: z.array(z.string().max(500)).max(50_000),
                      })
                      .strict(),
                  )
                  .max(1_000)
                  .optional(),
                digest: z.string().max(100).optional(),
                counts: z
                  .object({ tasks: z.number(), components: z.number() })
                  .strict()
                  .optional(),
              })
              .strict()
              .describe(
                'The outline of the plan; the launch is refused where it would do something else',
              )
              .optional(),
            idempotencyKey: z
              .string()
              .min(8)
              .max(255)
              .regex(/^[\x21-\x7e]+$/)
              .describe('Unique to this launch; a UUID serves well')
              .optional(),
          })
          .strict(),
      output: z =>
        z.object({
          campaignId: z.string(),
          repeated: z
            .boolean()
            .describe('Whether the key had launched it before'),
          tasks: z.number(),
          taskIds: z.array(z.string()).describe('The first 100'),
          excluded: z.number(),
        }),
    },
    examples: [
      {
        title: 'Launch on one component',
        input: {
          template: 'bump-dependency',
          components: ['component:default/payments-api'],
          parameters: { dependency: 'axios', version: '1.12.2' },
          idempotencyKey: '0a9b2f0e-8a35-4f0c-9d2e-5f6f1f0f8d11',
        },
      },
    ],
    action: async ({ input, credentials }) => {
      const { expected, idempotencyKey, ...fields } = input;
      const { campaign, repeated } = await launches.launch({
        caller: { credentials, requester: callerOf(credentials) },
        request: {
          ...toLaunchRequest(fields),
          ...(expected && { expected }),
        },
        idempotencyKey: idempotencyKey ?? randomUUID(),
      });
      return {
        output: {
          campaignId: campaign.id,
          repeated,
          tasks: campaign.taskCount,
          taskIds: campaign.tasks,
          excluded: campaign.excluded.length,
        },
      };
    },
  });
}
