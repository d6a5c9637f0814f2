import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useCallback, useMemo } from 'react';
import { useLiveResource } from '../live/useLiveResource';
import { nameOfEntity } from '../queue/useTeamTitles';
import { filterKeys } from './componentQuery';
import type { ComponentFilterName } from './launchParameters';

/** A value that a filter can have, and how many components have it. */
export interface FilterOption {
  value: string;
  /** Unknown of domains: they are counted by their systems. */
  count?: number;
}

/** What components can be filtered by in this catalog. */
export interface CatalogVocabulary {
  options: Record<ComponentFilterName, FilterOption[]>;
  /** The systems of a domain and of those below it. */
  systemsOf: (domain: string) => string[];
  /** The title of a system or domain; the name in the ref of everything else. */
  titleOf: (value: string) => string;
  /** Whether it is known which systems a domain has. */
  isReady: boolean;
  error?: Error;
}

interface Loaded {
  options: CatalogVocabulary['options'];
  titles: Map<string, string>;
  /** Of each system or domain, the domains that it is part of. */
  partOf: Map<string, string[]>;
}

const facetNames = ['owner', 'system', 'type', 'lifecycle', 'tag'] as const;

const none: CatalogVocabulary['options'] = {
  owner: [],
  system: [],
  domain: [],
  type: [],
  lifecycle: [],
  tag: [],
};

/** Reads what components can be filtered by: two requests, however large the catalog is. */
export function useCatalogVocabulary(): CatalogVocabulary {
  const catalog = useApi(catalogApiRef);
  const { value, error } = useLiveResource<Loaded>({
    key: 'catalog vocabulary',
    load: async () => {
      const [{ facets }, above] = await Promise.all([
        catalog.getEntityFacets({
          filter: { kind: 'component' },
          facets: facetNames.map(name => filterKeys[name]),
        }),
        catalog.getEntities({
          filter: { kind: ['system', 'domain'] },
          fields: ['kind', 'metadata', 'relations'],
        }),
      ]);
      const optionsOf = (name: (typeof facetNames)[number]) =>
        (facets[filterKeys[name]] ?? [])
          // Parts of a component, and resources, are no systems.
          .filter(
            facet => name !== 'system' || facet.value.startsWith('system:'),
          )
          .map(({ value: one, count }) => ({ value: one, count }))
          .sort((one, other) => one.value.localeCompare(other.value));
      return {
        options: {
          owner: optionsOf('owner'),
          system: optionsOf('system'),
          type: optionsOf('type'),
          lifecycle: optionsOf('lifecycle'),
          tag: optionsOf('tag'),
          domain: above.items
            .filter(isDomain)
            .map(entity => ({ value: stringifyEntityRef(entity) }))
            .sort((one, other) => one.value.localeCompare(other.value)),
        },
        titles: new Map(
          above.items.flatMap(entity =>
            entity.metadata.title
              ? [[stringifyEntityRef(entity), entity.metadata.title] as const]
              : [],
          ),
        ),
        partOf: new Map(
          above.items.map(entity => [
            stringifyEntityRef(entity),
            (entity.relations ?? [])
              .filter(({ type }) => type === 'partOf')
              .map(({ targetRef }) => targetRef),
          ]),
        ),
      };
    },
    // A task that changes says nothing about the catalog.
    isConcerned: () => false,
  });

  return {
    options: value?.options ?? none,
    systemsOf: useCallback(
      (domain: string) =>
        value ? collectSystems({ domain, partOf: value.partOf }) : [],
      [value],
    ),
    titleOf: useMemo(
      () => (one: string) => value?.titles.get(one) ?? nameOfEntity(one),
      [value],
    ),
    isReady: value !== undefined,
    error,
  };
}

/** Walks down from a domain; a domain that is part of itself, by whatever way, is met once. */
export function collectSystems(options: {
  domain: string;
  partOf: ReadonlyMap<string, string[]>;
}): string[] {
  const below = new Set([options.domain.toLowerCase()]);
  for (const one of below) {
    for (const [part, wholes] of options.partOf) {
      if (wholes.some(whole => whole.toLowerCase() === one)) {
        below.add(part);
      }
    }
  }
  return [...below].filter(ref => ref.startsWith('system:'));
}

function isDomain(entity: Entity): boolean {
  return entity.kind.toLowerCase() === 'domain';
}
