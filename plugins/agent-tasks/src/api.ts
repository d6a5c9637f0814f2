import type { AgentTasksApi } from '@agent-tasks/plugin-agent-tasks-common';
import { createApiRef } from '@backstage/core-plugin-api';

/**
 * The API of Agent Tasks, as the pages and cards call it.
 *
 * @public
 */
export const agentTasksApiRef = createApiRef<AgentTasksApi>({
  id: 'plugin.agent-tasks.client',
});
