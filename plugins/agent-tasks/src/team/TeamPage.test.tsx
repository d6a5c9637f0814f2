import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import { exampleBusyTeam, exampleTeam } from '../../dev/exampleTeams';
import {
  createResponseError,
  FakeAgentTasksApi,
} from '../../dev/FakeAgentTasksApi';
import { bySignal, renderInPortal } from '../../dev/renderInPortal';
import { TeamPage } from './TeamPage';

const payments = 'group:default/team-payments';

function createApi(overrides: Parameters<typeof exampleBusyTeam>[0] = {}) {
  const api = FakeAgentTasksApi.create();
  api.teams.set(exampleBusyTeam(overrides));
  return api;
}

const open = (api: FakeAgentTasksApi) =>
  renderInPortal(
    <Routes>
      <Route path="/:namespace/:name" element={<TeamPage />} />
    </Routes>,
    { api, path: '/default/team-payments' },
  );

const region = (name: string) => screen.findByRole('region', { name });

describe('TeamPage', () => {
  it('shows the review budget, with what was opened elsewhere told apart', async () => {
    await open(createApi());
    const budget = await region('Review budget');
    expect(
      within(budget).getByRole('group', { name: 'Open changes' }),
    ).toHaveTextContent('8 of 8, full6 by its tasks2 opened elsewhere');
    expect(
      within(budget).getByRole('group', { name: 'Review minutes' }),
    ).toHaveTextContent('170 of 240125 by its tasks45 opened elsewhere70 free');
    expect(
      within(budget).getByRole('link', { name: 'Update axios to 1.12.2' }),
    ).toHaveAttribute('href', '/agent-tasks/tasks/task_01review');
  });

  it('says how far a budget was lowered below what is taken', async () => {
    await open(createApi({ changes: { used: 8, max: 5, foreign: 2 } }));
    expect(
      within(await region('Review budget')).getByText('8 of 5, 3 over'),
    ).toBeInTheDocument();
  });

  it('shows who holds slots, what was opened elsewhere, and what is borrowed', async () => {
    await open(createApi());
    const table = await screen.findByRole('table', {
      name: 'Tasks that hold slots',
    });
    const rows = within(table).getAllByRole('row').slice(1);
    expect(rows).toHaveLength(5);
    expect(rows[0]).toHaveTextContent(/Bump a dependency.*#412.*review slot25/);
    expect(rows[1]).toHaveTextContent('run slot, review slot');
    expect(screen.getByText(/1 more task that is not shown/)).toBeVisible();

    const foreign = screen.getByRole('list', { name: 'Opened elsewhere' });
    expect(within(foreign).getAllByRole('listitem')[0]).toHaveTextContent(
      /Retry webhooks with jitter.*by copilot-swe-agent in acme\/payments-worker30 min of review/,
    );
    expect(await region('Run slots')).toHaveTextContent(
      /5 of 6.*1 borrowed from cohort commerce/,
    );
    expect(
      screen.getByRole('list', { name: 'Limits above it' }),
    ).toHaveTextContent(/Commerce.*19 of 25/);
  });

  it('says who changed what, the newest first', async () => {
    await open(createApi());
    const items = within(
      await screen.findByRole('list', { name: 'Who changed what' }),
    ).getAllByRole('listitem');
    expect(items[0]).toHaveTextContent(/^Open changes: 8 \(default 10\)lee/);
    expect(items[1]).toHaveTextContent(/^Cohort: commerceada/);
  });

  it('tells a lead before trying that limits can only be lowered, and how far', async () => {
    const api = createApi();
    await open(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Edit limits…' }),
    );
    const dialog = screen.getByRole('dialog', { name: 'Limits of Payments' });
    expect(dialog).toHaveTextContent(
      /You may lower these limits\..*limits\.manage/,
    );
    const changes = within(dialog).getByRole('textbox', {
      name: 'Open changes',
    });
    expect(changes).toHaveAccessibleDescription(/At most 8: you may lower it/);
    expect(
      within(dialog).getByRole('textbox', { name: 'Cohort' }),
    ).toBeDisabled();

    await userEvent.clear(changes);
    await userEvent.type(changes, '9');
    expect(changes).toHaveAccessibleDescription(/not go beyond 8/);
    await userEvent.click(within(dialog).getByRole('button', { name: /^Set/ }));
    expect(api.callsOf('setTeamLimits')).toHaveLength(0);

    await userEvent.clear(changes);
    await userEvent.type(changes, '5');
    expect(changes).toHaveAccessibleDescription(
      /8 are taken now: nothing is stopped/,
    );
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: 'Reason' }),
      'Holidays',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Set 1 limit' }),
    );
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect(api.callsOf('setTeamLimits')).toEqual([
      [payments, { expectedVersion: 3, openChanges: 5, reason: 'Holidays' }],
    ]);
    expect(await screen.findByText(/The limits are set/)).toBeInTheDocument();
  });

  it('lets an admin raise, choose cohorts, and go back to a default', async () => {
    const api = createApi({
      permissions: { lower: true, raise: true, pause: true },
    });
    await open(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Edit limits…' }),
    );
    const dialog = screen.getByRole('dialog', { name: 'Limits of Payments' });
    expect(dialog).not.toHaveTextContent('You may lower');
    await userEvent.clear(
      within(dialog).getByRole('textbox', { name: 'Open changes' }),
    );
    const cohort = within(dialog).getByRole('textbox', { name: 'Cohort' });
    await userEvent.clear(cohort);
    await userEvent.type(cohort, 'money');
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: 'Run slots' }),
      '9',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Set 3 limits' }),
    );
    await waitFor(() =>
      expect(api.callsOf('setTeamLimits')[0]?.[1]).toEqual({
        expectedVersion: 3,
        openChanges: null,
        cohort: 'money',
        running: 9,
      }),
    );
  });

  it('keeps what was typed when somebody else changed the limits meanwhile', async () => {
    const api = createApi();
    await open(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Edit limits…' }),
    );
    const dialog = screen.getByRole('dialog', { name: 'Limits of Payments' });
    const minutes = within(dialog).getByRole('textbox', {
      name: 'Review minutes',
    });
    await userEvent.type(minutes, '200');
    api.teams.set(exampleBusyTeam({ version: 4 }));
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Set 1 limit' }),
    );
    expect(
      await within(dialog).findByText(/Somebody changed these limits/),
    ).toBeInTheDocument();
    expect(minutes).toHaveValue('200');
    await waitFor(async () => {
      await userEvent.click(
        within(dialog).getByRole('button', { name: 'Set 1 limit' }),
      );
      expect(api.callsOf('setTeamLimits').at(-1)?.[1]).toEqual({
        expectedVersion: 4,
        reviewMinutes: 200,
      });
    });
  });

  it('pauses intake with a reason and an end, and resumes', async () => {
    const api = createApi();
    await open(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Pause intake…' }),
    );
    const dialog = screen.getByRole('dialog', {
      name: 'Pause intake of Payments?',
    });
    await userEvent.click(
      within(dialog).getByRole('button', { name: /^Pause intake/ }),
    );
    expect(api.callsOf('pauseTeam')).toHaveLength(0);
    expect(
      within(dialog).getByText('Say why, for those whose tasks wait.'),
    ).toBeInTheDocument();
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /Reason/ }),
      'Half of us are away.',
    );
    await userEvent.selectOptions(
      within(dialog).getByRole('combobox', { name: 'Until' }),
      'somebody resumes it',
    );
    await userEvent.click(
      within(dialog).getByRole('button', {
        name: 'Pause intake until resumed',
      }),
    );
    expect(await screen.findByText('Half of us are away.')).toBeInTheDocument();
    expect(api.callsOf('pauseTeam')).toEqual([
      [payments, { reason: 'Half of us are away.' }],
    ]);
    await userEvent.click(
      screen.getByRole('button', { name: 'Resume intake' }),
    );
    await waitFor(() =>
      expect(screen.queryByText('Half of us are away.')).toBeNull(),
    );
  });

  it('says who may change a team to those who may not', async () => {
    await open(
      createApi({ permissions: { lower: false, raise: false, pause: false } }),
    );
    expect(
      await screen.findByText(
        /it needs the permission agent-tasks\.limits\.lower/,
      ),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Edit limits…' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Pause intake…' })).toBeNull();
  });

  it('says so when a parent is paused, or a team is gone or not counted', async () => {
    const busy = exampleBusyTeam();
    await open(
      createApi({
        parents: [{ ...busy.parents[0], paused: true }],
        gone: true,
        known: false,
        problem: 'The catalog no longer has this team, and it holds 6 slots.',
      }),
    );
    expect(
      await screen.findByText(/takes nothing in, and so none of the teams/),
    ).toHaveTextContent(/^Commerce/);
    expect(screen.getByText('no longer in the catalog')).toBeInTheDocument();
    expect(screen.getByText(/it holds 6 slots/)).toBeInTheDocument();
    expect(screen.getByText(/so nothing starts/)).toBeInTheDocument();
  });

  it('is there for a team that has done nothing yet', async () => {
    const api = FakeAgentTasksApi.create();
    api.teams.set(exampleTeam({ team: payments }));
    await open(api);
    expect(await screen.findByText('No task holds a slot.')).toBeVisible();
    expect(screen.getByText(/No agent has opened a change/)).toBeVisible();
    expect(screen.getByText(/Nobody has changed anything/)).toBeVisible();
  });

  it('says when there is no such team', async () => {
    const api = createApi();
    api.fail('getTeam', await createResponseError(404, 'no'));
    await open(api);
    expect(
      await screen.findByRole('heading', { name: 'There is no such team' }),
    ).toBeInTheDocument();
    expect(screen.getByText(/group:default\/team-payments/)).toBeVisible();
  });

  it('says which permission is missing', async () => {
    const api = createApi();
    api.fail('getTeam', await createResponseError(403, 'no'));
    await open(api);
    expect(
      await screen.findByRole('heading', { name: 'You may not see the team' }),
    ).toBeInTheDocument();
  });

  it('follows signals, and says when what it shows may be old', async () => {
    const api = createApi();
    const portal = await open(api);
    await region('Review budget');
    api.teams.set(
      exampleBusyTeam({ changes: { used: 7, max: 8, foreign: 2 } }),
    );
    await portal.tell('task_1');
    expect(
      await screen.findByText('7 of 8', undefined, bySignal),
    ).toBeInTheDocument();
    api.fail('getTeam', new Error('no network'));
    await portal.tell('task_1');
    expect(
      await screen.findByText(/Live updates interrupted, last/),
    ).toBeInTheDocument();
  });
});
