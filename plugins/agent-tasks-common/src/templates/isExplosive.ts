import { CharacterSet, overlap } from './characterSets';
import { parsePattern, PatternNode } from './parsePattern';

/** Repetitions up to here are written out; longer ones count as if they had no end. */
const longestWrittenOut = 6;

/** Characters of a pattern with its repetitions written out. */
const mostPositions = 400;

/** Steps after which a pattern counts as too much. */
const mostSteps = 3_000_000;

/** How many ways there are: none, one, or several. */
type Ways = 0 | 1 | 2;

const add = (a: number, b: number) => Math.min(2, a + b) as Ways;
const times = (a: number, b: number) => Math.min(2, a * b) as Ways;

/** How a part of a pattern begins and ends. */
interface Part {
  /** The ways to match nothing. */
  empty: Ways;
  first: Map<number, Ways>;
  last: Map<number, Ways>;
}

const nothing: Part = { empty: 1, first: new Map(), last: new Map() };

function merge(
  into: Map<number, Ways>,
  from: Map<number, Ways>,
  by: Ways,
): Map<number, Ways> {
  const result = new Map(into);
  for (const [position, ways] of from) {
    const more = times(ways, by);
    if (more) {
      result.set(position, add(result.get(position) ?? 0, more));
    }
  }
  return result;
}

/** The characters of a pattern, and in how many ways one may follow another. */
class Positions {
  readonly sets: CharacterSet[] = [];
  readonly follow: Map<number, Ways>[] = [];

  /** Glushkov's construction, with the number of ways beside each step. */
  read(node: PatternNode): Part {
    switch (node.type) {
      case 'character': {
        if (this.sets.length >= mostPositions) {
          throw new RangeError('the pattern is too long');
        }
        const position = this.sets.push(node.set) - 1;
        this.follow.push(new Map());
        return {
          empty: 0,
          first: new Map([[position, 1]]),
          last: new Map([[position, 1]]),
        };
      }
      case 'choice':
        return node.parts
          .map(part => this.read(part))
          .reduce((a, b) => ({
            empty: add(a.empty, b.empty),
            first: merge(a.first, b.first, 1),
            last: merge(a.last, b.last, 1),
          }));
      case 'sequence':
        return node.parts.reduce<Part>(
          (before, part) => this.#join(before, this.read(part)),
          nothing,
        );
      default:
        return this.#repeat(node);
    }
  }

  #repeat(node: PatternNode & { type: 'repeat' }): Part {
    const { part, min, max } = node;
    if (max > longestWrittenOut) {
      const inner = this.read(part);
      this.#link(inner, inner);
      // Engines do not repeat what matched nothing: there is one way to leave it out.
      return min ? inner : { ...inner, empty: 1 };
    }
    let whole: Part = nothing;
    for (let number = 1; number <= max; number += 1) {
      const inner = this.read(part);
      whole = this.#join(whole, number > min ? { ...inner, empty: 1 } : inner);
    }
    return whole;
  }

  #join(a: Part, b: Part): Part {
    this.#link(a, b);
    return {
      empty: times(a.empty, b.empty),
      first: merge(a.first, b.first, a.empty),
      last: merge(b.last, a.last, b.empty),
    };
  }

  #link(a: Part, b: Part): void {
    for (const [from, ways] of a.last) {
      this.follow[from] = merge(this.follow[from], b.first, ways);
    }
  }
}

/**
 * Whether an engine that tries one way after the other, as browsers do, can take a time that doubles with each character of
 * a text. It can where one text leads from some place in the pattern back to it in two ways.
 *
 * @param pattern - a regular expression that an engine has accepted
 */
export function isExplosive(pattern: string): boolean {
  const positions = new Positions();
  try {
    positions.read(parsePattern(pattern));
  } catch (error) {
    // Not understood here is no reason to refuse what the engine of the launch has accepted.
    return error instanceof RangeError;
  }
  return findsTwoWays(positions);
}

/** Looks for a loop of pairs of places that begins where both are the same, and on which they differ. */
function findsTwoWays({ sets, follow }: Positions): boolean {
  const count = sets.length;
  const reaches = reachable(follow);
  for (let from = 0; from < count; from += 1) {
    for (const [to, ways] of follow[from]) {
      if (ways > 1 && sets[to].length && reaches[to].has(from)) {
        return true;
      }
    }
  }
  const overlaps = sets.map(one => sets.map(other => overlap(one, other)));
  let steps = 0;
  // Pairs that can be reached from a place on two different ways, for each place that lies on a loop.
  for (let start = 0; start < count; start += 1) {
    if (!reaches[start].has(start)) {
      continue;
    }
    const seen = new Set<number>();
    const queue: [number, number][] = [[start, start]];
    while (queue.length) {
      const [a, b] = queue.pop()!;
      for (const nextA of follow[a].keys()) {
        if (!reaches[nextA].has(start)) {
          continue;
        }
        for (const nextB of follow[b].keys()) {
          steps += 1;
          if (steps > mostSteps) {
            return true;
          }
          if (!overlaps[nextA][nextB] || !reaches[nextB].has(start)) {
            continue;
          }
          if (nextA === start && nextB === start) {
            if (a !== b) {
              return true;
            }
            continue;
          }
          const pair = nextA * count + nextB;
          if (!seen.has(pair)) {
            seen.add(pair);
            queue.push([nextA, nextB]);
          }
        }
      }
    }
  }
  return false;
}

/** Which places can be reached from each, in one step or more. */
function reachable(follow: Map<number, Ways>[]): Set<number>[] {
  return follow.map(direct => {
    const found = new Set<number>(direct.keys());
    for (const place of found) {
      for (const next of follow[place].keys()) {
        found.add(next);
      }
    }
    return found;
  });
}
