import { parse } from 'yaml';

/**
 * Where two templates differ, as `spec.execution.maxAttempts`, in the order of the newer one; as deep as there are keys,
 * and a list as a whole. `undefined` where one of the texts is no YAML.
 */
export function changedPaths(options: {
  before: string;
  after: string;
}): string[] | undefined {
  try {
    return [...compare(parse(options.before), parse(options.after), [])];
  } catch {
    return undefined;
  }
}

function* compare(
  before: unknown,
  after: unknown,
  path: string[],
): Generator<string> {
  if (isObject(before) && isObject(after)) {
    const keys = new Set([...Object.keys(after), ...Object.keys(before)]);
    for (const key of keys) {
      yield* compare(before[key], after[key], [...path, key]);
    }
  } else if (JSON.stringify(before) !== JSON.stringify(after)) {
    yield path.join('.');
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
