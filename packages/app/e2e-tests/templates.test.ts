import { expect, Page, test } from '@playwright/test';
import { inspectPage } from './inspectPage';
import { setOutcomes, USUAL_OUTCOMES } from './simulator';
import { signIn } from './signIn';

/** Templates arrive from the catalog a while after the portal answers, and CodeMirror is loaded with its page. */
const ARRIVES = { timeout: 90_000 };

const NAME = `tidy-readme-${Date.now()}`;

/** A template as somebody writes it, with a mistake to be told of. */
const textOf = (version: { goal: string; variable: string }) =>
  `apiVersion: agent-tasks.io/v1alpha1
kind: AgentTaskTemplate
metadata:
  name: ${NAME}
  title: Tidy the readme
  description: Brings the readme of a repository up to date.
spec:
  type: docs
  owner: group:default/team-platform
  parameters:
    type: object
    required: [goal]
    properties:
      goal:
        type: string
        title: ${version.goal}
        maxLength: 500
  prompt: |
    Work on \${{ repository.owner }}/\${{ repository.name }}.
    Goal: \${{ ${version.variable} }}
`;

test.afterAll(async ({ request }) => {
  await setOutcomes(request, USUAL_OUTCOMES);
});

test('an admin writes a template, tries it, revises it, compares the revisions, and pauses it', async ({
  page,
  request,
}, testInfo) => {
  await setOutcomes(request, { completed: 1 });
  await signIn(page, 'Ada Lindqvist');
  await page.goto('/agent-tasks/templates');
  const list = page.getByRole('table', {
    name: 'Templates and what became of their tasks',
  });
  await expect(
    list.getByRole('row').filter({ hasText: 'Bump a dependency' }),
  ).toBeVisible(ARRIVES);
  await inspectPage(page, testInfo, 'templates');

  // Written: what is wrong is said with its line, as one types.
  await page.getByRole('button', { name: 'New template' }).click();
  await write(page, textOf({ goal: 'Goal', variable: 'parameters.gaol' }));
  const problems = page.getByRole('region', { name: 'Problems' });
  await expect(problems).toContainText('Line 20');
  await expect(problems).toContainText('gaol');
  await inspectPage(page, testInfo, 'template-editor-problem');
  await write(page, textOf({ goal: 'Goal', variable: 'parameters.goal' }));
  await expect(problems).toContainText('No problems');
  await page.getByRole('button', { name: 'Create the template' }).click();
  await expect(
    page.getByRole('heading', { name: 'Tidy the readme' }),
  ).toBeVisible(ARRIVES);

  // Tried, in a draft that nobody else launches.
  await page.goto(`/agent-tasks/templates/${NAME}/text`);
  await write(page, textOf({ goal: 'What for', variable: 'parameters.goal' }));
  await page
    .getByRole('textbox', { name: /^What for/ })
    .fill('Say how to run the tests.');
  await page.getByRole('textbox', { name: 'Component' }).fill('payments-api');
  await page.getByRole('option', { name: 'Payments API' }).first().click();
  await expect(page.getByText(/It would run on/)).toContainText(
    'acme/payments-api',
    ARRIVES,
  );
  await inspectPage(page, testInfo, 'template-editor');
  await page.getByRole('button', { name: 'Try it…' }).click();
  const trial = page.getByRole('dialog', { name: /^Try “Tidy the readme”/ });
  await trial.getByRole('button', { name: 'See what will happen' }).click();
  await trial.getByRole('button', { name: /^Launch it on/ }).click(ARRIVES);
  await expect(trial).toContainText('Launched as a trial of revision 2.');
  await inspectPage(page, testInfo, 'template-trial');
  await page.keyboard.press('Escape');
  await expect(trial).toBeHidden();

  // Revised: the next revision is the current one.
  await page.getByRole('button', { name: 'Save as a new revision' }).click();
  await expect(page.getByText('Saved as revision 3.')).toBeVisible(ARRIVES);
  await page.goto(`/agent-tasks/templates/${NAME}`);
  const revisions = page.getByRole('table', { name: /^Revisions/ });
  await expect(revisions.getByRole('row')).toHaveCount(4);

  // Compared.
  await page.goto(`/agent-tasks/templates/${NAME}?from=1&to=3`);
  const difference = page.getByRole('region', {
    name: /Difference between revisions/,
  });
  await expect(difference.first()).toContainText('What for');
  await inspectPage(page, testInfo, 'template-page');

  // Paused: what is launched waits, and whoever launches is told.
  await page.getByRole('button', { name: 'Pause…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog
    .getByRole('textbox', { name: /Reason/ })
    .fill('The wording is being discussed.');
  await dialog.getByRole('button', { name: /^Pause it/ }).click();
  await expect(
    page.getByText('The wording is being discussed.').first(),
  ).toBeVisible();
  await inspectPage(page, testInfo, 'template-paused');
  await page.goto('/agent-tasks/templates');
  await expect(
    list.getByRole('row').filter({ has: page.locator(`a[href$="/${NAME}"]`) }),
  ).toContainText('Paused');
});

/** Replaces the text of the editor. */
async function write(page: Page, text: string): Promise<void> {
  const editor = page.getByRole('textbox', {
    name: 'Text of the template (YAML)',
  });
  await editor.click(ARRIVES);
  await editor.fill(text);
}
