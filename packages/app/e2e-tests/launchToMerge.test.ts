import { expect, Page, test } from '@playwright/test';
import { readAddresses } from './addresses';
import { inspectPage } from './inspectPage';
import { signIn } from './signIn';

const COMPONENT = 'payments-api';
const REPOSITORY = 'acme/payments-api';

/** Templates arrive from the catalog a while after the portal answers; the agent, its checks and webhooks take theirs. */
const ARRIVES = { timeout: 90_000 };

test('a developer launches a task on a component and follows it to the merged pull request', async ({
  page,
  context,
}, testInfo) => {
  await signIn(page, 'Dana Okafor');

  await page.goto(`/catalog/default/component/${COMPONENT}`);
  const tab = page.getByRole('link', { name: 'Agent tasks', exact: true });
  await expect(tab).toBeVisible();
  await inspectPage(page, testInfo, 'component');
  await tab.click();
  const launchButton = page.getByRole('button', {
    name: 'Launch',
    exact: true,
  });
  await expect(launchButton).toBeEnabled();
  await inspectPage(page, testInfo, 'component-agent-tasks-empty');
  const marked = await markPage(page);

  // Template, form, what will happen.
  await launchButton.click();
  const drawer = page.getByRole('dialog', { name: /Launch a task/ });
  const card = drawer.getByRole('button', { name: /Bump a dependency/ });
  await expect(card).toBeVisible(ARRIVES);
  await inspectPage(page, testInfo, 'launch-template');
  await card.click();
  await drawer.getByRole('textbox', { name: /Package/ }).fill('axios');
  await drawer.getByRole('textbox', { name: /Version/ }).fill('1.12.2');
  await inspectPage(page, testInfo, 'launch-parameters');
  await drawer.getByRole('button', { name: 'See what will happen' }).click();
  const launch = drawer.getByRole('button', { name: 'Launch 1 task' });
  await expect(launch).toBeVisible();
  await expect(drawer).toContainText(REPOSITORY);
  await expect(drawer).toContainText('Payments');
  await expect(drawer).toContainText('axios');
  await inspectPage(page, testInfo, 'launch-plan');

  // Queued, running, in review, and nobody reloads the page.
  await launch.click();
  const timeline = drawer.getByRole('list', { name: /Timeline/ });
  await expect(timeline).toBeVisible();
  await expect(stateIn(drawer, 'Running')).toBeVisible(ARRIVES);
  await inspectPage(page, testInfo, 'launch-running');
  await expect(stateIn(drawer, 'In review')).toBeVisible(ARRIVES);
  // How it came here stands in the timeline, however fast it was.
  await expect(timeline.getByRole('listitem')).toContainText(
    [/Launched 'Bump a dependency'/, /Admitted/, /started/, /goes to review/],
    ARRIVES,
  );
  expect(await marked()).toBe(true);

  await drawer.getByRole('link', { name: 'Open the task’s page' }).click();
  await expect(page).toHaveURL(/\/agent-tasks\/tasks\/task_/);
  const taskPath = new URL(page.url()).pathname;
  await expect(
    page.getByRole('heading', { name: /Bump a dependency/ }),
  ).toBeVisible();
  await inspectPage(page, testInfo, 'task-in-review');

  // At GitHub: somebody else than who asked approves and merges.
  const pullRequestLink = page.getByRole('link', { name: /#\d+/ }).first();
  const [pullRequest] = await Promise.all([
    context.waitForEvent('page'),
    pullRequestLink.click(),
  ]);
  await pullRequest.waitForLoadState();
  expect(pullRequest.url()).toContain(readAddresses()!.simulator);
  await inspectPage(pullRequest, testInfo, 'simulator-pull-request');
  await becomeAtGitHub(pullRequest, 'lee');
  await approveAndMerge(pullRequest);
  await inspectPage(pullRequest, testInfo, 'simulator-merged');

  // Back in the portal, still without a reload, the task settles.
  const settled = await markPage(page);
  await expect(page.getByText('Merged', { exact: true }).first()).toBeVisible(
    ARRIVES,
  );
  expect(await settled()).toBe(true);
  await inspectPage(page, testInfo, 'task-merged');

  const row = page
    .getByRole('row')
    .filter({ has: page.locator(`a[href="${taskPath}"]`) });
  await page.goto('/agent-tasks');
  await expect(row).toContainText('Merged');
  await inspectPage(page, testInfo, 'tasks');
  await page.goto(`/catalog/default/component/${COMPONENT}/agent-tasks`);
  await expect(row).toContainText('Merged');
  await inspectPage(page, testInfo, 'component-agent-tasks');
});

/** Leaves a mark that a reload would wipe out; the answer tells whether it is still there. */
async function markPage(page: Page): Promise<() => Promise<boolean>> {
  await page.evaluate(() => {
    (window as Window & { notReloaded?: boolean }).notReloaded = true;
  });
  return () =>
    page.evaluate(
      () => (window as Window & { notReloaded?: boolean }).notReloaded === true,
    );
}

function stateIn(container: ReturnType<Page['getByRole']>, state: string) {
  return container.getByText(state, { exact: true }).first();
}

async function becomeAtGitHub(page: Page, login: string): Promise<void> {
  await page.getByLabel('You are').selectOption(login);
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await expect(page.getByLabel('You are')).toHaveValue(login);
}

async function approveAndMerge(page: Page): Promise<void> {
  const ready = page.getByRole('button', { name: 'Ready for review' });
  const workflows = page.getByRole('button', {
    name: 'Approve and run workflows',
  });
  for (const button of [ready, workflows]) {
    if (await button.isVisible()) {
      await button.click();
    }
  }
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await expect(page.getByRole('status')).toContainText('lee approved');
  const merge = page.getByRole('button', { name: 'Merge pull request' });
  await expect(merge).toBeEnabled(ARRIVES);
  await merge.click();
  await expect(page.getByRole('status')).toContainText('lee merged it');
}
