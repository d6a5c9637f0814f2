import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen, within } from '@testing-library/react';
import { exampleChange, exampleComponent } from '../../dev/exampleData';
import { FakeAgentTasksApi } from '../../dev/FakeAgentTasksApi';
import { renderInPortal } from '../../dev/renderInPortal';
import { EntityAgentTasksCard } from './EntityAgentTasksCard';

const open = (api: FakeAgentTasksApi) =>
  renderInPortal(
    <EntityProvider entity={exampleComponent}>
      <EntityAgentTasksCard />
    </EntityProvider>,
    { api },
  );

describe('EntityAgentTasksCard', () => {
  it('counts what is under way and shows the open changes', async () => {
    const api = FakeAgentTasksApi.create();
    api.addTask({ id: 'task_1', state: 'in_review', change: exampleChange() });
    api.addTask({ id: 'task_2', state: 'running' });
    api.addTask({ id: 'task_3', state: 'queued' });
    api.addTask({ id: 'task_4', state: 'queued' });
    api.addTask({ id: 'task_5', state: 'needs_input' });
    api.addTask({ id: 'task_6', state: 'merged' });
    await open(api);
    expect(
      within(
        await screen.findByRole('list', { name: 'Open changes' }),
      ).getAllByRole('listitem'),
    ).toHaveLength(1);
    expect(
      screen.getByText(
        (_, element) =>
          element?.tagName === 'P' &&
          /^1need you1in review1working2waiting$/.test(
            element.textContent ?? '',
          ),
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'All tasks of this component' }),
    ).toHaveAttribute(
      'href',
      '/agent-tasks/tasks?component=component%3Adefault%2Fpayments-api',
    );
    expect(screen.getByRole('button', { name: 'Launch' })).toBeEnabled();
  });

  it('says that nothing is under way', async () => {
    await open(FakeAgentTasksApi.create());
    expect(
      await screen.findByText('Nothing is under way.'),
    ).toBeInTheDocument();
  });
});
