import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { addExampleTemplates } from '../../dev/exampleTemplateTexts';
import { expectAccessible } from '../../dev/expectAccessible';
import {
  createResponseError,
  FakeAgentTasksApi,
} from '../../dev/FakeAgentTasksApi';
import { renderInPortal } from '../../dev/renderInPortal';
import { TemplatesSubPage } from './TemplatesSubPage';

function createApi() {
  const api = FakeAgentTasksApi.create();
  addExampleTemplates(api);
  return api;
}

const open = (api: FakeAgentTasksApi) =>
  renderInPortal(<TemplatesSubPage />, { api });

const findTable = () =>
  screen.findByRole('table', {
    name: 'Templates and what became of their tasks',
  });

const rowsOf = (table: HTMLElement) =>
  within(table).getAllByRole('row').slice(1);

const openMenu = async (title: string) => {
  await userEvent.click(
    await screen.findByRole('button', { name: `Actions for ${title}` }),
  );
  return screen.findByRole('menu');
};

describe('TemplatesPage', () => {
  it('lists those in use by their use, with figures, and says what is not known', async () => {
    await open(createApi());
    const rows = rowsOf(await findTable());
    expect(
      rows.map(row => within(row).getAllByRole('cell')[0].textContent),
    ).toEqual([
      'Bump a dependency ',
      'Raise test coverage Paused',
      'Fix a lint rule ',
    ]);
    expect(
      within(rows[0])
        .getAllByRole('cell')
        .map(cell => cell.textContent)
        .slice(1, -1),
    ).toEqual([
      'dependency',
      'team-platform',
      'Portal',
      '1,204',
      '95 %',
      '89 %',
      '12 min',
      '2,410',
      '613',
    ]);
    // The cost of this one nobody told.
    expect(within(rows[1]).getAllByRole('cell').at(-2)).toHaveTextContent(
      '–not known',
    );
    // Nothing ran yet: none of its rates is 0.
    expect(within(rows[2]).getAllByText('not known')).toHaveLength(5);
    expect(
      within(rows[0]).getByRole('link', { name: 'Bump a dependency' }),
    ).toHaveAttribute('href', '/agent-tasks/templates/bump-dependency');
    expect(
      within(rows[2]).getByRole('link', { name: /^Catalog/ }),
    ).toHaveAttribute(
      'href',
      'https://github.example.com/acme/templates/blob/main/fix-lint.yaml',
    );
    await expectAccessible();
  });

  it('shows those of a state, and keeps the choice in the address', async () => {
    const portal = await open(createApi());
    await findTable();
    await userEvent.click(screen.getByRole('button', { name: 'Archived (1)' }));
    expect(rowsOf(await findTable())).toHaveLength(1);
    expect(
      screen.getByRole('link', { name: 'Migrate to the old API' }),
    ).toBeVisible();
    expect(portal.address()).toBe('/?state=archived');
    await userEvent.click(screen.getByRole('button', { name: 'Paused (1)' }));
    expect(
      screen.getByRole('link', { name: 'Raise test coverage' }),
    ).toBeVisible();
    expect(
      screen.queryByRole('link', { name: 'Bump a dependency' }),
    ).toBeNull();
  });

  it('pauses with a reason, and resumes', async () => {
    const api = createApi();
    await open(api);
    let menu = await openMenu('Bump a dependency');
    await userEvent.click(
      within(menu).getByRole('menuitem', { name: 'Pause…' }),
    );
    let dialog = await screen.findByRole('dialog', {
      name: 'Pause “Bump a dependency”?',
    });
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Pause it until resumed' }),
    );
    expect(
      within(dialog).getByText('Say why, for those whose tasks wait.'),
    ).toBeVisible();
    expect(api.callsOf('pauseTemplate')).toEqual([]);
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /Reason/ }),
      'The registry is down',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Pause it until resumed' }),
    );
    expect(
      await screen.findByText(/“Bump a dependency” is paused/),
    ).toBeVisible();
    expect(api.callsOf('pauseTemplate')).toEqual([
      ['bump-dependency', { reason: 'The registry is down' }],
    ]);

    await waitFor(async () =>
      expect(
        within(rowsOf(await findTable())[0]).getByText('Paused'),
      ).toBeVisible(),
    );
    menu = await openMenu('Bump a dependency');
    await userEvent.click(
      within(menu).getByRole('menuitem', { name: 'Resume…' }),
    );
    dialog = await screen.findByRole('dialog', {
      name: 'Resume “Bump a dependency”?',
    });
    expect(dialog).toHaveTextContent(
      'It was paused for: The registry is down.',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Resume it' }),
    );
    expect(
      await screen.findByText(/“Bump a dependency” is resumed/),
    ).toBeVisible();
    expect(api.callsOf('resumeTemplate')).toEqual([['bump-dependency']]);
  });

  it('archives after asking, says why where it is refused, and restores', async () => {
    const api = createApi();
    await open(api);
    let menu = await openMenu('Bump a dependency');
    await userEvent.click(
      within(menu).getByRole('menuitem', { name: 'Archive…' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Archive “Bump a dependency”?',
    });
    api.fail(
      'archiveTemplate',
      await createResponseError(409, 'A trigger uses it.'),
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Archive it' }),
    );
    expect(
      await within(dialog).findByText(
        'It was not archived: A trigger uses it.',
      ),
    ).toBeVisible();
    api.fail('archiveTemplate');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Archive it' }),
    );
    expect(
      await screen.findByText(/is archived\. It can no longer/),
    ).toBeVisible();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Archived (2)' }),
    );
    menu = await openMenu('Bump a dependency');
    await userEvent.click(
      within(menu).getByRole('menuitem', { name: 'Restore…' }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Restore it' }),
    );
    await waitFor(() => expect(api.callsOf('restoreTemplate')).toHaveLength(1));
  });

  it('neither edits nor archives one from the catalog, and duplicates it', async () => {
    await open(createApi());
    const menu = await openMenu('Fix a lint rule');
    expect(
      within(menu)
        .getAllByRole('menuitem')
        .map(item => item.textContent),
    ).toEqual(['Look at its text', 'Duplicate', 'Pause…']);
    expect(
      within(menu).getByRole('menuitem', { name: 'Duplicate' }),
    ).toHaveAttribute('href', '/agent-tasks/templates/-/new?from=fix-lint');
  });

  it('says what to do where there are none', async () => {
    const api = createApi();
    api.templates = [];
    await open(api);
    expect(
      await screen.findByRole('heading', {
        name: 'There are no templates yet',
      }),
    ).toBeVisible();
    expect(screen.getByRole('button', { name: 'New template' })).toBeVisible();
  });

  it('shows its layout while it loads, and what failed', async () => {
    const api = createApi();
    const release = api.hold('listTemplates');
    await open(api);
    expect(screen.queryByRole('table')).toBeNull();
    expect(document.querySelector('[aria-busy="true"]')).toBeInTheDocument();
    api.fail('listTemplates', new Error('no network'));
    release();
    expect(
      await screen.findByRole('heading', {
        name: 'Could not load the templates',
      }),
    ).toBeVisible();
    api.fail('listTemplates');
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await findTable()).toBeVisible();
  });

  it('says which permission is missing', async () => {
    const api = createApi();
    api.fail('listTemplates', await createResponseError(403, 'no'));
    await open(api);
    expect(
      await screen.findByText(
        'It needs the permission agent-tasks.template.read.',
      ),
    ).toBeVisible();
  });
});
