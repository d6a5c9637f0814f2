import {
  createExternalRouteRef,
  createRouteRef,
  createSubRouteRef,
} from '@backstage/core-plugin-api';

export const rootRouteRef = createRouteRef({ id: 'agent-tasks' });

export const tasksRouteRef = createSubRouteRef({
  id: 'agent-tasks/tasks',
  parent: rootRouteRef,
  path: '/tasks',
});

export const taskRouteRef = createSubRouteRef({
  id: 'agent-tasks/task',
  parent: rootRouteRef,
  path: '/tasks/:taskId',
});

export const queueRouteRef = createSubRouteRef({
  id: 'agent-tasks/queue',
  parent: rootRouteRef,
  path: '/queue',
});

export const teamsRouteRef = createSubRouteRef({
  id: 'agent-tasks/teams',
  parent: rootRouteRef,
  path: '/teams',
});

export const teamRouteRef = createSubRouteRef({
  id: 'agent-tasks/team',
  parent: rootRouteRef,
  path: '/teams/:namespace/:name',
});

export const launchRouteRef = createSubRouteRef({
  id: 'agent-tasks/launch',
  parent: rootRouteRef,
  path: '/launch',
});

export const campaignsRouteRef = createSubRouteRef({
  id: 'agent-tasks/campaigns',
  parent: rootRouteRef,
  path: '/campaigns',
});

export const campaignRouteRef = createSubRouteRef({
  id: 'agent-tasks/campaign',
  parent: rootRouteRef,
  path: '/campaigns/:campaignId',
});

export const templatesRouteRef = createSubRouteRef({
  id: 'agent-tasks/templates',
  parent: rootRouteRef,
  path: '/templates',
});

// No name of an entity is a dash, so that no template can stand in the way of the page for a new one.
export const newTemplateRouteRef = createSubRouteRef({
  id: 'agent-tasks/new-template',
  parent: rootRouteRef,
  path: '/templates/-/new',
});

export const templateRouteRef = createSubRouteRef({
  id: 'agent-tasks/template',
  parent: rootRouteRef,
  path: '/templates/:templateName',
});

export const templateEditorRouteRef = createSubRouteRef({
  id: 'agent-tasks/template-editor',
  parent: rootRouteRef,
  path: '/templates/:templateName/text',
});

export const triggersRouteRef = createSubRouteRef({
  id: 'agent-tasks/triggers',
  parent: rootRouteRef,
  path: '/triggers',
});

export const triggerRouteRef = createSubRouteRef({
  id: 'agent-tasks/trigger',
  parent: rootRouteRef,
  path: '/triggers/:triggerId',
});

// No id of a trigger is a dash.
export const newTriggerRouteRef = createSubRouteRef({
  id: 'agent-tasks/trigger-new',
  parent: rootRouteRef,
  path: '/triggers/-/new',
});

export const triggerEditorRouteRef = createSubRouteRef({
  id: 'agent-tasks/trigger-editor',
  parent: rootRouteRef,
  path: '/triggers/:triggerId/edit',
});

export const entityContentRouteRef = createRouteRef({
  id: 'agent-tasks/entity-content',
});

export const catalogIndexRouteRef = createExternalRouteRef({
  id: 'catalog-index',
  optional: true,
  defaultTarget: 'catalog.catalogIndex',
});
