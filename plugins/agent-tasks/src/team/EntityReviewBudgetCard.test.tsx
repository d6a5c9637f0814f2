import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { exampleGroup } from '../../dev/exampleData';
import { exampleBusyTeam } from '../../dev/exampleTeams';
import {
  createResponseError,
  FakeAgentTasksApi,
} from '../../dev/FakeAgentTasksApi';
import { renderInPortal } from '../../dev/renderInPortal';
import { EntityReviewBudgetCard } from './EntityReviewBudgetCard';

const open = (api: FakeAgentTasksApi) =>
  renderInPortal(
    <EntityProvider entity={exampleGroup}>
      <EntityReviewBudgetCard />
    </EntityProvider>,
    { api },
  );

describe('EntityReviewBudgetCard', () => {
  it('shows the budget, who takes it up, what is borrowed, and the way to the rest', async () => {
    const api = FakeAgentTasksApi.create();
    api.teams.set(exampleBusyTeam());
    await open(api);
    expect(
      await screen.findByRole('group', { name: 'Open changes' }),
    ).toHaveTextContent('8 of 8, full6 by its tasks2 opened elsewhere');
    expect(screen.getByText(/1 borrowed from cohort commerce/)).toBeVisible();
    const slots = screen.getByRole('region', { name: 'Who holds the slots' });
    expect(within(slots).getAllByRole('listitem')).toHaveLength(3);
    expect(slots).toHaveTextContent('and 3 more');
    expect(
      within(
        screen.getByRole('region', { name: 'Opened elsewhere' }),
      ).getAllByRole('listitem'),
    ).toHaveLength(2);
    expect(screen.getByRole('link', { name: /^Team page/ })).toHaveAttribute(
      'href',
      '/agent-tasks/teams/default/team-payments',
    );
  });

  it('pauses intake', async () => {
    const api = FakeAgentTasksApi.create();
    api.teams.set(exampleBusyTeam());
    await open(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Pause intake…' }),
    );
    const dialog = screen.getByRole('dialog', { name: /Pause intake/ });
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /Reason/ }),
      'Release week',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: /^Pause intake until/ }),
    );
    await waitFor(() => expect(api.callsOf('pauseTeam')).toHaveLength(1));
    expect(await screen.findByText('Release week')).toBeInTheDocument();
  });

  it('shows what failed', async () => {
    const api = FakeAgentTasksApi.create();
    api.fail('getTeam', await createResponseError(500, 'the disk is full'));
    await open(api);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /Could not load the team.*the disk is full/,
    );
  });
});
