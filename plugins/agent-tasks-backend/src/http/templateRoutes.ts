import {
  agentTaskTemplateSchema,
  PauseTemplateRequest,
  PreviewTemplateRequest,
  ReviseTemplateRequest,
} from '@agent-tasks/plugin-agent-tasks-common';
import { HttpAuthService } from '@backstage/backend-plugin-api';
import { Request } from 'express';
import { BrakeCaller } from '../queue/BrakeService';
import { TemplateEditor } from '../templates/TemplateEditor';
import { TemplatePreviews } from '../templates/TemplatePreviews';
import { TemplateService } from '../templates/TemplateService';
import { ApiRouter } from './ApiRouter';
import { callerOf } from './caller';

export function addTemplateRoutes(
  router: ApiRouter,
  options: {
    templates: TemplateService;
    templateEditor: TemplateEditor;
    templatePreviews: TemplatePreviews;
    httpAuth: HttpAuthService;
  },
): void {
  const { templates, templateEditor, templatePreviews, httpAuth } = options;
  const readCaller = async (req: Request): Promise<BrakeCaller> => {
    const credentials = await httpAuth.credentials(req);
    return { credentials, actor: callerOf(credentials) };
  };

  router.get('/templates', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const { archived } = req.query as unknown as { archived?: boolean };
    res.json(await templates.list({ credentials, archived }));
  });

  router.post('/templates', async (req, res) => {
    const { yaml } = req.body as { yaml: string };
    res
      .status(201)
      .json(await templateEditor.create(await readCaller(req), yaml));
  });

  // These words are no names of templates: the validator refuses them.
  router.get('/templates/schema', async (req, res) => {
    await httpAuth.credentials(req);
    res.json(agentTaskTemplateSchema);
  });

  router.post('/templates/validate', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const { yaml } = req.body as { yaml: string };
    res.json(await templates.validate({ credentials, yaml }));
  });

  router.post('/templates/preview', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(
      await templatePreviews.preview({
        credentials,
        request: req.body as PreviewTemplateRequest,
      }),
    );
  });

  router.get('/templates/:name', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await templates.get({ credentials, name: req.params.name }));
  });

  router.put('/templates/:name', async (req, res) => {
    res.json(
      await templateEditor.revise(
        await readCaller(req),
        req.params.name,
        req.body as ReviseTemplateRequest,
      ),
    );
  });

  router.get('/templates/:name/revisions', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(
      await templates.listRevisions({ credentials, name: req.params.name }),
    );
  });

  router.get('/templates/:name/revisions/:number', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const { name, number } = req.params;
    res.json(
      await templates.getRevision({
        credentials,
        name,
        number: Number(number),
      }),
    );
  });

  router.post('/templates/:name/pause', async (req, res) => {
    res.json(
      await templateEditor.pause(
        await readCaller(req),
        req.params.name,
        req.body as PauseTemplateRequest,
      ),
    );
  });

  router.post('/templates/:name/resume', async (req, res) => {
    res.json(
      await templateEditor.resume(await readCaller(req), req.params.name),
    );
  });

  router.post('/templates/:name/archive', async (req, res) => {
    res.json(
      await templateEditor.setArchived(
        await readCaller(req),
        req.params.name,
        true,
      ),
    );
  });

  router.post('/templates/:name/restore', async (req, res) => {
    res.json(
      await templateEditor.setArchived(
        await readCaller(req),
        req.params.name,
        false,
      ),
    );
  });
}
