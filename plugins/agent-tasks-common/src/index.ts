/**
 * API types, permissions and the HTTP client of Agent Tasks.
 *
 * @packageDocumentation
 */
export * from './api/AgentTasksClient';
export * from './api/types';
export * from './permissions';
export * from './prompt';
export * from './schedules';
export * from './templates';
