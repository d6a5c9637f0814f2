import type { Campaign } from '@agent-tasks/plugin-agent-tasks-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import {
  exampleBurndown,
  exampleCampaign,
  exampleStoppedCampaign,
} from '../../dev/exampleCampaign';
import {
  createResponseError,
  FakeAgentTasksApi,
} from '../../dev/FakeAgentTasksApi';
import { bySignal, renderInPortal } from '../../dev/renderInPortal';
import { CampaignPage } from './CampaignPage';

function createApi(campaign: Campaign = exampleCampaign(), tasks = 3) {
  const api = FakeAgentTasksApi.create();
  api.campaigns.put(campaign);
  api.campaigns.burndown = exampleBurndown();
  for (let index = 0; index < tasks; index++) {
    const name = `repo-${String(index).padStart(3, '0')}`;
    api.addTask({
      id: `task_${name}`,
      campaignId: campaign.id,
      state: index % 2 ? 'merged' : 'running',
      team:
        index % 2
          ? 'group:default/team-checkout'
          : 'group:default/team-payments',
      createdAt: new Date(Date.UTC(2026, 2, 14) - index * 60_000).toISOString(),
      repository: {
        ref: `github.example.com/acme/${name}`,
        url: `https://github.example.com/acme/${name}`,
      },
    });
  }
  return api;
}

const open = (api: FakeAgentTasksApi, search = '') =>
  renderInPortal(
    <Routes>
      <Route path="/campaigns/:campaignId" element={<CampaignPage />} />
    </Routes>,
    { api, path: `/campaigns/camp_example${search}` },
  );

const table = () => screen.findByRole('table', { name: 'Tasks' });

describe('CampaignPage', () => {
  it('says in words how far it is and what comes next', async () => {
    await open(createApi());
    const words = await screen.findByText(/9 of 42 merged/);
    expect(words).toHaveTextContent(
      /^9 of 42 merged · 10 of 42 settled · wave 3 of 4 · goes on in 1\d hr\. · expected to end in .+$/,
    );
    const waves = screen.getByRole('list', { name: 'Waves' });
    const steps = within(waves).getAllByRole('listitem', { current: 'step' });
    expect(steps).toHaveLength(1);
    expect(steps[0]).toHaveTextContent('Wave 3: up to 25%');
    expect(steps[0]).toHaveTextContent('Settled, being watched');
    expect(
      screen.getByText(
        /Stops when more than 20 % fail, more than 25 % are closed unmerged, from 3 settled tasks on/,
      ),
    ).toBeInTheDocument();
  });

  it('has a table of the burndown for those who listen', async () => {
    await open(createApi());
    const burndown = await screen.findByRole('table', {
      name: 'Tasks that have not settled yet, over time',
    });
    expect(
      within(burndown)
        .getAllByRole('columnheader')
        .map(header => header.textContent),
    ).toEqual(['Time', 'Planned', 'Actual', 'Forecast']);
    expect(within(burndown).getAllByRole('row')[1]).toHaveTextContent('42');
  });

  it('says why a rule stopped it, with the evidence, and goes on with a reason', async () => {
    const api = createApi(exampleStoppedCampaign());
    await open(api);
    const note = (await screen.findByText('A rule stopped it')).closest(
      '[role=status]',
    ) as HTMLElement;
    expect(note).toHaveTextContent('3 of 5 tasks failed.');
    expect(note).toHaveTextContent('60 % of 5, and the limit is 20 %.');
    expect(note).toHaveTextContent('37 tasks stay held');
    expect(
      within(note).getByRole('link', { name: 'acme/cart-0001' }),
    ).toHaveAttribute('href', '/agent-tasks/tasks/task_f1');

    await userEvent.click(
      within(note).getByRole('button', { name: 'Go on in spite of it…' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Go on' }),
    );
    expect(dialog).toHaveTextContent('Say why');
    expect(api.callsOf('continueCampaign')).toHaveLength(0);
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /Reason/ }),
      'The builds are repaired.',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Go on' }),
    );
    await waitFor(() =>
      expect(api.callsOf('continueCampaign')).toEqual([
        ['camp_example', { reason: 'The builds are repaired.' }],
      ]),
    );
    await waitFor(() =>
      expect(screen.queryByText('A rule stopped it')).not.toBeInTheDocument(),
    );
  });

  it('lets a wave begin that waits for an approval, for those who may', async () => {
    const waiting = exampleCampaign({ state: 'waiting_for_approval' });
    waiting.waves[3] = { ...waiting.waves[3], state: 'waiting_for_approval' };
    const api = createApi(waiting);
    await open(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve wave 4…' }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('31 tasks are released.');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Release wave 4' }),
    );
    await waitFor(() =>
      expect(api.callsOf('approveCampaignWave')).toEqual([['camp_example', 4]]),
    );
  });

  it('shows nobody a button for what they may not do, and says which permission an approval needs', async () => {
    const waiting = exampleCampaign({
      state: 'waiting_for_approval',
      can: { cancel: false, approve: false, create: false },
    });
    waiting.waves[3] = { ...waiting.waves[3], state: 'waiting_for_approval' };
    await open(createApi(waiting));
    expect(
      await screen.findByText(/agent-tasks\.task\.approve/),
    ).toBeInTheDocument();
    const actions = screen.getByRole('group', {
      name: 'Actions on the campaign',
    });
    expect(
      within(actions)
        .getAllByRole('button')
        .map(button => button.textContent),
    ).toEqual(['Export CSV']);
    await table();
    expect(screen.queryByRole('checkbox')).not.toBeInTheDocument();
  });

  it('pauses with a reason and an end, and resumes', async () => {
    const api = createApi();
    await open(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Pause…' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /Reason/ }),
      'Release day.',
    );
    await userEvent.selectOptions(
      within(dialog).getByLabelText('Until'),
      'in 1 hour',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: /^Pause until/ }),
    );
    const note = await screen.findByText('Release day.');
    expect(note.closest('[role=status]')).toHaveTextContent(
      /It goes on by itself in .*(hr|min)\./,
    );
    expect(api.callsOf('pauseCampaign')[0][1]).toEqual({
      reason: 'Release day.',
      until: expect.stringMatching(/^\d{4}-/),
    });
    await userEvent.click(screen.getByRole('button', { name: 'Resume' }));
    await waitFor(() =>
      expect(screen.queryByText('Release day.')).not.toBeInTheDocument(),
    );
  });

  it('does the same to many tasks, and says which were left as they are and why', async () => {
    const api = createApi();
    await open(api);
    await table();
    await userEvent.click(
      screen.getByRole('checkbox', { name: 'Select all on this page' }),
    );
    expect(screen.getByText('3 selected')).toBeInTheDocument();
    const bar = screen.getByRole('group', {
      name: 'Actions on the selected tasks',
    });
    await userEvent.click(within(bar).getByRole('button', { name: 'Cancel…' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /Reason/ }),
      'Wrong version.',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Cancel 3 tasks' }),
    );
    const result = (await screen.findByText(/2 tasks are cancelled/)).closest(
      '[role=status]',
    ) as HTMLElement;
    expect(result).toHaveTextContent('1 task was left as it is:');
    expect(
      within(result).getByRole('link', { name: 'acme/repo-001' }),
    ).toHaveAttribute('href', '/agent-tasks/tasks/task_repo-001');
    expect(result).toHaveTextContent(/has ended already/);
    expect(api.callsOf('bulkTasks')).toEqual([
      [
        {
          action: 'cancel',
          reason: 'Wrong version.',
          tasks: ['task_repo-000', 'task_repo-001', 'task_repo-002'],
        },
      ],
    ]);
    expect(screen.getByText('0 selected')).toBeInTheDocument();
  });

  it('selects all tasks that match, not those of the page alone', async () => {
    const api = createApi(exampleCampaign(), 120);
    await open(api, '?state=running');
    await table();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Select all that match' }),
    );
    expect(await screen.findByText('60 selected')).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Set priority…' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.selectOptions(
      within(dialog).getByLabelText('Priority'),
      'urgent',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Set priority urgent' }),
    );
    await waitFor(() => expect(api.callsOf('bulkTasks')).toHaveLength(1));
    const [request] = api.callsOf('bulkTasks')[0] as [{ tasks: string[] }];
    expect(request).toMatchObject({ action: 'priority', priority: 'urgent' });
    expect(request.tasks).toHaveLength(60);
  });

  it('leads from a team to its tasks', async () => {
    const portal = await open(createApi());
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Show the tasks of Checkout',
      }),
    );
    await waitFor(() =>
      expect(portal.address()).toBe(
        '/campaigns/camp_example?team=group%3Adefault%2Fteam-checkout',
      ),
    );
    await waitFor(async () =>
      expect(within(await table()).getAllByRole('row')).toHaveLength(2),
    );
  });

  it('asks for the tasks of one wave', async () => {
    const api = createApi();
    const portal = await open(api);
    await userEvent.selectOptions(await screen.findByLabelText('Wave'), '2');
    await waitFor(() => expect(portal.address()).toMatch(/wave=2/));
    await waitFor(() =>
      expect(api.callsOf('listTasks').at(-1)).toEqual([
        { campaign: ['camp_example'], wave: [2], limit: 25 },
      ]),
    );
  });

  it('tries what failed again, and cancels the whole with a reason', async () => {
    const api = createApi();
    await open(api);
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Try 1 failed task again…',
      }),
    );
    await userEvent.click(
      within(await screen.findByRole('dialog')).getByRole('button', {
        name: 'Try 1 task again',
      }),
    );
    await waitFor(() => expect(api.callsOf('retryCampaign')).toHaveLength(1));
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );

    const actions = screen.getByRole('group', {
      name: 'Actions on the campaign',
    });
    await userEvent.click(
      within(actions).getByRole('button', { name: 'Cancel…' }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('32 tasks have not settled.');
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /Reason/ }),
      'No longer needed.',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Cancel the campaign' }),
    );
    const note = await screen.findByText(/: No longer needed\.$/);
    expect(note).toHaveTextContent(/^Cancelled now by .*: No longer needed\.$/);
  });

  it('saves its tasks as CSV', async () => {
    const api = createApi();
    api.campaigns.csv = 'Task,Repository\r\ntask_1,acme/cart\r\n';
    const saved: Blob[] = [];
    URL.createObjectURL = blob => {
      saved.push(blob as Blob);
      return 'blob:saved';
    };
    URL.revokeObjectURL = () => {};
    const click = jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(() => {});
    await open(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Export CSV' }),
    );
    await waitFor(() => expect(click).toHaveBeenCalledTimes(1));
    expect(saved[0].size).toBe(api.campaigns.csv.length);
    expect((click.mock.contexts[0] as HTMLAnchorElement).download).toBe(
      'camp_example.csv',
    );
    click.mockRestore();
  });

  it('shows a change without a reload', async () => {
    const api = createApi();
    const portal = await open(api);
    await screen.findByText(/9 of 42 merged/);
    const campaign = exampleCampaign();
    api.campaigns.put({
      ...campaign,
      states: { ...campaign.states, merged: 10, in_review: 0 },
    });
    await portal.tell('task_any');
    expect(
      await screen.findByText(/10 of 42 merged/, {}, bySignal),
    ).toBeInTheDocument();
  });

  it('leads to the page that adds components', async () => {
    await open(createApi());
    expect(
      await screen.findByRole('button', { name: 'Add components' }),
    ).toHaveAttribute('href', '/agent-tasks/launch?campaign=camp_example');
  });

  it('says that there is no such campaign, or that it may not be seen', async () => {
    await open(FakeAgentTasksApi.create());
    expect(
      await screen.findByText('There is no such campaign'),
    ).toBeInTheDocument();
  });

  it('names the permission that is missing', async () => {
    const api = createApi();
    api.fail('getCampaign', await createResponseError(403, 'Unauthorized'));
    await open(api);
    expect(
      await screen.findByText('You may not see the campaign'),
    ).toBeInTheDocument();
    expect(screen.getByText(/agent-tasks\.task\.read/)).toBeInTheDocument();
  });
});
