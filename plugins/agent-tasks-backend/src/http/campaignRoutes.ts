import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  AddComponentsRequest,
  BulkTaskRequest,
  CampaignListQuery,
  LaunchRequest,
} from '@agent-tasks/plugin-agent-tasks-common';
import { HttpAuthService } from '@backstage/backend-plugin-api';
import { Request } from 'express';
import { CampaignService } from '../campaigns/CampaignService';
import { AuthorizedLaunchService } from '../permissions/AuthorizedLaunchService';
import { ApiRouter } from './ApiRouter';
import { callerOf } from './caller';

export function addCampaignRoutes(
  router: ApiRouter,
  options: {
    campaigns: CampaignService;
    launches: AuthorizedLaunchService;
    httpAuth: HttpAuthService;
  },
): void {
  const { campaigns, launches, httpAuth } = options;
  const caller = async (req: Pick<Request, 'headers'>) => {
    const credentials = await httpAuth.credentials(req as Request);
    return { credentials, actor: callerOf(credentials) };
  };

  router.get('/campaigns', async (req, res) => {
    const query = req.query as unknown as CampaignListQuery & { limit: number };
    res.json(await campaigns.list(await caller(req), query));
  });

  router.post('/campaigns', async (req, res) => {
    const { credentials, actor } = await caller(req);
    const { campaign, repeated } = await launches.launch({
      caller: { credentials, requester: actor },
      request: req.body as LaunchRequest,
      idempotencyKey: req.header('Idempotency-Key')!,
    });
    res.status(repeated ? 200 : 201).json(campaign);
  });

  router.get('/campaigns/:campaignId', async (req, res) => {
    res.json(await campaigns.get(await caller(req), req.params.campaignId));
  });

  router.get('/campaigns/:campaignId/burndown', async (req, res) => {
    res.json(
      await campaigns.burndown(await caller(req), req.params.campaignId),
    );
  });

  router.get('/campaigns/:campaignId/export', async (req, res) => {
    const lines = await campaigns.exportCsv(
      await caller(req),
      req.params.campaignId,
    );
    res
      .status(200)
      .type('text/csv')
      .attachment(`${req.params.campaignId.replace(/\W/g, '_')}.csv`);
    await pipeline(Readable.from(lines), res);
  });

  router.post('/campaigns/:campaignId/pause', async (req, res) => {
    const body = req.body as { reason: string; until?: string };
    res.json(
      await campaigns.pause(await caller(req), req.params.campaignId, body),
    );
  });

  router.post('/campaigns/:campaignId/resume', async (req, res) => {
    res.json(await campaigns.resume(await caller(req), req.params.campaignId));
  });

  router.post('/campaigns/:campaignId/cancel', async (req, res) => {
    const body = req.body as { reason: string };
    res.json(
      await campaigns.cancel(await caller(req), req.params.campaignId, body),
    );
  });

  router.post('/campaigns/:campaignId/retry', async (req, res) => {
    const body = req.body as { tasks?: string[] };
    res.json(
      await campaigns.retry(await caller(req), req.params.campaignId, body),
    );
  });

  router.post('/campaigns/:campaignId/priority', async (req, res) => {
    const body = req.body as {
      priority: NonNullable<BulkTaskRequest['priority']>;
      tasks?: string[];
    };
    res.json(
      await campaigns.setPriority(
        await caller(req),
        req.params.campaignId,
        body,
      ),
    );
  });

  router.post('/campaigns/:campaignId/components', async (req, res) => {
    const { credentials, actor } = await caller(req);
    res.json(
      await campaigns.addComponents(
        { credentials, requester: actor },
        req.params.campaignId,
        req.body as AddComponentsRequest,
        req.header('Idempotency-Key')!,
      ),
    );
  });

  router.post(
    '/campaigns/:campaignId/waves/:number/approve',
    async (req, res) => {
      res.json(
        await campaigns.approve(
          await caller(req),
          req.params.campaignId,
          Number(req.params.number),
        ),
      );
    },
  );

  router.post('/campaigns/:campaignId/continue', async (req, res) => {
    const body = req.body as { reason: string };
    res.json(
      await campaigns.continueAfterStop(
        await caller(req),
        req.params.campaignId,
        body,
      ),
    );
  });

  router.post('/tasks/bulk', async (req, res) => {
    res.json(
      await campaigns.bulk(await caller(req), req.body as BulkTaskRequest),
    );
  });
}
