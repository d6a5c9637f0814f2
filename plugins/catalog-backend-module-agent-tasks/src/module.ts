import { createBackendModule } from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { AgentTaskTemplateProcessor } from './AgentTaskTemplateProcessor';

/**
 * Adds the kind AgentTaskTemplate to the catalog.
 *
 * @public
 */
export const catalogModuleAgentTasks = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'agent-tasks',
  register(reg) {
    reg.registerInit({
      deps: { processing: catalogProcessingExtensionPoint },
      async init({ processing }) {
        processing.addProcessor(AgentTaskTemplateProcessor.create());
      },
    });
  },
});
