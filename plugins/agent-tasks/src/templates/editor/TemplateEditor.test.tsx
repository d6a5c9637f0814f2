import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { addExampleTemplates } from '../../../dev/exampleTemplateTexts';
import { expectAccessible } from '../../../dev/expectAccessible';
import {
  createResponseError,
  FakeAgentTasksApi,
} from '../../../dev/FakeAgentTasksApi';
import { renderInPortal } from '../../../dev/renderInPortal';
import {
  findEditor,
  prepareEditor,
  replaceInEditor,
} from '../../../dev/templateEditor';
import { TemplatesSubPage } from '../TemplatesSubPage';

function createApi() {
  const api = FakeAgentTasksApi.create();
  addExampleTemplates(api);
  return api;
}

const open = (path = '/bump-dependency/text', api = createApi()) =>
  renderInPortal(<TemplatesSubPage />, { api, path });

const problems = () => screen.findByRole('list', { name: 'Problems' });

const save = () =>
  screen.getByRole('button', { name: 'Save as a new revision' });

const chooseComponent = async (container: HTMLElement, name: string) => {
  const field = within(container).getByRole('textbox', { name: 'Component' });
  await userEvent.click(field);
  await userEvent.paste(name);
  await userEvent.click(await screen.findByRole('option', { name }));
  await waitFor(() => expect(screen.queryByRole('listbox')).toBeNull());
};

/** What this browser keeps. */
const drafts = () =>
  Object.entries(window.localStorage).flatMap(([key, value]) =>
    key.startsWith('agent-tasks/') ? [value] : [],
  );

beforeAll(prepareEditor);

beforeEach(() => window.localStorage.clear());

describe('TemplateEditor', () => {
  it('says what is wrong as one types, with line and reason, and goes there', async () => {
    await open();
    const view = await findEditor();
    expect(
      screen.getByText('No problems. It can be saved.', { selector: 'p' }),
    ).toBeVisible();
    expect(save()).toBeDisabled();

    await replaceInEditor(
      view,
      '${{ parameters.dependency }}',
      '${{ parameters.package }}',
    );
    const list = await problems();
    const line =
      view.state.doc
        .toString()
        .split('\n')
        .findIndex(text => text.includes('parameters.package')) + 1;
    const [button] = within(list).getAllByRole('button');
    expect(button).toHaveTextContent(
      new RegExp(`^Line ${line}Error.*parameters\\.package`),
    );
    expect(save()).toBeDisabled();
    expect(save()).toHaveAccessibleDescription(
      'It can be saved when these errors are gone.',
    );

    await userEvent.click(button);
    expect(view.state.doc.lineAt(view.state.selection.main.head).number).toBe(
      line,
    );
    await waitFor(() => expect(view.hasFocus).toBe(true));
    await expectAccessible();
  });

  it('does not let the name be changed', async () => {
    await open();
    const view = await findEditor();
    await replaceInEditor(view, 'name: bump-dependency', 'name: bump');
    expect(await problems()).toHaveTextContent(
      /^Line 4Error.*its name cannot be changed/,
    );
    expect(save()).toBeDisabled();
  });

  it('shows the form as it will be, and keeps the last good one', async () => {
    await open();
    const view = await findEditor();
    const form = await screen.findByRole('region', { name: 'Form' });
    expect(
      await within(form).findByRole('textbox', { name: /Package/ }),
    ).toBeVisible();
    view.focus();
    await replaceInEditor(view, 'title: Package', 'title: Name of the package');
    expect(
      await within(form).findByRole('textbox', { name: /Name of the package/ }),
    ).toBeVisible();
    // Its template asks for the focus; a launch gives it, and the editor does not.
    expect(view.state.doc.toString()).toContain('ui:autofocus: true');
    expect(view.hasFocus).toBe(true);
    await replaceInEditor(view, 'kind: Agent', 'kind: Angry');
    expect(await within(form).findByText(/last had no errors/)).toBeVisible();
    expect(
      within(form).getByRole('textbox', { name: /Name of the package/ }),
    ).toBeVisible();
  });

  it('renders the prompt on a component that one chooses, with what the form holds', async () => {
    const api = createApi();
    await open(undefined, api);
    await findEditor();
    const preview = await screen.findByRole('region', {
      name: 'Prompt on a component',
    });
    await chooseComponent(preview, 'Payments API');
    expect(
      await within(preview).findByText("'dependency' is needed."),
    ).toBeVisible();
    const form = screen.getByRole('region', { name: 'Form' });
    await userEvent.type(
      await within(form).findByRole('textbox', { name: /Package/ }),
      'axios',
    );
    await userEvent.type(
      within(form).getByRole('textbox', { name: /Version/ }),
      '1.12.2',
    );
    expect(
      await within(preview).findByText('axios', { selector: 'mark' }),
    ).toBeVisible();
    expect(api.callsOf('previewTemplate').at(-1)?.[0]).toMatchObject({
      component: 'component:default/payments-api',
      parameters: { dependency: 'axios', version: '1.12.2' },
    });
    expect(preview).toHaveTextContent('It would run on acme/payments-api');

    api.fail('previewTemplate', await createResponseError(503, 'Try later.'));
    await userEvent.type(
      within(form).getByRole('textbox', { name: /Version/ }),
      '3',
    );
    expect(
      await within(preview).findByText('It could not be rendered: Try later.'),
    ).toBeVisible();
  });

  it('shows what the backend finds beyond', async () => {
    const api = createApi();
    const preview = api.recipes.preview.bind(api.recipes);
    api.recipes.preview = request => ({
      ...preview(request),
      problems: [
        {
          line: 8,
          column: 3,
          path: '/spec/owner',
          message: 'The catalog has no such group.',
          severity: 'warning',
        },
      ],
    });
    await open(undefined, api);
    await findEditor();
    await chooseComponent(
      await screen.findByRole('region', { name: 'Prompt on a component' }),
      'Payments API',
    );
    expect(await problems()).toHaveTextContent(
      'Line 8WarningThe catalog has no such group. (said by the portal)',
    );
  });

  it('saves as a new revision of the one that it was made from', async () => {
    const api = createApi();
    await open(undefined, api);
    const view = await findEditor();
    await replaceInEditor(view, 'maxAttempts: 2', 'maxAttempts: 3');
    await screen.findByText('Not saved yet; kept in this browser.');
    await userEvent.click(save());
    expect(await screen.findByText('Saved as revision 5.')).toBeVisible();
    const [[name, request]] = api.callsOf('reviseTemplate') as [
      string,
      { yaml: string; expectedRevision: number },
    ][];
    expect(name).toBe('bump-dependency');
    expect(request.expectedRevision).toBe(3);
    expect(request.yaml).toContain('maxAttempts: 3');
    expect(save()).toBeDisabled();
    await waitFor(() => expect(drafts()).toEqual([]));

    await replaceInEditor(view, 'maxAttempts: 3', 'maxAttempts: 4');
    await waitFor(() => expect(save()).toBeEnabled());
    await userEvent.click(save());
    expect(await screen.findByText('Saved as revision 6.')).toBeVisible();
    expect(api.callsOf('reviseTemplate')[1][1]).toMatchObject({
      expectedRevision: 5,
    });
  });

  it('says why it was not saved, and keeps the text', async () => {
    const api = createApi();
    await open(undefined, api);
    const view = await findEditor();
    await replaceInEditor(view, 'maxAttempts: 2', 'maxAttempts: 3');
    await waitFor(() => expect(save()).toBeEnabled());
    api.fail(
      'reviseTemplate',
      await createResponseError(400, 'No such owner.'),
    );
    await userEvent.click(save());
    expect(
      await screen.findByText('It was not saved: No such owner.'),
    ).toBeVisible();
    expect(view.state.doc.toString()).toContain('maxAttempts: 3');
  });

  it('shows what somebody else changed meanwhile, and saves over it only when told to', async () => {
    const api = createApi();
    await open(undefined, api);
    const view = await findEditor();
    const before = view.state.doc.toString();
    await replaceInEditor(view, 'maxAttempts: 2', 'maxAttempts: 3');
    api.recipes.revise('bump-dependency', {
      yaml: before.replace('estimatedMinutes: 20', 'estimatedMinutes: 45'),
      expectedRevision: 3,
    });
    await waitFor(() => expect(save()).toBeEnabled());
    await userEvent.click(save());
    const dialog = await screen.findByRole('dialog', {
      name: 'Somebody else changed this template meanwhile',
    });
    expect(dialog).toHaveTextContent(/ada wrote revision 5.*from revision 3/);
    expect(
      within(
        within(dialog).getByRole('table', { name: 'What they changed' }),
      ).getByText('45', { selector: 'mark' }),
    ).toBeVisible();
    await expectAccessible(dialog);
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Go on with my text' }),
    );
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect(view.state.doc.toString()).toContain('maxAttempts: 3');
    await userEvent.click(save());
    expect(await screen.findByText('Saved as revision 6.')).toBeVisible();
    expect(api.callsOf('reviseTemplate').at(-1)?.[1]).toMatchObject({
      expectedRevision: 5,
    });
  });

  it('takes over what somebody else wrote', async () => {
    const api = createApi();
    await open(undefined, api);
    const view = await findEditor();
    const before = view.state.doc.toString();
    await replaceInEditor(view, 'maxAttempts: 2', 'maxAttempts: 3');
    api.recipes.revise('bump-dependency', {
      yaml: before.replace('estimatedMinutes: 20', 'estimatedMinutes: 45'),
      expectedRevision: 3,
    });
    await waitFor(() => expect(save()).toBeEnabled());
    await userEvent.click(save());
    await userEvent.click(
      await screen.findByRole('button', { name: 'Take their text' }),
    );
    await waitFor(() =>
      expect(view.state.doc.toString()).toContain('estimatedMinutes: 45'),
    );
    expect(view.state.doc.toString()).toContain('maxAttempts: 2');
    expect(save()).toBeDisabled();
  });

  it('asks before a link is followed, and stays or leaves', async () => {
    const portal = await open();
    const view = await findEditor();
    const back = screen.getByRole('link', { name: /Back to the template/ });
    await replaceInEditor(view, 'maxAttempts: 2', 'maxAttempts: 3');
    await screen.findByText('Not saved yet; kept in this browser.');
    await userEvent.click(back);
    const dialog = await screen.findByRole('dialog', {
      name: 'Leave with changes that are not saved?',
    });
    expect(portal.address()).toBe('/bump-dependency/text');
    const unload = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(unload);
    expect(unload.defaultPrevented).toBe(true);
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Stay here' }),
    );
    expect(portal.address()).toBe('/bump-dependency/text');
    await waitFor(() => expect(dialog).not.toBeInTheDocument());

    await userEvent.click(back);
    await userEvent.click(await screen.findByRole('button', { name: 'Leave' }));
    await waitFor(() =>
      expect(portal.address()).toBe('/agent-tasks/templates/bump-dependency'),
    );
  });

  it('has what was not saved when one comes back, and can discard it', async () => {
    const first = await open();
    await replaceInEditor(
      await findEditor(),
      'maxAttempts: 2',
      'maxAttempts: 7',
    );
    await screen.findByText('Not saved yet; kept in this browser.');
    expect(first.address()).toBe('/bump-dependency/text');
    await waitFor(() =>
      expect(drafts()).toEqual([expect.stringContaining('maxAttempts: 7')]),
    );
    document.body.innerHTML = '';

    await open();
    const view = await findEditor();
    expect(view.state.doc.toString()).toContain('maxAttempts: 7');
    expect(screen.getByText(/did not save it/)).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'See my changes' }),
    );
    expect(
      await screen.findByRole('table', { name: 'What you changed' }),
    ).toHaveTextContent('maxAttempts: 7');
    await userEvent.click(
      screen.getByRole('button', { name: 'Discard my changes' }),
    );
    await userEvent.click(
      within(
        await screen.findByRole('dialog', { name: 'Discard your changes?' }),
      ).getByRole('button', { name: 'Discard my changes' }),
    );
    await waitFor(() =>
      expect(view.state.doc.toString()).toContain('maxAttempts: 2'),
    );
    await waitFor(() => expect(drafts()).toEqual([]));
  });

  it('does not save an old draft over what was saved since', async () => {
    const api = createApi();
    const [, current, older] = api.recipes.revisionsOf('bump-dependency');
    window.localStorage.setItem(
      'agent-tasks/template-draft/bump-dependency',
      JSON.stringify({
        text: older.yaml.replace('maxAttempts: 2', 'maxAttempts: 7'),
        base: 2,
        at: Date.now() - 3_600_000,
      }),
    );
    await open(undefined, api);
    const view = await findEditor();
    expect(
      screen.getByText(/when revision 2 was current; now it is revision 3/),
    ).toBeVisible();
    await userEvent.click(save());
    expect(
      await screen.findByRole('dialog', { name: /Somebody else changed/ }),
    ).toHaveTextContent(/ada wrote revision 3.*from revision 2/);
    await userEvent.click(
      screen.getByRole('button', { name: 'Take their text' }),
    );
    await waitFor(() => expect(view.state.doc.toString()).toBe(current.yaml));
  });

  it('tries a text on one component in a draft, and leads to its task', async () => {
    const api = createApi();
    await open(undefined, api);
    const view = await findEditor();
    const form = await screen.findByRole('region', { name: 'Form' });
    await userEvent.type(
      await within(form).findByRole('textbox', { name: /Package/ }),
      'axios',
    );
    await userEvent.type(
      within(form).getByRole('textbox', { name: /Version/ }),
      '1.12.2',
    );
    await replaceInEditor(view, 'Update `', 'Please update `');
    await userEvent.click(screen.getByRole('button', { name: 'Try it…' }));
    const dialog = await screen.findByRole('dialog', {
      name: 'Try “Bump a dependency” on one component',
    });
    await chooseComponent(dialog, 'Payments API');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'See what will happen' }),
    );
    const launch = await within(dialog).findByRole('button', {
      name: 'Launch it on Payments API',
    });
    expect(dialog).toHaveTextContent('Bump a dependency, revision 5');
    expect(dialog).toHaveTextContent('Please update');
    expect(api.callsOf('reviseTemplate')).toEqual([
      [
        'bump-dependency',
        expect.objectContaining({ expectedRevision: 3, draft: true }),
      ],
    ]);
    await userEvent.dblClick(launch);
    expect(
      await within(dialog).findByText('Launched as a trial of revision 5.'),
    ).toBeVisible();
    expect(
      within(dialog).getByRole('link', { name: 'Open the task' }),
    ).toHaveAttribute(
      'href',
      expect.stringMatching(/^\/agent-tasks\/tasks\/task_new/),
    );
    expect(api.callsOf('launch').map(([request]) => request)).toEqual([
      expect.objectContaining({
        template: 'bump-dependency',
        revision: 5,
        components: ['component:default/payments-api'],
        parameters: expect.objectContaining({ dependency: 'axios' }),
      }),
    ]);
    // The current revision stays current, and the text is still not saved.
    expect(api.recipes.find('bump-dependency')?.revision).toBe(3);
  });

  it('begins a new template with one that can be saved, and creates it', async () => {
    const api = createApi();
    const portal = await open('/-/new', api);
    const view = await findEditor();
    expect(
      screen.getByText('No problems. It can be saved.', { selector: 'p' }),
    ).toBeVisible();
    expect(screen.getByRole('button', { name: 'Try it…' })).toBeDisabled();
    await replaceInEditor(view, 'name: my-template', 'name: bump-dependency');
    const create = screen.getByRole('button', { name: 'Create the template' });
    await userEvent.click(create);
    expect(
      await screen.findByText(
        'It was not saved: There is a template of this name.',
      ),
    ).toBeVisible();
    await replaceInEditor(view, 'name: bump-dependency', 'name: tidy-up');
    await userEvent.click(create);
    await waitFor(() => expect(portal.address()).toBe('/tidy-up'));
    expect(api.recipes.find('tidy-up')).toMatchObject({ origin: 'portal' });
    await waitFor(() => expect(drafts()).toEqual([]));
  });

  it('duplicates one from the catalog into one of the portal', async () => {
    const api = createApi();
    const portal = await open('/-/new?from=fix-lint', api);
    expect(
      await screen.findByRole('heading', {
        name: 'New template, a copy of “Fix a lint rule”',
      }),
    ).toBeVisible();
    const view = await findEditor();
    expect(view.state.doc.toString()).toContain('name: fix-lint-copy');
    await userEvent.click(
      screen.getByRole('button', { name: 'Create the template' }),
    );
    await waitFor(() => expect(portal.address()).toBe('/fix-lint-copy'));
  });

  it('shows the text of one from the catalog, and why it is not edited here', async () => {
    await open('/fix-lint/text');
    const view = await findEditor();
    expect(view.state.readOnly).toBe(true);
    expect(view.contentDOM).toHaveAttribute('aria-readonly', 'true');
    expect(await screen.findByRole('note')).toHaveTextContent(
      /comes from the catalog/,
    );
    expect(screen.queryByRole('button', { name: /Save/ })).toBeNull();
  });
});
