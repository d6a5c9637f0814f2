import {
  agentTasksCodeHostsExtensionPoint,
  agentTasksProvidersExtensionPoint,
} from '@agent-tasks/plugin-agent-tasks-node';
import {
  BackendFeature,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { EmptyCodeHost } from './EmptyCodeHost';
import { InstantProvider } from './InstantProvider';
import { InstantSetup } from './InstantSetup';

/** Brings an agent and a code host that answer at once, through the same extension points as GitHub. */
export function createInstantModule(setup: InstantSetup): BackendFeature {
  return createBackendModule({
    pluginId: 'agent-tasks',
    moduleId: 'instant',
    register(registration) {
      registration.registerInit({
        deps: {
          providers: agentTasksProvidersExtensionPoint,
          codeHosts: agentTasksCodeHostsExtensionPoint,
        },
        async init({ providers, codeHosts }) {
          providers.addProvider(InstantProvider.create(setup));
          codeHosts.addCodeHost(new EmptyCodeHost());
        },
      });
    },
  });
}
