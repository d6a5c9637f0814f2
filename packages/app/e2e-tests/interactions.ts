import { Page } from '@playwright/test';

/** How long interactions of a page took, from the click or key press to the next paint, in milliseconds. */
export interface InteractionTimes {
  /** How many there were, those among them that were too short to be measured. */
  interactions: number;
  /** Interaction to next paint as browsers report it: the longest, or of 50 and more the longest but for one in 50. */
  inp: number;
  longest: number;
  /** What the longest was, such as `click Next`. */
  slowest?: string;
}

interface Recorded {
  interactionDurations?: Map<number, { duration: number; what: string }>;
}

/** Has the browser measure every interaction from now on, also after a navigation. */
export async function recordInteractions(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const durations = new Map<number, { duration: number; what: string }>();
    (window as Window & Recorded).interactionDurations = durations;
    new PerformanceObserver(list => {
      for (const entry of list.getEntries()) {
        const { interactionId, duration, name, target } =
          entry as PerformanceEventTiming & { interactionId: number };
        const before = durations.get(interactionId);
        // A press has several events; the slowest of them is what a person feels.
        if (interactionId && duration > (before?.duration ?? 0)) {
          const where = target instanceof Element ? target : undefined;
          durations.set(interactionId, {
            duration,
            what: `${name} ${where?.textContent || where?.id || where?.tagName}`,
          });
        }
      }
    }).observe({
      type: 'event',
      buffered: true,
      durationThreshold: 16,
    } as PerformanceObserverInit);
  });
}

/** What was measured since the page was opened. */
export async function readInteractions(page: Page): Promise<InteractionTimes> {
  // Entries arrive after the paint that they tell of.
  await page.evaluate(
    () =>
      new Promise(done =>
        requestAnimationFrame(() => requestAnimationFrame(done)),
      ),
  );
  return page.evaluate(() => {
    const durations = [
      ...((window as Window & Recorded).interactionDurations?.values() ?? []),
    ].sort((one, other) => other.duration - one.duration);
    const { interactionCount = durations.length } =
      performance as Performance & { interactionCount?: number };
    return {
      interactions: interactionCount,
      inp: durations.at(Math.floor(interactionCount / 50))?.duration ?? 0,
      longest: durations.at(0)?.duration ?? 0,
      slowest: durations.at(0)?.what,
    };
  });
}
