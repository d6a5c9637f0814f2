/**
 * The backend of Agent Tasks: launch, queue, runs, changes, audit.
 *
 * @packageDocumentation
 */
export { agentTasksPlugin as default } from './plugin';
export {
  agentTaskConditions,
  createAgentTaskConditionalDecision,
} from './permissions/taskPermissions';
