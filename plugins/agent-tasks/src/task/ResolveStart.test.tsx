import type { StartChoice } from '@agent-tasks/plugin-agent-tasks-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  createResponseError,
  FakeAgentTasksApi,
} from '../../dev/FakeAgentTasksApi';
import { renderInPortal } from '../../dev/renderInPortal';
import { TasksSubPage } from '../tasks/TasksSubPage';

const choices: StartChoice[] = [
  {
    choice: 'not-started',
    effect: 'The task goes back to the queue and is started once more.',
    risk: 'If it did start, the agent works twice, and opens two pull requests.',
  },
  {
    choice: 'started',
    effect: 'The task follows the one of the agent that you name.',
    risk: 'If it is another one, the task follows somebody else’s work.',
  },
];

const open = (mayCancel = true) => {
  const api = FakeAgentTasksApi.create();
  api.addTask(
    { id: 'task_1', state: 'undecided' },
    {
      hold: {
        limit: 'undecided-start',
        message: 'It is not certain whether the agent started.',
        choices,
      },
      permissions: { cancel: mayCancel },
    },
  );
  return renderInPortal(<TasksSubPage />, { api, path: '/task_1' });
};

const panel = () =>
  screen.findByRole('region', { name: 'Did its agent start?' });

describe('ResolveStart', () => {
  it('shows both choices with what each does and risks', async () => {
    await open();
    const items = within(await panel()).getAllByRole('listitem');
    expect(items[0]).toHaveTextContent(
      /^No, it did not start.*started once more\..*Risk: If it did start, the agent works twice/,
    );
    expect(items[1]).toHaveTextContent(
      /^Yes, it started.*Risk: If it is another one, the task follows/,
    );
  });

  it('decides that it did not start, after saying once more what that risks', async () => {
    const { api } = await open();
    await userEvent.click(
      within(await panel()).getByRole('button', { name: /it did not start…/ }),
    );
    const dialog = screen.getByRole('dialog', {
      name: 'Decide that it did not start?',
    });
    expect(dialog).toHaveAccessibleDescription(/opens two pull requests/);
    expect(api.callsOf('resolveStart')).toHaveLength(0);
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'It did not start' }),
    );
    await waitFor(() =>
      expect(api.callsOf('resolveStart')).toEqual([
        ['task_1', { choice: 'not-started' }],
      ]),
    );
    await waitFor(() =>
      expect(
        screen.queryByRole('region', { name: 'Did its agent start?' }),
      ).toBeNull(),
    );
  });

  it.each([
    [
      'https://github.example.com/copilot/tasks/9',
      { providerTaskUrl: 'https://github.example.com/copilot/tasks/9' },
    ],
    ['task-9', { providerTaskId: 'task-9' }],
  ])('asks which task of the agent it is: %s', async (text, sent) => {
    const { api } = await open();
    await userEvent.click(
      within(await panel()).getByRole('button', {
        name: 'Decide: it started…',
      }),
    );
    const dialog = screen.getByRole('dialog', {
      name: 'Decide that it started?',
    });
    const confirm = within(dialog).getByRole('button', { name: 'It started' });
    await userEvent.click(confirm);
    expect(
      within(dialog).getByText('Say which task of the agent it is.'),
    ).toBeInTheDocument();
    await userEvent.type(within(dialog).getByRole('textbox'), text);
    await userEvent.click(confirm);
    await waitFor(() =>
      expect(api.callsOf('resolveStart')).toEqual([
        ['task_1', { choice: 'started', ...sent }],
      ]),
    );
  });

  it('says why it was not decided', async () => {
    const { api } = await open();
    api.fail(
      'resolveStart',
      await createResponseError(409, 'Somebody else decided it.'),
    );
    await userEvent.click(
      within(await panel()).getByRole('button', { name: /it did not start…/ }),
    );
    const dialog = screen.getByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'It did not start' }),
    );
    expect(
      await within(dialog).findByText(
        'It was not decided: Somebody else decided it.',
      ),
    ).toBeInTheDocument();
  });

  it('says who may decide to those who may not', async () => {
    await open(false);
    const region = await panel();
    expect(region).toHaveTextContent(/permission agent-tasks\.task\.cancel/);
    expect(within(region).queryByRole('button')).toBeNull();
  });
});
