import { Entity, RELATION_OWNED_BY } from '@backstage/catalog-model';
import { TracedChange } from './readTrace';
import { HOST, OWNER, PROVIDER } from './TracedWorld';

/** The template that is launched. */
export const TEMPLATE = 'traced-change';

/** The teams and repositories of a trace, and the template. */
export function tracedCatalog(changes: readonly TracedChange[]): Entity[] {
  const teams = [...new Set(changes.map(({ team }) => team))];
  const teamOf = new Map(
    changes.map(({ repository, team }) => [repository, team]),
  );
  return [
    ...teams.map((name): Entity => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Group',
      metadata: { name },
      spec: { type: 'team', children: [] },
    })),
    ...[...teamOf].map(([name, team]): Entity => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name,
        annotations: {
          'github.com/project-slug': `${OWNER}/${name}`,
          'backstage.io/source-location': `url:https://${HOST}/${OWNER}/${name}`,
        },
      },
      spec: { type: 'service', lifecycle: 'production', owner: team },
      relations: [
        { type: RELATION_OWNED_BY, targetRef: `group:default/${team}` },
      ],
    })),
    {
      apiVersion: 'agent-tasks.io/v1alpha1',
      kind: 'AgentTaskTemplate',
      metadata: {
        name: TEMPLATE,
        title: 'A change of the trace',
        description: 'Replays one change.',
      },
      spec: {
        type: 'other',
        owner: `group:default/${teams[0]}`,
        parameters: {
          type: 'object',
          required: ['label'],
          properties: { label: { type: 'string' } },
        },
        prompt: 'This is ${{ parameters.label }}.',
        agent: { provider: PROVIDER },
      },
    },
  ];
}
