import {
  createExtensionTester,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { cleanup, screen } from '@testing-library/react';
import { exampleCampaign } from '../dev/exampleCampaign';
import { exampleComponent, exampleGroup } from '../dev/exampleData';
import { exampleBrake } from '../dev/exampleQueue';
import { createPortalApis } from '../dev/renderInPortal';
import { FakeAgentTasksApi } from '../dev/FakeAgentTasksApi';
import { prepareEditor } from '../dev/templateEditor';
import agentTasksPlugin from './alpha';

function createApi() {
  const api = FakeAgentTasksApi.create();
  api.addTask({ id: 'task_1', state: 'running' });
  return api;
}

const open = (path: string, api = createApi()) =>
  renderTestApp({
    features: [agentTasksPlugin],
    apis: [...createPortalApis({ api })],
    initialRouteEntries: [path],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
  });

beforeAll(prepareEditor);

describe('the plugin on the new frontend system', () => {
  it('stands in the navigation and leads from its root to the list of tasks', async () => {
    open('/agent-tasks');
    expect(
      await screen.findByRole('link', { name: /Bump a dependency on/ }),
    ).toHaveAttribute('href', '/agent-tasks/tasks/task_1');
    expect(screen.getAllByText('Agent Tasks').length).toBeGreaterThan(1);
  });

  it('has a page for each task', async () => {
    open('/agent-tasks/tasks/task_1');
    expect(
      await screen.findByRole('region', { name: 'What happened' }),
    ).toBeInTheDocument();
  });

  it('has a page for the queue, and says in its header that a brake is on', async () => {
    const api = createApi();
    api.brakes = [exampleBrake()];
    open('/agent-tasks/queue', api);
    expect(
      await screen.findByRole('region', { name: 'Running' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('link', { name: /^Brake on team/ }),
    ).toHaveAttribute('href', '/agent-tasks/queue');
  });

  it('has a list of teams, and a page for each', async () => {
    open('/agent-tasks/teams/default/team-payments');
    expect(
      await screen.findByRole('region', { name: 'Review budget' }),
    ).toBeInTheDocument();
  });

  it('has a list of templates, and a page and an editor for each', async () => {
    open('/agent-tasks/templates');
    expect(
      await screen.findByRole('link', { name: 'Bump a dependency' }),
    ).toHaveAttribute('href', '/agent-tasks/templates/bump-dependency');
    cleanup();
    open('/agent-tasks/templates/bump-dependency');
    expect(
      await screen.findByRole('table', { name: /^Revisions/ }),
    ).toBeInTheDocument();
    cleanup();
    open('/agent-tasks/templates/bump-dependency/text');
    expect(
      await screen.findByRole('textbox', { name: /^Text of the template/ }),
    ).toBeInTheDocument();
    cleanup();
    open('/agent-tasks/templates/-/new');
    expect(
      await screen.findByRole('button', { name: 'Create the template' }),
    ).toBeInTheDocument();
  });

  it('launches from its header, by a page that a link can fill in', async () => {
    open('/agent-tasks/launch?template=fix-lint');
    expect(
      await screen.findByRole('textbox', { name: /Rule/ }),
    ).toBeInTheDocument();
    expect(
      screen
        .getAllByRole('button', { name: 'Launch' })
        .map(button => button.getAttribute('href')),
    ).toContain('/agent-tasks/launch');
  });

  it('has a list of campaigns, and a page for each', async () => {
    const api = createApi();
    api.campaigns.put(exampleCampaign());
    open('/agent-tasks/campaigns/camp_example', api);
    expect(
      await screen.findByRole('list', { name: 'Waves' }),
    ).toBeInTheDocument();
  });

  it('launches from the pages of systems, domains and groups', async () => {
    const tester = createExtensionTester(
      agentTasksPlugin.getExtension('entity-card:agent-tasks/launch'),
    );
    const isShown = tester.get(EntityCardBlueprint.dataRefs.filterFunction);
    const of = (kind: string) => isShown?.({ ...exampleComponent, kind });
    expect(['System', 'Domain', 'Group'].map(of)).toEqual([true, true, true]);
    expect(['Component', 'User'].map(of)).toEqual([false, false]);
  });

  it('has a card on the pages of groups alone', async () => {
    const tester = createExtensionTester(
      agentTasksPlugin.getExtension('entity-card:agent-tasks/review-budget'),
    );
    const isShown = tester.get(EntityCardBlueprint.dataRefs.filterFunction);
    expect(isShown?.(exampleGroup)).toBe(true);
    expect(isShown?.(exampleComponent)).toBe(false);
  });

  it('has a tab on the pages of components', async () => {
    const tab = agentTasksPlugin.getExtension('entity-content:agent-tasks');
    const tester = createExtensionTester(tab);
    expect(tester.get(EntityContentBlueprint.dataRefs.title)).toBe(
      'Agent tasks',
    );
    const isShown = tester.get(EntityContentBlueprint.dataRefs.filterFunction);
    expect(isShown?.(exampleComponent)).toBe(true);
    expect(isShown?.({ ...exampleComponent, kind: 'Group' })).toBe(false);
  });
});
