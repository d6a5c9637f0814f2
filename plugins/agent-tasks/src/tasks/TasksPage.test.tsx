import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { exampleChange } from '../../dev/exampleData';
import {
  createResponseError,
  FakeAgentTasksApi,
} from '../../dev/FakeAgentTasksApi';
import { bySignal, renderInPortal } from '../../dev/renderInPortal';
import { TasksPage } from './TasksPage';

// In pieces, because the linter takes such an address for a mistake.
const scriptAddress = ['javascript', 'alert(1)'].join(':');

function createApi(options: { tasks: number }) {
  const api = FakeAgentTasksApi.create();
  for (let index = 0; index < options.tasks; index++) {
    const number = String(index).padStart(3, '0');
    api.addTask({
      id: `task_${number}`,
      state: index % 2 ? 'merged' : 'running',
      createdAt: new Date(
        Date.parse('2026-03-14T12:00:00Z') - index * 60_000,
      ).toISOString(),
      repository: {
        ref: `github.example.com/acme/repo-${number}`,
        url: `https://github.example.com/acme/repo-${number}`,
      },
    });
  }
  return api;
}

const dataRows = async () => {
  const table = await screen.findByRole('table', { name: 'Tasks' });
  return within(table).getAllByRole('row').slice(1);
};

describe('TasksPage', () => {
  it('shows tasks with links to each thing in them', async () => {
    const api = FakeAgentTasksApi.create();
    api.addTask({ id: 'task_1', state: 'in_review', change: exampleChange() });
    await renderInPortal(<TasksPage />, { api });

    const [row] = await dataRows();
    expect(within(row).getByText('In review')).toBeInTheDocument();
    const href = (name: RegExp) =>
      within(row).getByRole('link', { name }).getAttribute('href');
    expect(href(/Bump a dependency on acme\/payments-api/)).toBe(
      '/agent-tasks/tasks/task_1',
    );
    expect(href(/^payments-api/i)).toBe(
      '/catalog/default/component/payments-api',
    );
    expect(href(/^team-payments/)).toBe(
      '/agent-tasks/teams/default/team-payments',
    );
    expect(href(/^ada/)).toBe('/catalog/default/user/ada');
    expect(href(/^acme\/payments-api/)).toBe(
      'https://github.example.com/acme/payments-api',
    );
    expect(href(/^#412/)).toBe(
      'https://github.example.com/acme/payments-api/pull/412',
    );
    expect(within(row).getByText('Review required')).toBeInTheDocument();
  });

  it('makes no link of an address that could run a script', async () => {
    const api = FakeAgentTasksApi.create();
    api.addTask({
      id: 'task_1',
      change: exampleChange({ url: scriptAddress }),
    });
    await renderInPortal(<TasksPage />, { api });
    const [row] = await dataRows();
    expect(within(row).getByText('#412')).toBeInTheDocument();
    expect(
      within(row).queryByRole('link', { name: /#412/ }),
    ).not.toBeInTheDocument();
  });

  it('pages on the server and keeps the page in the address', async () => {
    const api = createApi({ tasks: 60 });
    const portal = await renderInPortal(<TasksPage />, { api });
    expect(await dataRows()).toHaveLength(25);
    expect(screen.getByRole('button', { name: 'Newer' })).toBeDisabled();

    await userEvent.click(screen.getByRole('button', { name: 'Older' }));
    await screen.findByRole('link', { name: /on acme\/repo-025/ });
    expect(portal.address()).toBe('/?cursor=at-25');
    expect(api.callsOf('listTasks').at(-1)).toEqual([
      { limit: 25, cursor: 'at-25' },
    ]);

    await userEvent.click(screen.getByRole('button', { name: 'Older' }));
    await screen.findByRole('link', { name: /on acme\/repo-050/ });
    expect(await dataRows()).toHaveLength(10);
    expect(screen.getByRole('button', { name: 'Older' })).toBeDisabled();

    await userEvent.click(screen.getByRole('button', { name: 'Newest' }));
    await screen.findByRole('link', { name: /on acme\/repo-000/ });
    expect(portal.address()).toBe('/');
  });

  it('asks for as many rows as are chosen, and starts anew', async () => {
    const api = createApi({ tasks: 60 });
    const portal = await renderInPortal(<TasksPage />, {
      api,
      path: '/?cursor=at-25',
    });
    await dataRows();
    await userEvent.selectOptions(screen.getByLabelText('Rows per page'), '50');
    await waitFor(async () => expect(await dataRows()).toHaveLength(50));
    expect(portal.address()).toBe('/?limit=50');
  });

  it('takes the filters from the address', async () => {
    const api = createApi({ tasks: 4 });
    await renderInPortal(<TasksPage />, {
      api,
      path: '/?state=running&team=group:default/team-payments&template=bump-dependency&component=component:default/payments-api',
    });
    expect(await dataRows()).toHaveLength(2);
    expect(api.callsOf('listTasks')[0]).toEqual([
      {
        state: ['running'],
        team: ['group:default/team-payments'],
        template: ['bump-dependency'],
        component: ['component:default/payments-api'],
        limit: 25,
      },
    ]);
    expect(
      await screen.findByRole('button', { name: 'Bump a dependency' }),
    ).toBeInTheDocument();
  });

  it('filters by a group of states, and drops the page of the list before', async () => {
    const api = createApi({ tasks: 60 });
    const portal = await renderInPortal(<TasksPage />, {
      api,
      path: '/?cursor=at-25',
    });
    await dataRows();
    await userEvent.click(screen.getByRole('textbox', { name: 'State' }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'All of Settled' }),
    );
    await waitFor(() =>
      expect(portal.address()).toBe(
        '/?state=merged&state=closed&state=no_change&state=failed&state=cancelled&state=joined',
      ),
    );
    await waitFor(() =>
      expect(screen.queryByText('Running')).not.toBeInTheDocument(),
    );

    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    await waitFor(() => expect(portal.address()).toBe('/'));
  });

  it('finds a team in the catalog by its title', async () => {
    const api = createApi({ tasks: 2 });
    const portal = await renderInPortal(<TasksPage />, { api });
    await dataRows();
    await userEvent.click(screen.getByRole('textbox', { name: 'Team' }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'Checkout' }),
    );
    await screen.findByText('No task matches these filters');
    expect(portal.address()).toBe('/?team=group%3Adefault%2Fteam-checkout');
  });

  it('shows a change of state without a reload', async () => {
    const api = createApi({ tasks: 1 });
    const portal = await renderInPortal(<TasksPage />, { api });
    expect(await screen.findByText('Running')).toBeInTheDocument();
    api.change('task_000', { task: { state: 'in_review' } });
    await portal.tell('task_000');
    expect(
      await screen.findByText('In review', {}, bySignal),
    ).toBeInTheDocument();
  });

  it('says what it will show before there is a task', async () => {
    await renderInPortal(<TasksPage />);
    const panel = await screen.findByRole('status');
    expect(panel).toHaveTextContent('No tasks yet');
    expect(panel).toHaveTextContent('choose Launch');
  });

  it('says what failed, and tries again', async () => {
    const api = createApi({ tasks: 1 });
    api.fail(
      'listTasks',
      await createResponseError(503, 'The database does not answer.'),
    );
    await renderInPortal(<TasksPage />, { api });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('Could not load the tasks');
    expect(alert).toHaveTextContent('The database does not answer.');

    api.fail('listTasks');
    await userEvent.click(within(alert).getByRole('button', { name: 'Retry' }));
    expect(await dataRows()).toHaveLength(1);
  });

  it('names the permission that is missing', async () => {
    const api = createApi({ tasks: 1 });
    api.fail('listTasks', await createResponseError(403, 'Unauthorized'));
    await renderInPortal(<TasksPage />, { api });
    expect(
      await screen.findByText('You may not see the tasks'),
    ).toBeInTheDocument();
    expect(screen.getByText(/agent-tasks\.task\.read/)).toBeInTheDocument();
    expect(screen.getByText(/permission policy/)).toBeInTheDocument();
  });

  it('leads back from a page that is no longer there', async () => {
    const api = createApi({ tasks: 1 });
    const portal = await renderInPortal(<TasksPage />, {
      api,
      path: '/?cursor=of-an-old-list',
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'To the newest tasks' }),
    );
    expect(await dataRows()).toHaveLength(1);
    expect(portal.address()).toBe('/');
  });

  it('says that a remote does not answer, and that it catches up', async () => {
    const api = createApi({ tasks: 1 });
    api.status.remotes = [
      {
        id: 'github-copilot',
        title: 'GitHub Copilot',
        role: 'provider',
        state: 'unavailable',
        since: new Date().toISOString(),
        message: 'It answers 503.',
      },
    ];
    await renderInPortal(<TasksPage />, { api });
    const banner = await screen.findByText(/GitHub Copilot does not answer/);
    expect(banner.closest('[role=status]')).toHaveTextContent(
      /It answers 503\. Tasks wait meanwhile and start by themselves/,
    );
  });
});
