import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  CATALOG_FILTER_EXISTS,
  QueryEntitiesInitialRequest,
  QueryEntitiesResponse,
} from '@backstage/catalog-client';
import {
  Entity,
  parseEntityRef,
  RELATION_PART_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { ComponentCatalog } from './CallerCatalog';
import { SelectionFilter } from './checkFilter';
import {
  mostComponents,
  tooManyComponents,
  WantedComponents,
} from './wantedComponents';

/** Entities in one request. */
const pageSize = 1_000;

/** Domains below domains that are followed; more are a circle. */
const deepestDomain = 10;

/** Systems of the domains of a filter, at most: the catalog reads 100 kB of a request. */
const mostParts = 1_000;

/** Where a search looks. */
const searchFields = ['metadata.name', 'metadata.title'];

const ownerFields = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'relations',
];

/** A component as the catalog has it. */
export interface FoundComponent {
  entity: Entity;
  entityRef: string;
  /** The entity ref as it was asked for. */
  asked: string;
}

/** Some of the components that a launch is for. */
export interface ComponentPage {
  found: FoundComponent[];
  /** Asked for by name, and not in the catalog. */
  unknown: string[];
}

/** A longer filter goes into the body of the request: an address holds no more than 16 kB. */
const longestInAddress = 2_000;

/**
 * Reads the components of a launch from the catalog, as the caller may see them: 1,000 in a request, and never all of them
 * at once in memory.
 */
export class ComponentReader {
  readonly #catalog: ComponentCatalog;

  private constructor(catalog: ComponentCatalog) {
    this.#catalog = catalog;
  }

  static create(options: { catalog: ComponentCatalog }): ComponentReader {
    return new ComponentReader(options.catalog);
  }

  /**
   * @param options.fields - the parts of each entity that are read
   * @throws InputError where nothing matches, or too much
   */
  read(options: {
    wanted: WantedComponents;
    fields: string[];
    credentials: BackstageCredentials;
  }): AsyncGenerator<ComponentPage> {
    const { wanted, ...common } = options;
    return 'refs' in wanted
      ? this.#readRefs({ ...common, refs: [...wanted.refs] })
      : this.#readMatching({ ...common, wanted });
  }

  /** Owners of components, by ref; those that the catalog does not hold are missing. */
  async readOwners(
    refs: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<Map<string, Entity>> {
    const owners = new Map<string, Entity>();
    for (let from = 0; from < refs.length; from += pageSize) {
      const entityRefs = refs.slice(from, from + pageSize);
      const { items } = await this.#catalog.getEntitiesByRefs(
        { entityRefs, fields: ownerFields },
        { credentials },
      );
      entityRefs.forEach((ref, index) => {
        const owner = items[index];
        if (owner) {
          owners.set(ref, owner);
        }
      });
    }
    return owners;
  }

  async *#readRefs(options: {
    refs: [ref: string, asked: string][];
    fields: string[];
    credentials: BackstageCredentials;
  }): AsyncGenerator<ComponentPage> {
    const { refs, fields, credentials } = options;
    for (let from = 0; from < refs.length; from += pageSize) {
      const part = refs.slice(from, from + pageSize);
      const { items } = await this.#catalog.getEntitiesByRefs(
        { entityRefs: part.map(([ref]) => ref), fields },
        { credentials },
      );
      const page: ComponentPage = { found: [], unknown: [] };
      part.forEach(([entityRef, asked], index) => {
        const entity = items[index];
        if (entity) {
          page.found.push({ entity, entityRef, asked });
        } else {
          page.unknown.push(asked);
        }
      });
      yield page;
    }
  }

  async *#readMatching(options: {
    wanted: Extract<WantedComponents, { filters: unknown }>;
    fields: string[];
    credentials: BackstageCredentials;
  }): AsyncGenerator<ComponentPage> {
    const { wanted, fields, credentials } = options;
    const { exclude, search } = wanted;
    const filters: SelectionFilter[] = [];
    for (const one of wanted.filters) {
      filters.push(await this.#resolveDomains(one, credentials));
    }
    let count = 0;
    const pages = this.#query(
      {
        ...toCondition(filters),
        fields,
        ...(search && {
          fullTextFilter: { term: search, fields: searchFields },
        }),
      },
      credentials,
    );
    for await (const page of pages) {
      // The first page tells how many there are, so that too many are not read at all.
      if (page.totalItems - exclude.size > mostComponents) {
        throw tooManyComponents(page.totalItems - exclude.size);
      }
      const found = page.items
        .map(entity => {
          const entityRef = stringifyEntityRef(entity);
          return { entity, entityRef, asked: entityRef };
        })
        .filter(({ entityRef }) => !exclude.has(entityRef));
      count += found.length;
      if (count > mostComponents) {
        throw tooManyComponents(count);
      }
      yield { found, unknown: [] };
    }
    if (!count) {
      throw new InputError(
        exclude.size
          ? 'The selection is for 0 components: what matches is excluded, or nothing matches that you may see. Change the filter or the search.'
          : 'The selection is for 0 components: none matches that you may see. Change the filter or the search.',
      );
    }
  }

  /** A component has no domain but that of its system: a filter by domain is one by the systems of it. */
  async #resolveDomains(
    filter: SelectionFilter,
    credentials: BackstageCredentials,
  ): Promise<SelectionFilter> {
    const entry = Object.entries(filter).find(
      ([key]) =>
        key.toLowerCase() === `relations.${RELATION_PART_OF}`.toLowerCase(),
    );
    const domains = entry?.[1].filter(isDomain) ?? [];
    if (!entry || !domains.length) {
      return filter;
    }
    const [key, values] = entry;
    const parts = new Set(values);
    let level = domains;
    for (let depth = 0; level.length && depth < deepestDomain; depth += 1) {
      const above = level;
      level = [];
      const pages = this.#query(
        {
          ...toCondition(
            ['system', 'domain'].map(kind => ({
              kind: [kind],
              'relations.partOf': above,
            })),
          ),
          fields: ['kind', 'metadata.name', 'metadata.namespace'],
        },
        credentials,
      );
      for await (const { items } of pages) {
        const below = items
          .map(entity => stringifyEntityRef(entity))
          .filter(ref => !parts.has(ref));
        below.forEach(ref => parts.add(ref));
        level.push(...below.filter(isDomain));
      }
    }
    if (parts.size - values.length > mostParts) {
      throw new InputError(
        `The domains of the filter have ${parts.size - values.length} systems, more than the ${mostParts} that one filter can name. Select some of the systems, or filter by something else.`,
      );
    }
    return { ...filter, [key]: [...parts] };
  }

  /** Page by page, until there are no more. */
  async *#query(
    request: QueryEntitiesInitialRequest,
    credentials: BackstageCredentials,
  ): AsyncGenerator<QueryEntitiesResponse> {
    const common = { fields: request.fields, limit: pageSize };
    let cursor: string | undefined;
    do {
      const page = await this.#catalog.queryEntities(
        cursor ? { ...common, cursor } : { ...request, ...common },
        { credentials },
      );
      yield page;
      cursor = page.pageInfo.nextCursor;
    } while (cursor);
  }
}

function isDomain(ref: string): boolean {
  return parseEntityRef(ref).kind.toLowerCase() === 'domain';
}

type Predicate = NonNullable<QueryEntitiesInitialRequest['query']>;

/** Of the values of a key one must match; without values it has to be there. */
function toPredicate([key, values]: [string, string[]]): Predicate {
  return {
    [key]: values.length ? { $in: values } : { $exists: true },
  } as Predicate;
}

/** Filters as the catalog takes them. */
function toCondition(
  filters: readonly SelectionFilter[],
): Pick<QueryEntitiesInitialRequest, 'filter' | 'query'> {
  if (JSON.stringify(filters).length > longestInAddress) {
    return {
      query: {
        $any: filters.map(filter => ({
          $all: Object.entries(filter).map(toPredicate),
        })),
      },
    };
  }
  return {
    filter: filters.map(filter =>
      Object.fromEntries(
        Object.entries(filter).map(([key, values]) => {
          if (!values.length) {
            return [key, CATALOG_FILTER_EXISTS];
          }
          return [key, values.length === 1 ? values[0] : values];
        }),
      ),
    ),
  };
}
