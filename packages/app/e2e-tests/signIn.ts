import { expect, Page } from '@playwright/test';

/** Signs in through the page that everybody sees first, as the persona with this display name, such as `Dana Okafor`. */
export async function signIn(page: Page, displayName: string): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: `Sign in as ${displayName}` }).click();
  await expect(page.getByRole('link', { name: 'Home' }).first()).toBeVisible();
}
