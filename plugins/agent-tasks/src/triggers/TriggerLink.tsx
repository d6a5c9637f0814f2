import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import type { ReactNode } from 'react';
import { triggerRouteRef } from '../routes';

/** A link to the page of a trigger. */
export function TriggerLink(props: { triggerId: string; children: ReactNode }) {
  const toTrigger = useRouteRef(triggerRouteRef);
  return (
    <Link to={toTrigger({ triggerId: props.triggerId })}>{props.children}</Link>
  );
}
