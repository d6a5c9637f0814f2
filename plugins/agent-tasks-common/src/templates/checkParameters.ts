import { JsonObject, JsonValue } from '@backstage/types';
import { checkShape, quote } from './checkShape';
import { closestName } from './closestName';
import { dependentNames, parameterWords, WordKind } from './parameterWords';
import { findPatternProblem } from './patterns';
import { Finding, keysOf, pointTo, toName } from './TemplateProblem';

/** More parts than any form has. */
const mostSchemas = 1000;

const reference = 'https://json-schema.org/understanding-json-schema';

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value has, at any depth, what schemas are named by: those who compile schemas look for it everywhere. */
function namesItself(value: JsonValue | undefined): boolean {
  if (Array.isArray(value)) {
    return value.some(namesItself);
  }
  return (
    isObject(value) &&
    Object.entries(value).some(
      ([key, inner]) =>
        ['$id', '$anchor', '$dynamicAnchor'].includes(key) ||
        namesItself(inner),
    )
  );
}

/** A part of the parameters that is a schema of its own, and what it holds or refers to. */
interface Part {
  /** Pointers of the parts within it, and where it says so. */
  leadsTo: { to: string; from: string }[];
}

/** Checks the parameters of one template. */
class ParameterCheck {
  readonly findings: Finding[] = [];
  readonly #root: JsonObject;
  readonly #path: string;
  readonly #parts = new Map<string, Part>();

  constructor(root: JsonObject, path: string) {
    this.#root = root;
    this.#path = path;
  }

  run(): Finding[] {
    this.#schema(this.#root, this.#path);
    this.#circles();
    return this.findings;
  }

  #wrong(path: string, message: string, atKey = false): void {
    this.findings.push({ path, message, severity: 'error', atKey });
  }

  #schema(schema: JsonValue, path: string): void {
    if (this.#parts.size >= mostSchemas) {
      if (this.#parts.size === mostSchemas) {
        this.#parts.set(path, { leadsTo: [] });
        this.#wrong(
          this.#path,
          `${toName(this.#path)} has more than ${mostSchemas} parts. Ask for less: a form should fit a screen.`,
        );
      }
      return;
    }
    const part: Part = { leadsTo: [] };
    this.#parts.set(path, part);
    if (typeof schema === 'boolean') {
      return;
    }
    if (!isObject(schema)) {
      this.#wrong(
        path,
        `${toName(path)} must be a JSON Schema, such as { type: string }; it is ${quote(
          schema,
        )}.`,
      );
      return;
    }
    for (const [word, value] of Object.entries(schema)) {
      const at = pointTo(path, word);
      if (word.startsWith('ui:')) {
        if (namesItself(value)) {
          this.#wrong(
            at,
            `${toName(at)} must not hold $id or $anchor: it is for the form alone.`,
            true,
          );
        }
        continue;
      }
      if (!Object.hasOwn(parameterWords, word)) {
        const close = closestName(
          word,
          Object.keys(parameterWords).filter(
            one => !Object.hasOwn(schema, one),
          ),
        );
        this.#wrong(
          at,
          `${toName(at)} is no word of JSON Schema. ${
            close
              ? `Did you mean '${close}'?`
              : `Remove it; ${reference} lists those that there are.`
          }`,
          true,
        );
        continue;
      }
      if (value !== undefined) {
        this.#word(parameterWords[word], value, at, part);
      }
    }
    this.#nullable(schema, path);
    this.#default(schema, path);
  }

  #nullable({ nullable, type }: JsonObject, path: string): void {
    const at = pointTo(path, 'nullable');
    if (nullable !== undefined && type === undefined) {
      this.#wrong(
        at,
        `${toName(at)} needs a type beside it, such as type: string.`,
        true,
      );
    } else if (
      nullable === false &&
      (type === 'null' || (Array.isArray(type) && type.includes('null')))
    ) {
      this.#wrong(
        at,
        `${toName(at)} is false, but the type takes null. Remove one of the two.`,
        true,
      );
    }
  }

  #word(kind: WordKind, value: JsonValue, at: string, part: Part): void {
    const inner = (schema: JsonValue, path: string) => {
      part.leadsTo.push({ to: path, from: path });
      this.#schema(schema, path);
    };
    if (typeof kind === 'object') {
      this.findings.push(...checkShape(value, kind, at));
    } else if (kind === 'schema') {
      inner(value, at);
    } else if (kind === 'unwanted') {
      this.#wrong(
        at,
        `${toName(at)} means nothing here, where references stay within these parameters. Remove it.`,
        true,
      );
    } else if (kind === 'pattern') {
      this.#pattern(value, at);
    } else if (kind === 'reference') {
      this.#reference(value, at, part);
    } else if (kind === 'schemas' || kind === 'items') {
      if (Array.isArray(value) && value.length) {
        value.forEach((one, index) => inner(one, pointTo(at, index)));
      } else if (kind === 'items' && !Array.isArray(value)) {
        inner(value, at);
      } else {
        this.#wrong(
          at,
          `${toName(at)} must be a list of schemas, of at least one.`,
        );
      }
    } else if (kind === 'schema-map' || kind === 'dependencies') {
      if (!isObject(value)) {
        this.#wrong(
          at,
          `${toName(at)} must be an object with a schema below each name; it is ${quote(
            value,
          )}.`,
        );
        return;
      }
      for (const [name, one] of Object.entries(value)) {
        const below = pointTo(at, name);
        if (at.endsWith('/patternProperties')) {
          this.#pattern(name, below);
        }
        if (kind === 'dependencies' && Array.isArray(one)) {
          this.findings.push(...checkShape(one, dependentNames, below));
        } else if (one !== undefined) {
          inner(one, below);
        }
      }
    }
  }

  #pattern(value: JsonValue, at: string): void {
    const problem =
      typeof value === 'string'
        ? findPatternProblem(value)
        : `must be a regular expression; it is ${quote(value)}.`;
    if (problem) {
      this.#wrong(at, `${toName(at)} ${problem}`);
    }
  }

  #reference(value: JsonValue, at: string, part: Part): void {
    const keys =
      typeof value === 'string' && /^#(\/|$)/.test(value)
        ? keysOf(decode(value.slice(1)))
        : undefined;
    if (!keys) {
      this.#wrong(
        at,
        `${toName(at)} must point into these parameters, such as #/definitions/name; it is ${quote(
          value,
        )}.`,
      );
      return;
    }
    let target: JsonValue | undefined = this.#root;
    for (const key of keys) {
      target =
        (isObject(target) || Array.isArray(target)) &&
        Object.hasOwn(target, key)
          ? (target as JsonObject)[key]
          : undefined;
    }
    if (target === undefined) {
      this.#wrong(
        at,
        `${toName(at)} points to nothing: there is no ${String(value)} in these parameters. Add it, or correct the reference.`,
      );
      return;
    }
    part.leadsTo.push({ to: keys.reduce(pointTo, this.#path), from: at });
  }

  /** A schema that leads back to itself has no form with an end. */
  #circles(): void {
    const done = new Set<string>();
    const open = new Set<string>();
    const visit = (path: string) => {
      open.add(path);
      for (const { to, from } of this.#parts.get(path)?.leadsTo ?? []) {
        if (open.has(to)) {
          this.#wrong(
            from,
            `${toName(from)} is circular: it leads back to ${toName(
              to,
            )}, which it is a part of. Write out as many levels as the form should have.`,
          );
        } else if (!done.has(to)) {
          visit(to);
        }
      }
      open.delete(path);
      done.add(path);
    };
    visit(this.#path);
    for (const path of this.#parts.keys()) {
      if (!done.has(path)) {
        visit(path);
      }
    }
  }

  #default(schema: JsonObject, path: string): void {
    // What is wrong with the schema itself has been said; a reference is not followed.
    if (
      schema.default === undefined ||
      '$ref' in schema ||
      this.findings.some(finding => finding.path.startsWith(`${path}/`))
    ) {
      return;
    }
    const at = pointTo(path, 'default');
    const { anyOf: _choices, ...own } = schema;
    const [finding] = checkShape(schema.default, own, at);
    if (finding) {
      this.findings.push(finding);
    }
  }
}

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/**
 * What is wrong with the parameters of a template as a JSON Schema.
 *
 * @param path - pointer to the parameters
 */
export function checkParameters(
  parameters: JsonObject,
  path: string,
): Finding[] {
  const findings = new ParameterCheck(parameters, path).run();
  const { properties, required } = parameters;
  const declared = isObject(properties) ? Object.keys(properties) : [];
  if (Array.isArray(required)) {
    required.forEach((name, index) => {
      if (typeof name === 'string' && !declared.includes(name)) {
        const close = closestName(name, declared);
        findings.push({
          path: pointTo(pointTo(path, 'required'), index),
          message: `'${name}' is required but not declared. ${
            close
              ? `Did you mean '${close}'?`
              : 'Add it to properties, or remove it from required.'
          }`,
          severity: 'error',
        });
      }
    });
  }
  return findings;
}
