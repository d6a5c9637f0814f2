import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  exampleAccount,
  exampleBrake,
  exampleQueue,
  exampleQueueTeam,
  exampleRunningTask,
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
      { limit: 'team-changes', subject: payments, used: 10, max: 10, tasks: 8 },
      {
        limit: 'repository-running',
        subject: 'github.example.com/acme/payments-api',
        url: 'https://github.example.com/acme/payments-api',
        used: 1,
        max: 2,
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
    ).toHaveAttribute('href', '/agent-tasks/teams/default/team-payments');
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
    const items = within(list).getAllByRole('listitem');
    const words = [
      /^Review budget of team-payments, in open changes10 of 10, full8 tasks wait$/,
      /^Run slots of acme\/payments-api.*1 of 24 tasks wait$/,
      /^Run slots of the whole portal1 task waits$/,
      /^The agent GitHub Copilot does not answer2 tasks wait$/,
      /^Brake on team Checkout3 tasks wait$/,
    ];
    expect(items).toHaveLength(words.length);
    items.forEach((item, index) =>
      expect(item.textContent).toMatch(words[index]),
    );
    expect(
      within(items[0]).getByRole('link', { name: 'team-payments' }),
    ).toHaveAttribute('href', '/agent-tasks/teams/default/team-payments');
    expect(
      within(items[1]).getByRole('link', { name: /acme\/payments-api/ }),
    ).toHaveAttribute('href', 'https://github.example.com/acme/payments-api');
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

  it('shows what each team has of the run slots beside what is fair', async () => {
    const api = createApi();
    Object.assign(api.queue!.teams[0], {
      share: { fair: 0.25, actual: 0.5 },
      weight: 2,
      borrowed: 1,
      cohort: 'commerce',
    });
    await renderInPortal(<QueuePage />, { api });
    const [row] = await rowsOfTeams();
    expect(within(row).getByText('50 % of 25 %')).toBeInTheDocument();
    expect(
      within(row).getByTitle(/25 % would be fair by weight 2/),
    ).toBeInTheDocument();
    expect(within(row).getByText('1 borrowed')).toBeInTheDocument();
  });

  it('opens a row to say why its tasks wait', async () => {
    const api = createApi();
    api.addTask(
      { id: 'task_1', team: payments, state: 'queued' },
      {
        hold: {
          limit: 'team-changes',
          message: 'Payments has 10 of 10 changes open.',
        },
      },
    );
    await renderInPortal(<QueuePage />, { api });
    const button = await screen.findByRole('button', {
      name: 'Why do the tasks of Payments wait?',
    });
    expect(button).toHaveAttribute('aria-expanded', 'false');
    await userEvent.click(button);
    expect(button).toHaveAttribute('aria-expanded', 'true');
    const limits = screen.getByRole('list', { name: 'What holds them' });
    const words = within(limits)
      .getAllByRole('listitem')
      .map(item => item.textContent);
    expect(words[0]).toMatch(/^Review budget of team-payments.*8 tasks wait$/);
    expect(words[1]).toMatch(/^Run slots of acme\/payments-api.*4 tasks wait$/);
    expect(
      await screen.findByText('Payments has 10 of 10 changes open.'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', {
        name: 'Why “Bump a dependency” on acme/payments-api waits',
      }),
    ).toHaveAttribute('href', '/agent-tasks/tasks/task_1');
    await userEvent.click(button);
    expect(limits).not.toBeInTheDocument();
  });

  it('shows how deep the queue was, and the same as a table', async () => {
    const api = createApi();
    api.history = {
      teams: [payments],
      samples: [
        {
          at: new Date(Date.now() - 3_600_000).toISOString(),
          queued: 45,
          running: 2,
          byTeam: [42],
          other: 3,
        },
      ],
    };
    await renderInPortal(<QueuePage />, { api });
    const name = 'Queued tasks by team, last 24 hours';
    const table = await screen.findByRole('table', { name });
    await within(table).findByRole('columnheader', { name: 'Payments' });
    const cellsOf = (row: HTMLElement) =>
      within(row)
        .getAllByRole('cell')
        .map(cell => cell.textContent);
    const [, now, before] = within(table).getAllByRole('row');
    expect(cellsOf(now)).toEqual(['13', '12', '1']);
    expect(cellsOf(before)).toEqual(['45', '42', '3']);

    await userEvent.click(screen.getByRole('button', { name: /as a table/ }));
    expect(
      screen.getByRole('button', { name: 'Show as a chart' }),
    ).toBeInTheDocument();
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Time shown' }),
      'last 60 days',
    );
    await waitFor(() =>
      expect(api.callsOf('getQueueHistory').at(-1)).toEqual([{ hours: 1440 }]),
    );
  });

  it('shows running tasks beside how long their template usually takes', async () => {
    const api = createApi();
    api.running = [
      exampleRunningTask({ id: 'task_1', elapsedSeconds: 1_500 }),
      exampleRunningTask({
        id: 'task_2',
        elapsedSeconds: 60,
        medianSeconds: undefined,
      }),
    ];
    await renderInPortal(<QueuePage />, { api });
    const [long, fresh] = within(
      await screen.findByRole('list', {
        name: 'Running tasks, the longest first',
      }),
    ).getAllByRole('listitem');
    expect(long).toHaveTextContent('25 min, usually 8 min · 3.1 × the usual');
    expect(within(long).getAllByRole('link')[0]).toHaveAttribute(
      'href',
      '/agent-tasks/tasks/task_1',
    );
    expect(fresh).toHaveTextContent('1 min, no measured run to compare');
  });

  it('tells how many times as much is done where percents would be hundreds', async () => {
    const api = createApi();
    api.queue!.throughput = {
      lastHour: { startedPerHour: 7, settledPerHour: 6 },
      lastDay: { startedPerHour: 0.25, settledPerHour: 0.25 },
    };
    await renderInPortal(<QueuePage />, { api });
    expect(
      await screen.findByRole('region', { name: 'Throughput' }),
    ).toHaveTextContent(/24 times as much as in the last day/);
  });

  it('shows throughput, how good forecasts are, and how the accounts are', async () => {
    const api = createApi();
    Object.assign(api.queue!, {
      throughput: {
        lastHour: { startedPerHour: 11, settledPerHour: 12 },
        lastDay: { startedPerHour: 8, settledPerHour: 8 },
      },
      forecastScore: {
        days: 30,
        starts: 40,
        withinInterval: 0.8,
        medianErrorSeconds: 90,
      },
      accounts: [
        exampleAccount({
          factor: 0.5,
          breaker: { state: 'open' },
          lastError: {
            at: new Date().toISOString(),
            message: 'GitHub answered 429.',
          },
        }),
      ],
    });
    await renderInPortal(<QueuePage />, { api });
    expect(
      await screen.findByRole('region', { name: 'Throughput' }),
    ).toHaveTextContent(/12 settled an hour.*50 % more.*11 started an hour/);
    expect(
      screen.getByRole('region', { name: 'Forecasts of starts' }),
    ).toHaveTextContent(/80 % came as told.*40 starts in 30 days.*2 min/);
    const table = screen.getByRole('table', {
      name: 'What the accounts at the agents can take',
    });
    const row = within(table).getAllByRole('row')[1];
    await within(row).findByText('agent GitHub Copilot');
    expect(row).toHaveTextContent('dep-bot');
    expect(row).toHaveTextContent('18 starts this minute');
    expect(row).toHaveTextContent('431 creations this hour');
    expect(row).toHaveTextContent('50 % of the full rate');
    expect(row).toHaveTextContent('open, nothing starts');
    expect(row).toHaveTextContent('GitHub answered 429.');
  });

  it('keeps the rest of the page when its history cannot be read', async () => {
    const api = createApi();
    api.fail('getQueueHistory', await createResponseError(500, 'no samples'));
    await renderInPortal(<QueuePage />, { api });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /Could not load how deep the queue was.*no samples/,
    );
    expect(await rowsOfTeams()).toHaveLength(2);
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
