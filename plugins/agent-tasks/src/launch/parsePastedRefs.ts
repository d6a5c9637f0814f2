import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';

/** The most components that a launch takes. */
export const MOST_COMPONENTS = 50_000;

/** A line of pasted text that names no component. */
export interface PastedProblem {
  /** The first line is 1. */
  line: number;
  text: string;
  reason: 'form' | 'kind' | 'unknown';
}

/** A line of pasted text that names a component. */
export interface PastedRef {
  line: number;
  text: string;
  /** In full: `component:default/payments-api`. */
  entityRef: string;
}

/**
 * Reads components out of pasted text, one in each line: `payments-api`, `default/payments-api` or
 * `component:default/payments-api`. Empty lines and those that begin with `#` are passed over, and what surrounds a ref in
 * lists (`- `, quotes, a comma at the end) is taken off.
 */
export function parsePastedRefs(text: string): {
  refs: PastedRef[];
  problems: PastedProblem[];
} {
  const refs: PastedRef[] = [];
  const problems: PastedProblem[] = [];
  const seen = new Set<string>();
  text.split(/\r\n|\r|\n/).forEach((whole, index) => {
    const line = index + 1;
    const bare = whole
      .trim()
      .replace(/^[-*]\s+/, '')
      .replace(/[,;]$/, '')
      .replace(/^(["'`])(.*)\1$/, '$2')
      .trim();
    if (!bare || bare.startsWith('#')) {
      return;
    }
    const parsed = parse(bare);
    if (!parsed) {
      problems.push({ line, text: bare, reason: 'form' });
    } else if (parsed.kind.toLowerCase() !== 'component') {
      problems.push({ line, text: bare, reason: 'kind' });
    } else {
      const entityRef = stringifyEntityRef(parsed);
      if (!seen.has(entityRef)) {
        seen.add(entityRef);
        refs.push({ line, text: bare, entityRef });
      }
    }
  });
  return { refs, problems };
}

/** What a part of an entity ref may hold, as the catalog has it by default. */
const part = /^[a-z0-9A-Z][-_.a-zA-Z0-9]*$/;

function parse(ref: string) {
  try {
    const parsed = parseEntityRef(ref, {
      defaultKind: 'component',
      defaultNamespace: 'default',
    });
    return Object.values(parsed).every(one => part.test(one))
      ? parsed
      : undefined;
  } catch {
    return undefined;
  }
}
