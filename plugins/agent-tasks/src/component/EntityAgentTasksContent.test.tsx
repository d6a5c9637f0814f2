import type { Plan } from '@agent-tasks/plugin-agent-tasks-common';
import type { Entity } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { exampleChange, exampleComponent } from '../../dev/exampleData';
import {
  createResponseError,
  FakeAgentTasksApi,
} from '../../dev/FakeAgentTasksApi';
import { bySignal, renderInPortal } from '../../dev/renderInPortal';
import { EntityAgentTasksContent } from './EntityAgentTasksContent';

const open = (
  api = FakeAgentTasksApi.create(),
  options: { mayLaunch?: boolean; entity?: Entity } = {},
) =>
  renderInPortal(
    <EntityProvider entity={options.entity ?? exampleComponent}>
      <EntityAgentTasksContent />
    </EntityProvider>,
    { api, ...options },
  );

/** Opens the drawer and goes as far as the plan. */
async function goToPlan() {
  await userEvent.click(await screen.findByRole('button', { name: 'Launch' }));
  const drawer = await screen.findByRole('dialog', { name: /Launch a task/ });
  await userEvent.click(
    await within(drawer).findByRole('button', { name: /Bump a dependency/ }),
  );
  await userEvent.type(
    await within(drawer).findByRole('textbox', { name: /Package/ }),
    'axios',
  );
  await userEvent.type(
    within(drawer).getByRole('textbox', { name: /Version/ }),
    '1.12.2',
  );
  await userEvent.click(
    within(drawer).getByRole('button', { name: 'See what will happen' }),
  );
  await within(drawer).findByRole('heading', { name: 'What will happen' });
  return drawer;
}

describe('EntityAgentTasksContent', () => {
  it('shows the open changes of the component, then its tasks', async () => {
    const api = FakeAgentTasksApi.create();
    api.addTask({ id: 'task_1', state: 'in_review', change: exampleChange() });
    api.addTask({
      id: 'task_2',
      state: 'merged',
      change: exampleChange({ number: 300, state: 'merged' }),
    });
    api.addTask({
      id: 'task_3',
      components: [{ entityRef: 'component:default/other' }],
    });
    await open(api);
    const changes = await screen.findByRole('list', { name: 'Open changes' });
    expect(within(changes).getAllByRole('listitem')).toHaveLength(1);
    expect(changes).toHaveTextContent('#412 Update axios to 1.12.2');
    expect(changes).toHaveTextContent('In review');

    const table = await screen.findByRole('table', { name: 'Tasks' });
    expect(within(table).getAllByRole('row')).toHaveLength(3);
  });

  it('says what will appear, before the first task', async () => {
    await open();
    expect(
      await screen.findByText('No agent has worked on this component yet'),
    ).toBeInTheDocument();
    expect(screen.getByText(/No open changes/)).toBeInTheDocument();
  });

  it('says which permission a launch needs to whom has it not', async () => {
    // Of another name, because permission decisions are remembered from one test to the next.
    const entity = {
      ...exampleComponent,
      metadata: { ...exampleComponent.metadata, name: 'of-others' },
    };
    await open(undefined, { mayLaunch: false, entity });
    const button = await screen.findByRole('button', { name: 'Launch' });
    await waitFor(() =>
      expect(button).toHaveAccessibleDescription(/agent-tasks\.task\.create/),
    );
    expect(button).toBeDisabled();
  });
});

describe('launching', () => {
  it('shows how each template has done', async () => {
    await open();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Launch' }),
    );
    const used = await screen.findByRole('button', {
      name: /Bump a dependency/,
    });
    expect(used).toHaveTextContent('12 of 15 merged');
    expect(used).toHaveTextContent('12 min typical run');
    expect(used).toHaveTextContent('npm');
    expect(
      screen.getByRole('button', { name: /Fix a lint rule/ }),
    ).toHaveTextContent('not used in the last 60 days');
  });

  it('names the fields that are missing and asks the backend nothing', async () => {
    const { api } = await open();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Launch' }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: /Bump a dependency/ }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'See what will happen' }),
    );
    expect(await screen.findAllByText('This is needed.')).toHaveLength(2);
    expect(api.callsOf('plan')).toHaveLength(0);
  });

  it('shows what will happen, launches it, and follows the task', async () => {
    const portal = await open();
    const { api } = portal;
    const drawer = await goToPlan();

    expect(drawer).toHaveTextContent('1 task starts now.');
    const task = within(drawer).getByRole('region', {
      name: 'Task on acme/payments-api',
    });
    expect(task).toHaveTextContent('At once: a slot is free.');
    expect(
      within(task).getByRole('link', { name: /team-payments/ }),
    ).toBeInTheDocument();
    expect(task).toHaveTextContent('GitHub Copilot');
    expect(
      within(task).getByTitle('From the form: dependency'),
    ).toHaveTextContent('axios');

    await userEvent.click(
      within(drawer).getByRole('button', { name: 'Launch 1 task' }),
    );
    expect(
      await within(drawer).findByRole('list', { name: /Timeline/ }),
    ).toHaveTextContent('Launched “Bump a dependency”.');
    expect(
      within(drawer).getByRole('link', { name: /task’s page/ }),
    ).toHaveAttribute(
      'href',
      expect.stringMatching(/^\/agent-tasks\/tasks\/task_/),
    );
    expect(api.callsOf('launch')).toEqual([
      [
        {
          template: 'bump-dependency',
          components: ['component:default/payments-api'],
          parameters: {
            dependency: 'axios',
            version: '1.12.2',
            reason: 'It keeps our dependencies current.',
          },
          expected: {
            templateRevision: 3,
            tasks: [
              {
                repository: 'github.example.com/acme/payments-api',
                team: 'group:default/team-payments',
                components: ['component:default/payments-api'],
              },
            ],
          },
          acceptChanges: false,
        },
        expect.stringMatching(/^[\x21-\x7e]{8,255}$/),
      ],
    ]);

    const { tasks } = await api.listTasks().then(({ items }) => ({
      tasks: items,
    }));
    api.change(tasks[0].id, {
      task: { state: 'running' },
      event: { message: 'The agent has started.' },
    });
    await portal.tell(tasks[0].id);
    expect(
      await within(drawer).findByText('The agent has started.', {}, bySignal),
    ).toBeInTheDocument();
  });

  it('launches once, however often the button is pressed', async () => {
    const { api } = await open();
    const drawer = await goToPlan();
    const release = api.hold('launch');
    const button = within(drawer).getByRole('button', {
      name: 'Launch 1 task',
    });
    await userEvent.dblClick(button);
    expect(
      within(drawer).getByRole('button', { name: 'Launching…' }),
    ).toBeDisabled();
    release();
    await within(drawer).findByRole('list', { name: /Timeline/ });
    expect(api.callsOf('launch')).toHaveLength(1);
    expect((await api.listTasks()).items).toHaveLength(1);
  });

  it('tries again with the same key after an answer was lost', async () => {
    const { api } = await open();
    const drawer = await goToPlan();
    api.fail('launch', new TypeError('Failed to fetch'));
    await userEvent.click(
      within(drawer).getByRole('button', { name: 'Launch 1 task' }),
    );
    expect(await within(drawer).findByRole('alert')).toHaveTextContent(
      'the same launch never happens twice',
    );
    api.fail('launch');
    await userEvent.click(
      within(drawer).getByRole('button', { name: 'Launch 1 task' }),
    );
    await within(drawer).findByRole('list', { name: /Timeline/ });
    const [[, first], [, second]] = api.callsOf('launch');
    expect(second).toBe(first);
  });

  it('shows what has changed since the plan, and launches only the new plan', async () => {
    const { api } = await open();
    const drawer = await goToPlan();
    api.fail(
      'launch',
      await createResponseError(
        409,
        'The owner of acme/payments-api is now group:default/team-checkout.',
      ),
    );
    await userEvent.click(
      within(drawer).getByRole('button', { name: 'Launch 1 task' }),
    );
    const alert = await within(drawer).findByRole('alert');
    expect(alert).toHaveTextContent('nothing was launched');
    expect(alert).toHaveTextContent('is now group:default/team-checkout');
    expect(
      within(drawer).queryByRole('button', { name: 'Launch 1 task' }),
    ).not.toBeInTheDocument();

    api.fail('launch');
    api.adaptPlan = plan => ({
      ...plan,
      tasks: plan.tasks.map(task => ({
        ...task,
        team: 'group:default/team-checkout',
      })),
    });
    await userEvent.click(
      within(drawer).getByRole('button', { name: 'Review the new plan' }),
    );
    expect(
      await within(drawer).findByRole('link', { name: /team-checkout/ }),
    ).toBeInTheDocument();
    await userEvent.click(
      within(drawer).getByRole('button', { name: 'Launch 1 task' }),
    );
    await within(drawer).findByRole('list', { name: /Timeline/ });
    const [[, first], [, second]] = api.callsOf('launch');
    expect(second).not.toBe(first);
  });

  it('says why nothing can be launched, and what to do about it', async () => {
    const api = FakeAgentTasksApi.create();
    api.adaptPlan = (plan): Plan => ({
      ...plan,
      tasks: [],
      outline: { ...plan.outline, tasks: [] },
      excluded: [
        {
          component: 'component:default/payments-api',
          reason: 'no-owner',
          message: 'It has no owner.',
          remedy: 'Set spec.owner to a group of the catalog.',
        },
      ],
    });
    await open(api);
    const drawer = await goToPlan();
    expect(drawer).toHaveTextContent('Nothing can be launched.');
    expect(within(drawer).getByRole('alert')).toHaveTextContent(
      'It has no owner.What to do: Set spec.owner to a group of the catalog.',
    );
    expect(
      within(drawer).queryByRole('button', { name: /^Launch/ }),
    ).not.toBeInTheDocument();
  });

  it('says what will hold a task, and what could not be checked', async () => {
    const api = FakeAgentTasksApi.create();
    api.adaptPlan = plan => ({
      ...plan,
      warnings: ['Whether the repository exists: GitHub does not answer.'],
      tasks: plan.tasks.map(task => ({
        ...task,
        willStart: false,
        hold: {
          limit: 'portal-running',
          message: 'All 5 run slots of the portal are taken.',
        },
      })),
    });
    await open(api);
    const drawer = await goToPlan();
    expect(drawer).toHaveTextContent('1 task will wait.');
    expect(drawer).toHaveTextContent(
      'All 5 run slots of the portal are taken.',
    );
    expect(drawer).toHaveTextContent('GitHub does not answer.');
  });

  it('keeps what was filled in when one goes back, or closes the drawer', async () => {
    await open();
    const drawer = await goToPlan();
    await userEvent.click(within(drawer).getByRole('button', { name: 'Back' }));
    expect(
      await within(drawer).findByRole('textbox', { name: /Package/ }),
    ).toHaveValue('axios');
    await userEvent.click(
      within(drawer).getByRole('button', { name: 'Close' }),
    );
    await waitFor(() => expect(drawer).not.toBeInTheDocument());
    await userEvent.click(screen.getByRole('button', { name: 'Launch' }));
    expect(await screen.findByRole('textbox', { name: /Version/ })).toHaveValue(
      '1.12.2',
    );
  });

  it('leads the focus to each step', async () => {
    await open();
    const drawer = await goToPlan();
    expect(
      within(drawer).getByRole('heading', { name: 'What will happen' }),
    ).toHaveFocus();
  });

  it('says what is wrong with parameters that the backend refuses', async () => {
    const { api } = await open();
    api.fail(
      'plan',
      await createResponseError(400, "no version '9.9.9' of axios is known"),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Launch' }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: /Bump a dependency/ }),
    );
    await userEvent.type(
      await screen.findByRole('textbox', { name: /Package/ }),
      'axios',
    );
    await userEvent.type(
      screen.getByRole('textbox', { name: /Version/ }),
      '9.9.9',
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'See what will happen' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      "no version '9.9.9' of axios is known",
    );
    expect(screen.getByRole('textbox', { name: /Package/ })).toHaveValue(
      'axios',
    );
  });

  it('says what to do when there are no templates', async () => {
    const api = FakeAgentTasksApi.create();
    api.templates = [];
    await open(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Launch' }),
    );
    const drawer = await screen.findByRole('dialog');
    expect(
      await within(drawer).findByText('There are no templates yet'),
    ).toBeInTheDocument();
  });

  it('names the permission without which no template is shown', async () => {
    const api = FakeAgentTasksApi.create();
    api.fail('listTemplates', await createResponseError(403, 'Unauthorized'));
    await open(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Launch' }),
    );
    expect(
      await screen.findByText(/agent-tasks\.template\.read/),
    ).toBeInTheDocument();
  });
});
