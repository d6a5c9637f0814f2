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

const open = (path: string, api = createApi()) =>
  renderInPortal(<TemplatesSubPage />, { api, path });

const region = (name: string) => screen.findByRole('region', { name });

describe('TemplatePage', () => {
  it('shows what a template is, its figures and its settings', async () => {
    await open('/bump-dependency');
    expect(
      await screen.findByRole('heading', { name: 'Bump a dependency' }),
    ).toBeVisible();
    const about = await region('About this template');
    expect(about).toHaveTextContent('maxAttempts: 2');
    expect(about).toHaveTextContent('timeoutSeconds: 1 h');
    expect(about).toHaveTextContent('waves: 1, 5, 25%, 100%');
    expect(about).toHaveTextContent('stopOn.failedPercent: 20');
    expect(about).toHaveTextContent('every component');
    const figures = await region('The last 60 days');
    expect(figures).toHaveTextContent(/Merged89 %.*Median review1 h 30 min/);
    expect(await region('Parameters')).toHaveTextContent(
      'Packagedependency · string, requiredThe package as npm knows it',
    );
    expect(
      within(await region('Prompt')).getByText('${{ parameters.dependency }}'),
    ).toHaveAttribute('title', 'From the form: dependency');
    expect(screen.getByRole('button', { name: 'Edit' })).toHaveAttribute(
      'href',
      '/agent-tasks/templates/bump-dependency/text',
    );
    await screen.findByRole('table', { name: /^Revisions/ });
    await expectAccessible();
  });

  it('lists revisions with their figures, who wrote each, and how they went', async () => {
    await open('/bump-dependency');
    const table = await screen.findByRole('table', { name: /^Revisions/ });
    const rows = within(table).getAllByRole('row').slice(1);
    expect(
      rows.map(row =>
        within(row)
          .getAllByRole('cell')
          .filter((_, index) => [0, 2, 3, 5].includes(index))
          .map(cell => cell.textContent),
      ),
    ).toEqual([
      ['4 draft', 'ada', '0', '–not known'],
      ['3 current', 'ada', '204', '91 %'],
      ['2 ', 'lee', '700', '83 %'],
      ['1 ', 'lee', '300', '61 %'],
    ]);
    expect(
      screen.getByRole('img', {
        name: 'Share that was merged by revision, the newest last: 61 %, 83 %, 91 %',
      }),
    ).toBeInTheDocument();
  });

  it('shows what a revision changed, word by word, and keeps the choice in the address', async () => {
    const portal = await open('/bump-dependency');
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'What changed in revision 3',
      }),
    );
    const table = await screen.findByRole('table', {
      name: 'Difference between revisions 2 and 3',
    });
    expect(within(table).getByText('1800', { selector: 'mark' })).toBeVisible();
    expect(within(table).getByText('3600', { selector: 'mark' })).toBeVisible();
    const compare = await region('Difference between revisions');
    expect(compare).toHaveTextContent(
      'Changed: spec.execution.timeoutSeconds, spec.review.estimatedMinutes',
    );
    expect(compare).toHaveTextContent('ada wrote revision 3');
    expect(compare).toHaveTextContent('Lines added: 2, removed: 2');
    expect(portal.address()).toBe('/bump-dependency?from=2&to=3');
  });

  it('compares any two, and unfolds what did not change', async () => {
    const api = createApi();
    await open('/bump-dependency', api);
    const compare = await region('Difference between revisions');
    // At first the newest two.
    expect(
      await within(compare).findByText('Changed:', { exact: false }),
    ).toHaveTextContent('spec.execution.maxAttempts');
    await userEvent.selectOptions(
      within(compare).getByRole('combobox', { name: 'From' }),
      '1',
    );
    const table = await screen.findByRole('table', {
      name: 'Difference between revisions 1 and 4',
    });
    expect(within(table).getByText('Bump', { selector: 'mark' })).toBeVisible();
    const hidden = 'kind: AgentTaskTemplate';
    expect(within(table).queryByText(hidden)).toBeNull();
    await userEvent.click(
      within(table).getAllByRole('button', {
        name: /^Show \d+ lines that did not change$/,
      })[0],
    );
    expect(within(table).getByText(hidden)).toBeVisible();
    await userEvent.selectOptions(
      within(compare).getByRole('combobox', { name: 'To' }),
      '1',
    );
    expect(
      await within(compare).findByText('Choose two different revisions.'),
    ).toBeVisible();
  });

  it('says why one from the catalog is read-only, and where it is edited', async () => {
    await open('/fix-lint');
    const note = await screen.findByRole('note');
    expect(note).toHaveTextContent(/comes from the catalog.*duplicate it/);
    expect(
      within(note).getByRole('link', { name: /^its source/ }),
    ).toHaveAttribute(
      'href',
      'https://github.example.com/acme/templates/blob/main/fix-lint.yaml',
    );
    expect(screen.queryByRole('button', { name: 'Edit' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Archive…' })).toBeNull();
    expect(await screen.findByText(/There is one revision/)).toBeVisible();
  });

  it('says why one is paused, and resumes it', async () => {
    const api = createApi();
    await open('/raise-coverage', api);
    expect(await screen.findByText('Its tests were flaky.')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Resume…' }));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Resume it' }),
    );
    expect(await screen.findByText(/is resumed/)).toBeVisible();
    await waitFor(() =>
      expect(screen.queryByText('Its tests were flaky.')).toBeNull(),
    );
    expect(api.callsOf('resumeTemplate')).toEqual([['raise-coverage']]);
  });

  it('says when there is no such template', async () => {
    await open('/no-such');
    expect(
      await screen.findByRole('heading', { name: 'There is no such template' }),
    ).toBeVisible();
  });

  it('shows the rest of the page where its revisions cannot be read', async () => {
    const api = createApi();
    api.fail('listTemplateRevisions', await createResponseError(500, 'Oh no.'));
    await open('/bump-dependency', api);
    expect(
      await screen.findByRole('heading', {
        name: 'Could not load its revisions',
      }),
    ).toBeVisible();
    expect(await region('About this template')).toBeVisible();
  });
});
