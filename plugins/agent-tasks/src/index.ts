/**
 * The pages and cards of Agent Tasks, for apps on the classic frontend system. Apps on the new one install
 * `@agent-tasks/plugin-agent-tasks/alpha`.
 *
 * @packageDocumentation
 */
export { agentTasksApiRef } from './api';
export {
  AgentTasksPage,
  agentTasksPlugin,
  EntityAgentTasksCard,
  EntityAgentTasksContent,
  EntityLaunchCard,
  EntityReviewBudgetCard,
} from './plugin';
