import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { ReactNode } from 'react';
import { agentTasksTranslationRef } from '../translation';
import { safeHref } from './safeHref';

/** A link to somewhere outside the portal; plain text where the address is none that a browser may be sent to. */
export function ExternalLink(props: {
  to: string | undefined;
  children: ReactNode;
  className?: string;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const href = safeHref(props.to);
  if (!href) {
    return (
      <span
        className={props.className}
        title={props.to ? t('link.unsafe') : undefined}
      >
        {props.children}
      </span>
    );
  }
  return (
    <Link to={href} className={props.className}>
      {props.children}
    </Link>
  );
}
