import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { addExampleTemplates } from '../../dev/exampleTemplateTexts';
import { FakeAgentTasksApi } from '../../dev/FakeAgentTasksApi';
import { renderInPortal } from '../../dev/renderInPortal';
import { findEditor, prepareEditor } from '../../dev/templateEditor';
import { TemplatesSubPage } from './TemplatesSubPage';

// In a file of its own, because decisions about permissions are remembered for as long as a page is open.
const open = (path: string) => {
  const api = FakeAgentTasksApi.create();
  addExampleTemplates(api);
  return renderInPortal(<TemplatesSubPage />, { api, path, mayLaunch: false });
};

beforeAll(prepareEditor);

describe('templates, for those who may not write them', () => {
  it('says who may, and offers nothing in the list that fails', async () => {
    await open('/');
    expect(
      await screen.findByText(/permission agent-tasks\.template\.manage/),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: 'New template' })).toBeNull();
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Actions for Bump a dependency',
      }),
    );
    expect(
      within(await screen.findByRole('menu'))
        .getAllByRole('menuitem')
        .map(item => item.textContent),
    ).toEqual(['Look at its text']);
  });

  it('shows a text, and says what saving and rendering need', async () => {
    await open('/bump-dependency/text');
    const { state } = await findEditor();
    expect(state.readOnly).toBe(true);
    expect(screen.getByText(/Saving needs the permission/)).toBeVisible();
    expect(screen.getByText(/Rendering it needs the permission/)).toBeVisible();
    expect(screen.queryByRole('button', { name: /Save/ })).toBeNull();
  });

  it('refuses the page for a new template, with the way back', async () => {
    await open('/-/new');
    expect(
      await screen.findByRole('heading', {
        name: 'You may not write templates',
      }),
    ).toBeVisible();
    expect(screen.getByRole('link', { name: 'All templates' })).toHaveAttribute(
      'href',
      '/agent-tasks/templates',
    );
  });
});
