import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { CatalogRoles } from './CatalogRoles';

function user(name: string, role?: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: {
      name,
      namespace: 'default',
      ...(role && { labels: { 'agent-tasks.io/role': role } }),
    },
    spec: {},
  };
}

const credentialsOf = (name: string) =>
  mockCredentials.user(`user:default/${name}`);

function create(entities: Entity[]) {
  const clock = { now: 0 };
  const catalog = catalogServiceMock({ entities });
  const getEntityByRef = jest.spyOn(catalog, 'getEntityByRef');
  const roles = CatalogRoles.create({
    auth: mockServices.auth(),
    catalog,
    userInfo: mockServices.userInfo({
      ownershipEntityRefs: ['user:default/dana', 'group:default/team-payments'],
    }),
    now: () => clock.now,
  });
  return { roles, clock, getEntityByRef };
}

describe('CatalogRoles', () => {
  it.each(['developer', 'lead', 'admin'])(
    'reads the role %s from the label',
    async role => {
      const { roles } = create([user('dana', role)]);
      await expect(roles.find(credentialsOf('dana'))).resolves.toEqual({
        userEntityRef: 'user:default/dana',
        role,
        ownershipEntityRefs: [
          'user:default/dana',
          'group:default/team-payments',
        ],
      });
    },
  );

  it.each([
    ['no label', [user('dana')]],
    ['a role that does not exist', [user('dana', 'root')]],
    ['no place in the catalog', []],
  ])('gives no role to a user with %s', async (_, entities) => {
    const { roles } = create(entities);
    await expect(roles.find(credentialsOf('dana'))).resolves.toMatchObject({
      userEntityRef: 'user:default/dana',
      role: undefined,
    });
  });

  it('finds nobody behind credentials that are not of a user', async () => {
    const { roles } = create([]);
    await expect(
      roles.find(mockCredentials.service('plugin:test')),
    ).resolves.toBeUndefined();
    await expect(roles.find(mockCredentials.none())).resolves.toBeUndefined();
  });

  it('asks the catalog once in 30 seconds for each user', async () => {
    const { roles, clock, getEntityByRef } = create([
      user('dana', 'developer'),
      user('lee', 'lead'),
    ]);
    await Promise.all([
      roles.find(credentialsOf('dana')),
      roles.find(credentialsOf('dana')),
      roles.find(credentialsOf('lee')),
    ]);
    expect(getEntityByRef).toHaveBeenCalledTimes(2);
    clock.now = 29_999;
    await roles.find(credentialsOf('dana'));
    expect(getEntityByRef).toHaveBeenCalledTimes(2);
    clock.now = 30_000;
    await roles.find(credentialsOf('dana'));
    expect(getEntityByRef).toHaveBeenCalledTimes(3);
  });

  it('asks again after a failure', async () => {
    const { roles, getEntityByRef } = create([user('dana', 'lead')]);
    getEntityByRef.mockRejectedValueOnce(new Error('catalog is away'));
    await expect(roles.find(credentialsOf('dana'))).rejects.toThrow(
      'catalog is away',
    );
    await expect(roles.find(credentialsOf('dana'))).resolves.toMatchObject({
      role: 'lead',
    });
  });
});
