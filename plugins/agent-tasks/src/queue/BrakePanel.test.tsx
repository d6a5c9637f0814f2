import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { exampleBrake, exampleQueue } from '../../dev/exampleQueue';
import {
  createResponseError,
  FakeAgentTasksApi,
} from '../../dev/FakeAgentTasksApi';
import { renderInPortal } from '../../dev/renderInPortal';
import { BrakeChip } from './BrakeChip';
import { QueuePage } from './QueuePage';

const payments = 'group:default/team-payments';
const checkout = 'group:default/team-checkout';

const open = (api: FakeAgentTasksApi) =>
  renderInPortal(
    <>
      <BrakeChip />
      <QueuePage />
    </>,
    { api },
  );

const openDialog = async () => {
  await userEvent.click(
    await screen.findByRole('button', { name: 'Pull the brake…' }),
  );
  return screen.findByRole('dialog', { name: 'Pull the brake' });
};

function createApi(mayPull: FakeAgentTasksApi['mayPull']) {
  const api = FakeAgentTasksApi.create();
  api.mayPull = mayPull;
  return api;
}

describe('brakes', () => {
  it('says what is held back, why, by whom and until when, on the page and in the header', async () => {
    const api = FakeAgentTasksApi.create();
    api.brakes = [exampleBrake({ mayRelease: false })];
    await open(api);
    const panel = await screen.findByRole('region', { name: 'Brakes' });
    expect(
      await within(panel).findByText('Brake on team Payments.'),
    ).toBeInTheDocument();
    expect(within(panel).getByRole('listitem')).toHaveTextContent(
      /Release freeze\..*Pulled by lee, 10 min\. ago · comes off by itself in 3 hr\./,
    );
    expect(within(panel).queryByRole('button')).not.toBeInTheDocument();
    expect(
      await screen.findByRole('link', { name: 'Brake on team Payments' }),
    ).toHaveAttribute('href', '/agent-tasks/queue');
  });

  it('leads from the header to a campaign that was stopped', async () => {
    const api = FakeAgentTasksApi.create();
    api.brakes = [exampleBrake({ scope: 'campaign', subject: 'camp_1' })];
    await renderInPortal(<BrakeChip />, { api });
    expect(
      await screen.findByRole('link', { name: 'Brake on a campaign' }),
    ).toHaveAttribute('href', '/agent-tasks/campaigns/camp_1');
  });

  it('counts brakes in the header where there is more than one', async () => {
    const api = FakeAgentTasksApi.create();
    api.brakes = [
      exampleBrake(),
      exampleBrake({ id: 'brake_2', scope: 'portal', subject: undefined }),
    ];
    await renderInPortal(<BrakeChip />, { api });
    expect(
      await screen.findByRole('link', { name: '2 brakes on' }),
    ).toBeInTheDocument();
  });

  it('says before it releases one what will happen', async () => {
    const api = FakeAgentTasksApi.create();
    api.brakes = [exampleBrake()];
    api.queue = exampleQueue({
      holds: [{ limit: 'brake', subject: payments, tasks: 7 }],
    });
    await open(api);
    await userEvent.click(
      await screen.findByRole('button', {
        name: /Release the brake on team (Payments|team-payments)/,
      }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveAccessibleDescription(
      /7 queued tasks are no longer held back/,
    );
    expect(api.callsOf('releaseBrake')).toEqual([]);
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Release the brake' }),
    );
    expect(
      await screen.findByText('The brake on team Payments is off.'),
    ).toBeInTheDocument();
    expect(api.callsOf('releaseBrake')).toEqual([['brake_1']]);
    await waitFor(() =>
      expect(
        screen.queryByRole('link', { name: /Brake on/ }),
      ).not.toBeInTheDocument(),
    );
  });

  it('keeps the dialog open and says why where releasing fails', async () => {
    const api = FakeAgentTasksApi.create();
    api.brakes = [exampleBrake()];
    api.fail('releaseBrake', await createResponseError(403, 'Not yours.'));
    await open(api);
    await userEvent.click(
      await screen.findByRole('button', { name: /Release the brake on/ }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Release the brake' }),
    );
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'It was not released: Not yours.',
    );
  });

  it('pulls one on a team, for those who may do that alone', async () => {
    const api = createApi({ everything: false, teams: [payments, checkout] });
    await open(api);
    const dialog = await openDialog();
    expect(
      within(dialog).queryByLabelText('Hold back'),
    ).not.toBeInTheDocument();
    const submit = () =>
      within(dialog).getByRole('button', { name: /^Hold back/ });
    expect(submit()).toHaveTextContent(/^Hold back a team until/);

    // Nothing is sent before it is complete; what is missing is said.
    await userEvent.click(submit());
    expect(
      within(dialog).getByText('Say what to hold back.'),
    ).toBeInTheDocument();
    expect(within(dialog).getByLabelText(/Reason/)).toHaveAccessibleDescription(
      'Say why, for those whose tasks wait.',
    );
    expect(api.callsOf('pullBrake')).toEqual([]);

    await userEvent.click(within(dialog).getByLabelText(/^Team/));
    await userEvent.click(
      await screen.findByRole('option', { name: 'Payments' }),
    );
    await userEvent.type(within(dialog).getByLabelText(/Reason/), ' Freeze. ');
    await userEvent.selectOptions(
      within(dialog).getByLabelText('Until'),
      'somebody releases it',
    );
    expect(submit()).toHaveTextContent(
      'Hold back team Payments until released',
    );
    await userEvent.click(submit());
    expect(
      await screen.findByText('The brake on team Payments is on.'),
    ).toBeInTheDocument();
    expect(api.callsOf('pullBrake')).toEqual([
      [{ scope: 'team', subject: payments, reason: 'Freeze.' }],
    ]);
    expect(
      await screen.findByRole('link', { name: 'Brake on team Payments' }),
    ).toBeInTheDocument();
  });

  it('pulls one on the whole portal, and stops what runs', async () => {
    const api = createApi({ everything: true, teams: [] });
    await open(api);
    const dialog = await openDialog();
    await userEvent.selectOptions(
      within(dialog).getByLabelText('Hold back'),
      'The whole portal',
    );
    await userEvent.type(within(dialog).getByLabelText(/Reason/), 'Incident');
    const stop = within(dialog).getByRole('checkbox', {
      name: 'Also stop running tasks',
    });
    expect(stop).toHaveAccessibleDescription(/is cancelled/);
    await userEvent.click(stop);
    await userEvent.selectOptions(
      within(dialog).getByLabelText('Until'),
      'a day and time…',
    );
    const submit = within(dialog).getByRole('button', { name: /^Hold back/ });
    await userEvent.click(submit);
    expect(
      within(dialog).getByText('Choose a time within the next year.'),
    ).toBeInTheDocument();

    const tomorrow = new Date(Date.now() + 86_400_000);
    tomorrow.setSeconds(0, 0);
    const local = new Date(
      tomorrow.getTime() - tomorrow.getTimezoneOffset() * 60_000,
    );
    fireEvent.change(within(dialog).getByLabelText(/Day and time/), {
      target: { value: local.toISOString().slice(0, 16) },
    });
    expect(submit).toHaveTextContent(
      /^Hold back the whole portal until .*, and stop what runs$/,
    );
    await userEvent.click(submit);
    expect(
      await screen.findByText(
        'The brake on the whole portal is on. 1 running task is being stopped.',
      ),
    ).toBeInTheDocument();
    expect(api.callsOf('pullBrake')).toEqual([
      [
        {
          scope: 'portal',
          reason: 'Incident',
          until: tomorrow.toISOString(),
          stopRunning: true,
        },
      ],
    ]);
  });

  it('offers the agents and templates that there are, and every team of the catalog', async () => {
    const api = createApi({ everything: true, teams: [] });
    await open(api);
    const dialog = await openDialog();
    await userEvent.click(within(dialog).getByLabelText(/^Team/));
    expect(
      await screen.findByRole('option', { name: 'Checkout' }),
    ).toBeInTheDocument();
    await userEvent.keyboard('{Escape}');

    const scope = within(dialog).getByLabelText('Hold back');
    await userEvent.selectOptions(scope, 'An agent');
    // There is one alone.
    expect(await within(dialog).findByLabelText(/^Agent/)).toHaveValue(
      'github-copilot',
    );
    await userEvent.selectOptions(scope, 'A template');
    const template = await within(dialog).findByLabelText(/^Template/);
    await userEvent.selectOptions(template, 'Bump a dependency');
    expect(
      within(dialog).getByRole('button', {
        name: /^Hold back template Bump a dependency until/,
      }),
    ).toBeInTheDocument();
  });

  it('says why a brake was not pulled', async () => {
    const api = createApi({ everything: false, teams: [payments] });
    api.fail('pullBrake', await createResponseError(403, 'You may not.'));
    await open(api);
    const dialog = await openDialog();
    // The one team that there is to choose is chosen.
    await waitFor(() =>
      expect(within(dialog).getByLabelText(/^Team/)).toHaveValue('Payments'),
    );
    await userEvent.type(within(dialog).getByLabelText(/Reason/), 'Freeze');
    await userEvent.click(
      within(dialog).getByRole('button', { name: /^Hold back team Payments/ }),
    );
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'The brake was not pulled: You may not.',
    );
  });
});
