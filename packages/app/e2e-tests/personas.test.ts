import { expect, test } from '@playwright/test';
import { inspectPage } from './inspectPage';
import { signIn } from './signIn';

test('a developer signs in and finds the components of the demo organisation', async ({
  page,
}, testInfo) => {
  await page.goto('/');
  await expect(
    page.getByRole('button', { name: 'Sign in as Dana Okafor' }),
  ).toBeVisible();
  await inspectPage(page, testInfo, 'sign-in');

  await signIn(page, 'Dana Okafor');
  await page.goto('/catalog');
  await expect(
    page.getByRole('link', { name: 'Payments API', exact: true }),
  ).toBeVisible();
  await inspectPage(page, testInfo, 'catalog');
});
