import { BrakeRequest } from '@agent-tasks/plugin-agent-tasks-common';
import { HttpAuthService } from '@backstage/backend-plugin-api';
import { BrakeService } from '../queue/BrakeService';
import { QueueService } from '../queue/QueueService';
import { TaskService } from '../queue/TaskService';
import { ApiRouter } from './ApiRouter';
import { callerOf } from './caller';

export function addQueueRoutes(
  router: ApiRouter,
  options: {
    queue: QueueService;
    tasks: TaskService;
    brakes: BrakeService;
    httpAuth: HttpAuthService;
  },
): void {
  const { queue, tasks, brakes, httpAuth } = options;

  router.get('/queue', async (req, res) => {
    res.json(await queue.get(await httpAuth.credentials(req)));
  });

  router.get('/queue/history', async (req, res) => {
    const query = req.query as unknown as { hours: number };
    res.json(
      await queue.getHistory(await httpAuth.credentials(req), query.hours),
    );
  });

  router.get('/queue/running', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const query = req.query as unknown as { limit: number; cursor?: string };
    res.json(
      await tasks.listRunning({
        credentials,
        limit: query.limit,
        cursor: query.cursor,
      }),
    );
  });

  router.get('/brakes', async (req, res) => {
    res.json(await brakes.list(await httpAuth.credentials(req)));
  });

  router.post('/brakes', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const brake = await brakes.pull(
      { credentials, actor: callerOf(credentials) },
      req.body as BrakeRequest,
    );
    res.status(201).json(brake);
  });

  router.post('/brakes/:brakeId/release', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(
      await brakes.release(
        { credentials, actor: callerOf(credentials) },
        req.params.brakeId,
      ),
    );
  });
}
