import { RE2JS } from 're2js';
import { isExplosive } from './isExplosive';
import { parsePattern, PatternNode } from './parsePattern';

/** Patterns that are kept, so that each is read once while somebody types elsewhere. */
const patternsKept = 500;

/** Longer than any pattern that a person reads. */
const longestPattern = 1000;

/** Characters of a pattern with its repetitions written out; one that repeats repetitions has any number of them. */
const largestPattern = 5000;

interface Pattern {
  problem?: string;
  test?: (text: string) => boolean;
}

const patterns = new Map<string, Pattern>();

function read(pattern: string): Pattern {
  if (pattern.length > longestPattern) {
    return {
      problem: `has ${pattern.length} characters; a pattern has at most ${longestPattern}. Shorten it.`,
    };
  }
  if (isTooLarge(pattern)) {
    return {
      problem: `stands for more than ${largestPattern} characters, since it repeats so much. Use maxLength for the length of a text.`,
    };
  }
  let test: Pattern['test'];
  try {
    const compiled = RE2JS.compile(RE2JS.translateRegExp(pattern));
    test = text => compiled.matcher(text).find();
  } catch (error) {
    return {
      problem: `is no pattern that can be used (${
        error instanceof Error ? error.message : 'it cannot be read'
      }). Lookaheads, lookbehinds and back-references do not exist here.`,
    };
  }
  return isExplosive(pattern)
    ? {
        problem:
          'explodes: a repetition of something that is itself repeated, or of choices that match the same text, can take hours on a short text. Let each repetition begin or end with a character that its inside cannot match.',
      }
    : { test };
}

/** How many characters a pattern has once its counted repetitions are written out. */
function sizeOf(node: PatternNode): number {
  switch (node.type) {
    case 'character':
      return 1;
    case 'repeat':
      return (
        sizeOf(node.part) *
        Math.max(1, Number.isFinite(node.max) ? node.max : node.min)
      );
    default:
      return node.parts.reduce((sum, part) => sum + sizeOf(part), 1);
  }
}

function isTooLarge(pattern: string): boolean {
  try {
    return sizeOf(parsePattern(pattern)) > largestPattern;
  } catch {
    // The engine says what is wrong with it, unless it first writes out repetitions of repetitions.
    return (pattern.match(/\{\d+/g) ?? []).length > 1;
  }
}

function find(pattern: string): Pattern {
  let known = patterns.get(pattern);
  if (!known) {
    known = read(pattern);
    if (patterns.size >= patternsKept) {
      patterns.clear();
    }
    patterns.set(pattern, known);
  }
  return known;
}

/** Why a regular expression cannot stand in a template, with what to do; `undefined` where it can. */
export function findPatternProblem(pattern: string): string | undefined {
  return find(pattern).problem;
}

/** Whether a text matches, in a time that grows with the text alone. */
export function matchesPattern(pattern: string, text: string): boolean {
  return find(pattern).test?.(text) ?? false;
}
