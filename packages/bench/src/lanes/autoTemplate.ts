import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import { readTemplate } from '../github/benchOrganization';

/** A template like the one that benches launch, whose changes may be merged without a person. */
export const AUTO_TEMPLATE = 'bump-dependency-auto';

/** The entity of it. */
export function autoTemplate(): Entity {
  const template = readTemplate();
  const review = (template.spec?.review ?? {}) as JsonObject;
  return {
    ...template,
    metadata: { ...template.metadata, name: AUTO_TEMPLATE },
    spec: { ...template.spec, review: { ...review, autoMerge: true } },
  };
}
