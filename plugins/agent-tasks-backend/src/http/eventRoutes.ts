import { AuditQuery } from '@agent-tasks/plugin-agent-tasks-common';
import { HttpAuthService } from '@backstage/backend-plugin-api';
import { AuditService } from '../audit/AuditService';
import { ApiRouter } from './ApiRouter';

/** All that happened. */
export function addEventRoutes(
  router: ApiRouter,
  options: { audit: AuditService; httpAuth: HttpAuthService },
): void {
  const { audit, httpAuth } = options;

  router.get('/events', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const query = req.query as unknown as AuditQuery & { limit: number };
    res.json(await audit.list({ credentials, query }));
  });
}
