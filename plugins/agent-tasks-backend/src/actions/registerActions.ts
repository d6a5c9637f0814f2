import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { CampaignService } from '../campaigns/CampaignService';
import { AuthorizedLaunchService } from '../permissions/AuthorizedLaunchService';
import { TaskService } from '../queue/TaskService';
import { StatusService } from '../remotes/StatusService';
import { registerExplainAction } from './explainAction';
import { registerLaunchAction } from './launchAction';
import { registerPlanAction } from './planAction';
import { registerStatusAction } from './statusAction';

/**
 * Offers what assistants need in Backstage's registry of actions. The actions are the services that the HTTP API calls
 * too: they act as the caller, with the caller's permissions.
 */
export function registerActions(options: {
  registry: ActionsRegistryService;
  launches: Pick<AuthorizedLaunchService, 'plan' | 'launch'>;
  campaigns: Pick<CampaignService, 'get'>;
  tasks: Pick<TaskService, 'get' | 'listEvents'>;
  status: Pick<StatusService, 'get'>;
}): void {
  registerPlanAction(options);
  registerLaunchAction(options);
  registerStatusAction(options);
  registerExplainAction(options);
}
