import { parseEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';

/** A filter of the catalog, as a selection has it: all keys must match; of the values of a key one, without any all. */
export type SelectionFilter = Record<string, string[]>;

/** Characters of a filter; the catalog reads 100 kB of a request. */
const longestFilter = 60_000;

/** The catalog keeps no longer keys. */
const longestKey = 200;

/** Parts of an entity that the catalog's filters look at. */
const roots = ['metadata', 'spec', 'relations'];

/** What people write, and what they mean. */
const meant: Record<string, string> = {
  owner: 'relations.ownedBy',
  owners: 'relations.ownedBy',
  ownedby: 'relations.ownedBy',
  system: 'relations.partOf',
  domain: 'relations.partOf',
  partof: 'relations.partOf',
  tag: 'metadata.tags',
  tags: 'metadata.tags',
  name: 'metadata.name',
  namespace: 'metadata.namespace',
  title: 'metadata.title',
  type: 'spec.type',
  lifecycle: 'spec.lifecycle',
};

function suggest(key: string): string {
  const [first, ...rest] = key.split('.');
  const name = first.toLowerCase();
  if (['annotation', 'annotations', 'label', 'labels'].includes(name)) {
    const part = name.startsWith('annotation') ? 'annotations' : 'labels';
    return ` Did you mean 'metadata.${part}.${rest.join('.') || 'NAME'}'?`;
  }
  const better = rest.length ? undefined : meant[name];
  return better ? ` Did you mean '${better}'?` : '';
}

function checkKey(key: string): void {
  const lower = key.toLowerCase();
  if (key.length > longestKey) {
    throw new InputError(
      `The filter key '${key.slice(0, 50)}…' can never match: the catalog keeps no key of more than ${longestKey} characters.`,
    );
  }
  if (/[,=\s]/.test(key)) {
    throw new InputError(
      `The filter key '${key}' can never match: keys hold no comma, equals sign or space.`,
    );
  }
  if (lower === 'kind' || lower === 'apiversion') {
    return;
  }
  const [root, ...rest] = lower.split('.');
  if (!roots.includes(root)) {
    throw new InputError(
      `The filter key '${key}' can never match: keys are kind, apiVersion, metadata.…, spec.… or relations.….${suggest(key)}`,
    );
  }
  const whole = ['metadata.annotations', 'metadata.labels'].includes(lower);
  if (whole || !rest.length || rest.includes('')) {
    throw new InputError(
      `The filter key '${key}' can never match: it must name one value, such as ${
        root === 'relations'
          ? 'relations.ownedBy'
          : `${whole ? key : root}.${root === 'spec' ? 'type' : 'NAME'}`
      }.`,
    );
  }
  if (root === 'relations' && rest.length > 1) {
    throw new InputError(
      `The filter key '${key}' can never match: a relation is named by its type alone, such as relations.${rest[0]}.`,
    );
  }
}

function checkValue(key: string, value: string): void {
  if (value.includes(',')) {
    throw new InputError(
      `The value '${value}' of the filter '${key}' holds a comma, which the catalog takes for the next filter. Filter for something else, or list the components.`,
    );
  }
  if (key.toLowerCase().startsWith('relations.')) {
    let complete = false;
    try {
      parseEntityRef(value);
      complete = /^[^:/]+:[^:/]+\/[^:/]+$/.test(value);
    } catch {
      // It is told below.
    }
    if (!complete) {
      throw new InputError(
        `The value '${value}' of the filter '${key}' can never match: write an entity ref in full, such as group:default/shop.`,
      );
    }
  }
}

/**
 * Refuses filters that can never match, or that the catalog would read as something else.
 *
 * @throws InputError with the key or value that is wrong
 */
export function checkFilters(filters: readonly SelectionFilter[]): void {
  let length = 0;
  for (const filter of filters) {
    const keys = Object.entries(filter);
    if (!keys.length) {
      throw new InputError(
        "A filter without keys selects everything. Name what to select, such as { 'spec.type': ['service'] }.",
      );
    }
    for (const [key, values] of keys) {
      checkKey(key);
      for (const value of values) {
        checkValue(key, value);
        length += value.length + key.length + 2;
      }
      length += key.length;
    }
  }
  if (length > longestFilter) {
    throw new InputError(
      `The filter is ${length} characters long, more than the ${longestFilter} that the catalog reads. Filter by fewer values, or list the components.`,
    );
  }
}
