import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import {
  type CatalogApi,
  catalogApiRef,
} from '@backstage/plugin-catalog-react';
import { useLiveResource } from '../live/useLiveResource';
import { toCatalogFilter } from './componentQuery';
import type { ComponentFilterValues } from './launchParameters';
import { collectSystems } from './useCatalogVocabulary';

/** The kinds whose components one can launch on together. */
const launchKinds = ['system', 'domain', 'group'] as const;

export function isLaunchKind(
  kind: string,
): kind is (typeof launchKinds)[number] {
  return (launchKinds as readonly string[]).includes(kind);
}

const noFilters: ComponentFilterValues = {
  owner: [],
  system: [],
  domain: [],
  type: [],
  lifecycle: [],
  tag: [],
};

/** The filters that find the components of a system, domain or group, and how many they find. */
export function useComponentsOf(options: {
  entity: Entity;
  entityRef: string;
}): { filters: ComponentFilterValues; count?: number } {
  const catalog = useApi(catalogApiRef);
  const { entity, entityRef } = options;
  const { value } = useLiveResource({
    key: `components of ${entityRef}`,
    load: async () => {
      const filters = await toFilters({ catalog, entity, entityRef });
      const systems = filters.domain.length
        ? await readSystems({ catalog, domain: entityRef })
        : [];
      const { totalItems } = await catalog.queryEntities({
        filter: {
          ...toCatalogFilter({ filters, systemsOf: () => systems }),
          kind: 'component',
        },
        fields: ['kind', 'metadata.name'],
        limit: 1,
      });
      return { filters, count: totalItems };
    },
    isConcerned: () => false,
  });
  // Without the catalog the entity itself is what is known.
  return value ?? { filters: toDirectFilters({ entity, entityRef }) };
}

function toDirectFilters(options: {
  entity: Entity;
  entityRef: string;
}): ComponentFilterValues {
  const { entity, entityRef } = options;
  switch (entity.kind.toLowerCase()) {
    case 'system':
      return { ...noFilters, system: [entityRef] };
    case 'domain':
      return { ...noFilters, domain: [entityRef] };
    default:
      return { ...noFilters, owner: [entityRef] };
  }
}

async function toFilters(options: {
  catalog: CatalogApi;
  entity: Entity;
  entityRef: string;
}): Promise<ComponentFilterValues> {
  const direct = toDirectFilters(options);
  if (direct.owner.length === 0) {
    return direct;
  }
  return { ...direct, owner: await readGroups(options) };
}

/** A group and all below it, level by level; groups that stand above themselves are met once. */
async function readGroups(options: {
  catalog: CatalogApi;
  entity: Entity;
  entityRef: string;
}): Promise<string[]> {
  const known = new Set([options.entityRef]);
  let level: Entity[] = [options.entity];
  while (level.length > 0) {
    const below = level
      .flatMap(group => group.relations ?? [])
      .filter(({ type }) => type === 'parentOf')
      .map(({ targetRef }) => targetRef)
      .filter(ref => !known.has(ref));
    const entityRefs = [...new Set(below)];
    entityRefs.forEach(ref => known.add(ref));
    const { items } = entityRefs.length
      ? await options.catalog.getEntitiesByRefs({
          entityRefs,
          fields: ['kind', 'metadata', 'relations'],
        })
      : { items: [] };
    level = items.filter((one): one is Entity => one !== undefined);
  }
  return [...known];
}

async function readSystems(options: {
  catalog: CatalogApi;
  domain: string;
}): Promise<string[]> {
  const { items } = await options.catalog.getEntities({
    filter: { kind: ['system', 'domain'] },
    fields: ['kind', 'metadata', 'relations'],
  });
  return collectSystems({
    domain: options.domain,
    partOf: new Map(
      items.map(one => [
        stringifyEntityRef(one),
        (one.relations ?? [])
          .filter(({ type }) => type === 'partOf')
          .map(({ targetRef }) => targetRef),
      ]),
    ),
  });
}
