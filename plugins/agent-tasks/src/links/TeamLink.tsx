import { parseEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import type { ReactNode } from 'react';
import { teamRouteRef } from '../routes';
import { isEntityRef } from './isEntityRef';

/** A link to the page of a team in Agent Tasks, by the team's title; the text as it is where it is no entity ref. */
export function TeamLink(props: {
  team: string;
  className?: string;
  children?: ReactNode;
}) {
  const toTeam = useRouteRef(teamRouteRef);
  const { team } = props;
  if (!isEntityRef(team)) {
    return <span className={props.className}>{team}</span>;
  }
  const { namespace, name } = parseEntityRef(team);
  return (
    <Link
      to={toTeam({ namespace, name })}
      className={props.className}
      title={team}
    >
      {props.children ?? (
        <EntityDisplayName entityRef={team} hideIcon disableTooltip />
      )}
    </Link>
  );
}
