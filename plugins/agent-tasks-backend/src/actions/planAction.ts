import { Plan } from '@agent-tasks/plugin-agent-tasks-common';
import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { callerOf } from '../http/caller';
import { AuthorizedLaunchService } from '../permissions/AuthorizedLaunchService';
import { launchFields, toLaunchRequest } from './launchInput';

/** Tasks and components that are named one by one; the numbers count all. */
const namedAtMost = 50;

/** The action `agent-tasks:plan`: says what a launch would do. */
export function registerPlanAction(options: {
  registry: ActionsRegistryService;
  launches: Pick<AuthorizedLaunchService, 'plan'>;
}): void {
  const { registry, launches } = options;
  registry.register({
    name: 'plan',
    title: 'Plan agent tasks',
    description:
      'Says what launching a template on components would do: how many tasks on which repositories, what will hold them and when they would start and reach review, and which components are left out and why. Changes nothing. Its outline is what agent-tasks:launch takes as expected.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z => z.object(launchFields(z)).strict(),
      output: z =>
        z.object({
          template: z.object({
            name: z.string(),
            title: z.string(),
            revision: z.number(),
          }),
          summary: z.record(z.any()),
          tasks: z.array(
            z.object({
              repository: z.string(),
              team: z.string(),
              components: z.array(z.string()),
              wave: z.number().optional(),
              willStart: z.boolean(),
              hold: z.string().optional(),
            }),
          ),
          excluded: z.array(
            z.object({
              component: z.string(),
              reason: z.string(),
              message: z.string(),
              remedy: z.string(),
            }),
          ),
          warnings: z.array(z.string()),
          outline: z.record(z.any()),
        }),
    },
    examples: [
      {
        title: 'Plan on one component',
        input: {
          template: 'bump-dependency',
          components: ['component:default/payments-api'],
          parameters: { dependency: 'axios', version: '1.12.2' },
        },
      },
    ],
    action: async ({ input, credentials }) => {
      const plan = await launches.plan({
        caller: { credentials, requester: callerOf(credentials) },
        request: toLaunchRequest(input),
      });
      return { output: toOutput(plan) };
    },
  });
}

function toOutput(plan: Plan) {
  return {
    template: plan.template,
    summary: { ...plan.summary },
    tasks: plan.tasks.slice(0, namedAtMost).map(task => ({
      repository: task.repository.ref,
      team: task.team,
      components: task.components.map(({ entityRef }) => entityRef),
      ...(task.wave !== undefined && { wave: task.wave }),
      willStart: task.willStart,
      ...(task.hold && { hold: task.hold.message }),
    })),
    excluded: plan.excluded.slice(0, namedAtMost),
    warnings: plan.warnings,
    outline: { ...plan.outline },
  };
}
