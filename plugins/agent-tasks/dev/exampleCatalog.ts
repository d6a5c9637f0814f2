import type { Entity } from '@backstage/catalog-model';

const teams = ['payments', 'checkout', 'search', 'ledger', 'mobile'];
const systems = ['cart', 'billing', 'discovery', 'accounting', 'app'];
const types = ['service', 'library', 'website'];
const lifecycles = ['production', 'production', 'experimental', 'deprecated'];
const tags = ['java', 'node', 'go'];

const entity = (
  kind: string,
  name: string,
  more: Partial<Entity> & { title?: string; tags?: string[] } = {},
): Entity => {
  const { title, tags: own, ...rest } = more;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      name,
      namespace: 'default',
      ...(title && { title }),
      ...(own && { tags: own }),
    },
    ...rest,
  };
};

/**
 * A catalog as an app reads it, with its relations: five teams below one group, five systems in two domains, and so many
 * components, evenly spread over them.
 */
export function exampleCatalog(options: { components: number }): Entity[] {
  const pick = <T>(from: T[], index: number) => from[index % from.length];
  return [
    entity('Group', 'shop', {
      spec: { type: 'department', children: [] },
      relations: teams.map(name => ({
        type: 'parentOf',
        targetRef: `group:default/team-${name}`,
      })),
    }),
    ...teams.map(name =>
      entity('Group', `team-${name}`, {
        spec: {
          type: 'team',
          profile: { displayName: name[0].toUpperCase() + name.slice(1) },
          children: [],
        },
        relations: [{ type: 'childOf', targetRef: 'group:default/shop' }],
      }),
    ),
    entity('Domain', 'commerce', { title: 'Commerce' }),
    entity('Domain', 'money', {
      title: 'Money',
      relations: [{ type: 'partOf', targetRef: 'domain:default/commerce' }],
    }),
    ...systems.map((name, index) =>
      entity('System', name, {
        relations: [
          {
            type: 'partOf',
            targetRef: `domain:default/${index % 2 ? 'money' : 'commerce'}`,
          },
        ],
      }),
    ),
    ...Array.from({ length: options.components }, (_, index) =>
      entity(
        'Component',
        `${pick(systems, index)}-${String(index).padStart(4, '0')}`,
        {
          tags: [pick(tags, index)],
          spec: {
            type: pick(types, index),
            lifecycle: pick(lifecycles, index),
            owner: `team-${pick(teams, index)}`,
          },
          relations: [
            {
              type: 'ownedBy',
              targetRef: `group:default/team-${pick(teams, index)}`,
            },
            {
              type: 'partOf',
              targetRef: `system:default/${pick(systems, index)}`,
            },
          ],
        },
      ),
    ),
  ];
}
