import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import type { ReactNode } from 'react';
import { campaignRouteRef } from '../routes';

/** A link to a campaign's page. */
export function CampaignLink(props: {
  campaignId: string;
  children: ReactNode;
  className?: string;
}) {
  const toCampaign = useRouteRef(campaignRouteRef);
  return (
    <Link
      to={toCampaign({ campaignId: props.campaignId })}
      className={props.className}
    >
      {props.children}
    </Link>
  );
}
