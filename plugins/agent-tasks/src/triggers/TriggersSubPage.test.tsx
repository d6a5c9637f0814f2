import { discoveryApiRef } from '@backstage/core-plugin-api';
import { TestApiProvider } from '@backstage/test-utils';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import { exampleTriggers } from '../../dev/exampleTriggers';
import {
  createResponseError,
  FakeAgentTasksApi,
} from '../../dev/FakeAgentTasksApi';
import { renderInPortal } from '../../dev/renderInPortal';
import { TriggersSubPage } from './TriggersSubPage';

jest.setTimeout(60_000);

function createApi() {
  const api = FakeAgentTasksApi.create();
  exampleTriggers().forEach(({ trigger, runs }) =>
    api.triggers.put(trigger, runs),
  );
  return api;
}

async function open(path: string, api = createApi()) {
  const portal = await renderInPortal(
    <TestApiProvider
      apis={[
        [
          discoveryApiRef,
          { getBaseUrl: async id => `https://portal.example/api/${id}` },
        ],
      ]}
    >
      <Routes>
        <Route path="/agent-tasks/triggers/*" element={<TriggersSubPage />} />
      </Routes>
    </TestApiProvider>,
    { api, path: `/agent-tasks/triggers${path}` },
  );
  return { ...portal, api };
}

describe('The list of triggers', () => {
  it('says when each runs, how its last run ended and why', async () => {
    await open('');
    const table = await screen.findByRole('table', { name: 'Triggers' });
    const rowOf = (name: string) =>
      within(table).getByRole('link', { name }).closest('tr');
    expect(rowOf('Security alerts')).toHaveTextContent(
      /On dependabot_alert.*Launched.*1 of 20 this hour/,
    );
    expect(rowOf('on-scan')).toHaveTextContent(
      /Paused.*When its sender calls.*never yet/,
    );
    expect(table).toHaveTextContent(
      /Left out.*3 of the tasks of an earlier run are not settled/,
    );
    expect(table).toHaveTextContent('0 6 * * 1');
    expect(table).toHaveTextContent('Paused');
    expect(screen.getByRole('button', { name: 'New trigger' })).toHaveAttribute(
      'href',
      '/agent-tasks/triggers/-/new',
    );
  });

  it('offers nothing to who may only look', async () => {
    const api = createApi();
    api.triggers.mayManage = false;
    await open('', api);
    await screen.findByRole('table', { name: 'Triggers' });
    expect(screen.queryByText('New trigger')).not.toBeInTheDocument();
  });

  it('says that there is none', async () => {
    await open('', FakeAgentTasksApi.create());
    expect(
      await screen.findByRole('heading', {
        name: /Nothing launches by itself/,
      }),
    ).toBeInTheDocument();
  });
});

describe('The page of a trigger', () => {
  it('shows its runs and why one did not launch, and runs it now', async () => {
    const { api } = await open('/trg_weekly');
    const runs = await screen.findByRole('table', { name: /Runs of/ });
    expect(runs).toHaveTextContent('3 of the tasks of an earlier run');
    expect(within(runs).getByRole('link', { name: '3 tasks' })).toHaveAttribute(
      'href',
      '/agent-tasks/campaigns/camp_1',
    );
    expect(screen.getByText('trigger:weekly-lint')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Run now' }));
    await userEvent.click(
      within(screen.getByRole('dialog')).getByRole('button', {
        name: 'Run now',
      }),
    );
    expect(
      await within(runs).findByText('Nothing is launched here.', undefined, {
        timeout: 20_000,
      }),
    ).toBeInTheDocument();
    expect(api.triggers.runs('trg_weekly')).toHaveLength(3);
  });

  it('is paused with a reason', async () => {
    const { api } = await open('/trg_alert');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Pause…' }),
    );
    const dialog = screen.getByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Pause it' }),
    );
    expect(api.triggers.get('trg_alert').paused).toBeUndefined();
    await userEvent.type(
      within(dialog).getByLabelText(/Reason/),
      'Too many at once',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Pause it' }),
    );
    await screen.findByRole('button', { name: 'Resume' });
    expect(screen.getByText(/Too many at once/)).toBeInTheDocument();
  });

  it('shows where a sender posts to, and what it signs with', async () => {
    await open('/trg_scan');
    expect(
      await screen.findByText(
        'https://portal.example/api/agent-tasks/hooks/trg_scan',
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('scanner')).toBeInTheDocument();
    expect(screen.getByText(/The scanner is being replaced/)).toBeVisible();
  });

  it('says that there is none', async () => {
    const api = createApi();
    api.fail('getTrigger', await createResponseError(404, 'no such trigger'));
    await open('/trg_gone', api);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'There is no such trigger',
    );
  });
});

describe('The editor of a trigger', () => {
  const field = (name: RegExp) => screen.getByLabelText(name);
  const type = (name: RegExp, value: string) =>
    fireEvent.change(field(name), { target: { value } });

  it('shows the next runs as one types, or what is wrong', async () => {
    await open('/-/new');
    await screen.findByLabelText(/^Schedule/);
    type(/Time zone/, 'UTC');
    type(/^Schedule/, '0 6 1 1 *');
    await waitFor(() =>
      expect(screen.getAllByText(/1 Jan|Jan 1/)).toHaveLength(5),
    );
    type(/^Schedule/, '0 0 30 2 *');
    expect(await screen.findByText(/never fires/)).toBeInTheDocument();
    type(/^Schedule/, '* * * * * *');
    expect(
      await screen.findByText(/more often than once a minute/),
    ).toBeInTheDocument();
    type(/^Schedule/, '0 6 * * *');
    type(/Time zone/, 'Mars/Base');
    expect(await screen.findByText(/is no time zone/)).toBeInTheDocument();
  });

  it('makes a schedule, and says first what is missing', async () => {
    const { api, address } = await open('/-/new');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Make it' }),
    );
    expect(
      screen.getByText(/Not yet as it has to be: name, owner, template/),
    ).toBeInTheDocument();
    type(/^Name/, 'nightly-lint');
    type(/^Owner/, 'group:default/team-payments');
    const templates = within(field(/^Template/)).getAllByRole('option');
    expect(templates.length).toBeGreaterThan(1);
    type(/^Template/, (templates[1] as HTMLOptionElement).value);
    type(/^Components/, 'component:default/payments-api\nledger');
    await userEvent.click(screen.getByRole('button', { name: 'Make it' }));
    await waitFor(() => expect(address()).toBe('/agent-tasks/triggers/trg_4'));
    expect(api.triggers.get('trg_4')).toMatchObject({
      name: 'nightly-lint',
      components: ['component:default/payments-api', 'ledger'],
      schedule: { cron: '0 6 * * 1' },
    });
  });

  it('does not overwrite what somebody else changed meanwhile', async () => {
    const { api } = await open('/trg_weekly/edit');
    await screen.findByLabelText(/^Schedule/);
    api.triggers.pause('trg_weekly', 'Meanwhile');
    type(/^Schedule/, '0 7 * * 1');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText(/Nothing was saved/)).toHaveTextContent(
      'somebody changed it meanwhile',
    );
  });
});
