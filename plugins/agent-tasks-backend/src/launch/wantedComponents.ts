import { PlanRequest, Selection } from '@agent-tasks/plugin-agent-tasks-common';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { checkFilters, SelectionFilter } from './checkFilter';

/** Components of one launch, at most. */
export const mostComponents = 50_000;

/** What a launch is for: components by name, or those that the catalog finds. */
export type WantedComponents =
  | {
      /** Full entity refs, each with how it was asked for. */
      refs: ReadonlyMap<string, string>;
    }
  | {
      filters: readonly SelectionFilter[];
      search?: string;
      /** Full entity refs. */
      exclude: ReadonlySet<string>;
    };

/** Full refs, each as it was asked for; twice the same counts once. */
function parseRefs(asked: readonly string[]): Map<string, string> {
  const refs = new Map<string, string>();
  const wrong: string[] = [];
  for (const one of asked) {
    try {
      const ref = stringifyEntityRef(
        parseEntityRef(one, {
          defaultKind: 'Component',
          defaultNamespace: 'default',
        }),
      );
      if (!refs.has(ref)) {
        refs.set(ref, one);
      }
    } catch {
      wrong.push(one);
    }
  }
  if (wrong.length) {
    throw new InputError(
      `Not an entity ref: ${wrong
        .slice(0, 5)
        .map(one => `'${one}'`)
        .join(', ')}. Write it as component:default/name.`,
    );
  }
  return refs;
}

/** The error where more is asked for than a launch may hold. */
export function tooManyComponents(count: number): InputError {
  return new InputError(
    `A launch is for at most ${mostComponents.toLocaleString('en')} components; this one is for ${count.toLocaleString('en')}. Launch it in parts.`,
  );
}

function readSelection(selection: Selection): WantedComponents {
  const { filter = [], exclude = [] } = selection;
  const search = selection.search?.trim();
  if (!filter.length && !search) {
    throw new InputError(
      "The selection has neither a filter nor a search. To select every component, filter for { kind: ['component'] }.",
    );
  }
  checkFilters(filter);
  // Without a kind a filter is for components: nobody means users and locations by a tag.
  const filters = (filter.length ? filter : [{}]).map(one =>
    Object.keys(one).some(key => key.toLowerCase() === 'kind')
      ? one
      : { kind: ['component'], ...one },
  );
  return {
    filters,
    ...(search && { search }),
    exclude: new Set(parseRefs(exclude).keys()),
  };
}

/**
 * Reads what a request wants to launch on.
 *
 * @throws InputError where it is none or too many, or can never be found
 */
export function readWanted(
  request: Pick<PlanRequest, 'components' | 'selection'>,
): WantedComponents {
  const { components, selection } = request;
  if ((components === undefined) === (selection === undefined)) {
    throw new InputError(
      'Exactly one of components and selection says what the launch is for.',
    );
  }
  if (selection) {
    return readSelection(selection);
  }
  const refs = parseRefs(components!);
  if (!refs.size) {
    throw new InputError(
      'A launch is for at least 1 component; this one is for 0. Name components, or select them by a filter.',
    );
  }
  if (refs.size > mostComponents) {
    throw tooManyComponents(refs.size);
  }
  return { refs };
}
