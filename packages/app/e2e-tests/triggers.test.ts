import { createHmac } from 'node:crypto';
import { expect, Page, test } from '@playwright/test';
import { readAddresses } from './addresses';
import { inspectPage } from './inspectPage';
import { signIn } from './signIn';

/** Templates arrive from the catalog a while after the portal answers. A schedule is due within a minute. */
const ARRIVES = { timeout: 120_000 };

/** As `app-config.yaml` has it for the demo. */
const SECRET = 'demo-sender-signs-with-this';

test('an admin has a schedule and a webhook launch, and finds both in the audit', async ({
  page,
  request,
}, testInfo) => {
  await signIn(page, 'Ada Lindqvist');

  // A schedule, with the next runs before it is made.
  await page.goto('/agent-tasks/triggers');
  await expect(
    page.getByRole('heading', { name: 'Triggers', exact: true }),
  ).toBeVisible(ARRIVES);
  await inspectPage(page, testInfo, 'triggers-empty');
  await page.getByRole('button', { name: 'New trigger' }).click();
  await fillCommon(page, 'lint-each-minute');
  await page.getByRole('textbox', { name: 'Schedule' }).fill('* * * * *');
  await expect(page.getByText('Next runs')).toBeVisible();
  await page
    .getByRole('textbox', { name: /^Components/ })
    .fill('component:default/payments-worker');
  await inspectPage(page, testInfo, 'trigger-editor-schedule');
  await page.getByRole('button', { name: 'Make it' }).click();
  const runs = page.getByRole('table', { name: 'Runs of this trigger' });
  await expect(
    runs.getByRole('row').filter({ hasText: 'By schedule' }).first(),
  ).toContainText('Launched', ARRIVES);
  await inspectPage(page, testInfo, 'trigger-schedule');
  await page.getByRole('button', { name: 'Pause…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: /Reason/ }).fill('It was seen.');
  await dialog.getByRole('button', { name: 'Pause it' }).click();
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();

  // A webhook: its sender signs, and a delivery that is not signed launches nothing.
  await page.goto('/agent-tasks/triggers/-/new');
  await page.getByLabel('Kind').selectOption('webhook');
  await fillCommon(page, 'lint-on-scan');
  await page.getByLabel('Sender').selectOption('generic');
  await page.getByLabel('Secret').selectOption('demo-sender');
  await page
    .getByRole('textbox', { name: 'Rule (expression)' })
    .fill('event.rule');
  await page.getByLabel('Choose them by').selectOption('list');
  await page
    .getByRole('textbox', { name: /^Components/ })
    .fill('component:default/payments-api');
  await inspectPage(page, testInfo, 'trigger-editor-webhook');
  await page.getByRole('button', { name: 'Make it' }).click();
  const address = page.getByText(/\/hooks\/trg_/).first();
  await expect(address).toBeVisible();
  const [path] = /\/hooks\/trg_\w+/.exec((await address.textContent())!)!;
  const body = JSON.stringify({ rule: 'eqeqeq' });
  const at = String(Math.floor(Date.now() / 1000));
  const deliver = (secret: string) =>
    request.post(`${readAddresses()!.backend}/api/agent-tasks${path}`, {
      headers: {
        'content-type': 'application/json',
        'x-agent-tasks-timestamp': at,
        'x-agent-tasks-signature': `sha256=${createHmac('sha256', secret)
          .update(`${at}.${body}`)
          .digest('hex')}`,
      },
      data: body,
    });
  expect((await deliver('somebody-else-signs-with')).status()).toBe(403);
  expect((await deliver(SECRET)).status()).toBe(202);
  await expect(
    runs.getByRole('row').filter({ hasText: 'By webhook' }),
  ).toContainText('Launched', ARRIVES);
  await inspectPage(page, testInfo, 'trigger-webhook');

  await page.goto('/agent-tasks/triggers');
  await expect(
    page.getByRole('row').filter({ hasText: 'lint-on-scan' }),
  ).toContainText('Launched');
  await inspectPage(page, testInfo, 'triggers');

  // Both stand in the audit, by the name of the trigger.
  const events = page.getByRole('table', { name: 'What happened' });
  for (const name of ['lint-each-minute', 'lint-on-scan']) {
    await page.goto(
      `/agent-tasks/audit?actor=${encodeURIComponent(`trigger:${name}`)}`,
    );
    await expect(
      events.getByRole('row').filter({ hasText: 'campaign.launched' }),
    ).toHaveCount(1);
    await inspectPage(page, testInfo, `audit-${name}`);
  }
});

/** What both kinds have: its name, who answers for it, what it launches and how much. */
async function fillCommon(page: Page, name: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await page
    .getByRole('textbox', { name: 'Owner' })
    .fill('group:default/team-payments');
  await page.getByLabel('Template').selectOption({ label: 'Fix a lint rule' });
  const rule = page.getByRole('textbox', { name: /^Rule/ }).last();
  await rule.fill('no-unused-vars');
}
