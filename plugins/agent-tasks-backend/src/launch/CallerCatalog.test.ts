import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { CallerCatalog } from './CallerCatalog';

const own = mockCredentials.service('plugin:agent-tasks');

function setUp() {
  const catalog = {
    getEntitiesByRefs: jest.fn().mockResolvedValue({ items: [] }),
    queryEntities: jest
      .fn()
      .mockResolvedValue({ items: [], pageInfo: {}, totalItems: 0 }),
  };
  const auth = mockServices.auth({ pluginId: 'agent-tasks' });
  return { catalog, callers: CallerCatalog.create({ catalog, auth }) };
}

describe('CallerCatalog', () => {
  it('shows users what the catalog shows them', async () => {
    const { catalog, callers } = setUp();
    const credentials = mockCredentials.user('user:default/dana');
    await callers.getEntitiesByRefs({ entityRefs: ['a'] }, { credentials });
    await callers.queryEntities({ limit: 3 }, { credentials });
    expect(catalog.getEntitiesByRefs).toHaveBeenCalledWith(
      { entityRefs: ['a'] },
      { credentials },
    );
    expect(catalog.queryEntities).toHaveBeenCalledWith(
      { limit: 3 },
      { credentials },
    );
  });

  it('reads as the plugin for services, whose tokens may be restricted', async () => {
    const { catalog, callers } = setUp();
    const credentials = mockCredentials.service('external:ci', {
      permissionNames: ['agent-tasks.task.create'],
    });
    await callers.getEntitiesByRefs({ entityRefs: ['a'] }, { credentials });
    await callers.queryEntities({ limit: 3 }, { credentials });
    for (const method of [catalog.getEntitiesByRefs, catalog.queryEntities]) {
      expect(method).toHaveBeenCalledWith(expect.anything(), {
        credentials: own,
      });
    }
  });
});
