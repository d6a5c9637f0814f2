/**
 * Scaffolder actions that launch agent tasks and wait for them.
 *
 * @packageDocumentation
 */
export { scaffolderModuleAgentTasks as default } from './module';
