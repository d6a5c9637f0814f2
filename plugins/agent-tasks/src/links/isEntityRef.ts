import { parseEntityRef } from '@backstage/catalog-model';

/** Whether a text is a full reference to an entity, such as `group:default/payments`. */
export function isEntityRef(text: string): boolean {
  try {
    parseEntityRef(text);
    return true;
  } catch {
    return false;
  }
}
