import { Entity, RELATION_OWNED_BY } from '@backstage/catalog-model';
import {
  AuthorizeResult,
  PermissionCriteria,
  PermissionCondition,
  PolicyDecision,
} from '@backstage/plugin-permission-common';

/** Whether an entity meets a condition. */
type Test = (entity: Entity) => boolean;

function strings(value: unknown): string[] | undefined {
  return Array.isArray(value) && value.every(one => typeof one === 'string')
    ? value
    : undefined;
}

/** Whether annotations or labels hold a name, and under it a value. */
function holds(
  named: Record<string, string> | undefined,
  name: string,
  value: string | undefined,
): boolean {
  return Object.entries(named ?? {}).some(
    ([key, actual]) =>
      key.toLowerCase() === name.toLowerCase() &&
      (value === undefined || actual.toLowerCase() === value.toLowerCase()),
  );
}

function testOfRule({
  rule,
  params = {},
}: PermissionCondition): Test | undefined {
  switch (rule) {
    case 'IS_ENTITY_OWNER': {
      const claims = strings(params.claims);
      return (
        claims &&
        (entity =>
          (entity.relations ?? []).some(
            ({ type, targetRef }) =>
              type === RELATION_OWNED_BY && claims.includes(targetRef),
          ))
      );
    }
    case 'IS_ENTITY_KIND': {
      const kinds = strings(params.kinds)?.map(kind => kind.toLowerCase());
      return kinds && (entity => kinds.includes(entity.kind.toLowerCase()));
    }
    case 'HAS_ANNOTATION':
    case 'HAS_LABEL': {
      const isLabel = rule === 'HAS_LABEL';
      const name = isLabel ? params.label : params.annotation;
      const { value } = params;
      if (
        typeof name !== 'string' ||
        !(value === undefined || typeof value === 'string')
      ) {
        return undefined;
      }
      return ({ metadata }) =>
        holds(isLabel ? metadata.labels : metadata.annotations, name, value);
    }
    default:
      return undefined;
  }
}

function testOf(
  criteria: PermissionCriteria<PermissionCondition>,
): Test | undefined {
  if ('not' in criteria) {
    const inner = testOf(criteria.not);
    return inner && (entity => !inner(entity));
  }
  const all = 'allOf' in criteria;
  if (!all && !('anyOf' in criteria)) {
    return testOfRule(criteria);
  }
  const parts = (all ? criteria.allOf : criteria.anyOf).map(testOf);
  if (!parts.every(part => part !== undefined)) {
    return undefined;
  }
  return all
    ? entity => parts.every(part => part(entity))
    : entity => parts.some(part => part(entity));
}

/**
 * The test that a conditional decision on entities of the catalog stands for, made of the catalog's own rules on owners,
 * kinds, annotations and labels. It looks at `kind`, `relations`, `metadata.annotations` and `metadata.labels`.
 *
 * @returns `undefined` for any other rule: the catalog alone knows it, and has to be asked
 */
export function testOfDecision(decision: PolicyDecision): Test | undefined {
  return decision.result === AuthorizeResult.CONDITIONAL &&
    decision.pluginId === 'catalog' &&
    decision.resourceType === 'catalog-entity'
    ? testOf(decision.conditions)
    : undefined;
}
