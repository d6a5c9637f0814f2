/** A wave as templates write it: so many tasks, or such a part of them. */
export type Wave = number | `${number}%`;

/** Why waves make no sense. */
export type WavesProblem = 'form' | 'order';

/**
 * Reads waves as a person writes them: `1, 5, 25%`. The last one always holds the rest, so `100%` need not be written.
 * Empty: no waves.
 */
export function parseWaves(
  text: string,
): { waves: Wave[] } | { problem: WavesProblem } {
  const words = text
    .split(/[\s,;]+/)
    .map(word => word.trim())
    .filter(Boolean);
  const waves: Wave[] = [];
  const last = { tasks: 0, percent: 0 };
  for (const word of words) {
    const match = /^(\d{1,5})(%?)$/.exec(word);
    const number = Number(match?.[1]);
    if (!match || number < 1) {
      return { problem: 'form' };
    }
    const isPercent = match[2] === '%';
    if (isPercent && number > 100) {
      return { problem: 'form' };
    }
    const kind = isPercent ? 'percent' : 'tasks';
    if (number <= last[kind] || last.percent === 100) {
      return { problem: 'order' };
    }
    last[kind] = number;
    waves.push(isPercent ? `${number}%` : number);
  }
  if (waves.length > 0 && last.percent !== 100) {
    waves.push('100%');
  }
  return { waves };
}
