import {
  anyButNewline,
  anyProperty,
  CharacterSet,
  complement,
  namedSets,
  single,
  unite,
} from './characterSets';

/** A regular expression, as far as the ways count in which it can match. */
export type PatternNode =
  | { type: 'character'; set: CharacterSet }
  | { type: 'sequence' | 'choice'; parts: PatternNode[] }
  | { type: 'repeat'; part: PatternNode; min: number; max: number };

const empty: PatternNode = { type: 'sequence', parts: [] };

const controls: Record<string, number> = {
  t: 0x09,
  n: 0x0a,
  v: 0x0b,
  f: 0x0c,
  r: 0x0d,
  0: 0x00,
};

/**
 * Parses a regular expression that an engine has accepted. Anchors match nothing of the text and are left out.
 *
 * @throws Error where it does not understand something
 */
export function parsePattern(pattern: string): PatternNode {
  const symbols = [...pattern];
  let at = 0;
  const peek = () => symbols[at];
  const next = () => {
    const symbol = symbols[at];
    if (symbol === undefined) {
      throw new Error('the pattern ends too early');
    }
    at += 1;
    return symbol;
  };
  const takes = (text: string) => {
    if (symbols.slice(at, at + text.length).join('') !== text) {
      return false;
    }
    at += text.length;
    return true;
  };
  const until = (end: string) => {
    let text = '';
    for (let symbol = next(); symbol !== end; symbol = next()) {
      text += symbol;
    }
    return text;
  };

  const escaped = (): CharacterSet => {
    const symbol = next();
    if (Object.hasOwn(namedSets, symbol)) {
      return namedSets[symbol];
    }
    if (symbol === 'p' || symbol === 'P') {
      if (takes('{')) {
        until('}');
      }
      return anyProperty;
    }
    if (symbol === 'x' || symbol === 'u') {
      const digits = takes('{')
        ? until('}')
        : Array.from({ length: symbol === 'x' ? 2 : 4 }, next).join('');
      return single(parseInt(digits, 16) || 0);
    }
    if (symbol === 'c') {
      return single((next().codePointAt(0) ?? 0) % 32);
    }
    return single(controls[symbol] ?? symbol.codePointAt(0)!);
  };

  const characterClass = (): CharacterSet => {
    const negated = takes('^');
    const sets: CharacterSet[] = [];
    let first = true;
    while (first || peek() !== ']') {
      if (first && peek() === ']') {
        break;
      }
      first = false;
      const one = takes('\\') ? escaped() : single(next().codePointAt(0)!);
      if (peek() === '-' && symbols[at + 1] !== ']') {
        at += 1;
        const other = takes('\\') ? escaped() : single(next().codePointAt(0)!);
        const [from, to] = [one[0]?.[0] ?? 0, other.at(-1)?.[1] ?? 0];
        sets.push(from <= to ? [[from, to]] : unite([one, other]));
      } else {
        sets.push(one);
      }
    }
    at += 1;
    return negated ? complement(unite(sets)) : unite(sets);
  };

  const quantified = (part: PatternNode): PatternNode => {
    let [min, max] = [1, 1];
    if (takes('*')) {
      [min, max] = [0, Infinity];
    } else if (takes('+')) {
      max = Infinity;
    } else if (takes('?')) {
      min = 0;
    } else {
      const counts = /^\{(\d+)(,(\d*))?\}/.exec(
        symbols.slice(at, at + 24).join(''),
      );
      if (!counts) {
        return part;
      }
      at += counts[0].length;
      min = Number(counts[1]);
      max = counts[2] ? Number(counts[3] || Infinity) : min;
    }
    // Lazy or not, the ways to match are the same.
    takes('?');
    return quantified({ type: 'repeat', part, min, max });
  };

  const atom = (): PatternNode => {
    const symbol = next();
    switch (symbol) {
      case '^':
      case '$':
        return empty;
      case '.':
        return { type: 'character', set: anyButNewline };
      case '[':
        return { type: 'character', set: characterClass() };
      case '\\':
        if (/[bBAzZ]/.test(peek() ?? '')) {
          at += 1;
          return empty;
        }
        return { type: 'character', set: escaped() };
      case '(': {
        if (takes('?')) {
          if (takes('<') || takes('P<')) {
            until('>');
          } else {
            until(':');
          }
        }
        const inner = choice();
        if (next() !== ')') {
          throw new Error('a group is not closed');
        }
        return inner;
      }
      default:
        return { type: 'character', set: single(symbol.codePointAt(0)!) };
    }
  };

  function choice(): PatternNode {
    const parts: PatternNode[] = [];
    do {
      const sequence: PatternNode[] = [];
      while (peek() !== undefined && peek() !== '|' && peek() !== ')') {
        sequence.push(quantified(atom()));
      }
      parts.push({ type: 'sequence', parts: sequence });
    } while (takes('|'));
    return parts.length === 1 ? parts[0] : { type: 'choice', parts };
  }

  const whole = choice();
  if (at < symbols.length) {
    throw new Error('a group is closed that was not opened');
  }
  return whole;
}
