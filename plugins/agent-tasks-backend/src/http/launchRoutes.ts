import { PlanRequest } from '@agent-tasks/plugin-agent-tasks-common';
import { HttpAuthService } from '@backstage/backend-plugin-api';
import { AuthorizedLaunchService } from '../permissions/AuthorizedLaunchService';
import { ApiRouter } from './ApiRouter';
import { callerOf } from './caller';

export function addLaunchRoutes(
  router: ApiRouter,
  options: { launches: AuthorizedLaunchService; httpAuth: HttpAuthService },
): void {
  const { launches, httpAuth } = options;

  router.post('/plans', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(
      await launches.plan({
        caller: { credentials, requester: callerOf(credentials) },
        request: req.body as PlanRequest,
      }),
    );
  });
}
