import { AGENT_TASKS_SIGNAL_CHANNEL } from '@agent-tasks/plugin-agent-tasks-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { Content, Header, Page } from '@backstage/core-components';
import {
  createApiFactory,
  createPlugin,
  createRoutableExtension,
} from '@backstage/core-plugin-api';
import { createDevApp } from '@backstage/dev-utils';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import Grid from '@material-ui/core/Grid';
import { useParams } from 'react-router-dom';
import { agentTasksApiRef } from '../src/api';
import {
  AgentTasksPage,
  agentTasksPlugin,
  EntityAgentTasksCard,
  EntityAgentTasksContent,
  EntityLaunchCard,
  EntityReviewBudgetCard,
} from '../src';
import { exampleComponent, exampleEntities, exampleGroup } from './exampleData';
import { addExampleCampaigns } from './addExampleCampaigns';
import { exampleCatalog } from './exampleCatalog';
import { addExampleTasks } from './exampleTasks';
import { addExampleTeams } from './addExampleTeams';
import { addExampleTemplates } from './exampleTemplateTexts';
import { exampleTriggers } from './exampleTriggers';
import { FakeAgentTasksApi } from './FakeAgentTasksApi';
import { FakeSignalApi } from './FakeSignalApi';
import { playAgents } from './playAgents';

const signals = FakeSignalApi.create();
const api = FakeAgentTasksApi.create();
addExampleTasks(api);
addExampleTeams(api);
exampleTriggers().forEach(({ trigger, runs }) =>
  api.triggers.put(trigger, runs),
);
addExampleTemplates(api);

// As many components as a launch should stay quick with.
const catalog = exampleCatalog({ components: 1_000 });
addExampleCampaigns(
  api,
  catalog.filter(({ kind }) => kind === 'Component').map(stringifyEntityRef),
);
api.onChanged = taskIds =>
  signals.publish(AGENT_TASKS_SIGNAL_CHANNEL, { taskIds });
api.mayPull = { everything: true, teams: [] };
playAgents(api);

// `?silent` shows what the pages say when GitHub does not answer.
const search = new URLSearchParams(window.location.search);
if (search.has('silent')) {
  api.status.remotes[0] = {
    ...api.status.remotes[0],
    state: 'unavailable',
    since: new Date(Date.now() - 600_000).toISOString(),
    message: 'It answers 503 to every request.',
  };
}

// The test app has no backend, so that nobody can sign in there: the guest is one of the browser's own.
window.localStorage.setItem('enableLegacyGuestToken', 'true');
window.localStorage.setItem('@backstage/core:SignInPage:provider', 'guest');

/** Stands for the catalog, so that links to components, teams and people lead somewhere. */
const catalogStandIn = createPlugin({
  id: 'catalog',
  routes: { catalogEntity: entityRouteRef },
});

const EntityStandIn = catalogStandIn.provide(
  createRoutableExtension({
    name: 'EntityStandIn',
    component: async () => () => {
      const { kind, name } = useParams();
      return (
        <Page themeId="home">
          <Header title={name} type={kind} />
        </Page>
      );
    },
    mountPoint: entityRouteRef,
  }),
);

createDevApp()
  .registerPlugin(agentTasksPlugin)
  .registerApi(createApiFactory(agentTasksApiRef, api))
  .registerApi(createApiFactory(signalApiRef, signals))
  .registerApi(
    createApiFactory(
      catalogApiRef,
      catalogApiMock({ entities: [...exampleEntities, ...catalog] }),
    ),
  )
  .addPage({
    path: '/agent-tasks',
    title: 'Agent Tasks',
    element: <AgentTasksPage />,
  })
  .addPage({
    path: '/catalog/:namespace/:kind/:name',
    element: <EntityStandIn />,
  })
  .addPage({
    path: '/component',
    title: 'Tab',
    element: (
      <Page themeId="service">
        <Header title="Payments API" />
        <Content>
          <EntityProvider entity={exampleComponent}>
            <EntityAgentTasksContent />
          </EntityProvider>
        </Content>
      </Page>
    ),
  })
  .addPage({
    path: '/overview',
    title: 'Card',
    element: (
      <Page themeId="service">
        <Header title="Payments API" />
        <Content>
          <EntityProvider entity={exampleComponent}>
            <Grid container>
              <Grid item xs={12} md={6}>
                <EntityAgentTasksCard />
              </Grid>
            </Grid>
          </EntityProvider>
        </Content>
      </Page>
    ),
  })
  .addPage({
    path: '/group',
    title: 'Group',
    element: (
      <Page themeId="service">
        <Header title="Payments" />
        <Content>
          <EntityProvider entity={exampleGroup}>
            <Grid container>
              <Grid item xs={12} md={6}>
                <EntityReviewBudgetCard />
              </Grid>
              <Grid item xs={12} md={6}>
                <EntityLaunchCard />
              </Grid>
            </Grid>
          </EntityProvider>
        </Content>
      </Page>
    ),
  })
  .render();
