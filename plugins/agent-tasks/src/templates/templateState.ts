import type { Template } from '@agent-tasks/plugin-agent-tasks-common';

/** Whether a template can be launched, and whether its tasks start. */
export type TemplateState = 'active' | 'paused' | 'archived';

export function stateOfTemplate(template: Template): TemplateState {
  if (template.archivedAt) {
    return 'archived';
  }
  return template.paused ? 'paused' : 'active';
}
