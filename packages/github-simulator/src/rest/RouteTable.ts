import { RestOperation } from './RestOperation';

interface Node {
  literals: Map<string, Node>;
  parameter?: Node;
  /** By method. */
  operations: Map<string, { operation: RestOperation; names: string[] }>;
  /** Where the last parameter takes the rest of the path, slashes included. */
  rest?: Map<string, { operation: RestOperation; names: string[] }>;
}

/** Parameters of paths that may hold slashes when they stand last or before a literal. */
const GREEDY = new Set(['{path}', '{ref}', '{branch}']);

/** Finds the operation of a path. A trie by segments, so that the number of operations costs nothing. */
export class RouteTable {
  readonly #root: Node = emptyNode();
  /** Those whose greedy parameter stands in the middle, such as `/commits/{ref}/status`. */
  readonly #patterns: {
    method: string;
    regexp: RegExp;
    names: string[];
    operation: RestOperation;
  }[] = [];

  private constructor() {}

  static create(operations: RestOperation[]): RouteTable {
    const table = new RouteTable();
    operations.forEach(operation => table.#add(operation));
    return table;
  }

  /** `undefined`: nothing is served there. */
  find(options: {
    method: string;
    path: string;
  }): { operation: RestOperation; params: Record<string, string> } | undefined {
    // First, since a greedy last parameter would take these paths too.
    for (const { method, regexp, names, operation } of this.#patterns) {
      const match =
        method === options.method ? regexp.exec(options.path) : undefined;
      if (match) {
        return { operation, params: zip(names, match.slice(1)) };
      }
    }
    const segments = options.path.split('/').slice(1);
    const values: string[] = [];
    const found = this.#walk(this.#root, segments, 0, options.method, values);
    if (found) {
      return {
        operation: found.operation,
        params: zip(found.names, found.values),
      };
    }
    return undefined;
  }

  #walk(
    node: Node,
    segments: string[],
    index: number,
    method: string,
    values: string[],
  ):
    | { operation: RestOperation; names: string[]; values: string[] }
    | undefined {
    if (index === segments.length) {
      const entry = node.operations.get(method);
      return entry && { ...entry, values: [...values] };
    }
    const literal = node.literals.get(segments[index]);
    const byLiteral =
      literal && this.#walk(literal, segments, index + 1, method, values);
    if (byLiteral) {
      return byLiteral;
    }
    if (node.parameter) {
      values.push(segments[index]);
      const byParameter = this.#walk(
        node.parameter,
        segments,
        index + 1,
        method,
        values,
      );
      values.pop();
      if (byParameter) {
        return byParameter;
      }
    }
    const rest = node.rest?.get(method);
    return (
      rest && {
        ...rest,
        values: [...values, segments.slice(index).join('/')],
      }
    );
  }

  #add(operation: RestOperation): void {
    const segments = operation.path.split('/').slice(1);
    const names = segments
      .filter(segment => segment.startsWith('{'))
      .map(segment => segment.slice(1, -1));
    const entry = { operation, names };
    let node = this.#root;
    segments.forEach((segment, index) => {
      const last = index === segments.length - 1;
      if (GREEDY.has(segment) && last) {
        node.rest ??= new Map();
        node.rest.set(operation.method, entry);
      }
      if (segment.startsWith('{')) {
        node.parameter ??= emptyNode();
        node = node.parameter;
      } else {
        let next = node.literals.get(segment);
        if (!next) {
          next = emptyNode();
          node.literals.set(segment, next);
        }
        node = next;
      }
    });
    node.operations.set(operation.method, entry);
    if (segments.slice(0, -1).some(segment => GREEDY.has(segment))) {
      const source = segments
        .map(segment => {
          if (GREEDY.has(segment)) {
            return '(.+)';
          }
          return segment.startsWith('{')
            ? '([^/]+)'
            : segment.replace(/[.+?^$()|[\]\\-]/g, '\\$&');
        })
        .join('/');
      this.#patterns.push({
        method: operation.method,
        regexp: new RegExp(`^/${source}$`),
        names,
        operation,
      });
    }
  }
}

function emptyNode(): Node {
  return { literals: new Map(), operations: new Map() };
}

function zip(names: string[], values: string[]): Record<string, string> {
  return Object.fromEntries(
    names.map((name, index) => [name, decode(values[index])]),
  );
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
