/** Code points as sorted ranges that do not touch, each with both its ends. */
export type CharacterSet = readonly (readonly [number, number])[];

const lastCodePoint = 0x10ffff;

export function unite(sets: readonly CharacterSet[]): CharacterSet {
  const ranges = sets.flat().sort((a, b) => a[0] - b[0]);
  const united: [number, number][] = [];
  for (const [from, to] of ranges) {
    const before = united.at(-1);
    if (before && from <= before[1] + 1) {
      before[1] = Math.max(before[1], to);
    } else {
      united.push([from, to]);
    }
  }
  return united;
}

export function complement(set: CharacterSet): CharacterSet {
  const rest: [number, number][] = [];
  let next = 0;
  for (const [from, to] of set) {
    if (from > next) {
      rest.push([next, from - 1]);
    }
    next = to + 1;
  }
  if (next <= lastCodePoint) {
    rest.push([next, lastCodePoint]);
  }
  return rest;
}

export function overlap(a: CharacterSet, b: CharacterSet): boolean {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (a[i][1] < b[j][0]) {
      i += 1;
    } else if (b[j][1] < a[i][0]) {
      j += 1;
    } else {
      return true;
    }
  }
  return false;
}

export function single(codePoint: number): CharacterSet {
  return [[codePoint, codePoint]];
}

const digits: CharacterSet = [[0x30, 0x39]];
const words: CharacterSet = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
const spaces: CharacterSet = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];

/** What the letter after a backslash stands for. */
export const namedSets: Readonly<Record<string, CharacterSet>> = {
  d: digits,
  D: complement(digits),
  w: words,
  W: complement(words),
  s: spaces,
  S: complement(spaces),
};

export const anyButNewline: CharacterSet = complement([
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
]);

/** Stands for a property such as `\p{L}`: which characters have it is not known here, so that it may be any of many. */
export const anyProperty: CharacterSet = unite([
  words,
  [[0x80, lastCodePoint]],
]);
