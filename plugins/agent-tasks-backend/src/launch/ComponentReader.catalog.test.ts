import { Selection } from '@agent-tasks/plugin-agent-tasks-common';
import {
  createBackendModule,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  CatalogService,
  catalogProcessingExtensionPoint,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { fieldsFor } from './componentFields';
import { ComponentReader } from './ComponentReader';
import { readWanted } from './wantedComponents';

jest.setTimeout(120_000);

const location = 'url:https://example.com/all.yaml';

function entity(
  kind: string,
  name: string,
  spec: Record<string, string> = {},
  metadata: Partial<Entity['metadata']> = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      name,
      ...metadata,
      annotations: {
        'backstage.io/managed-by-location': location,
        'backstage.io/managed-by-origin-location': location,
        ...metadata.annotations,
      },
    },
    spec: { owner: 'group:default/shop', ...spec },
  };
}

const service = { type: 'service', lifecycle: 'production' };

const entities = [
  {
    ...entity('Group', 'shop'),
    spec: { type: 'team', children: [] },
  },
  entity('Domain', 'money'),
  entity('Domain', 'cards', { subdomainOf: 'money' }),
  entity('System', 'pay', { domain: 'money' }),
  entity('System', 'visa', { domain: 'cards' }),
  entity('Component', 'pay-api', { ...service, system: 'pay' }),
  entity(
    'Component',
    'visa-api',
    { ...service, system: 'visa' },
    { tags: ['java'] },
  ),
  entity('Component', 'web', service, {
    title: 'Payment page',
    annotations: { 'github.com/project-slug': 'acme/web' },
  }),
];

/** The catalog of Backstage, and a plugin that asks it over HTTP. */
async function startCatalog() {
  let catalog: CatalogService;
  const backend = await startTestBackend({
    features: [
      catalogPlugin,
      createBackendModule({
        pluginId: 'catalog',
        moduleId: 'all',
        register(env) {
          env.registerInit({
            deps: { processing: catalogProcessingExtensionPoint },
            async init({ processing }) {
              processing.addEntityProvider({
                getProviderName: () => 'all',
                connect: connection =>
                  connection.applyMutation({
                    type: 'full',
                    entities: entities.map(one => ({ entity: one })),
                  }),
              });
            },
          });
        },
      }),
      createBackendPlugin({
        pluginId: 'asker',
        register(env) {
          env.registerInit({
            deps: { service: catalogServiceRef },
            async init(deps) {
              catalog = deps.service;
            },
          });
        },
      }),
    ],
  });
  const credentials = mockCredentials.service();
  const reader = ComponentReader.create({ catalog: catalog! });
  const find = async (request: {
    components?: string[];
    selection?: Selection;
  }) => {
    const refs: string[] = [];
    for await (const { found } of reader.read({
      wanted: readWanted(request),
      fields: fieldsFor({}),
      credentials,
    })) {
      refs.push(...found.map(one => one.entityRef));
    }
    return refs.sort();
  };
  const deadline = Date.now() + 60_000;
  for (;;) {
    const { totalItems, items } = await catalog!.queryEntities(
      { fields: ['relations'] },
      { credentials },
    );
    const related = items.filter(one => one.relations?.length).length;
    if (totalItems === entities.length && related === entities.length) {
      return { backend, find };
    }
    if (Date.now() > deadline) {
      throw new Error(`the catalog has ${totalItems} entities`);
    }
  }
}

describe('ComponentReader and the catalog of Backstage', () => {
  let catalog: Awaited<ReturnType<typeof startCatalog>>;

  beforeAll(async () => {
    catalog = await startCatalog();
  });

  afterAll(async () => {
    await catalog.backend.stop();
  });

  const manyNames = Array.from({ length: 200 }, (_, i) => `name-${i}-of-many`);

  it.each<[string, Selection, string[]]>([
    [
      'owner',
      { filter: [{ 'relations.ownedBy': ['group:default/shop'] }] },
      ['pay-api', 'visa-api', 'web'],
    ],
    [
      'system',
      { filter: [{ 'relations.partOf': ['system:default/pay'] }] },
      ['pay-api'],
    ],
    [
      'domain, with those below it',
      { filter: [{ 'relations.partOf': ['domain:default/money'] }] },
      ['pay-api', 'visa-api'],
    ],
    ['tag', { filter: [{ 'metadata.tags': ['java', 'go'] }] }, ['visa-api']],
    [
      'type and lifecycle',
      {
        filter: [
          { 'spec.type': ['service'], 'spec.lifecycle': ['production', 'x'] },
        ],
        exclude: ['web', 'pay-api'],
      },
      ['visa-api'],
    ],
    [
      'annotation, whatever its value',
      { filter: [{ 'metadata.annotations.github.com/project-slug': [] }] },
      ['web'],
    ],
    [
      'annotation and its value',
      {
        filter: [
          { 'metadata.annotations.github.com/project-slug': ['Acme/Web'] },
        ],
      },
      ['web'],
    ],
    ['title', { search: 'yment P' }, ['web']],
    [
      'name, in one of the filters',
      {
        filter: [{ 'metadata.tags': ['java'] }, { 'spec.system': ['pay'] }],
        search: 'VISA',
      },
      ['visa-api'],
    ],
    [
      'many values, beyond what an address holds',
      {
        filter: [
          {
            'metadata.name': [...manyNames.slice(2), 'web', 'pay-api'],
            'relations.ownedBy': ['group:default/shop'],
            'metadata.annotations.github.com/project-slug': [],
          },
        ],
      },
      ['web'],
    ],
  ])('finds components by %s', async (_what, selection, names) => {
    await expect(catalog.find({ selection })).resolves.toEqual(
      names.map(name => `component:default/${name}`),
    );
  });

  it('finds components by name', async () => {
    await expect(
      catalog.find({ components: ['Web', 'gone', 'system:pay'] }),
    ).resolves.toEqual(['component:default/web', 'system:default/pay']);
  });
});
