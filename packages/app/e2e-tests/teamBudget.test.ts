import { expect, test } from '@playwright/test';
import { expectAccessible } from './accessibility';
import { inspectPage } from './inspectPage';
import { signIn } from './signIn';

/** Groups arrive from the catalog a while after the portal answers. */
const ARRIVES = { timeout: 90_000 };

test('a team lead sees the review budget on the group’s page, lowers it, and pauses the intake', async ({
  page,
}, testInfo) => {
  await signIn(page, 'Lee Nakamura');
  await page.goto('/catalog/default/group/team-payments');
  const budget = page.getByRole('group', { name: 'Open changes' });
  await expect(budget).toBeVisible(ARRIVES);
  await inspectPage(page, testInfo, 'group');

  await page.getByRole('link', { name: /^Team page/ }).click();
  await expect(page).toHaveURL(/\/agent-tasks\/teams\/default\/team-payments/);
  await expect(
    page.getByRole('heading', { name: 'Payments', exact: true }),
  ).toBeVisible();
  await expect(
    page.getByRole('list', { name: 'Limits above it' }),
  ).toContainText('Commerce');
  await expectAccessible(page);

  // Whoever may only lower is told so first.
  await page.getByRole('button', { name: 'Edit limits…' }).click();
  const limits = page.getByRole('dialog', { name: 'Limits of Payments' });
  await expect(limits).toContainText('You may lower these limits');
  await limits.getByRole('textbox', { name: 'Open changes' }).fill('7');
  await inspectPage(page, testInfo, 'team-limits');
  await limits.getByRole('button', { name: 'Set 1 limit' }).click();
  await expect(budget).toContainText('of 7');
  await expect(
    page.getByRole('list', { name: 'Who changed what' }),
  ).toContainText('Open changes: 7');

  await page.getByRole('button', { name: 'Pause intake…' }).click();
  const pause = page.getByRole('dialog', { name: /Pause intake of Payments/ });
  await pause.getByRole('textbox', { name: /Reason/ }).fill('Release week.');
  await pause.getByRole('button', { name: /^Pause intake until/ }).click();
  await expect(page.getByText('Release week.').first()).toBeVisible();
  await inspectPage(page, testInfo, 'team-paused');
  await page.getByRole('button', { name: 'Resume intake' }).click();
  await expect(
    page.getByRole('button', { name: 'Pause intake…' }),
  ).toBeVisible();

  await page.goto('/agent-tasks/teams');
  await expect(
    page.getByRole('row').filter({ hasText: 'Payments' }),
  ).toContainText('of 7');
  await inspectPage(page, testInfo, 'teams');
});

test('a platform admin finds the way from the queue to teams, and back to the default', async ({
  page,
}, testInfo) => {
  await signIn(page, 'Ada Lindqvist');
  await page.goto('/agent-tasks/queue');
  await expect(page.getByRole('region', { name: 'Throughput' })).toBeVisible();
  await inspectPage(page, testInfo, 'queue-of-few');

  await page.goto('/agent-tasks/teams/default/team-payments');
  await page.getByRole('button', { name: 'Edit limits…' }).click();
  const limits = page.getByRole('dialog', { name: 'Limits of Payments' });
  await limits.getByRole('textbox', { name: 'Open changes' }).fill('');
  await limits.getByRole('button', { name: 'Set 1 limit' }).click();
  await expect(page.getByText('The limits are set')).toBeVisible();
  await expect(
    page.getByText('Nobody has changed anything', { exact: false }),
  ).toBeVisible();
});
