import { HttpAuthService } from '@backstage/backend-plugin-api';
import { StatusService } from '../remotes/StatusService';
import { ApiRouter } from './ApiRouter';

export function addStatusRoutes(
  router: ApiRouter,
  options: { status: StatusService; httpAuth: HttpAuthService },
): void {
  const { status, httpAuth } = options;

  router.get('/status', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await status.get({ credentials }));
  });
}
