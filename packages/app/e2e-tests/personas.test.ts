import { expect, test } from '@playwright/test';
import { takeScreenshots } from './screenshots';
import { signIn } from './signIn';

test('a developer signs in and finds the components of the demo organisation', async ({
  page,
}, testInfo) => {
  await page.goto('/');
  await expect(
    page.getByRole('button', { name: 'Sign in as Dana Okafor' }),
  ).toBeVisible();
  await takeScreenshots(page, testInfo, 'sign-in');

  await signIn(page, 'Dana Okafor');
  await expect(page.getByRole('heading', { level: 1 })).toContainText(
    'Catalog',
  );
  await page.goto('/catalog/default/component/payments-api');
  await expect(page.getByRole('heading', { level: 1 })).toContainText(
    'payments-api',
  );
});
