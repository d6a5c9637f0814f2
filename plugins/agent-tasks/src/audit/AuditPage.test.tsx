import { AuditEvent } from '@agent-tasks/plugin-agent-tasks-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  createResponseError,
  FakeAgentTasksApi,
} from '../../dev/FakeAgentTasksApi';
import { renderInPortal } from '../../dev/renderInPortal';
import { AuditPage } from './AuditPage';

function event(
  number: number,
  overrides: Partial<AuditEvent> = {},
): AuditEvent {
  return {
    id: `evt_${number}`,
    at: new Date(
      Date.parse('2026-03-14T12:00:00Z') - number * 60_000,
    ).toISOString(),
    type: 'brake.pulled',
    actor: 'user:default/ada',
    message: `Event ${number}.`,
    details: {},
    ...overrides,
  };
}

function createApi(...events: AuditEvent[]) {
  const api = FakeAgentTasksApi.create();
  api.audit = events;
  return api;
}

const rows = async () => {
  const table = await screen.findByRole('table', { name: 'What happened' });
  return within(table).getAllByRole('row').slice(1);
};

describe('AuditPage', () => {
  it('says who did what and when, with links to what it happened to', async () => {
    const api = createApi(
      event(1, {
        type: 'task.launched',
        actor: 'trigger:nightly',
        owner: 'group:default/team-payments',
        message: 'Launched.',
        taskId: 'task_1',
        campaignId: 'camp_1',
        team: 'group:default/team-payments',
        repository: 'github.com/acme/payments-api',
      }),
    );
    await renderInPortal(<AuditPage />, { api });
    const [row] = await rows();
    expect(row).toHaveTextContent('trigger:nightly, answered for by');
    expect(row).toHaveTextContent('Launched.task.launched');
    expect(within(row).getByText(/ago|2026/)).toHaveAttribute(
      'datetime',
      '2026-03-14T11:59:00.000Z',
    );
    const links = within(row)
      .getAllByRole('link')
      .map(link => link.getAttribute('href'));
    expect(links).toEqual([
      '/catalog/default/group/team-payments',
      '/agent-tasks/tasks/task_1',
      '/agent-tasks/campaigns/camp_1',
      '/agent-tasks/teams/default/team-payments',
    ]);
  });

  it('narrows by what it is about and keeps that in the address', async () => {
    const api = createApi(
      event(1),
      event(2, { type: 'limits.changed', message: 'Changed the limits.' }),
    );
    const portal = await renderInPortal(<AuditPage />, { api });
    expect(await rows()).toHaveLength(2);
    await userEvent.click(screen.getByLabelText('What it is about'));
    await userEvent.click(screen.getByRole('option', { name: 'Limits' }));
    await waitFor(async () => expect(await rows()).toHaveLength(1));
    expect(portal.address()).toBe('/?area=limits');
    expect(api.callsOf('listEvents').at(-1)).toEqual([
      { type: ['limits'], limit: 50 },
    ]);
    await userEvent.click(screen.getByRole('button', { name: /clear/i }));
    await waitFor(async () => expect(await rows()).toHaveLength(2));
    expect(portal.address()).toBe('/');
  });

  it('narrows by any actor that is typed, and takes the filters of an address', async () => {
    const api = createApi(event(1), event(2, { actor: 'trigger:nightly' }));
    const portal = await renderInPortal(<AuditPage />, {
      api,
      path: '/?area=brake',
    });
    expect(await rows()).toHaveLength(2);
    await userEvent.type(
      screen.getByLabelText('Who'),
      'trigger:nightly{enter}',
    );
    await waitFor(async () => expect(await rows()).toHaveLength(1));
    expect(portal.address()).toBe('/?area=brake&actor=trigger%3Anightly');
  });

  it('takes the id of a task or campaign, and says so of anything else', async () => {
    const api = createApi(event(1), event(2, { campaignId: 'camp_7' }));
    const portal = await renderInPortal(<AuditPage />, { api });
    await rows();
    const field = screen.getByLabelText('Task or campaign');
    await userEvent.type(field, 'payments{enter}');
    expect(
      screen.getByText('An id begins with task_ or camp_.'),
    ).toBeInTheDocument();
    expect(portal.address()).toBe('/');
    await userEvent.clear(field);
    await userEvent.type(field, 'camp_7{enter}');
    await waitFor(async () => expect(await rows()).toHaveLength(1));
    expect(portal.address()).toBe('/?subject=camp_7');
  });

  it('pages on the server', async () => {
    const api = createApi(
      ...Array.from({ length: 60 }, (_, index) => event(index)),
    );
    const portal = await renderInPortal(<AuditPage />, { api });
    expect(await rows()).toHaveLength(50);
    await userEvent.click(screen.getByRole('button', { name: 'Older' }));
    await screen.findByText('Event 59.');
    expect(await rows()).toHaveLength(10);
    expect(portal.address()).toBe('/?cursor=50');
  });

  it('says which permission is missing', async () => {
    const api = createApi();
    api.fail('listEvents', await createResponseError(403, 'no'));
    await renderInPortal(<AuditPage />, { api });
    expect(
      await screen.findByText('You may not see the audit'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('It needs the permission agent-tasks.audit.read.'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('search')).not.toBeInTheDocument();
  });

  it('says what will be here', async () => {
    const api = createApi();
    await renderInPortal(<AuditPage />, { api });
    expect(
      await screen.findByText('Nothing has happened yet'),
    ).toBeInTheDocument();
  });

  it('says that nothing matches', async () => {
    const api = createApi(event(1));
    await renderInPortal(<AuditPage />, { api, path: '/?area=template' });
    expect(
      await screen.findByText('Nothing matches these filters'),
    ).toBeInTheDocument();
  });
});
