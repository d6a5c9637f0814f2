import { TriggerRequest } from '@agent-tasks/plugin-agent-tasks-common';
import { HttpAuthService } from '@backstage/backend-plugin-api';
import { Request } from 'express';
import { TriggerService } from '../triggers/TriggerService';
import { ApiRouter } from './ApiRouter';
import { callerOf } from './caller';

/** What launches by itself, and its runs. */
export function addTriggerRoutes(
  router: ApiRouter,
  options: { triggers: TriggerService; httpAuth: HttpAuthService },
): void {
  const { triggers, httpAuth } = options;
  const path = '/triggers/:triggerId';
  const callerFor = async (req: Request) => {
    const credentials = await httpAuth.credentials(req);
    return { credentials, actor: callerOf(credentials) };
  };

  router.get('/triggers', async (req, res) => {
    res.json(await triggers.list(await httpAuth.credentials(req)));
  });

  router.post('/triggers', async (req, res) => {
    res
      .status(201)
      .json(
        await triggers.create(await callerFor(req), req.body as TriggerRequest),
      );
  });

  router.get(path, async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await triggers.get(credentials, req.params.triggerId));
  });

  router.put(path, async (req, res) => {
    res.json(
      await triggers.update(
        await callerFor(req),
        req.params.triggerId,
        req.body as TriggerRequest,
      ),
    );
  });

  router.delete(path, async (req, res) => {
    await triggers.remove(await callerFor(req), req.params.triggerId);
    res.status(204).end();
  });

  router.post(`${path}/pause`, async (req, res) => {
    res.json(
      await triggers.pause(
        await callerFor(req),
        req.params.triggerId,
        req.body as { reason: string },
      ),
    );
  });

  router.post(`${path}/resume`, async (req, res) => {
    res.json(await triggers.resume(await callerFor(req), req.params.triggerId));
  });

  router.post(`${path}/run`, async (req, res) => {
    res.json(
      await triggers.run(
        await callerFor(req),
        req.params.triggerId,
        req.header('Idempotency-Key')!,
      ),
    );
  });

  router.get(`${path}/runs`, async (req, res) => {
    const { limit, cursor } = req.query as unknown as {
      limit: number;
      cursor?: string;
    };
    res.json(
      await triggers.listRuns({
        credentials: await httpAuth.credentials(req),
        id: req.params.triggerId,
        limit,
        cursor,
      }),
    );
  });
}
