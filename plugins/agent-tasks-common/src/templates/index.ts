export * from './AgentTaskTemplateEntityV1alpha1';
export * from './agentTaskTemplateSchema';
export { findTemplateProblems, parseTemplate } from './parseTemplate';
export type { TemplateProblem } from './TemplateProblem';
