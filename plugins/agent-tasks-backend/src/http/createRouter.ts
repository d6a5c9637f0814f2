import { HttpAuthService, LoggerService } from '@backstage/backend-plugin-api';
import express, { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { AuditService } from '../audit/AuditService';
import { CampaignService } from '../campaigns/CampaignService';
import { AuthorizedLaunchService } from '../permissions/AuthorizedLaunchService';
import { BrakeService } from '../queue/BrakeService';
import { QueueService } from '../queue/QueueService';
import { TaskService } from '../queue/TaskService';
import { spec } from '../schema/openapi.generated';
import { StatusService } from '../remotes/StatusService';
import { TeamService } from '../teams/TeamService';
import { TemplateEditor } from '../templates/TemplateEditor';
import { TemplatePreviews } from '../templates/TemplatePreviews';
import { TemplateService } from '../templates/TemplateService';
import { TriggerInbox } from '../triggers/TriggerInbox';
import { TriggerService } from '../triggers/TriggerService';
import { addCampaignRoutes } from './campaignRoutes';
import { addEventRoutes } from './eventRoutes';
import { addLaunchRoutes } from './launchRoutes';
import { addQueueRoutes } from './queueRoutes';
import { addStatusRoutes } from './statusRoutes';
import { addTaskRoutes } from './taskRoutes';
import { addTeamRoutes } from './teamRoutes';
import { addTemplateRoutes } from './templateRoutes';
import { addHookRoute } from './hookRoute';
import { addTriggerRoutes } from './triggerRoutes';
import { describeBodyErrors } from './describeBodyErrors';
import { hideUnexpectedErrors } from './hideUnexpectedErrors';
import { refuseUnstorable } from './refuseUnstorable';
import { validateRequests } from './validateRequests';

/** The largest body that is read. */
const bodyLimit = '1mb';

/** The same of launches, which may name 50,000 components. */
const launchLimit = '8mb';
const launchPaths = ['/plans', '/campaigns', '/triggers'];

export interface RouterOptions {
  tasks: TaskService;
  launches: AuthorizedLaunchService;
  campaigns: CampaignService;
  templates: TemplateService;
  templateEditor: TemplateEditor;
  templatePreviews: TemplatePreviews;
  status: StatusService;
  queue: QueueService;
  brakes: BrakeService;
  teams: TeamService;
  audit: AuditService;
  triggers: TriggerService;
  inbox: TriggerInbox;
  httpAuth: HttpAuthService;
  logger: LoggerService;
}

/**
 * The HTTP API, as `schema/openapi.yaml` describes it. Requests are checked against it. Errors have Backstage's error
 * body, with a sentence for the caller; what was not written for callers is told to the log alone.
 */
export function createRouter(options: RouterOptions): Router {
  const router = PromiseRouter();
  // Before bodies are read: the signature is over its bytes.
  addHookRoute(router, options);
  router.use(launchPaths, express.json({ limit: launchLimit }));
  router.use(express.json({ limit: bodyLimit }));
  router.use(describeBodyErrors());
  router.use(refuseUnstorable);
  router.use(...validateRequests());
  router.get('/openapi.json', (req, res) => {
    res.json({ ...spec, servers: [{ url: req.baseUrl }] });
  });
  addTemplateRoutes(router, options);
  addLaunchRoutes(router, options);
  addCampaignRoutes(router, options);
  addTaskRoutes(router, options);
  addQueueRoutes(router, options);
  addTeamRoutes(router, options);
  addEventRoutes(router, options);
  addTriggerRoutes(router, options);
  addStatusRoutes(router, options);
  router.use(hideUnexpectedErrors(options));
  return router;
}
