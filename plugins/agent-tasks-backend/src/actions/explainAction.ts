import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { TaskService } from '../queue/TaskService';

/** Events that are told: the last ones, of which the newest says most. */
const eventsTold = 20;

/** The longest list of events that is read for them. */
const eventsRead = 500;

/** The action `agent-tasks:explain`: why a task is where it is. */
export function registerExplainAction(options: {
  registry: ActionsRegistryService;
  tasks: Pick<TaskService, 'get' | 'listEvents'>;
}): void {
  const { registry, tasks } = options;
  registry.register({
    name: 'explain',
    title: 'Explain an agent task',
    description:
      'Says why a task waits, which limits hold it and what frees them, its place in the queue and when it is expected to start; and of a task that has started or ended, what happened to it, in its last events.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z => z.object({ taskId: z.string().min(1).max(100) }).strict(),
      output: z =>
        z.object({
          taskId: z.string(),
          state: z.string(),
          reason: z.string().optional(),
          hold: z
            .object({
              limit: z.string(),
              message: z.string(),
              position: z.number().optional(),
              expectedStart: z.string().optional(),
              assumption: z.string().optional(),
              limits: z.array(
                z.object({
                  limit: z.string(),
                  subject: z.string().optional(),
                  used: z.number().optional(),
                  max: z.number(),
                  message: z.string(),
                }),
              ),
            })
            .optional(),
          events: z.array(
            z.object({
              at: z.string(),
              actor: z.string(),
              message: z.string(),
            }),
          ),
        }),
    },
    examples: [
      {
        title: 'Why a task waits',
        input: { taskId: 'task_01K9X2V0C6T0R0M1Q9H5D8S3ZB' },
      },
    ],
    action: async ({ input, credentials }) => {
      const { taskId } = input;
      const { task, hold } = await tasks.get({ credentials, id: taskId });
      const { items } = await tasks.listEvents({
        credentials,
        id: taskId,
        limit: eventsRead,
      });
      return {
        output: {
          taskId: task.id,
          state: task.state,
          ...(task.stateReason && { reason: task.stateReason }),
          ...(hold && {
            hold: {
              limit: hold.limit,
              message: hold.message,
              ...(hold.position && { position: hold.position }),
              ...(hold.expectedStart?.at && {
                expectedStart: hold.expectedStart.at,
              }),
              ...(hold.expectedStart && {
                assumption: hold.expectedStart.assumption,
              }),
              limits: (hold.limits ?? []).map(
                ({ limit, subject, used, max, message }) => ({
                  limit,
                  ...(subject !== undefined && { subject }),
                  ...(used !== undefined && { used }),
                  max,
                  message,
                }),
              ),
            },
          }),
          events: items
            .slice(-eventsTold)
            .map(({ at, actor, message }) => ({ at, actor, message })),
        },
      };
    },
  });
}
