import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { isEntityRef } from './isEntityRef';

/** A link to an entity, by its title; the text as it is where it is no entity ref. */
export function EntityLink(props: { entityRef: string; className?: string }) {
  if (!isEntityRef(props.entityRef)) {
    return <span className={props.className}>{props.entityRef}</span>;
  }
  return (
    <EntityRefLink
      entityRef={props.entityRef}
      className={props.className}
      hideIcon
    />
  );
}
