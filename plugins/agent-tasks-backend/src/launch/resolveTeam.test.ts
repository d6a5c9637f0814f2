import { Entity } from '@backstage/catalog-model';
import { ownersOf, resolveTeam } from './resolveTeam';

function ownedBy(...owners: string[]): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'shop-api' },
    // What the owner is called here does not count: the catalog has resolved it.
    spec: { owner: 'somebody-else' },
    relations: [
      { type: 'partOf', targetRef: 'system:default/shop' },
      ...owners.map(targetRef => ({ type: 'ownedBy', targetRef })),
    ],
  };
}

function entity(kind: string, name: string, memberOf: string[] = []): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name },
    relations: memberOf.map(targetRef => ({ type: 'memberOf', targetRef })),
  };
}

const catalog = new Map([
  ['group:default/shop', entity('Group', 'shop')],
  ['group:default/pay', entity('Group', 'pay')],
  ['user:default/lee', entity('User', 'lee', ['group:default/shop'])],
  [
    'user:default/sam',
    entity('User', 'sam', ['group:default/shop', 'group:default/pay']),
  ],
  ['user:default/kim', entity('User', 'kim')],
  ['system:default/shop', entity('System', 'shop')],
]);

function teamOf(...owners: string[]) {
  return resolveTeam({
    refs: ownersOf(ownedBy(...owners)),
    owners: catalog,
  });
}

describe('resolveTeam', () => {
  it.each([
    { what: 'the group that owns it', owners: ['group:default/shop'] },
    { what: 'a group in another spelling', owners: ['Group:default/Shop'] },
    { what: "a user's only group", owners: ['user:default/lee'] },
    {
      what: 'the one group that a user and a group agree on',
      owners: ['group:default/shop', 'user:default/lee'],
    },
    {
      what: 'the one group beside an owner that is missing',
      owners: ['group:default/gone', 'group:default/shop'],
    },
    {
      what: 'the one group beside a user of several groups',
      owners: ['user:default/sam', 'group:default/shop'],
    },
  ])('finds $what', ({ owners }) => {
    expect(teamOf(...owners)).toEqual({ team: 'group:default/shop' });
  });

  it.each([
    { what: 'no owner', owners: [], expected: { reason: 'no-owner' } },
    {
      what: 'an owner that the catalog does not hold',
      owners: ['group:default/gone'],
      expected: { reason: 'owner-not-found', owner: 'group:default/gone' },
    },
    {
      what: 'a user that the catalog does not hold',
      owners: ['user:default/gone'],
      expected: { reason: 'owner-not-found', owner: 'user:default/gone' },
    },
    {
      what: 'a user of several groups',
      owners: ['user:default/sam'],
      expected: {
        reason: 'owner-ambiguous',
        owner: 'user:default/sam',
        candidates: ['group:default/shop', 'group:default/pay'],
      },
    },
    {
      what: 'a user of no group',
      owners: ['user:default/kim'],
      expected: { reason: 'owner-not-a-group', owner: 'user:default/kim' },
    },
    {
      what: 'an owner that is neither group nor user',
      owners: ['system:default/shop'],
      expected: { reason: 'owner-not-a-group', owner: 'system:default/shop' },
    },
    {
      what: 'several groups',
      owners: ['group:default/shop', 'group:default/pay'],
      expected: {
        reason: 'owner-ambiguous',
        candidates: ['group:default/shop', 'group:default/pay'],
      },
    },
    {
      what: 'a user of another group than the one that owns it too',
      owners: ['user:default/lee', 'group:default/pay'],
      expected: {
        reason: 'owner-ambiguous',
        candidates: ['group:default/shop', 'group:default/pay'],
      },
    },
  ])('says so where there is $what', ({ owners, expected }) => {
    expect(teamOf(...owners)).toEqual(expected);
  });

  it('knows no owner of an entity without relations', () => {
    const { relations: _relations, ...bare } = ownedBy();
    expect(ownersOf(bare)).toEqual([]);
    expect(resolveTeam({ refs: ownersOf(bare), owners: catalog })).toEqual({
      reason: 'no-owner',
    });
  });
});
