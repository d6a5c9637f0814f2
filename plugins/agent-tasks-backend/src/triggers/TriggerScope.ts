import { stringifyRepositoryRef } from '@agent-tasks/plugin-agent-tasks-node';
import { AuthService } from '@backstage/backend-plugin-api';
import {
  Entity,
  parseEntityRef,
  RELATION_CHILD_OF,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { LaunchRequest } from '@agent-tasks/plugin-agent-tasks-common';
import { PermittedComponents } from '../launch/Planner';
import { resolveRepository } from '../launch/resolveRepository';
import { StoredTrigger } from './TriggerStore';

/** Entities in one question to the catalog. */
const refsPerRequest = 500;

const annotationSlug = 'metadata.annotations.github.com/project-slug';
const annotationSource = 'metadata.annotations.backstage.io/source-location';

type Selection = NonNullable<LaunchRequest['selection']>;

/** Which components a trigger may launch on. */
export class TriggerScope {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;

  private constructor(options: TriggerScopeOptions) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
  }

  static create(options: TriggerScopeOptions): TriggerScope {
    return new TriggerScope(options);
  }

  /**
   * A scope as it is now: read once for a launch, so that its parts agree.
   */
  async of(trigger: Pick<StoredTrigger, 'owner' | 'scope'>): Promise<{
    permitted: PermittedComponents;
    narrow(selection: Selection): Selection;
    componentsOf(repository: string): Promise<string[]>;
  }> {
    const groups =
      trigger.scope === 'all'
        ? undefined
        : await this.#groupsBelow(trigger.owner);
    return {
      permitted: async refs =>
        groups ? this.#ownedBy(groups, refs) : new Set(refs),
      narrow: selection => (groups ? narrow(selection, groups) : selection),
      componentsOf: repository => this.#componentsOf(repository, groups),
    };
  }

  /** Whether the catalog has a group. */
  async hasGroup(ref: string): Promise<boolean> {
    const group = await this.#catalog.getEntityByRef(ref, {
      credentials: await this.#auth.getOwnServiceCredentials(),
    });
    return group?.kind.toLocaleLowerCase('en-US') === 'group';
  }

  /** A group and all below it. */
  async #groupsBelow(owner: string): Promise<string[]> {
    const groups = new Set([owner]);
    let level = [owner];
    while (level.length) {
      const { items } = await this.#catalog.getEntities(
        {
          filter: { kind: 'Group', [`relations.${RELATION_CHILD_OF}`]: level },
          fields: ['kind', 'metadata.name', 'metadata.namespace'],
        },
        { credentials: await this.#auth.getOwnServiceCredentials() },
      );
      // Groups may stand above each other.
      level = items.map(stringifyEntityRef).filter(ref => !groups.has(ref));
      level.forEach(ref => groups.add(ref));
    }
    return [...groups];
  }

  async #ownedBy(
    groups: readonly string[],
    refs: readonly string[],
  ): Promise<ReadonlySet<string>> {
    const owned = new Set<string>();
    for (let from = 0; from < refs.length; from += refsPerRequest) {
      const entityRefs = refs.slice(from, from + refsPerRequest);
      const { items } = await this.#catalog.getEntitiesByRefs(
        {
          entityRefs,
          fields: ['kind', 'metadata.name', 'metadata.namespace', 'relations'],
        },
        { credentials: await this.#auth.getOwnServiceCredentials() },
      );
      items.forEach((entity, index) => {
        if (entity && isOwned(entity, groups)) {
          owned.add(entityRefs[index]);
        }
      });
    }
    return owned;
  }

  /** Components that live in a repository. Of all there are, those are found that name it as the catalog's own pages do. */
  async #componentsOf(
    repository: string,
    groups: readonly string[] | undefined,
  ): Promise<string[]> {
    const { items } = await this.#catalog.getEntities(
      {
        filter: groups
          ? {
              kind: 'Component',
              [`relations.${RELATION_OWNED_BY}`]: [...groups],
            }
          : [
              { kind: 'Component', [annotationSlug]: repository },
              {
                kind: 'Component',
                [annotationSource]: ['', '/'].map(
                  end => `url:https://github.com/${repository}${end}`,
                ),
              },
            ],
        fields: ['kind', 'metadata'],
      },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    const wanted = repository.toLocaleLowerCase('en-US');
    return items
      .filter(entity => {
        const found = resolveRepository(entity)?.repository;
        return (
          found &&
          stringifyRepositoryRef(found)
            .toLocaleLowerCase('en-US')
            .endsWith(`/${wanted}`)
        );
      })
      .map(stringifyEntityRef)
      .sort();
  }
}

function isOwned(entity: Entity, groups: readonly string[]): boolean {
  return (entity.relations ?? []).some(
    relation =>
      relation.type === RELATION_OWNED_BY &&
      groups.includes(stringifyEntityRef(parseEntityRef(relation.targetRef))),
  );
}

/** What is outside would be left out anyway, and need not be read. */
function narrow(selection: Selection, groups: readonly string[]): Selection {
  const key = `relations.${RELATION_OWNED_BY}`;
  const filters = selection.filter?.length ? selection.filter : [{}];
  return {
    ...selection,
    filter: filters.map(filter => ({
      ...filter,
      [key]: filter[key]?.filter(one => groups.includes(one)) ?? [...groups],
    })),
  };
}

export interface TriggerScopeOptions {
  catalog: CatalogService;
  auth: AuthService;
}
