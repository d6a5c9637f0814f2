import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  exampleCampaign,
  exampleStoppedCampaign,
} from '../../dev/exampleCampaign';
import {
  createResponseError,
  FakeAgentTasksApi,
} from '../../dev/FakeAgentTasksApi';
import { renderInPortal } from '../../dev/renderInPortal';
import { CampaignsPage } from './CampaignsPage';

function createApi(more = 0) {
  const api = FakeAgentTasksApi.create();
  api.campaigns.put(exampleCampaign({ id: 'camp_1' }));
  api.campaigns.put(
    exampleStoppedCampaign({
      id: 'camp_2',
      trigger: { id: 'trg_1', name: 'nightly', owner: 'group:default/a' },
    }),
  );
  for (let index = 0; index < more; index++) {
    api.campaigns.put(
      exampleCampaign({
        id: `camp_old${index}`,
        createdAt: new Date(Date.UTC(2025, 0, 1) - index).toISOString(),
      }),
    );
  }
  return api;
}

const dataRows = async () =>
  within(await screen.findByRole('table', { name: 'Campaigns' }))
    .getAllByRole('row')
    .slice(1);

describe('CampaignsPage', () => {
  it('shows state, progress, wave and who asked, each campaign as a link', async () => {
    await renderInPortal(<CampaignsPage />, { api: createApi() });
    const rows = await dataRows();
    expect(rows).toHaveLength(2);
    const running = rows.find(row => row.textContent?.includes('Running'))!;
    expect(running).toHaveTextContent('9 of 42 merged');
    expect(running).toHaveTextContent('3 of 4');
    expect(
      within(running).getByRole('link', { name: 'Bump a dependency' }),
    ).toHaveAttribute('href', '/agent-tasks/campaigns/camp_1');
    const stopped = rows.find(row =>
      row.textContent?.includes('Stopped by a rule'),
    )!;
    expect(stopped).toHaveTextContent('trigger nightly');
  });

  it('filters on the server, and keeps the filters in the address', async () => {
    const api = createApi();
    const portal = await renderInPortal(<CampaignsPage />, {
      api,
      path: '/?state=stopped&template=bump-dependency',
    });
    expect(await dataRows()).toHaveLength(1);
    expect(api.callsOf('listCampaigns')[0]).toEqual([
      { state: ['stopped'], template: ['bump-dependency'], limit: 25 },
    ]);
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    await waitFor(async () => expect(await dataRows()).toHaveLength(2));
    expect(portal.address()).toBe('/');
  });

  it('goes to older pages and back to the newest', async () => {
    const portal = await renderInPortal(<CampaignsPage />, {
      api: createApi(30),
    });
    expect(await dataRows()).toHaveLength(25);
    await userEvent.click(screen.getByRole('button', { name: 'Older' }));
    await waitFor(async () => expect(await dataRows()).toHaveLength(7));
    expect(portal.address()).toBe('/?cursor=25');
    await userEvent.click(screen.getByRole('button', { name: 'Newest' }));
    await waitFor(async () => expect(await dataRows()).toHaveLength(25));
  });

  it('says what it will show, and leads to the first launch', async () => {
    await renderInPortal(<CampaignsPage />);
    const panel = await screen.findByRole('status');
    expect(panel).toHaveTextContent('No campaigns yet');
    expect(
      within(panel).getByRole('link', { name: 'To the page Launch' }),
    ).toHaveAttribute('href', '/agent-tasks/launch');
  });

  it('names the permission that is missing, and tries again after a failure', async () => {
    const api = createApi();
    api.fail('listCampaigns', await createResponseError(503, 'Out of order.'));
    await renderInPortal(<CampaignsPage />, { api });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('Could not load the campaigns');
    expect(alert).toHaveTextContent('Out of order.');
    api.fail('listCampaigns');
    await userEvent.click(within(alert).getByRole('button', { name: 'Retry' }));
    expect(await dataRows()).toHaveLength(2);
  });
});
