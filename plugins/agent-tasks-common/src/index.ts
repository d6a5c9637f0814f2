/**
 * API types, permissions and the HTTP client of Agent Tasks.
 *
 * @packageDocumentation
 */
export * from './api/AgentTasksClient';
export * from './api/types';
export * from './permissions';
export {
  bearsMarker,
  findPromptProblems,
  markPrompt,
  promptVariables,
  renderPrompt,
} from './prompt';
export type { PromptVariables } from './prompt';
export * from './schedules';
export * from './templates';
