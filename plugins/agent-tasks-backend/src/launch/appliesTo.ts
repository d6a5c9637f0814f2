import { AgentTaskTemplateFilter } from '@agent-tasks/plugin-agent-tasks-common';
import { Entity } from '@backstage/catalog-model';

function valuesAt(entity: Entity, key: string): string[] {
  const lower = key.toLowerCase();
  if (lower.startsWith('relations.')) {
    const type = lower.slice('relations.'.length);
    return (entity.relations ?? [])
      .filter(relation => relation.type.toLowerCase() === type)
      .map(relation => relation.targetRef);
  }
  // Names of annotations and labels hold dots themselves, so that the rest of a key is tried as a whole first.
  const walk = (value: unknown, rest: string): unknown => {
    if (rest === '' || value === null || typeof value !== 'object') {
      return rest === '' ? value : undefined;
    }
    const entries = Object.entries(value);
    const whole = entries.find(([name]) => name.toLowerCase() === rest);
    if (whole) {
      return whole[1];
    }
    for (const [name, inner] of entries) {
      if (rest.startsWith(`${name.toLowerCase()}.`)) {
        const found = walk(inner, rest.slice(name.length + 1));
        if (found !== undefined) {
          return found;
        }
      }
    }
    return undefined;
  };
  return [walk(entity, lower)]
    .flat()
    .filter(value => ['string', 'number', 'boolean'].includes(typeof value))
    .map(String);
}

/**
 * Whether a template may be launched for an entity: without filters for every one, otherwise for those that meet one of
 * them. In a filter every key must match; of several values one. Compared without case, as the catalog does.
 */
export function appliesTo(options: {
  filters: AgentTaskTemplateFilter[] | undefined;
  entity: Entity;
}): boolean {
  const { filters, entity } = options;
  if (!filters?.length) {
    return true;
  }
  return filters.some(filter =>
    Object.entries(filter).every(([key, wanted]) => {
      const actual = valuesAt(entity, key).map(value => value.toLowerCase());
      return [wanted]
        .flat()
        .some(value => actual.includes(value.toLowerCase()));
    }),
  );
}
