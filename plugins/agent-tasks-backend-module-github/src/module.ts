import {
  agentTasksCodeHostsExtensionPoint,
  agentTasksEventsExtensionPoint,
  agentTasksHintsExtensionPoint,
  agentTasksProvidersExtensionPoint,
} from '@agent-tasks/plugin-agent-tasks-node';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { createPooledFetch } from './client/pooledFetch';
import { readGithubConfig } from './config/readGithubConfig';
import { createGithub } from './createGithub';
import { publishEvents } from './events/publishEvents';
import { subscribeToWebhooks } from './hints/subscribeToWebhooks';

/**
 * GitHub for Agent Tasks: Copilot's cloud agent as a provider, GitHub as the code host, and its webhooks as hints and as
 * what tasks are launched on.
 *
 * @public
 */
export const agentTasksModuleGithub = createBackendModule({
  pluginId: 'agent-tasks',
  moduleId: 'github',
  register(registration) {
    registration.registerInit({
      deps: {
        config: coreServices.rootConfig,
        events: eventsServiceRef,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        providers: agentTasksProvidersExtensionPoint,
        codeHosts: agentTasksCodeHostsExtensionPoint,
        hints: agentTasksHintsExtensionPoint,
        launches: agentTasksEventsExtensionPoint,
      },
      async init(deps) {
        const config = readGithubConfig({ config: deps.config });
        const connections = createPooledFetch();
        deps.lifecycle.addShutdownHook(() => connections.close());
        const { provider, codeHost } = createGithub({
          config,
          fetch: connections.fetch,
          logger: deps.logger,
        });
        deps.providers.addProvider(provider);
        deps.codeHosts.addCodeHost(codeHost);
        await subscribeToWebhooks({ ...deps, host: config.host });
        await publishEvents({ ...deps, host: config.host });
      },
    });
  },
});
