import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { type LiveResource, useLiveResource } from '../live/useLiveResource';
import {
  COMPONENTS_PER_PAGE,
  type ListedComponent,
  toListedComponents,
} from './ComponentList';
import { type CatalogFilter, searchFields } from './componentQuery';

/** One page of components, and how many there are. */
export interface ComponentPage {
  components: ListedComponent[];
  total: number;
}

/** What a row shows. */
const fields = ['kind', 'metadata', 'spec', 'relations'];

/** One page of the components that the filters find; the catalog filters, sorts and cuts. */
export function useMatchingComponents(options: {
  filter: CatalogFilter;
  search: string;
  page: number;
  /** Whether the filter can be trusted already. */
  isReady: boolean;
}): LiveResource<ComponentPage> {
  const catalog = useApi(catalogApiRef);
  const { filter, search, page, isReady } = options;
  const term = search.trim();
  const resource = useLiveResource<ComponentPage | undefined>({
    key: JSON.stringify([filter, term, page, isReady]),
    load: async () => {
      if (!isReady) {
        return undefined;
      }
      const { items, totalItems } = await catalog.queryEntities({
        filter: { ...filter, kind: 'component' },
        ...(term && { fullTextFilter: { term, fields: searchFields } }),
        fields,
        orderFields: { field: 'metadata.name', order: 'asc' },
        limit: COMPONENTS_PER_PAGE,
        offset: page * COMPONENTS_PER_PAGE,
      });
      return { components: toListedComponents(items), total: totalItems };
    },
    isConcerned: () => false,
    keepPrevious: true,
  });
  return resource as LiveResource<ComponentPage>;
}

/** One page of a list of refs, with what the catalog has of them. */
export function useListedComponents(options: {
  entityRefs: string[];
  page: number;
}): LiveResource<ComponentPage> {
  const catalog = useApi(catalogApiRef);
  const { entityRefs, page } = options;
  const shown = entityRefs.slice(
    page * COMPONENTS_PER_PAGE,
    (page + 1) * COMPONENTS_PER_PAGE,
  );
  const resource = useLiveResource<ListedComponent[]>({
    key: JSON.stringify(shown),
    load: async () => {
      if (shown.length === 0) {
        return [];
      }
      const { items } = await catalog.getEntitiesByRefs({
        entityRefs: shown,
        fields,
      });
      return shown.map((entityRef, index) => ({
        entityRef,
        entity: items[index],
      }));
    },
    isConcerned: () => false,
    keepPrevious: true,
  });
  return {
    ...resource,
    value: resource.value && {
      components: resource.value,
      total: entityRefs.length,
    },
  };
}
