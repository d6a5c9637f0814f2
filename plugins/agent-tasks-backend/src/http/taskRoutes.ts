import {
  ResolveStartRequest,
  TaskListQuery,
} from '@agent-tasks/plugin-agent-tasks-common';
import { HttpAuthService } from '@backstage/backend-plugin-api';
import { TaskService } from '../queue/TaskService';
import { ApiRouter } from './ApiRouter';
import { callerOf } from './caller';

export function addTaskRoutes(
  router: ApiRouter,
  options: { tasks: TaskService; httpAuth: HttpAuthService },
): void {
  const { tasks, httpAuth } = options;

  router.get('/tasks', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const query = req.query as unknown as TaskListQuery & { limit: number };
    res.json(await tasks.list({ credentials, query }));
  });

  router.get('/tasks/:taskId', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await tasks.get({ credentials, id: req.params.taskId }));
  });

  router.get('/tasks/:taskId/events', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const query = req.query as unknown as { limit: number; cursor?: string };
    res.json(
      await tasks.listEvents({
        credentials,
        id: req.params.taskId,
        limit: query.limit,
        cursor: query.cursor,
      }),
    );
  });

  router.post('/tasks/:taskId/resolve-start', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(
      await tasks.resolveStart({
        credentials,
        id: req.params.taskId,
        actor: callerOf(credentials),
        request: req.body as ResolveStartRequest,
      }),
    );
  });

  router.post('/tasks/:taskId/retry', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const body = req.body as { reason?: string };
    const id = req.params.taskId;
    const [{ error }] = await tasks.retry({
      credentials,
      ids: [id],
      actor: callerOf(credentials),
      reason: body.reason,
    });
    if (error) {
      throw error;
    }
    res.json(await tasks.get({ credentials, id }));
  });

  router.post('/tasks/:taskId/cancel', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const body = req.body as { reason?: string };
    res.json(
      await tasks.cancel({
        credentials,
        id: req.params.taskId,
        actor: callerOf(credentials),
        reason: body.reason,
      }),
    );
  });
}
