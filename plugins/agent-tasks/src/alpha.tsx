/**
 * The pages and cards of Agent Tasks, for apps on the new frontend system.
 *
 * @packageDocumentation
 */
import { AgentTasksClient } from '@agent-tasks/plugin-agent-tasks-common';
import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
  PluginHeaderActionBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import PlaylistPlayIcon from '@material-ui/icons/PlaylistPlay';
import { agentTasksApiRef } from './api';
import { PageContent } from './PageContent';
import {
  catalogIndexRouteRef,
  entityContentRouteRef,
  rootRouteRef,
} from './routes';
import { subPages } from './subPages';
import { agentTasksMessages, agentTasksTranslationRef } from './translation';

export { agentTasksApiRef, agentTasksTranslationRef };

const api = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: agentTasksApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: ({ discoveryApi, fetchApi }) =>
        AgentTasksClient.create({ discoveryApi, fetchApi }),
    }),
});

// This system takes titles of pages and tabs as plain text: an app that translates them does so in its configuration.
const page = PageBlueprint.make({
  params: {
    path: '/agent-tasks',
    routeRef: rootRouteRef,
    title: agentTasksMessages.title,
    icon: <PlaylistPlayIcon fontSize="inherit" />,
  },
});

const subPageExtensions = subPages.map(({ path, title, loader }) =>
  SubPageBlueprint.make({
    name: path,
    params: {
      path,
      title: agentTasksMessages.subPage[title],
      loader: async () => <PageContent>{await loader()}</PageContent>,
    },
  }),
);

const brakeChip = PluginHeaderActionBlueprint.make({
  name: 'brakes',
  params: defineParams =>
    defineParams({
      loader: async () => {
        const { BrakeChip } = await import('./queue/BrakeChip');
        return <BrakeChip />;
      },
    }),
});

const teamChips = PluginHeaderActionBlueprint.make({
  name: 'teams',
  params: defineParams =>
    defineParams({
      loader: async () => {
        const { TeamChips } = await import('./team/TeamChips');
        return <TeamChips />;
      },
    }),
});

const launchLink = PluginHeaderActionBlueprint.make({
  name: 'launch',
  params: defineParams =>
    defineParams({
      loader: async () => {
        const { LaunchLink } = await import('./launch/LaunchLink');
        return <LaunchLink />;
      },
    }),
});

const entityContent = EntityContentBlueprint.make({
  params: {
    path: '/agent-tasks',
    title: agentTasksMessages.component.tab,
    routeRef: entityContentRouteRef,
    filter: { kind: 'component' },
    loader: async () => {
      const { EntityAgentTasksContent } =
        await import('./component/EntityAgentTasksContent');
      return <EntityAgentTasksContent />;
    },
  },
});

const entityCard = EntityCardBlueprint.make({
  params: {
    type: 'info',
    filter: { kind: 'component' },
    loader: async () => {
      const { EntityAgentTasksCard } =
        await import('./component/EntityAgentTasksCard');
      return <EntityAgentTasksCard />;
    },
  },
});

const launchCard = EntityCardBlueprint.make({
  name: 'launch',
  params: {
    type: 'info',
    filter: { kind: { $in: ['system', 'domain', 'group'] } },
    loader: async () => {
      const { EntityLaunchCard } = await import('./launch/EntityLaunchCard');
      return <EntityLaunchCard />;
    },
  },
});

const reviewBudgetCard = EntityCardBlueprint.make({
  name: 'review-budget',
  params: {
    type: 'info',
    filter: { kind: 'group' },
    loader: async () => {
      const { EntityReviewBudgetCard } =
        await import('./team/EntityReviewBudgetCard');
      return <EntityReviewBudgetCard />;
    },
  },
});

/**
 * Agent Tasks for apps on the new frontend system.
 *
 * @alpha
 */
export default createFrontendPlugin({
  pluginId: 'agent-tasks',
  title: agentTasksMessages.title,
  icon: <PlaylistPlayIcon fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef, entityContent: entityContentRouteRef },
  externalRoutes: { catalogIndex: catalogIndexRouteRef },
  extensions: [
    api,
    page,
    ...subPageExtensions,
    brakeChip,
    teamChips,
    launchLink,
    entityContent,
    entityCard,
    reviewBudgetCard,
    launchCard,
  ],
});
