import { expect, Page, TestInfo } from '@playwright/test';
import { expectAccessible } from './accessibility';

/** A desk and a phone. */
const WIDTHS = [1440, 390];
const HEIGHT = 900;

/**
 * Takes the page at each width, for people to look at, below `test-results/screenshots`, and finds what on it keeps
 * people out.
 */
export async function inspectPage(
  page: Page,
  testInfo: TestInfo,
  name: string,
): Promise<void> {
  const before = page.viewportSize();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: HEIGHT });
    // What is still being loaded says so by a progress bar.
    await expect(page.getByRole('progressbar')).toHaveCount(0);
    // As tall as the page, rather than stitched together: what sticks to an edge is where it belongs.
    const height = await page.evaluate(
      () => document.documentElement.scrollHeight,
    );
    await page.setViewportSize({ width, height: Math.max(height, HEIGHT) });
    await page.screenshot({
      path: `${testInfo.project.outputDir}/screenshots/${name}-${width}.png`,
      animations: 'disabled',
    });
    await expectAccessible(page);
  }
  if (before) {
    await page.setViewportSize(before);
  }
}
