import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import type { ReactNode } from 'react';
import { templateRouteRef } from '../routes';

/** A link to the page of a template. */
export function TemplateLink(props: {
  name: string;
  children: ReactNode;
  className?: string;
}) {
  const toTemplate = useRouteRef(templateRouteRef);
  return (
    <Link
      to={toTemplate({ templateName: props.name })}
      className={props.className}
    >
      {props.children}
    </Link>
  );
}
