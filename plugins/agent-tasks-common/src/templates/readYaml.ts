import { JsonObject, JsonValue } from '@backstage/types';
import {
  Composer,
  CST,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  Parser,
} from 'yaml';
import type { Document, Node } from 'yaml';
import { pointTo, TemplateProblem } from './TemplateProblem';

/** The longest text that is read, in bytes of UTF-8. */
export const longestTemplateBytes = 256 * 1024;

/** More values than any template has; aliases can stand for any number of them. */
const mostValues = 20_000;

/** Names, signs and indentations that are read. */
const mostSymbols = 50_000;

/** Deeper than any template goes. */
const deepest = 40;

/** Problems of the text itself that are told; more would not be read. */
const mostProblems = 50;

interface Place {
  key?: number;
  /** Where the value begins and ends. */
  value: [number, number];
}

/** A text of YAML as a value, and where each part of the value stands. */
export interface YamlReading {
  /** Absent where the text is not YAML of one document. */
  value?: JsonValue;
  problems: TemplateProblem[];
  /**
   * Where something stands, 1 and 1 being the first letter: the value, or its key. What is missing stands where its parent
   * does.
   */
  locate(
    path: string,
    options?: {
      atKey?: boolean;
      /** A part of the text, and which of several. */
      part?: { text: string; number: number };
    },
  ): { line: number; column: number };
}

/** Tells where it is that a text cannot be read on. */
class Unreadable extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/**
 * Reads one document of YAML 1.2, as values that JSON has.
 *
 * @remarks
 *
 * It takes a time that grows with the text alone, whatever the text is: it may come from anybody.
 */
export function readYaml(text: string): YamlReading {
  const lines = new LineCounter();
  const places = new Map<string, Place>();
  const problems: TemplateProblem[] = [];
  const at = (offset: number) => {
    const { line, col } = lines.linePos(Math.min(offset, text.length));
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const locate: YamlReading['locate'] = (path, { atKey, part } = {}) => {
    let known = path;
    while (known && !places.has(known)) {
      known = known.slice(0, known.lastIndexOf('/'));
    }
    const place = places.get(known);
    if (!place) {
      return { line: 1, column: 1 };
    }
    if (part && known === path) {
      const found = findPart(text, place.value, part);
      return at(found ?? place.value[0]);
    }
    return at(
      (atKey || known !== path ? place.key : undefined) ?? place.value[0],
    );
  };
  const report = (offset: number, message: string, path = '') => {
    if (problems.length < mostProblems) {
      problems.push({ ...at(offset), path, message, severity: 'error' });
    }
  };

  const bytes =
    text.length > longestTemplateBytes
      ? text.length
      : new TextEncoder().encode(text).length;
  if (bytes > longestTemplateBytes) {
    report(
      0,
      `The text has ${Math.ceil(bytes / 1024)} kB; a template has at most ${
        longestTemplateBytes / 1024
      } kB. Shorten it: what an agent should know can stand in the repository.`,
    );
    return { problems, locate };
  }

  try {
    const document = compose(text, lines, report);
    if (!document || problems.length) {
      return { problems, locate };
    }
    return {
      value: toValue({ document, places, report }),
      problems,
      locate,
    };
  } catch (error) {
    if (error instanceof Unreadable) {
      report(error.offset, error.message);
    } else if (error instanceof RangeError) {
      // The stack was too small for the text.
      report(0, 'The text is nested too deeply. Make it flatter.');
    } else {
      throw error;
    }
    return { problems, locate };
  }
}

function compose(
  text: string,
  lines: LineCounter,
  report: (offset: number, message: string) => void,
): Document.Parsed | undefined {
  // Doubles are looked for below: the parser compares every key with every other one.
  const composer = new Composer({ uniqueKeys: false });
  let document: Document.Parsed | undefined;
  for (const next of composer.compose(readTokens(text, lines))) {
    if (document) {
      report(
        next.range[0],
        'A second document begins here. A text holds one template: remove the rest, and save other templates on their own.',
      );
      return undefined;
    }
    document = next as Document.Parsed;
    for (const { pos, message } of [...next.errors, ...next.warnings]) {
      report(pos[0], describeYamlError(message));
    }
  }
  if (!document || document.contents === null) {
    report(
      0,
      'The text is empty. Begin with apiVersion: agent-tasks.io/v1alpha1.',
    );
    return undefined;
  }
  return document;
}

/** The tokens of a text, as long as there are not too many: each costs far more than a letter. */
function* readTokens(
  text: string,
  lines: LineCounter,
): ReturnType<Parser['parse']> {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  let symbols = 0;
  let offset = 0;
  for (const symbol of new Lexer().lex(text)) {
    symbols += 1;
    if (symbols > mostSymbols) {
      throw new Unreadable(
        'The text is more complicated than a template can be up to here. Shorten it.',
        offset,
      );
    }
    // Some only mark what follows and stand for nothing in the text.
    offset += CST.tokenType(symbol)?.match(/^(doc-mode|scalar|flow-error-end)$/)
      ? 0
      : symbol.length;
    yield* parser.next(symbol);
  }
  yield* parser.end();
}

function describeYamlError(message: string): string {
  const [first] = message.split('\n');
  return `This is not valid YAML: ${first.replace(/[.:]$/, '')}. ${
    /tab/i.test(first)
      ? 'Use spaces.'
      : 'Look at the indentation, the quotes and the brackets here and just before.'
  }`;
}

function toValue(options: {
  document: Document.Parsed;
  places: Map<string, Place>;
  report: (offset: number, message: string, path?: string) => void;
}): JsonValue {
  const { document, places, report } = options;
  const anchors = new Map<string, Node>();
  const open = new Set<Node>();
  let values = 0;

  const walk = (
    node: Node | null,
    path: string,
    depth: number,
    place: { key?: number; fallback: number; alias?: [number, number] },
  ): JsonValue => {
    const range = node?.range ?? [place.fallback, place.fallback];
    const value = place.alias ?? [range[0], range[1]];
    places.set(path, { key: place.key, value });
    values += 1;
    if (values > mostValues) {
      throw new Unreadable(
        `With this the template has more than ${mostValues} values. Write it out without aliases (*name), or shorten it.`,
        value[0],
      );
    }
    if (depth > deepest) {
      throw new Unreadable(
        `The text is nested more than ${deepest} levels deep here. Make it flatter.`,
        value[0],
      );
    }
    if (!node) {
      return null;
    }
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (!target || open.has(target)) {
        report(
          value[0],
          target
            ? `The alias *${node.source} stands inside of what it stands for. Write it out.`
            : `There is no anchor &${node.source} before this. Write the value out.`,
          path,
        );
        return null;
      }
      return walk(target, path, depth + 1, { ...place, alias: value });
    }
    if ((isScalar(node) || isMap(node) || isSeq(node)) && node.anchor) {
      anchors.set(node.anchor, node);
    }
    if (isScalar(node)) {
      return toJson(node.value, value[0], path, report);
    }
    open.add(node);
    const inner = (
      item: unknown,
      key: string | number,
      keyOffset?: number,
    ): JsonValue =>
      walk(item as Node | null, pointTo(path, key), depth + 1, {
        key: place.alias ? place.alias[0] : keyOffset,
        fallback: keyOffset ?? value[0],
        alias: place.alias,
      });
    let result: JsonValue = null;
    if (isSeq(node)) {
      result = node.items.map((item, index) => inner(item, index));
    } else if (isMap(node)) {
      const object: JsonObject = {};
      for (const pair of node.items) {
        const keyNode = pair.key as Node | null;
        const offset = keyNode?.range?.[0] ?? value[0];
        const key = isScalar(keyNode) ? String(keyNode.value) : undefined;
        if (key === undefined || key === '__proto__') {
          report(offset, 'This cannot be a key. Use a name.', path);
        } else if (Object.hasOwn(object, key)) {
          report(
            place.alias?.[0] ?? offset,
            `'${key}' stands here a second time. Remove one of the two.`,
            pointTo(path, key),
          );
        } else {
          object[key] = inner(pair.value, key, offset);
        }
      }
      result = object;
    }
    open.delete(node);
    return result;
  };

  return walk(document.contents, '', 0, { fallback: 0 });
}

function toJson(
  value: unknown,
  offset: number,
  path: string,
  report: (offset: number, message: string, path?: string) => void,
): JsonValue {
  if (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value))
  ) {
    return value;
  }
  report(
    offset,
    'This is no value that a template can hold. Write a text, a number, true or false.',
    path,
  );
  return null;
}

function findPart(
  text: string,
  [begin, end]: [number, number],
  part: { text: string; number: number },
): number | undefined {
  let found = begin - 1;
  for (let number = 0; number <= part.number; number += 1) {
    found = text.indexOf(part.text, found + 1);
    if (found < 0 || found >= end) {
      return undefined;
    }
  }
  return found;
}
