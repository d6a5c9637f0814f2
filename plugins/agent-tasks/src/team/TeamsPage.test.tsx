import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { exampleBusyTeam, exampleTeam } from '../../dev/exampleTeams';
import {
  createResponseError,
  FakeAgentTasksApi,
} from '../../dev/FakeAgentTasksApi';
import { renderInPortal } from '../../dev/renderInPortal';
import { TeamsPage } from './TeamsPage';

const rows = async () =>
  within(await screen.findByRole('table', { name: /Teams and their review/ }))
    .getAllByRole('row')
    .slice(1);

describe('TeamsPage', () => {
  it('shows each team with its budget, and the way to its page', async () => {
    const api = FakeAgentTasksApi.create();
    api.teams.set(exampleBusyTeam());
    api.teams.set(
      exampleTeam({ team: 'group:default/commerce', isParent: true }),
    );
    await renderInPortal(<TeamsPage />, { api });
    const [first, second] = await rows();
    expect(first).toHaveTextContent(/Payments.*limits of its own/);
    expect(first).toHaveTextContent('8 of 8, full');
    expect(first).toHaveTextContent('2 opened elsewhere');
    expect(first).toHaveTextContent('170 of 240');
    expect(
      within(first).getByRole('link', { name: 'Payments' }),
    ).toHaveAttribute('href', '/agent-tasks/teams/default/team-payments');
    expect(second).toHaveTextContent(/commerce.*for all teams below it/);
  });

  it('stays small with 500 teams', async () => {
    const api = FakeAgentTasksApi.create();
    for (let index = 0; index < 500; index++) {
      api.teams.set(
        exampleTeam({
          team: `group:default/squad-${index}`,
          title: `Squad ${index}`,
        }),
      );
    }
    await renderInPortal(<TeamsPage />, { api });
    expect(await rows()).toHaveLength(25);
    await userEvent.type(screen.getByLabelText('Find a team'), 'Squad 499');
    await waitFor(async () => expect(await rows()).toHaveLength(1));
  });

  it('says that there is nothing yet', async () => {
    await renderInPortal(<TeamsPage />, { api: FakeAgentTasksApi.create() });
    expect(
      await screen.findByRole('heading', { name: /No team has tasks/ }),
    ).toBeInTheDocument();
  });

  it('shows what failed', async () => {
    const api = FakeAgentTasksApi.create();
    api.fail('listTeams', await createResponseError(500, 'the disk is full'));
    await renderInPortal(<TeamsPage />, { api });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /Could not load the teams.*the disk is full/,
    );
  });
});
