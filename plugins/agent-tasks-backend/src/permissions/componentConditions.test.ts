import { Entity } from '@backstage/catalog-model';
import { permissionRules } from '@backstage/plugin-catalog-backend/alpha';
import {
  AuthorizeResult,
  PermissionCondition,
  PermissionCriteria,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import fc from 'fast-check';
import { testOfDecision } from './componentConditions';

type Criteria = PermissionCriteria<PermissionCondition>;

function conditional(
  conditions: Criteria,
  change: Partial<Record<'pluginId' | 'resourceType', string>> = {},
): PolicyDecision {
  return {
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'catalog',
    resourceType: 'catalog-entity',
    conditions,
    ...change,
  } as PolicyDecision;
}

const condition = (
  rule: string,
  params: Record<string, unknown>,
): PermissionCondition =>
  ({ rule, resourceType: 'catalog-entity', params }) as PermissionCondition;

/** What the catalog itself says. */
function ask(criteria: Criteria, entity: Entity): boolean {
  if ('not' in criteria) {
    return !ask(criteria.not, entity);
  }
  if ('allOf' in criteria) {
    return criteria.allOf.every(part => ask(part, entity));
  }
  if ('anyOf' in criteria) {
    return criteria.anyOf.some(part => ask(part, entity));
  }
  const rule = Object.values(permissionRules).find(
    one => one.name === criteria.rule,
  )!;
  return rule.apply(entity, criteria.params as never);
}

const word = fc.constantFrom('a', 'A', 'b', 'b/c', 'toString', '');
const ref = fc.constantFrom(
  'group:default/shop',
  'group:default/pay',
  'Group:default/shop',
  'user:default/lee',
);
const named = fc.dictionary(word, word, {
  maxKeys: 3,
  noNullPrototype: true,
});

const entities: fc.Arbitrary<Entity> = fc
  .record({
    kind: fc.constantFrom('Component', 'API', 'component'),
    annotations: fc.option(named, { nil: undefined }),
    labels: fc.option(named, { nil: undefined }),
    relations: fc.option(
      fc.array(
        fc.record({
          type: fc.constantFrom('ownedBy', 'partOf', 'OwnedBy'),
          targetRef: ref,
        }),
        { maxLength: 3 },
      ),
      { nil: undefined },
    ),
  })
  .map(({ kind, annotations, labels, relations }) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name: 'x', annotations, labels },
    relations,
  }));

const value = fc.option(word, { nil: undefined });
const conditions = fc.oneof(
  fc
    .array(ref, { maxLength: 2 })
    .map(claims => condition('IS_ENTITY_OWNER', { claims })),
  fc
    .array(fc.constantFrom('component', 'API', 'api'), { maxLength: 2 })
    .map(kinds => condition('IS_ENTITY_KIND', { kinds })),
  fc
    .record({ annotation: word, value })
    .map(params => condition('HAS_ANNOTATION', params)),
  fc
    .record({ label: word, value })
    .map(params => condition('HAS_LABEL', params)),
);
const { criteria } = fc.letrec<{ criteria: Criteria }>(tie => {
  const some = fc.array(tie('criteria'), {
    minLength: 1,
    maxLength: 3,
  }) as fc.Arbitrary<[Criteria, ...Criteria[]]>;
  return {
    criteria: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      conditions as fc.Arbitrary<Criteria>,
      some.map((allOf): Criteria => ({ allOf })),
      some.map((anyOf): Criteria => ({ anyOf })),
      tie('criteria').map((not): Criteria => ({ not })),
    ),
  };
});

describe('testOfDecision', () => {
  it('decides as the rules of the catalog do', () => {
    fc.assert(
      fc.property(criteria, entities, (wanted, entity) => {
        const test = testOfDecision(conditional(wanted));
        expect(test?.(entity)).toBe(ask(wanted, entity));
      }),
      { numRuns: 1_000 },
    );
  });

  it.each<[string, PolicyDecision]>([
    [
      'a rule of somebody else',
      conditional(condition('IS_BLUE', { claims: [] })),
    ],
    [
      'such a rule among others',
      conditional({
        anyOf: [
          condition('IS_ENTITY_KIND', { kinds: ['component'] }),
          { not: condition('HAS_SPEC', { key: 'type' }) },
        ],
      }),
    ],
    [
      'parameters that are none',
      conditional(condition('IS_ENTITY_OWNER', { claims: 'group:default/a' })),
    ],
    [
      'annotations without a name',
      conditional(condition('HAS_ANNOTATION', {})),
    ],
    [
      'another plugin',
      conditional(condition('IS_ENTITY_OWNER', { claims: [] }), {
        pluginId: 'planets',
      }),
    ],
    [
      'another resource',
      conditional(condition('IS_ENTITY_OWNER', { claims: [] }), {
        resourceType: 'planet',
      }),
    ],
    ['a decision without conditions', { result: AuthorizeResult.ALLOW }],
  ])('leaves %s to the catalog', (_what, decision) => {
    expect(testOfDecision(decision)).toBeUndefined();
  });
});
