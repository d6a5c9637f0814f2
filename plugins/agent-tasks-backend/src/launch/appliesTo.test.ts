import { Entity } from '@backstage/catalog-model';
import { appliesTo } from './appliesTo';

const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'Shop-API',
    annotations: {
      'github.com/project-slug': 'acme/shop',
      'acme.example/tier.level': '1',
    },
    labels: { 'acme.example/language': 'Java' },
    tags: ['java', 'spring'],
  },
  spec: {
    type: 'service',
    lifecycle: 'production',
    replicas: 3,
    public: false,
    profile: { tier: { level: 'gold' } },
    nothing: null,
  },
  relations: [
    { type: 'ownedBy', targetRef: 'group:default/shop' },
    { type: 'dependsOn', targetRef: 'component:default/pay' },
    { type: 'dependsOn', targetRef: 'component:default/mail' },
  ],
};

describe('appliesTo', () => {
  it.each<[string, Record<string, string | string[]>]>([
    ['a kind in another case', { kind: 'component' }],
    ['a name in another case', { 'metadata.name': 'shop-api' }],
    ['a key in another case', { 'Spec.Type': 'service' }],
    ['one of several values', { 'spec.type': ['website', 'service'] }],
    ['all keys', { 'spec.type': 'service', 'spec.lifecycle': 'production' }],
    ['a nested key', { 'spec.profile.tier.level': 'gold' }],
    ['a number', { 'spec.replicas': '3' }],
    ['a boolean', { 'spec.public': 'false' }],
    ['a tag', { 'metadata.tags': 'spring' }],
    [
      'an annotation with dots in its name',
      { 'metadata.annotations.github.com/project-slug': 'acme/shop' },
    ],
    [
      'an annotation with dots in both parts of its name',
      { 'metadata.annotations.acme.example/tier.level': '1' },
    ],
    [
      'a label, in another case',
      { 'metadata.labels.acme.example/language': 'java' },
    ],
    ['a relation', { 'relations.ownedBy': 'group:default/shop' }],
    [
      'one of several relations',
      { 'relations.dependson': 'component:default/mail' },
    ],
  ])('holds by %s', (_what, filter) => {
    expect(appliesTo({ filters: [filter], entity })).toBe(true);
  });

  it.each<[string, Record<string, string | string[]>]>([
    ['another value', { 'spec.type': 'website' }],
    [
      'one of the keys only',
      { 'spec.type': 'service', 'spec.lifecycle': 'beta' },
    ],
    ['a key that it lacks', { 'spec.system': 'shop' }],
    ['the beginning of a value', { 'spec.type': 'serv' }],
    ['an object', { 'spec.profile': '[object Object]' }],
    ['a null', { 'spec.nothing': 'null' }],
    ['a key behind a text', { 'spec.type.length': '7' }],
    [
      'a relation of another type',
      { 'relations.partOf': 'group:default/shop' },
    ],
    ['what every object has', { 'spec.constructor.name': 'Object' }],
    ['no value', { 'spec.type': [] }],
  ])('does not hold by %s', (_what, filter) => {
    expect(appliesTo({ filters: [filter], entity })).toBe(false);
  });

  it.each([[undefined], [[]]])(
    'holds for everything with filters %p',
    filters => {
      expect(appliesTo({ filters, entity })).toBe(true);
    },
  );

  it('holds where one of several filters does', () => {
    expect(
      appliesTo({
        filters: [{ kind: 'API' }, { 'metadata.tags': ['java'] }],
        entity,
      }),
    ).toBe(true);
    expect(
      appliesTo({ filters: [{ kind: 'API' }, { kind: 'System' }], entity }),
    ).toBe(false);
  });

  it('holds by no relation where there are none', () => {
    const { relations: _relations, ...bare } = entity;
    expect(
      appliesTo({ filters: [{ 'relations.ownedBy': 'x' }], entity: bare }),
    ).toBe(false);
  });
});
