import type {
  ComponentFilterName,
  ComponentFilterValues,
  ComponentSelection,
} from './launchParameters';

/** A catalog filter: every key must have one of its values. */
export type CatalogFilter = Record<string, string[]>;

/** Where in an entity the catalog finds what a filter is about. */
export const filterKeys: Record<
  Exclude<ComponentFilterName, 'domain'>,
  string
> = {
  owner: 'relations.ownedBy',
  system: 'relations.partOf',
  type: 'spec.type',
  lifecycle: 'spec.lifecycle',
  tag: 'metadata.tags',
};

/** Where in a component a search looks; the backend looks in the same places. */
export const searchFields = ['metadata.name', 'metadata.title'];

/**
 * The catalog filter that finds the components.
 *
 * A component has no domain of its own but that of its system, so a domain is looked for by its systems: with systems
 * chosen as well, by those that are both.
 */
export function toCatalogFilter(options: {
  filters: ComponentFilterValues;
  /** The systems of each chosen domain, and of those below it. */
  systemsOf: (domain: string) => string[];
}): CatalogFilter {
  const { filters, systemsOf } = options;
  const filter: CatalogFilter = { kind: ['component'] };
  for (const name of ['owner', 'type', 'lifecycle', 'tag'] as const) {
    if (filters[name].length > 0) {
      filter[filterKeys[name]] = filters[name];
    }
  }
  if (filters.domain.length > 0) {
    const ofDomains = [...new Set(filters.domain.flatMap(systemsOf))];
    const systems = filters.system.length
      ? filters.system.filter(system => ofDomains.includes(system))
      : ofDomains;
    // A filter without a value would find everything; no component is part of a domain itself.
    filter[filterKeys.system] = systems.length ? systems : filters.domain;
  } else if (filters.system.length > 0) {
    filter[filterKeys.system] = filters.system;
  }
  return filter;
}

/** Whether any filter or search narrows the components. */
export function isNarrowed(options: {
  filters: ComponentFilterValues;
  search: string;
}): boolean {
  return (
    options.search.trim() !== '' ||
    Object.values(options.filters).some(values => values.length > 0)
  );
}

/** What a plan or launch asks for; `undefined` where nothing is chosen. */
export function toRequestedComponents(options: {
  selection: ComponentSelection;
  filter: CatalogFilter;
  search: string;
}):
  | { components: string[] }
  | {
      selection: {
        filter: CatalogFilter[];
        search?: string;
        exclude?: string[];
      };
    }
  | undefined {
  const { selection, filter } = options;
  const search = options.search.trim();
  if (selection.kind === 'matching') {
    return {
      selection: {
        filter: [filter],
        ...(search && { search }),
        ...(selection.except.length > 0 && { exclude: selection.except }),
      },
    };
  }
  return selection.components.length > 0
    ? { components: selection.components }
    : undefined;
}

/** The selection after a component was ticked or unticked. */
export function toggleComponent(
  selection: ComponentSelection,
  entityRef: string,
): ComponentSelection {
  const toggle = (refs: string[]) =>
    refs.includes(entityRef)
      ? refs.filter(ref => ref !== entityRef)
      : [...refs, entityRef];
  return selection.kind === 'matching'
    ? { ...selection, except: toggle(selection.except) }
    : { ...selection, components: toggle(selection.components) };
}

/** Whether a component that the filters find is chosen. */
export function isSelected(
  selection: ComponentSelection,
  entityRef: string,
): boolean {
  return selection.kind === 'matching'
    ? !selection.except.includes(entityRef)
    : selection.components.includes(entityRef);
}
