import { FlatRoutes } from '@backstage/core-app-api';
import {
  entityRouteRef,
  EntityProvider,
} from '@backstage/plugin-catalog-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { cleanup, screen } from '@testing-library/react';
import { Route } from 'react-router-dom';
import { exampleCampaign } from '../dev/exampleCampaign';
import { exampleComponent, exampleGroup } from '../dev/exampleData';
import { exampleBrake } from '../dev/exampleQueue';
import { createPortalApis } from '../dev/renderInPortal';
import { FakeAgentTasksApi } from '../dev/FakeAgentTasksApi';
import { prepareEditor } from '../dev/templateEditor';
import {
  AgentTasksPage,
  EntityAgentTasksCard,
  EntityAgentTasksContent,
  EntityLaunchCard,
  EntityReviewBudgetCard,
} from '.';

const open = (path: string, api = FakeAgentTasksApi.create()) => {
  api.addTask({ id: 'task_1', state: 'running' });
  return renderInTestApp(
    <TestApiProvider apis={[...createPortalApis({ api })]}>
      <FlatRoutes>
        <Route path="/agent-tasks" element={<AgentTasksPage />} />
        <Route
          path="/tab"
          element={
            <EntityProvider entity={exampleComponent}>
              <EntityAgentTasksContent />
            </EntityProvider>
          }
        />
        <Route
          path="/card"
          element={
            <EntityProvider entity={exampleComponent}>
              <EntityAgentTasksCard />
            </EntityProvider>
          }
        />
        <Route
          path="/group"
          element={
            <EntityProvider entity={exampleGroup}>
              <EntityReviewBudgetCard />
            </EntityProvider>
          }
        />
        <Route
          path="/group-launch"
          element={
            <EntityProvider entity={exampleGroup}>
              <EntityLaunchCard />
            </EntityProvider>
          }
        />
      </FlatRoutes>
    </TestApiProvider>,
    {
      routeEntries: [path],
      mountedRoutes: {
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
};

beforeAll(prepareEditor);

describe('the plugin on the classic frontend system', () => {
  it('leads from its root to the list of tasks', async () => {
    await open('/agent-tasks');
    expect(
      await screen.findByRole('heading', { name: 'Agent Tasks' }),
    ).toBeInTheDocument();
    expect(await screen.findByRole('tab', { name: 'Tasks' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    expect(
      await screen.findByRole('link', { name: /Bump a dependency on/ }),
    ).toHaveAttribute('href', '/agent-tasks/tasks/task_1');
  });

  it('has a page for each task', async () => {
    await open('/agent-tasks/tasks/task_1');
    expect(
      await screen.findByRole('region', { name: 'What happened' }),
    ).toBeInTheDocument();
  });

  it('has a page for the queue, and says in its header that a brake is on', async () => {
    const api = FakeAgentTasksApi.create();
    api.brakes = [exampleBrake()];
    await open('/agent-tasks/queue', api);
    expect(
      await screen.findByRole('region', { name: 'Running' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('link', { name: /^Brake on team/ }),
    ).toHaveAttribute('href', '/agent-tasks/queue');
  });

  it('has a list of teams, and a page for each', async () => {
    await open('/agent-tasks/teams');
    expect(
      await screen.findByRole('heading', { name: 'Teams' }),
    ).toBeInTheDocument();
    await open('/agent-tasks/teams/default/team-payments');
    expect(
      await screen.findByRole('region', { name: 'Review budget' }),
    ).toBeInTheDocument();
  });

  it('has a list of templates, and a page and an editor for each', async () => {
    await open('/agent-tasks/templates');
    expect(
      await screen.findByRole('link', { name: 'Bump a dependency' }),
    ).toHaveAttribute('href', '/agent-tasks/templates/bump-dependency');
    cleanup();
    await open('/agent-tasks/templates/bump-dependency');
    expect(
      await screen.findByRole('table', { name: /^Revisions/ }),
    ).toBeInTheDocument();
    cleanup();
    await open('/agent-tasks/templates/bump-dependency/text');
    expect(
      await screen.findByRole('textbox', { name: /^Text of the template/ }),
    ).toBeInTheDocument();
    cleanup();
    await open('/agent-tasks/templates/-/new');
    expect(
      await screen.findByRole('button', { name: 'Create the template' }),
    ).toBeInTheDocument();
  });

  it('launches from its header, and has a list of campaigns', async () => {
    const api = FakeAgentTasksApi.create();
    api.campaigns.put(exampleCampaign());
    await open('/agent-tasks/campaigns', api);
    expect(
      await screen.findByRole('table', { name: 'Campaigns' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Launch' })).toHaveAttribute(
      'href',
      '/agent-tasks/launch',
    );
  });

  it('has a card that launches for groups', async () => {
    await open('/group-launch');
    expect(
      await screen.findByText(/components that this group .* own/),
    ).toBeInTheDocument();
  });

  it('has a card for groups', async () => {
    await open('/group');
    expect(
      await screen.findByRole('link', { name: /^Team page/ }),
    ).toHaveAttribute('href', '/agent-tasks/teams/default/team-payments');
  });

  it('has a tab for components', async () => {
    await open('/tab');
    expect(
      await screen.findByRole('button', { name: 'Launch' }),
    ).toBeInTheDocument();
  });

  it('has a card for components', async () => {
    await open('/card');
    expect(
      await screen.findByRole('link', { name: 'All tasks of this component' }),
    ).toBeInTheDocument();
  });
});
