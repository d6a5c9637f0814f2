import { mockCredentials } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Selection } from '@agent-tasks/plugin-agent-tasks-common';
import { fieldsFor } from './componentFields';
import { ComponentReader } from './ComponentReader';
import { readWanted } from './wantedComponents';

const credentials = mockCredentials.user('user:default/dana');

function entity(
  kind: string,
  name: string,
  relations: Record<string, string> = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default', links: [{ url: 'https://x' }] },
    spec: { type: 'service' },
    relations: Object.entries(relations).map(([type, targetRef]) => ({
      type,
      targetRef,
    })),
  };
}

const many = Array.from({ length: 2_500 }, (_, index) =>
  entity('Component', `many-${index}`),
);

const parts = [
  entity('Domain', 'money'),
  entity('Domain', 'cards', { partOf: 'domain:default/money' }),
  entity('System', 'pay', { partOf: 'domain:default/money' }),
  entity('System', 'visa', { partOf: 'domain:default/cards' }),
  entity('System', 'shop'),
  entity('Component', 'pay-api', { partOf: 'system:default/pay' }),
  entity('Component', 'visa-api', { partOf: 'system:default/visa' }),
  entity('Component', 'shop-api', { partOf: 'system:default/shop' }),
  entity('API', 'pay-rest', { partOf: 'system:default/pay' }),
];

function setUp(entities: Entity[]) {
  const catalog = catalogServiceMock({ entities });
  const byRefs = jest.spyOn(catalog, 'getEntitiesByRefs');
  const query = jest.spyOn(catalog, 'queryEntities');
  const reader = ComponentReader.create({ catalog });
  const read = async (request: {
    components?: string[];
    selection?: Selection;
  }) => {
    const pages = [];
    for await (const page of reader.read({
      wanted: readWanted(request),
      fields: fieldsFor({}),
      credentials,
    })) {
      pages.push(page);
    }
    return {
      pages,
      found: pages.flatMap(page => page.found),
      refs: pages.flatMap(page => page.found.map(one => one.entityRef)).sort(),
      unknown: pages.flatMap(page => page.unknown),
    };
  };
  return { reader, read, byRefs, query };
}

describe('ComponentReader', () => {
  it('reads components by name in pages, and tells which are unknown', async () => {
    const { read, byRefs } = setUp(many);
    const names = many.map(one => one.metadata.name);
    const { pages, refs, unknown } = await read({
      components: ['Nothing', ...names],
    });
    expect(refs).toHaveLength(2_500);
    expect(unknown).toEqual(['Nothing']);
    expect(pages.map(page => page.found.length)).toEqual([999, 1_000, 501]);
    expect(byRefs).toHaveBeenCalledTimes(3);
  });

  it('reads 1,000 components that match in one request', async () => {
    const { read, query } = setUp(many.slice(0, 1_000));
    const { refs } = await read({
      selection: { filter: [{ 'spec.type': ['service'] }] },
    });
    expect(refs).toHaveLength(1_000);
    expect(query).toHaveBeenCalledTimes(1);
  });

  it('goes on page by page where more match, and reads each once', async () => {
    const { read, query } = setUp(many);
    const { refs } = await read({ selection: { search: 'many' } });
    expect(new Set(refs).size).toBe(2_500);
    expect(refs).toHaveLength(2_500);
    expect(query).toHaveBeenCalledTimes(3);
  });

  it('asks for what plans look at, and for nothing else', async () => {
    const { read } = setUp(parts);
    for (const request of [
      { components: ['pay-api'] },
      { selection: { search: 'pay-api' } },
    ]) {
      const [{ entity: found }] = (await read(request)).found;
      expect(found.metadata).not.toHaveProperty('links');
      expect(found).toMatchObject({
        kind: 'Component',
        metadata: { name: 'pay-api' },
        relations: [{ type: 'partOf' }],
      });
    }
  });

  it('asks as the caller, who finds what they may see', async () => {
    const { read, query, byRefs } = setUp(parts);
    await read({ selection: { search: 'pay' } });
    await read({ components: ['pay-api'] });
    for (const spy of [query, byRefs]) {
      expect(spy).toHaveBeenCalledWith(expect.anything(), { credentials });
    }
  });

  it('searches in name and title', async () => {
    const titled = entity('Component', 'x1');
    titled.metadata.title = 'Billing';
    const { read } = setUp([...parts, titled]);
    expect((await read({ selection: { search: 'illin' } })).refs).toEqual([
      'component:default/x1',
    ]);
    expect((await read({ selection: { search: 'A-AP' } })).refs).toEqual([
      'component:default/visa-api',
    ]);
  });

  it('takes what one of the filters finds, less what is excluded', async () => {
    const { read } = setUp(parts);
    const { refs } = await read({
      selection: {
        filter: [
          { 'relations.partOf': ['system:default/pay'] },
          { 'relations.partOf': ['system:default/shop'] },
          { 'metadata.name': ['visa-api'] },
        ],
        exclude: ['visa-api'],
      },
    });
    expect(refs).toEqual([
      'component:default/pay-api',
      'component:default/shop-api',
    ]);
  });

  it('finds the components of a domain by its systems, and those of domains below it', async () => {
    const { read } = setUp(parts);
    const { refs } = await read({
      selection: { filter: [{ 'relations.partOf': ['domain:default/money'] }] },
    });
    expect(refs).toEqual([
      'component:default/pay-api',
      'component:default/visa-api',
    ]);
  });

  it('refuses a domain with more systems than a filter can name', async () => {
    const systems = Array.from({ length: 1_500 }, (_, index) =>
      entity('System', `s${index}`, { partOf: 'domain:default/wide' }),
    );
    const { read } = setUp([
      ...systems,
      entity('Component', 'last', { partOf: 'system:default/s1499' }),
    ]);
    const selection = {
      filter: [{ 'relations.partOf': ['domain:default/wide'] }],
    };
    await expect(read({ selection })).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining('1500 systems'),
    });
    const { read: readLess } = setUp([
      ...systems.slice(1_450),
      entity('Component', 'last', { partOf: 'system:default/s1499' }),
    ]);
    expect((await readLess({ selection })).refs).toEqual([
      'component:default/last',
    ]);
  });

  it('sends a long filter in the body of the request', async () => {
    const { read, query } = setUp(many);
    const names = many.slice(0, 300).map(one => one.metadata.name);
    const { refs } = await read({
      selection: { filter: [{ kind: ['Component'], 'metadata.name': names }] },
    });
    expect(refs).toHaveLength(300);
    expect(query).toHaveBeenCalledWith(
      expect.objectContaining({
        query: {
          $any: [
            {
              $all: [
                { kind: { $in: ['Component'] } },
                { 'metadata.name': { $in: names } },
              ],
            },
          ],
        },
      }),
      { credentials },
    );
  });

  it.each<[string, Selection]>([
    ['nothing matches', { search: 'nowhere' }],
    [
      'all of it is excluded',
      { search: 'shop-api', exclude: ['component:default/shop-api'] },
    ],
  ])('refuses a selection where %s', async (_what, selection) => {
    const { read } = setUp(parts);
    await expect(read({ selection })).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining('0 components'),
    });
  });

  it('refuses more than 50,000 components before it has read them', async () => {
    const { read, query } = setUp(parts);
    query.mockResolvedValue({ items: [], totalItems: 50_001, pageInfo: {} });
    await expect(
      read({ selection: { filter: [{ kind: ['component'] }] } }),
    ).rejects.toMatchObject({
      name: 'InputError',
      message:
        'A launch is for at most 50,000 components; this one is for 50,001. Launch it in parts.',
    });
    expect(query).toHaveBeenCalledTimes(1);
  });

  it('reads owners in one request for a thousand', async () => {
    const { reader, byRefs } = setUp([entity('Group', 'shop')]);
    const owners = await reader.readOwners(
      ['group:default/shop', 'group:default/gone'],
      credentials,
    );
    expect([...owners.keys()]).toEqual(['group:default/shop']);
    expect(byRefs).toHaveBeenCalledTimes(1);
    await reader.readOwners([], credentials);
    expect(byRefs).toHaveBeenCalledTimes(1);
  });
});
