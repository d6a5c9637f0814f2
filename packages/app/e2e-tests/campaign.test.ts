import { expect, test } from '@playwright/test';
import { inspectPage } from './inspectPage';
import { setOutcomes, USUAL_OUTCOMES } from './simulator';
import { signIn } from './signIn';

/** Templates and components arrive from the catalog a while after the portal answers; agents take their time too. */
const ARRIVES = { timeout: 90_000 };

/** Where the first test leaves the campaign that the second one goes on with. */
let campaignPath: string;

test.describe.configure({ mode: 'serial' });

test.afterAll(async ({ request }) => {
  await setOutcomes(request, USUAL_OUTCOMES);
});

test('a developer launches on 60 components in waves; the first wave fails, and the rest stays held', async ({
  page,
  request,
}, testInfo) => {
  await setOutcomes(request, { failed: 1 });
  await signIn(page, 'Dana Okafor');

  // From a filter to all that match.
  await page.goto('/agent-tasks/launch');
  await page
    .getByRole('searchbox', { name: 'Find components by name' })
    .fill('payout-adapter');
  const selectAll = page.getByRole('button', {
    name: 'Select all 60 that match',
  });
  await expect(selectAll).toBeVisible(ARRIVES);
  await inspectPage(page, testInfo, 'launch-page-components');
  await selectAll.click();
  await expect(page.getByText('All 60 components that match')).toBeVisible();

  await page
    .getByRole('button', { name: /Move to another API/ })
    .click(ARRIVES);
  await page.getByRole('textbox', { name: /^From/ }).fill('axios.request');
  await page.getByRole('textbox', { name: /^To/ }).fill('fetch');
  await page
    .getByRole('textbox', { name: /How they differ/ })
    .fill(
      'axios.request(config) becomes fetch(url, options); check response.ok.',
    );

  // What will happen, before it does.
  const launch = page.getByRole('button', {
    name: 'Launch 60 tasks in 4 waves',
  });
  await expect(launch).toBeEnabled(ARRIVES);
  await expect(page.getByRole('region', { name: /^Will wait/ })).toContainText(
    'wave 2',
  );
  await expect(
    page.getByRole('table', { name: 'What is asked of each team' }),
  ).toContainText('Payments');
  await inspectPage(page, testInfo, 'launch-page-plan');

  await launch.click();
  await expect(page).toHaveURL(/\/agent-tasks\/campaigns\/camp_/, ARRIVES);
  campaignPath = new URL(page.url()).pathname;
  const waves = page.getByRole('list', { name: 'Waves' });
  await expect(waves.getByRole('listitem').first()).toContainText('1 task');
  await inspectPage(page, testInfo, 'campaign-running');

  // The one task of the first wave fails, also when it is tried again: nothing else of it starts.
  const stopped = page
    .getByRole('status')
    .filter({ hasText: 'A rule stopped it' });
  await expect(stopped).toBeVisible(ARRIVES);
  await expect(stopped).toContainText('100 % of 1, and the limit is 20 %');
  await expect(stopped).toContainText('59 tasks stay held');
  await expect(
    page.getByRole('table', {
      name: 'Tasks that have not settled yet, over time',
    }),
  ).toBeAttached();
  // A developer sees it, and may not go on.
  await expect(
    page.getByRole('button', { name: 'Go on in spite of it…' }),
  ).toHaveCount(0);
  await inspectPage(page, testInfo, 'campaign-stopped');

  await page.goto('/agent-tasks/campaigns');
  await expect(
    page.getByRole('row').filter({ hasText: 'Move to another API' }).first(),
  ).toContainText('Stopped by a rule');
  await inspectPage(page, testInfo, 'campaigns');
});

test('a team lead reads why it stopped, goes on with a reason, and acts on many tasks at once', async ({
  page,
  request,
}, testInfo) => {
  await setOutcomes(request, { completed: 1 });
  await signIn(page, 'Lee Nakamura');
  await page.goto(campaignPath);
  const stopped = page
    .getByRole('status')
    .filter({ hasText: 'A rule stopped it' });
  await expect(stopped).toContainText('59 tasks stay held', ARRIVES);
  await stopped.getByRole('button', { name: 'Go on in spite of it…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog
    .getByRole('textbox', { name: /Reason/ })
    .fill('The runner was out of disk; it is fixed.');
  await dialog.getByRole('button', { name: 'Go on', exact: true }).click();
  await expect(stopped).toBeHidden(ARRIVES);

  // The second wave: five tasks in all are asked for, and its agents begin.
  const second = page
    .getByRole('list', { name: 'Waves' })
    .getByRole('listitem')
    .filter({ hasText: 'Wave 2' });
  await expect(second).toContainText(/released/, ARRIVES);
  const table = page.getByRole('table', { name: 'Tasks', exact: true });
  await page.getByLabel('Wave', { exact: true }).selectOption('2');
  await expect(table.getByText('In review').first()).toBeVisible(ARRIVES);
  await inspectPage(page, testInfo, 'campaign-second-wave');

  await page.getByLabel('Wave', { exact: true }).selectOption('4');
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
  await page
    .getByRole('group', { name: 'Actions on the selected tasks' })
    .getByRole('button', { name: 'Cancel…' })
    .click();
  await dialog
    .getByRole('textbox', { name: /Reason/ })
    .fill('These markets are served by another system.');
  await inspectPage(page, testInfo, 'campaign-bulk-cancel');
  await dialog.getByRole('button', { name: /^Cancel \d+ tasks$/ }).click();
  await expect(
    page.getByRole('status').filter({ hasText: /tasks are cancelled/ }),
  ).toBeVisible(ARRIVES);
  await inspectPage(page, testInfo, 'campaign-after-bulk');
});
