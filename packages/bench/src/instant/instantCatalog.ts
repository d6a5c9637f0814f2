import {
  Entity,
  RELATION_CHILD_OF,
  RELATION_OWNED_BY,
  RELATION_PARENT_OF,
} from '@backstage/catalog-model';
import { INSTANT_PROVIDER } from './InstantProvider';

/** The template that launches name. */
export const INSTANT_TEMPLATE = 'nothing';

/** A catalog of teams with repositories, each of one component. */
export interface InstantCatalog {
  entities: Entity[];
  /** Entity refs of the groups that own components. */
  teams: string[];
  /** Entity refs of the groups above them. */
  departments: string[];
  /** Entity refs, one for each repository, in the order of their numbers. */
  components: string[];
}

/** The entity ref of a team, by its number from 1. */
export function teamRef(number: number): string {
  return `group:default/${teamName(number)}`;
}

/** Repositories go to the teams in turn, and teams to departments. */
export function createInstantCatalog(options: {
  teams: number;
  repositories: number;
  /** 0 where it is absent. */
  departments?: number;
}): InstantCatalog {
  const teams = numbers(options.teams);
  const departments = numbers(options.departments ?? 0);
  const departmentOf = (team: number) =>
    departmentRef(((team - 1) % departments.length) + 1);
  const repositories = numbers(options.repositories);
  return {
    entities: [
      ...teams.map((number): Entity => ({
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Group',
        metadata: { name: teamName(number) },
        spec: { type: 'team', children: [] },
        relations: departments.length
          ? [{ type: RELATION_CHILD_OF, targetRef: departmentOf(number) }]
          : [],
      })),
      ...departments.map((number): Entity => ({
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Group',
        metadata: { name: departmentName(number) },
        spec: { type: 'department', children: [] },
        relations: teams
          .filter(team => departmentOf(team) === departmentRef(number))
          .map(team => ({
            type: RELATION_PARENT_OF,
            targetRef: teamRef(team),
          })),
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
        metadata: {
          name: INSTANT_TEMPLATE,
          title: 'Do nothing',
          description: 'Ends as soon as it has started.',
        },
        spec: {
          type: 'other',
          owner: teamRef(1),
          prompt:
            'Do nothing in ${{ repository.owner }}/${{ repository.name }}.',
          parameters: { type: 'object', properties: {} },
          agent: { provider: INSTANT_PROVIDER },
        },
      },
    ],
    teams: teams.map(teamRef),
    departments: departments.map(departmentRef),
    components: repositories.map(
      number => `component:default/${repositoryName(number)}`,
    ),
  };
}

function departmentRef(number: number): string {
  return `group:default/${departmentName(number)}`;
}

function departmentName(number: number): string {
  return `department-${String(number).padStart(2, '0')}`;
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
