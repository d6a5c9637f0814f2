import { expect, test } from '@playwright/test';
import { inspectPage } from './inspectPage';
import { signIn } from './signIn';

/** Groups arrive from the catalog a while after the portal answers. */
const ARRIVES = { timeout: 90_000 };

test('a platform admin finds in the audit who paused a team and why', async ({
  page,
}, testInfo) => {
  await signIn(page, 'Ada Lindqvist');
  await page.goto('/agent-tasks/teams/default/team-data');
  await page
    .getByRole('button', { name: 'Pause intake…' })
    .click({ timeout: ARRIVES.timeout });
  const pause = page.getByRole('dialog', { name: /Pause intake of/ });
  await pause.getByRole('textbox', { name: /Reason/ }).fill('Stocktaking.');
  await pause.getByRole('button', { name: /^Pause intake until/ }).click();
  await page.getByRole('button', { name: 'Resume intake' }).click();
  await expect(
    page.getByRole('button', { name: 'Pause intake…' }),
  ).toBeVisible();

  await page.goto('/agent-tasks/audit');
  const events = page.getByRole('table', { name: 'What happened' });
  await expect(events.getByRole('row').nth(1)).toBeVisible();
  await inspectPage(page, testInfo, 'audit');

  await page.getByLabel('What it is about').click();
  await page.getByRole('option', { name: 'Pauses of teams' }).click();
  await page.getByLabel('Who', { exact: true }).fill('user:default/ada');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/area=team&actor=user%3Adefault%2Fada/);
  const paused = events.getByRole('row').filter({ hasText: 'Stocktaking.' });
  await expect(paused).toContainText('team.paused');
  await expect(paused.getByRole('link', { name: /Data/ })).toBeVisible();
  await inspectPage(page, testInfo, 'audit-filtered');

  // The address is what one sends to somebody else.
  await page.reload();
  await expect(paused).toBeVisible();

  await page.getByLabel('Task or campaign').fill('camp_0');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing matches these filters')).toBeVisible();
});

test('a developer is told which permission the audit takes', async ({
  page,
}, testInfo) => {
  await signIn(page, 'Dana Okafor');
  await page.goto('/agent-tasks/audit');
  await expect(page.getByText('You may not see the audit')).toBeVisible();
  await expect(page.getByText('agent-tasks.audit.read')).toBeVisible();
  await inspectPage(page, testInfo, 'audit-forbidden');
});
