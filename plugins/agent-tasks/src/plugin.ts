import { AgentTasksClient } from '@agent-tasks/plugin-agent-tasks-common';
import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { agentTasksApiRef } from './api';
import {
  catalogIndexRouteRef,
  entityContentRouteRef,
  rootRouteRef,
} from './routes';

/**
 * Agent Tasks for apps on the classic frontend system.
 *
 * @public
 */
export const agentTasksPlugin = createPlugin({
  id: 'agent-tasks',
  routes: { root: rootRouteRef, entityContent: entityContentRouteRef },
  externalRoutes: { catalogIndex: catalogIndexRouteRef },
  apis: [
    createApiFactory({
      api: agentTasksApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: ({ discoveryApi, fetchApi }) =>
        AgentTasksClient.create({ discoveryApi, fetchApi }),
    }),
  ],
});

/**
 * The pages of Agent Tasks; mount them at `/agent-tasks`.
 *
 * @public
 */
export const AgentTasksPage = agentTasksPlugin.provide(
  createRoutableExtension({
    name: 'AgentTasksPage',
    component: () =>
      import('./AgentTasksPage').then(module => module.AgentTasksPage),
    mountPoint: rootRouteRef,
  }),
);

/**
 * The tab *Agent tasks* of a component's page.
 *
 * @public
 */
export const EntityAgentTasksContent = agentTasksPlugin.provide(
  createRoutableExtension({
    name: 'EntityAgentTasksContent',
    component: () =>
      import('./component/EntityAgentTasksContent').then(
        module => module.EntityAgentTasksContent,
      ),
    mountPoint: entityContentRouteRef,
  }),
);

/**
 * The card *Agent tasks* of a component's overview.
 *
 * @public
 */
export const EntityAgentTasksCard = agentTasksPlugin.provide(
  createComponentExtension({
    name: 'EntityAgentTasksCard',
    component: {
      lazy: () =>
        import('./component/EntityAgentTasksCard').then(
          module => module.EntityAgentTasksCard,
        ),
    },
  }),
);

/**
 * The card *Review budget* of a group's overview.
 *
 * @public
 */
export const EntityReviewBudgetCard = agentTasksPlugin.provide(
  createComponentExtension({
    name: 'EntityReviewBudgetCard',
    component: {
      lazy: () =>
        import('./team/EntityReviewBudgetCard').then(
          module => module.EntityReviewBudgetCard,
        ),
    },
  }),
);

/**
 * The card *Agent tasks* of the overview of a system, domain or group: launches on its components.
 *
 * @public
 */
export const EntityLaunchCard = agentTasksPlugin.provide(
  createComponentExtension({
    name: 'EntityLaunchCard',
    component: {
      lazy: () =>
        import('./launch/EntityLaunchCard').then(
          module => module.EntityLaunchCard,
        ),
    },
  }),
);
