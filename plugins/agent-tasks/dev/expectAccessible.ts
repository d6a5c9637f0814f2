import axe from 'axe-core';

/** Looks for what people who listen, or who use a keyboard, would stumble over. Colours only a real browser has. */
export async function expectAccessible(
  container: Element = document.body,
): Promise<void> {
  // The browser of the tests draws nothing, and would say so each time.
  HTMLCanvasElement.prototype.getContext = () => null;
  const { violations } = await axe.run(container, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
    rules: { 'color-contrast': { enabled: false } },
    resultTypes: ['violations'],
  });
  expect(
    violations.map(({ id, help, nodes }) => ({
      id,
      help,
      where: nodes.slice(0, 3).map(({ html }) => html.slice(0, 300)),
    })),
  ).toEqual([]);
}
