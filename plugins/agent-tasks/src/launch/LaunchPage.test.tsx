import type { Plan, PlanRequest } from '@agent-tasks/plugin-agent-tasks-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { exampleCampaign } from '../../dev/exampleCampaign';
import { exampleCatalog } from '../../dev/exampleCatalog';
import { examplePlan, examplePlannedTask } from '../../dev/examplePlan';
import {
  createResponseError,
  FakeAgentTasksApi,
} from '../../dev/FakeAgentTasksApi';
import { renderInPortal } from '../../dev/renderInPortal';
import { LaunchPage } from './LaunchPage';

const entities = exampleCatalog({ components: 60 });

const componentRefs = entities
  .filter(({ kind }) => kind === 'Component')
  .map(({ metadata }) => `component:default/${metadata.name}`)
  .sort();

const filledIn = encodeURIComponent(
  JSON.stringify({ dependency: 'axios', version: '1.12.2' }),
);
const prefilled = `template=bump-dependency&parameters=${filledIn}`;

const open = (path = '/', api = FakeAgentTasksApi.create()) =>
  renderInPortal(<LaunchPage />, { api, path, entities });

const task = (name: string, overrides = {}) =>
  examplePlannedTask({
    repository: {
      ref: `github.example.com/acme/${name}`,
      url: `https://github.example.com/acme/${name}`,
    },
    components: [{ entityRef: `component:default/${name}` }],
    ...overrides,
  });

const plansOf = (api: FakeAgentTasksApi) =>
  api.callsOf('plan').map(([request]) => request as PlanRequest);

const launchButton = (name: RegExp | string) =>
  screen.findByRole('button', { name });

/** The button, as soon as it can be pressed. */
const readyButton = (name: RegExp | string) =>
  waitFor(() => {
    const button = screen.getByRole('button', { name });
    expect(button).toBeEnabled();
    return button;
  });

describe('LaunchPage', () => {
  it('plans all components that the filters find but those that were deselected, and launches that plan', async () => {
    const api = FakeAgentTasksApi.create();
    api.adaptPlan = () =>
      examplePlan({
        tasks: [
          task('cart-0000'),
          task('cart-0005', { wave: 2, willStart: false }),
          task('cart-0010', { wave: 3, willStart: false }),
        ],
      });
    const portal = await open(`/?${prefilled}&system=system:default/cart`, api);
    expect(
      await screen.findByText('12 components match; none is selected.'),
    ).toBeInTheDocument();

    await userEvent.click(
      screen.getByRole('button', { name: 'Select all 12 that match' }),
    );
    expect(
      screen.getByText(/All 12 components that match are selected/),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('checkbox', { name: /cart-0015/ }));
    expect(screen.getByText(/but 1 deselected/)).toBeInTheDocument();

    const button = await readyButton('Launch 3 tasks in 3 waves');
    const selection = {
      filter: [
        {
          kind: ['component'],
          'relations.partOf': ['system:default/cart'],
        },
      ],
      exclude: ['component:default/cart-0015'],
    };
    expect(plansOf(api).at(-1)).toMatchObject({
      template: 'bump-dependency',
      selection,
    });

    await userEvent.click(button);
    await waitFor(() => expect(api.callsOf('launch')).toHaveLength(1));
    const [request, key] = api.callsOf('launch')[0];
    expect(request).toMatchObject({ selection, acceptChanges: false });
    expect(key).toEqual(expect.stringMatching(/.{8,}/));
    await waitFor(() =>
      expect(portal.address()).toMatch(/^\/agent-tasks\/campaigns\/camp_/),
    );
  });

  it('shows what starts, what waits and why, and what is left out with the remedy', async () => {
    const api = FakeAgentTasksApi.create();
    api.adaptPlan = () =>
      examplePlan({
        tasks: [
          task('payments-api', {
            gates: [{ gate: 'approval', text: 'Somebody has to approve it.' }],
          }),
          task('ledger', {
            team: 'group:default/team-ledger',
            willStart: false,
            hold: {
              limit: 'team-review-budget',
              message: 'The review budget of Ledger is full.',
            },
          }),
        ],
        excluded: [
          {
            component: 'component:default/search-0002',
            reason: 'no-owner',
            message: 'It has no owner.',
            remedy: 'Set spec.owner.',
          },
        ],
      });
    await open(`/?${prefilled}&component=component:default/cart-0000`, api);

    const starting = await screen.findByRole('region', {
      name: 'Will start now 1',
    });
    expect(within(starting).getByText('acme/payments-api')).toBeInTheDocument();
    const waiting = screen.getByRole('region', { name: 'Will wait 1' });
    expect(waiting).toHaveTextContent('The review budget of Ledger is full.');
    const excluded = screen.getByRole('region', { name: 'Left out 1' });
    expect(excluded).toHaveTextContent('It has no owner.');
    expect(excluded).toHaveTextContent('Set spec.owner.');

    const asked = screen.getByRole('table', {
      name: 'What is asked of each team',
    });
    expect(within(asked).getAllByRole('row')).toHaveLength(3);
    expect(asked).toHaveTextContent('100 of 480');

    await userEvent.click(
      within(starting).getByRole('button', {
        name: 'Details of acme/payments-api',
      }),
    );
    expect(starting).toHaveTextContent('Somebody has to approve it.');
    expect(starting).toHaveTextContent(/copilot-main acts, on behalf of/);
  });

  it('asks for a prompt that the plan does not bring when somebody wants to read it', async () => {
    const api = FakeAgentTasksApi.create();
    api.adaptPlan = (_, request) =>
      examplePlan({
        tasks: [
          task('ledger', {
            prompt: request.promptsFor && {
              text: 'Update axios.',
              segments: [{ text: 'Update axios.' }],
            },
          }),
        ],
      });
    await open(`/?${prefilled}&component=component:default/cart-0000`, api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Details of acme/ledger' }),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Show the prompt' }),
    );
    expect(await screen.findByText('Update axios.')).toBeInTheDocument();
    expect(plansOf(api).at(-1)?.promptsFor).toEqual([
      'github.example.com/acme/ledger',
    ]);
  });

  it('throws away the answer to a choice that has been overtaken', async () => {
    const api = FakeAgentTasksApi.create();
    api.adaptPlan = (_, request) =>
      examplePlan({
        tasks: (request.components ?? []).map(ref =>
          task(ref.replace('component:default/', '')),
        ),
      });
    const release = api.hold('plan');
    await open(`/?${prefilled}&component=component:default/first`, api);
    await waitFor(() => expect(plansOf(api)).toHaveLength(1));
    await userEvent.click(
      await screen.findByRole('checkbox', { name: /accounting-0003/ }),
    );
    await waitFor(() => expect(plansOf(api)).toHaveLength(2));
    release();
    const starting = await screen.findByRole('region', {
      name: 'Will start now 2',
    });
    expect(starting).toHaveTextContent('acme/accounting-0003');
  });

  it('says what is missing before anything can be launched', async () => {
    const api = FakeAgentTasksApi.create();
    await open('/', api);
    const button = await launchButton('Launch');
    expect(button).toBeDisabled();
    expect(button).toHaveAccessibleDescription(
      'Choose components. Choose a template.',
    );
    await userEvent.click(
      await screen.findByRole('checkbox', { name: /accounting-0003/ }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: /Bump a dependency/ }),
    );
    await waitFor(() =>
      expect(button).toHaveAccessibleDescription(/Package: This is needed\./),
    );
    const version = screen.getByRole('textbox', { name: /Version/ });
    await userEvent.type(version, 'new');
    await userEvent.tab();
    expect(
      await screen.findByText('This does not have the form that is asked for.'),
    ).toBeInTheDocument();
    await userEvent.type(
      screen.getByRole('textbox', { name: /Package/ }),
      'axios',
    );
    await userEvent.clear(version);
    await userEvent.type(version, '1.12.2');
    await readyButton('Launch 1 task');
    expect(plansOf(api).at(-1)).toMatchObject({
      components: ['component:default/accounting-0003'],
      parameters: { dependency: 'axios', version: '1.12.2' },
    });
  });

  it('keeps everything that was chosen in the address', async () => {
    const portal = await open('/?search=cart-000');
    await userEvent.click(
      await screen.findByRole('checkbox', { name: /cart-0005/ }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: /Fix a lint rule/ }),
    );
    await userEvent.type(
      await screen.findByRole('textbox', { name: /Rule/ }),
      'eqeqeq',
    );
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Waves' }),
      '1,50%',
    );
    await waitFor(() => {
      const address = new URLSearchParams(portal.address().split('?')[1]);
      expect(Object.fromEntries(address)).toEqual({
        search: 'cart-000',
        component: 'component:default/cart-0005',
        template: 'fix-lint',
        parameters: '{"rule":"eqeqeq"}',
        waves: '1,50%',
      });
    });
    await waitFor(() =>
      expect(plansOf(portal.api).at(-1)).toMatchObject({
        template: 'fix-lint',
        rollout: { waves: [1, '50%', '100%'] },
      }),
    );
  });

  it('adds a pasted list, and says of each other line why it was not added', async () => {
    const api = FakeAgentTasksApi.create();
    await open(`/?${prefilled}`, api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Paste a list' }),
    );
    const field = screen.getByRole('textbox', {
      name: 'Components, one in each line',
    });
    await userEvent.click(field);
    await userEvent.paste(
      'cart-0000\nsystem:default/cart\ncomponent:default/cart-0005\nno such thing\nunheard-of',
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Check and add' }),
    );
    expect(await screen.findByText('2 components added.')).toBeInTheDocument();
    const lines = screen
      .getAllByRole('listitem')
      .map(item => item.textContent)
      .filter(text => text?.startsWith('Line'));
    expect(lines).toEqual([
      'Line 1, “system:default/cart”: this is no component.',
      'Line 2, “no such thing”: this is no entity ref.',
      expect.stringMatching(/^Line 3, “unheard-of”: the catalog has no such/),
    ]);
    expect(field).toHaveValue('system:default/cart\nno such thing\nunheard-of');
    expect(screen.getByText('2 components are selected.')).toBeInTheDocument();
    await waitFor(() =>
      expect(plansOf(api).at(-1)?.components).toEqual([
        'component:default/cart-0000',
        'component:default/cart-0005',
      ]),
    );
  });

  it('launches nothing that has changed, shows the difference, and offers the new plan', async () => {
    const api = FakeAgentTasksApi.create();
    let plan: Plan = examplePlan({ tasks: [task('cart'), task('ledger')] });
    api.adaptPlan = () => plan;
    await open(`/?${prefilled}&component=component:default/cart-0000`, api);
    const button = await readyButton('Launch 2 tasks');

    plan = examplePlan({ tasks: [task('cart'), task('search')], revision: 4 });
    api.fail(
      'launch',
      await createResponseError(409, 'no longer planned: ledger'),
    );
    await userEvent.click(button);
    expect(
      await screen.findByText(/The plan has changed meanwhile/),
    ).toBeInTheDocument();
    api.fail('launch');
    await userEvent.click(await readyButton('Review the new plan'));
    const note = (
      await screen.findByText('What is different in the new plan')
    ).closest('[role=status]');
    expect(note).toHaveTextContent('New: acme/search');
    expect(note).toHaveTextContent('No longer planned: acme/ledger');
    expect(note).toHaveTextContent(
      'The template is at revision 4, and was at 3.',
    );

    await userEvent.click(await readyButton('Launch 2 tasks'));
    await waitFor(() => expect(api.callsOf('launch')).toHaveLength(2));
    const [first, second] = api.callsOf('launch');
    expect(second[0]).toMatchObject({ expected: { templateRevision: 4 } });
    expect(second[1]).not.toBe(first[1]);
  });

  it('tries the same launch again under the same key after a lost answer', async () => {
    const api = FakeAgentTasksApi.create();
    await open(`/?${prefilled}&component=component:default/cart-0000`, api);
    api.fail('launch', new Error('The network is gone.'));
    await userEvent.click(await readyButton('Launch 1 task'));
    expect(
      await screen.findByText(/the same launch never happens twice/),
    ).toBeInTheDocument();
    api.fail('launch');
    await userEvent.click(await readyButton('Launch 1 task'));
    await waitFor(() => expect(api.callsOf('launch')).toHaveLength(2));
    const [first, second] = api.callsOf('launch');
    expect(second[1]).toBe(first[1]);
  });

  it('can be used with the keyboard alone', async () => {
    const api = FakeAgentTasksApi.create();
    await open(`/?${prefilled}`, api);
    const boxes = await screen.findAllByRole('checkbox');
    const user = userEvent.setup();
    const tabTo = async (element: HTMLElement) => {
      for (let step = 0; step < 120; step++) {
        if (document.activeElement === element) {
          return;
        }
        await user.tab();
      }
      throw new Error(`the keyboard does not reach ${element.outerHTML}`);
    };
    await tabTo(boxes[0]);
    await user.keyboard(' {ArrowDown}{ArrowDown} ');
    expect(boxes[0]).toBeChecked();
    expect(boxes[2]).toBeChecked();
    expect(boxes[2]).toHaveFocus();
    const button = await readyButton('Launch 1 task');
    await tabTo(button);
    await user.keyboard('{Enter}');
    await waitFor(() => expect(api.callsOf('launch')).toHaveLength(1));
    expect(api.callsOf('launch')[0][0]).toMatchObject({
      components: [componentRefs[0], componentRefs[2]],
    });
  });

  it('shows of many components one page at a time', async () => {
    await open('/');
    const list = await screen.findByRole('list', {
      name: 'Components that match',
    });
    expect(within(list).getAllByRole('checkbox')).toHaveLength(25);
    const pages = screen.getByRole('navigation', {
      name: 'Pages of components',
    });
    expect(pages).toHaveTextContent('1–25 of 60');
    await userEvent.click(within(pages).getByRole('button', { name: 'Next' }));
    expect(
      await screen.findByRole('checkbox', {
        name: new RegExp(componentRefs[25].replace('component:default/', '')),
      }),
    ).toBeInTheDocument();
  });

  it('finds the components of a domain by its systems and those of the domains below it', async () => {
    await open('/?domain=domain:default/money');
    expect(
      await screen.findByText('24 components match; none is selected.'),
    ).toBeInTheDocument();
  });

  it('adds components to a campaign, with its template and parameters', async () => {
    const api = FakeAgentTasksApi.create();
    api.campaigns.put(exampleCampaign({ id: 'camp_7' }));
    const portal = await open(
      '/?campaign=camp_7&component=component:default/cart-0000',
      api,
    );
    expect(
      await screen.findByRole('heading', {
        name: 'Add components to a campaign',
      }),
    ).toBeInTheDocument();
    await userEvent.click(await readyButton('Add 1 task'));
    await waitFor(() =>
      expect(portal.address()).toBe('/agent-tasks/campaigns/camp_7'),
    );
    expect(plansOf(api).at(-1)).toMatchObject({
      parameters: { dependency: 'axios', version: '1.12.2' },
    });
    expect(api.callsOf('addCampaignComponents')[0].slice(0, 2)).toEqual([
      'camp_7',
      expect.objectContaining({
        components: ['component:default/cart-0000'],
        acceptChanges: false,
      }),
    ]);
    expect(api.callsOf('launch')).toHaveLength(0);
  });

  it('says why it could not be planned, and plans again', async () => {
    const api = FakeAgentTasksApi.create();
    api.fail('plan', await createResponseError(503, 'The catalog is away.'));
    await open(`/?${prefilled}&component=component:default/cart-0000`, api);
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The catalog is away.');
    api.fail('plan');
    await userEvent.click(within(alert).getByRole('button', { name: 'Retry' }));
    await readyButton('Launch 1 task');
  });

  it('knows when a link names a template that there is none of, or a list that it does not hold', async () => {
    const portal = await open('/?template=gone&listed=412');
    expect(
      await screen.findByText(/There is no template “gone”/),
    ).toBeInTheDocument();
    // Also after the address has been written anew.
    await waitFor(() => expect(portal.address()).toBe('/?template=gone'));
    expect(
      screen.getByText(/This link was made for 412 components/),
    ).toBeInTheDocument();
    await userEvent.click(
      await screen.findByRole('checkbox', { name: /accounting-0003/ }),
    );
    expect(screen.queryByText(/This link was made/)).not.toBeInTheDocument();
  });
});
