/**
 * GitHub for Agent Tasks: Copilot's cloud agent as a provider, and GitHub as the code host.
 *
 * @packageDocumentation
 */
export { agentTasksModuleGithub as default } from './module';
