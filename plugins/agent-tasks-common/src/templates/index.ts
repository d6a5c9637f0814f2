export * from './AgentTaskTemplateEntityV1alpha1';
export * from './agentTaskTemplateSchema';
