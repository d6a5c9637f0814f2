import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { INSTANT_TEMPLATE, teamRef } from '../instant/instantCatalog';
import { createInstantCatalog } from '../instant/instantCatalog';

/** The tag of the components that the bench plans for. */
export const FLEET_TAG = 'fleet';

/** A part of the name of the same components, and of no other. */
export const FLEET_SEARCH = 'fleet-service';

/** A catalog as a company has it: most of it has nothing to do with the plan. */
export interface PlanCatalog {
  entities: Entity[];
  /** Entity refs of the components that the bench plans for. */
  fleet: string[];
  /** Entity refs of all teams. */
  teams: string[];
}

/** Annotations and links that entities have in real catalogs, and that no plan looks at. */
function burden(name: string) {
  return {
    links: [1, 2, 3].map(number => ({
      url: `https://wiki.example.com/${name}/${number}`,
      title: `Page ${number} about ${name}`,
    })),
    annotations: {
      'backstage.io/managed-by-location': `url:https://github.com/acme/${name}/tree/main/catalog-info.yaml`,
      'backstage.io/managed-by-origin-location': `url:https://github.com/acme/${name}/tree/main/catalog-info.yaml`,
      'backstage.io/techdocs-ref': 'dir:.',
      'sonarqube.org/project-key': `acme_${name}`,
      'pagerduty.com/service-id': `P${name}`,
    },
  };
}

function createComponent(options: {
  name: string;
  team: string;
  system: number;
  tags: string[];
}): Entity {
  const { name, team, system, tags } = options;
  const { links, annotations } = burden(name);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      title: `The service ${name}`,
      description: `Does what ${name} does, for all who need it.`,
      tags,
      links,
      annotations: {
        ...annotations,
        'github.com/project-slug': `acme/${name}`,
      },
    },
    spec: {
      type: 'service',
      lifecycle: 'production',
      owner: team,
      system: `system-${system}`,
    },
    relations: [
      { type: 'ownedBy', targetRef: team },
      { type: 'partOf', targetRef: `system:default/system-${system}` },
      ...[1, 2, 3, 4].map(number => ({
        type: 'dependsOn',
        targetRef: `resource:default/${name}-database-${number}`,
      })),
    ],
  };
}

function createApi(name: string, team: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'API',
    metadata: { name, namespace: 'default', ...burden(name) },
    spec: {
      type: 'openapi',
      lifecycle: 'production',
      owner: team,
      definition: `openapi: 3.0.0 # ${name} `.repeat(100),
    },
    relations: [{ type: 'ownedBy', targetRef: team }],
  };
}

/** Repositories of one component each; every tenth entity beside them is an API, the others are components. */
export function createPlanCatalog(options: {
  entities: number;
  fleet: number;
  teams: number;
}): PlanCatalog {
  const { teams, departments, entities } = createInstantCatalog({
    teams: options.teams,
    repositories: 0,
    departments: 10,
  });
  const teamOf = (number: number) => teamRef((number % options.teams) + 1);
  const fleet = Array.from({ length: options.fleet }, (_, number) =>
    createComponent({
      name: `${FLEET_SEARCH}-${String(number).padStart(5, '0')}`,
      team: teamOf(number),
      system: number % 100,
      tags: ['java', FLEET_TAG],
    }),
  );
  const others = options.entities - entities.length - fleet.length;
  return {
    entities: [
      ...entities,
      ...fleet,
      ...Array.from({ length: Math.max(0, others) }, (_, number) => {
        const name = `other-${String(number).padStart(5, '0')}`;
        return number % 10 === 0
          ? createApi(name, teamOf(number))
          : createComponent({
              name,
              team: teamOf(number),
              system: number % 100,
              tags: ['java'],
            });
      }),
    ],
    fleet: fleet.map(entity => stringifyEntityRef(entity)),
    teams: [...teams, ...departments],
  };
}

export { INSTANT_TEMPLATE };
