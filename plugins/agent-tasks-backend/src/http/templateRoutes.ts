import { HttpAuthService } from '@backstage/backend-plugin-api';
import { TemplateService } from '../templates/TemplateService';
import { ApiRouter } from './ApiRouter';

export function addTemplateRoutes(
  router: ApiRouter,
  options: { templates: TemplateService; httpAuth: HttpAuthService },
): void {
  const { templates, httpAuth } = options;

  router.get('/templates', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await templates.list({ credentials }));
  });

  router.get('/templates/:name', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await templates.get({ credentials, name: req.params.name }));
  });
}
