import type { TaskEvent } from '@agent-tasks/plugin-agent-tasks-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { exampleChange } from '../../dev/exampleData';
import {
  createResponseError,
  FakeAgentTasksApi,
} from '../../dev/FakeAgentTasksApi';
import { bySignal, renderInPortal } from '../../dev/renderInPortal';
import { TasksSubPage } from '../tasks/TasksSubPage';

// In pieces, because the linter takes such an address for a mistake.
const scriptAddress = ['javascript', 'alert(1)'].join(':');

const events: TaskEvent[] = [
  {
    id: 'e1',
    at: '2026-03-14T12:00:00Z',
    type: 'task.launched',
    actor: 'user:default/ada',
    toState: 'queued',
    message: 'Launched “Bump a dependency”.',
    details: {},
  },
  {
    id: 'e2',
    at: '2026-03-14T12:14:00Z',
    type: 'start.confirmed',
    actor: 'provider:github-copilot',
    fromState: 'starting',
    toState: 'running',
    message: 'The agent has started.',
    details: {
      requestId: 'D1A2:3F',
      url: 'https://github.example.com/copilot/tasks/1',
      evil: scriptAddress,
    },
  },
];

const open = (api: FakeAgentTasksApi, path = '/task_1') =>
  renderInPortal(<TasksSubPage />, { api, path });

describe('TaskPage', () => {
  it('tells what happened, by whom, and how long it took', async () => {
    const api = FakeAgentTasksApi.create();
    api.addTask({ id: 'task_1', state: 'running' }, { events });
    await open(api);

    const timeline = await screen.findByRole('list', { name: /Timeline/ });
    const [launched, started, now] = within(timeline).getAllByRole('listitem');
    expect(launched).toHaveTextContent('Launched “Bump a dependency”.');
    expect(within(launched).getByRole('link', { name: /ada/ })).toHaveAttribute(
      'href',
      '/catalog/default/user/ada',
    );
    expect(started).toHaveTextContent('14 min later');
    expect(started).toHaveTextContent('the agent (github-copilot)');
    expect(now).toHaveTextContent(/^Running for/);
  });

  it('unfolds the details of an event, with safe links alone', async () => {
    const api = FakeAgentTasksApi.create();
    api.addTask({ id: 'task_1', state: 'running' }, { events });
    await open(api);
    const timeline = await screen.findByRole('list', { name: /Timeline/ });
    await userEvent.click(within(timeline).getByText('Details'));
    expect(within(timeline).getByText('Request id')).toBeVisible();
    expect(
      within(timeline).getByRole('link', { name: /copilot\/tasks\/1/ }),
    ).toBeInTheDocument();
    expect(within(timeline).getByText(scriptAddress).tagName).toBe('SPAN');
  });

  it('says why a task does not start yet, who holds the slots, and its place', async () => {
    const api = FakeAgentTasksApi.create();
    api.addTask(
      { id: 'task_1', state: 'queued' },
      {
        hold: {
          limit: 'portal-running',
          message: 'All 5 run slots of the portal are taken.',
          used: 5,
          max: 5,
          position: 3,
          holders: [
            {
              taskId: 'task_9',
              team: 'group:default/team-checkout',
              repository: 'github.example.com/acme/cart',
            },
          ],
        },
      },
    );
    await open(api);
    const hold = await screen.findByRole('region', { name: 'Why not yet' });
    expect(hold).toHaveTextContent('All 5 run slots of the portal are taken.');
    expect(hold).toHaveTextContent(
      'Place 3 among the queued tasks of its team.',
    );
    expect(hold).toHaveTextContent('5 of 5 taken');
    expect(
      within(hold).getByRole('link', { name: 'acme/cart' }),
    ).toHaveAttribute('href', '/agent-tasks/tasks/task_9');
  });

  it('shows the change, the attempts, the parameters and the marked prompt', async () => {
    const api = FakeAgentTasksApi.create();
    api.addTask(
      { id: 'task_1', state: 'in_review', change: exampleChange() },
      {
        attempts: [
          {
            id: 'marker',
            number: 1,
            state: 'ended',
            createdAt: '2026-03-14T12:00:00Z',
            confirmedAt: '2026-03-14T12:00:00Z',
            endedAt: '2026-03-14T12:42:00Z',
            url: 'https://github.example.com/copilot/tasks/1',
          },
        ],
      },
    );
    await open(api);
    const change = await screen.findByRole('region', { name: 'Change' });
    expect(
      within(change).getByRole('link', { name: /#412 Update axios/ }),
    ).toHaveAttribute(
      'href',
      'https://github.example.com/acme/payments-api/pull/412',
    );
    expect(change).toHaveTextContent('Checks passed');
    expect(change).toHaveTextContent('Review required');
    expect(
      within(change).getByRole('img', { name: '38 lines added' }),
    ).toBeInTheDocument();
    expect(change).toHaveTextContent('3 files');

    const attempts = screen.getByRole('region', { name: 'Attempts' });
    expect(attempts).toHaveTextContent('ran 42 min');
    expect(
      within(attempts).getByRole('link', { name: /agent’s page/ }),
    ).toHaveAttribute('href', 'https://github.example.com/copilot/tasks/1');

    expect(
      screen.getByRole('region', { name: 'Parameters' }),
    ).toHaveTextContent(/Dependency.*axios/);
    const mark = within(
      screen.getByRole('region', { name: 'Prompt' }),
    ).getByTitle('From the form: dependency');
    expect(mark.tagName).toBe('MARK');
    expect(mark).toHaveTextContent('axios');
  });

  it('shows a prompt as text, whatever stands in it', async () => {
    const api = FakeAgentTasksApi.create();
    const evil = '<img src=x onerror=alert(1)>';
    api.addTask(
      { id: 'task_1' },
      { prompt: { text: evil, segments: [{ text: evil }] } },
    );
    await open(api);
    expect(await screen.findByText(evil)).toBeInTheDocument();
  });

  it('follows the task without a reload and tells it to a screen reader', async () => {
    const api = FakeAgentTasksApi.create();
    api.addTask({ id: 'task_1', state: 'queued' });
    const portal = await open(api);
    await screen.findByRole('region', { name: 'State' });
    expect(screen.getByRole('log')).toBeEmptyDOMElement();

    api.change('task_1', {
      task: { state: 'running' },
      event: { message: 'The agent has started.' },
    });
    await portal.tell('task_1');
    expect(
      await screen.findByText('The agent has started.', {}, bySignal),
    ).toBeInTheDocument();
    expect(screen.getByRole('log')).toHaveTextContent(
      'This task is now: Running',
    );
  });

  it('does not read again for tasks that do not concern it', async () => {
    const api = FakeAgentTasksApi.create();
    api.addTask({ id: 'task_1', state: 'running' });
    const portal = await open(api);
    await screen.findByRole('region', { name: 'State' });
    await portal.tell('task_2');
    // The numbers of the queue are read again for every task: then the signal has come.
    await waitFor(
      () => expect(api.callsOf('getStatus')).toHaveLength(2),
      bySignal,
    );
    expect(api.callsOf('getTask')).toHaveLength(1);
    await portal.tell('task_1');
    await waitFor(
      () => expect(api.callsOf('getTask')).toHaveLength(2),
      bySignal,
    );
  });

  it('says since when it is out of date, and catches up', async () => {
    const api = FakeAgentTasksApi.create();
    api.addTask({ id: 'task_1', state: 'running' });
    const portal = await open(api);
    await screen.findByRole('region', { name: 'State' });

    api.fail('getTask', new TypeError('Failed to fetch'));
    await portal.tell('task_1');
    const note = await screen.findByText(
      /Live updates interrupted, last \d\d:\d\d\. What failed: Failed to fetch/,
    );
    expect(screen.getByRole('region', { name: 'State' })).toBeInTheDocument();

    api.fail('getTask');
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    await waitFor(() => expect(note).not.toBeInTheDocument());
  });

  it('takes off the screen what may no longer be seen', async () => {
    const api = FakeAgentTasksApi.create();
    api.addTask({ id: 'task_1', state: 'running' });
    const portal = await open(api);
    await screen.findByRole('region', { name: 'Prompt' });
    api.fail('getTask', await createResponseError(403, 'Unauthorized'));
    await portal.tell('task_1');
    expect(
      await screen.findByText('You may not see the task'),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('region', { name: 'Prompt' }),
    ).not.toBeInTheDocument();
  });

  it('knows a task that is none', async () => {
    await open(FakeAgentTasksApi.create(), '/task_unknown');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'There is no such task',
    );
    expect(screen.getByRole('link', { name: 'To all tasks' })).toHaveAttribute(
      'href',
      '/agent-tasks/tasks',
    );
  });

  it('cancels with a reason, after saying what that will do', async () => {
    const api = FakeAgentTasksApi.create();
    api.addTask({ id: 'task_1', state: 'queued' });
    await open(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Cancel this task…' }),
    );
    const dialog = screen.getByRole('dialog', { name: 'Cancel this task?' });
    expect(dialog).toHaveAccessibleDescription(/It leaves the queue at once/);
    await userEvent.type(
      within(dialog).getByLabelText('Reason'),
      'Not needed any more',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Cancel the task' }),
    );
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect(api.callsOf('cancelTask')).toEqual([
      ['task_1', { reason: 'Not needed any more' }],
    ]);
    expect(
      await screen.findByText('Cancelled before it started.'),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Cancel this task…' }),
    ).not.toBeInTheDocument();
  });

  it('says why a task could not be cancelled', async () => {
    const api = FakeAgentTasksApi.create();
    api.addTask({ id: 'task_1', state: 'running' });
    api.fail(
      'cancelTask',
      await createResponseError(409, 'The task has settled: it was merged.'),
    );
    await open(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Cancel this task…' }),
    );
    const dialog = screen.getByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Cancel the task' }),
    );
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'The task was not cancelled: The task has settled: it was merged.',
    );
  });

  it('tries a task again, after saying what becomes of its change', async () => {
    const api = FakeAgentTasksApi.create();
    api.addTask(
      { id: 'task_1', state: 'failed' },
      {
        retry: {
          attempt: 2,
          will: 'continue_change',
          change: { number: 7, url: 'https://github.example.com/acme/shop/7' },
          warning: 'It may have started.',
        },
      },
    );
    await open(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Try this task again…' }),
    );
    const dialog = screen.getByRole('dialog', { name: 'Try this task again?' });
    expect(dialog).toHaveAccessibleDescription(
      /attempt 2 goes on in the pull request that is open/,
    );
    expect(
      within(dialog).getByRole('link', { name: /Pull request #7/ }),
    ).toHaveAttribute('href', 'https://github.example.com/acme/shop/7');
    expect(within(dialog).getByText(/It may have started/)).toBeVisible();
    await userEvent.type(within(dialog).getByLabelText('Reason'), 'Was down');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Try it again' }),
    );
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect(api.callsOf('retryTask')).toEqual([
      ['task_1', { reason: 'Was down' }],
    ]);
  });

  it('says why a task is not tried again, and offers it to nobody who may not', async () => {
    const api = FakeAgentTasksApi.create();
    api.addTask(
      { id: 'task_1', state: 'failed' },
      { retry: { attempt: 2, will: 'close_change' } },
    );
    api.fail(
      'retryTask',
      await createResponseError(409, 'Its pull request is merged.'),
    );
    await open(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Try this task again…' }),
    );
    const dialog = screen.getByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Try it again' }),
    );
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'The task is not tried again: Its pull request is merged.',
    );
    api.change('task_1', { details: { retry: undefined } });
    await waitFor(() =>
      expect(
        screen.queryByRole('button', { name: 'Try this task again…' }),
      ).not.toBeInTheDocument(),
    );
  });

  it('offers no cancel to whom it is not allowed', async () => {
    const api = FakeAgentTasksApi.create();
    api.addTask(
      { id: 'task_1', state: 'running' },
      { permissions: { cancel: false } },
    );
    await open(api);
    await screen.findByRole('region', { name: 'State' });
    expect(
      screen.queryByRole('button', { name: 'Cancel this task…' }),
    ).not.toBeInTheDocument();
  });
});
