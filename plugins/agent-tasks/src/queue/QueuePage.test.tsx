import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  exampleBrake,
  exampleQueue,
  exampleQueueTeam,
} from '../../dev/exampleQueue';
import {
  createResponseError,
  FakeAgentTasksApi,
} from '../../dev/FakeAgentTasksApi';
import { bySignal, renderInPortal } from '../../dev/renderInPortal';
import { QueuePage } from './QueuePage';

const payments = 'group:default/team-payments';
const checkout = 'group:default/team-checkout';

function createApi() {
  const api = FakeAgentTasksApi.create();
  api.queue = exampleQueue({
    teams: [
      exampleQueueTeam({
        team: payments,
        queued: 12,
        oldestQueuedAt: new Date(Date.now() - 2 * 3_600_000).toISOString(),
        running: { used: 2, max: 4 },
        changes: { used: 10, max: 10 },
        holds: { 'team-changes': 8, 'repository-running': 4 },
      }),
      exampleQueueTeam({ team: checkout, queued: 1, holds: { next: 1 } }),
    ],
    holds: [
      { limit: 'team-changes', subject: payments, tasks: 8 },
      {
        limit: 'repository-running',
        subject: 'github.example.com/acme/payments-api',
        tasks: 4,
      },
    ],
  });
  return api;
}

const rowsOfTeams = async () => {
  const table = await screen.findByRole('table', { name: 'Queue by team' });
  return within(table).getAllByRole('row').slice(1);
};

describe('QueuePage', () => {
  it('says what runs, what waits, and whether agents answer', async () => {
    await renderInPortal(<QueuePage />, { api: createApi() });
    const region = async (name: string) =>
      screen.findByRole('region', { name });
    expect(await region('Running')).toHaveTextContent('3 of 5');
    expect(await region('Queued')).toHaveTextContent(/13.*of 2 teams.*oldest/);
    await waitFor(async () =>
      expect(await region('Agents and code hosts')).toHaveTextContent(
        'GitHub Copilot answers',
      ),
    );
  });

  it('shows each team with what holds its tasks and how much of its limits is taken', async () => {
    await renderInPortal(<QueuePage />, { api: createApi() });
    const [row] = await rowsOfTeams();
    expect(
      within(row).getByRole('link', { name: /^team-payments/ }),
    ).toHaveAttribute('href', '/catalog/default/group/team-payments');
    expect(within(row).getByText('2 of 4')).toBeInTheDocument();
    expect(within(row).getByText('10 of 10, full')).toBeInTheDocument();
    expect(within(row).getByText('2 hr. ago')).toBeInTheDocument();

    const bar = await within(row).findByRole('link', {
      name: 'Payments: 12 queued tasks. 4 Run slots of the repository, 8 Review budget of the team. Show them.',
    });
    const address = new URL(bar.getAttribute('href')!, 'http://portal');
    expect(address.pathname).toBe('/agent-tasks/tasks');
    expect([...address.searchParams]).toEqual([
      ['team', payments],
      ['state', 'queued'],
    ]);
    const legend = screen.getByRole('list', { name: 'What holds the tasks' });
    expect(
      within(legend)
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual([
      'Next in line1',
      'Run slots of the repository4',
      'Review budget of the team8',
    ]);
  });

  it('says in words what holds the queue', async () => {
    const api = createApi();
    api.queue!.holds.push(
      { limit: 'portal-running', tasks: 1 },
      { limit: 'provider-unavailable', subject: 'github-copilot', tasks: 2 },
      { limit: 'brake', subject: checkout, tasks: 3 },
    );
    api.brakes = [exampleBrake({ subject: checkout })];
    await renderInPortal(<QueuePage />, { api });
    const list = await screen.findByRole('list', {
      name: 'What holds the queue',
    });
    await within(list).findByText(/Brake on team Checkout/);
    await within(list).findByText(/GitHub Copilot/);
    expect(
      within(list)
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual([
      'Team team-payments: review budget full, 10 of 10 changes open or under way8 tasks wait',
      'Repository acme/payments-api: run slots taken4 tasks wait',
      'The whole portal: 5 run slots, all taken1 task waits',
      'The agent GitHub Copilot does not answer2 tasks wait',
      'Brake on team Checkout3 tasks wait',
    ]);
  });

  it('stays small with 500 teams, in pages and with a search by the name of a team', async () => {
    const api = FakeAgentTasksApi.create();
    api.queue = exampleQueue({
      teams: [
        ...Array.from({ length: 499 }, (_, index) =>
          exampleQueueTeam({
            team: `group:default/squad-${index}`,
            queued: 1000 - index,
            holds: { 'portal-running': 1000 - index },
          }),
        ),
        exampleQueueTeam({
          team: 'group:default/team-ledger',
          queued: 1,
          holds: { next: 1 },
        }),
      ],
      holds: Array.from({ length: 500 }, (_, index) => ({
        limit: 'team-running',
        subject: `group:default/squad-${index}`,
        tasks: 1000 - index,
      })),
    });
    await renderInPortal(<QueuePage />, { api });
    expect(await rowsOfTeams()).toHaveLength(25);
    expect(
      screen.getAllByRole('row').length +
        screen.getAllByRole('listitem').length,
    ).toBeLessThan(100);
    const pages = screen.getByRole('navigation', { name: 'Pages of teams' });
    expect(pages).toHaveTextContent('1–25 of 500');

    await userEvent.click(within(pages).getByRole('button', { name: 'Next' }));
    expect(pages).toHaveTextContent('26–50 of 500');
    expect((await rowsOfTeams())[0]).toHaveTextContent('squad-25');

    // By its title, which stands nowhere in its ref.
    await userEvent.type(screen.getByLabelText('Find a team'), 'Bookk');
    await waitFor(async () => expect(await rowsOfTeams()).toHaveLength(1));
    expect((await rowsOfTeams())[0]).toHaveTextContent('team-ledger');

    await userEvent.type(screen.getByLabelText('Find a team'), 'xyz');
    expect(
      await screen.findByText('No team in the queue has this name.'),
    ).toBeInTheDocument();
  });

  it('says when nothing is queued', async () => {
    const api = FakeAgentTasksApi.create();
    await renderInPortal(<QueuePage />, { api });
    expect(
      await screen.findByRole('heading', { name: 'Nothing is queued' }),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('heading', { name: 'Brakes' }),
    ).not.toBeInTheDocument();
  });

  it('warns when nothing starts because the slots are not known', async () => {
    const api = createApi();
    api.queue!.known = false;
    await renderInPortal(<QueuePage />, { api });
    expect(
      await screen.findByText(/How many slots are taken is not known/),
    ).toBeInTheDocument();
  });

  it('says which permission is missing', async () => {
    const api = FakeAgentTasksApi.create();
    api.fail('getQueue', await createResponseError(403, 'no'));
    await renderInPortal(<QueuePage />, { api });
    expect(
      await screen.findByRole('heading', { name: 'You may not see the queue' }),
    ).toBeInTheDocument();
    expect(screen.getByText(/agent-tasks\.template\.read/)).toBeInTheDocument();
  });

  it('shows what failed and loads again on request', async () => {
    const api = createApi();
    api.fail('getQueue', await createResponseError(500, 'the disk is full'));
    await renderInPortal(<QueuePage />, { api });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /Could not load the queue.*the disk is full/,
    );
    api.fail('getQueue');
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await rowsOfTeams()).toHaveLength(2);
  });

  it('follows the tasks by signals, and says when what it shows may be old', async () => {
    const api = createApi();
    const portal = await renderInPortal(<QueuePage />, { api });
    expect(await rowsOfTeams()).toHaveLength(2);
    api.queue!.teams[1].queued = 77;
    await portal.tell('task_1');
    const [, row] = await rowsOfTeams();
    expect(
      await within(row).findByText('77', undefined, bySignal),
    ).toBeInTheDocument();

    api.fail('getQueue', new Error('no network'));
    await portal.tell('task_1');
    expect(
      await screen.findByText(/Live updates interrupted, last/),
    ).toBeInTheDocument();
    expect(await rowsOfTeams()).toHaveLength(2);
  });
});
