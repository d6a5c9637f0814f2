import { readFile } from 'node:fs/promises';
import { expect, Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';

/** Where the pages of Agent Tasks are; what is around them is Backstage's own. */
const OWN = ['[class*=AgentTasks]'];

/** Looks for what people who listen, or who see little, would stumble over in what Agent Tasks shows on this page. */
export async function expectAccessible(page: Page): Promise<void> {
  // Pages of others, such as those of the simulator.
  if (!(await page.locator(OWN.join()).count())) {
    return;
  }
  await page.evaluate(
    await readFile(require.resolve('axe-core/axe.min.js'), 'utf8'),
  );
  const { violations } = await page.evaluate<AxeResults, string[]>(
    include =>
      (window as unknown as { axe: typeof import('axe-core') }).axe.run(
        { include },
        {
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
          resultTypes: ['violations'],
        },
      ),
    OWN,
  );
  expect(
    violations.map(({ id, help, nodes }) => ({
      id,
      help,
      where: nodes.slice(0, 3).map(({ html }) => html.slice(0, 300)),
    })),
  ).toEqual([]);
}
