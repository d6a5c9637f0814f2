import { AgentTasksClient } from '@agent-tasks/plugin-agent-tasks-common';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { createLaunchAction } from './actions/launch';
import { createWaitAction } from './actions/wait';
import { CampaignAccess } from './campaigns/CampaignAccess';
import { CampaignWatch } from './campaigns/CampaignWatch';

/**
 * Adds the actions `agent-tasks:launch` and `agent-tasks:wait` to the scaffolder.
 *
 * @public
 */
export const scaffolderModuleAgentTasks = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'agent-tasks',
  register(reg) {
    reg.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
      },
      async init({ actions, auth, config, discovery }) {
        const access = CampaignAccess.create({
          api: AgentTasksClient.create({ discoveryApi: discovery }),
          auth,
          appBaseUrl: config.getString('app.baseUrl'),
        });
        actions.addActions(
          createLaunchAction({ access }),
          createWaitAction({ watch: CampaignWatch.create({ access }) }),
        );
      },
    });
  },
});
