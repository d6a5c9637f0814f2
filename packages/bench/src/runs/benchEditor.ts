import { parseTemplate } from '@agent-tasks/plugin-agent-tasks-common';
import { countLines, longTemplate } from '../editor/longTemplate';
import { typeTemplate } from '../editor/typeTemplate';
import { quantile } from '../harness/quantile';
import { Run } from './Run';

/** A frame of a screen that is drawn 60 times a second. */
const GOAL_P95_MS = 16;

/** How often the same hour at the keyboard is repeated. */
const SESSIONS = { full: 8, quick: 1 };

export const benchEditor: Run = {
  kind: 'bench',
  name: 'editor',
  summary:
    'Measures how long the validation of a 200-line template takes after each key, as somebody types',

  async run({ quick, say }) {
    const text = longTemplate();
    const times: number[] = [];
    let withErrors = 0;
    for (
      let session = 1;
      session <= (quick ? SESSIONS.quick : SESSIONS.full);
      session += 1
    ) {
      for (const typed of typeTemplate(text, session)) {
        const began = performance.now();
        const { template } = parseTemplate(typed);
        times.push(performance.now() - began);
        withErrors += template ? 0 : 1;
      }
      say(
        `${times.length} keys: p95 ${quantile(times, 0.95).toFixed(2)} ms, at most ${Math.max(...times).toFixed(1)} ms`,
      );
    }
    const p95Ms = quantile(times, 0.95);
    return {
      result: {
        lines: countLines(text),
        p95Ms: round(p95Ms),
        goalP95Ms: GOAL_P95_MS,
        p50Ms: round(quantile(times, 0.5)),
        p99Ms: round(quantile(times, 0.99)),
        maxMs: round(Math.max(...times)),
        keystrokes: times.length,
        // Texts that could not be saved: an editor sees them most of the time.
        withErrors,
      },
      holds: p95Ms <= GOAL_P95_MS,
    };
  },
};

function round(value: number): number {
  return Number(value.toFixed(2));
}
