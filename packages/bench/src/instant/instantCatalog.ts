import { Entity, RELATION_OWNED_BY } from '@backstage/catalog-model';
import { INSTANT_PROVIDER } from './InstantProvider';

/** The template that launches name. */
export const INSTANT_TEMPLATE = 'nothing';

/** A catalog of teams with repositories, each of one component. */
export interface InstantCatalog {
  entities: Entity[];
  /** Entity refs of the groups. */
  teams: string[];
  /** Entity refs, one for each repository, in the order of their numbers. */
  components: string[];
}

/** The entity ref of a team, by its number from 1. */
export function teamRef(number: number): string {
  return `group:default/${teamName(number)}`;
}

/** Repositories go to the teams in turn. */
export function createInstantCatalog(options: {
  teams: number;
  repositories: number;
}): InstantCatalog {
  const teams = numbers(options.teams);
  const repositories = numbers(options.repositories);
  return {
    entities: [
      ...teams.map((number): Entity => ({
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Group',
        metadata: { name: teamName(number) },
        spec: { type: 'team', children: [] },
      })),
      ...repositories.map((number): Entity => ({
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: {
          name: repositoryName(number),
          annotations: {
            'github.com/project-slug': `acme/${repositoryName(number)}`,
          },
        },
        spec: { type: 'service', lifecycle: 'production' },
        relations: [
          {
            type: RELATION_OWNED_BY,
            targetRef: teamRef(((number - 1) % options.teams) + 1),
          },
        ],
      })),
      {
        apiVersion: 'agent-tasks.io/v1alpha1',
        kind: 'AgentTaskTemplate',
        metadata: { name: INSTANT_TEMPLATE, title: 'Do nothing' },
        spec: {
          type: 'other',
          owner: teamRef(1),
          prompt:
            'Do nothing in ${{ repository.owner }}/${{ repository.name }}.',
          agent: { provider: INSTANT_PROVIDER },
        },
      },
    ],
    teams: teams.map(teamRef),
    components: repositories.map(
      number => `component:default/${repositoryName(number)}`,
    ),
  };
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

function teamName(number: number): string {
  return `team-${String(number).padStart(3, '0')}`;
}

function repositoryName(number: number): string {
  return `service-${String(number).padStart(4, '0')}`;
}
