/**
 * The catalog kind AgentTaskTemplate.
 *
 * @packageDocumentation
 */
export { catalogModuleAgentTasks as default } from './module';
