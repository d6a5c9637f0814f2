import type { Brake } from '@agent-tasks/plugin-agent-tasks-common';
import { Link } from '@backstage/core-components';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { agentTasksApiRef } from '../api';
import { useLiveResource } from '../live/useLiveResource';
import { campaignRouteRef, queueRouteRef } from '../routes';
import { agentTasksTranslationRef } from '../translation';
import { useBrakeChanges } from './brakeChanges';
import { useTeamTitles } from './useTeamTitles';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'inline-block',
      maxWidth: 320,
      // Beside it stand the way back and what one came for.
      [theme.breakpoints.down('xs')]: { maxWidth: 88 },
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
      padding: theme.spacing(0.25, 1.25),
      borderRadius: 12,
      fontFamily: theme.typography.fontFamily,
      fontSize: theme.typography.caption.fontSize,
      fontWeight: 600,
      color: theme.palette.getContrastText(theme.palette.warning.main),
      backgroundColor: theme.palette.warning.main,
      '&:hover, &:focus': {
        color: theme.palette.getContrastText(theme.palette.warning.main),
      },
    },
  }),
  { name: 'AgentTasksBrakeChip' },
);

/** Says on every page of Agent Tasks that a brake is on, and leads to the queue; nothing where none is. */
export function BrakeChip() {
  const api = useApi(agentTasksApiRef);
  const brakes = useLiveResource({
    key: 'brakes',
    load: signal => api.listBrakes({ signal }),
    // A task that changes says nothing about brakes.
    isConcerned: () => false,
  });
  useBrakeChanges(brakes.refresh);
  const items = brakes.value?.items ?? [];
  return items.length > 0 ? <Chip brakes={items} /> : null;
}

function Chip(props: { brakes: Brake[] }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const toQueue = useRouteRef(queueRouteRef);
  const toCampaign = useRouteRef(campaignRouteRef);
  const { brakes } = props;
  const [first] = brakes;
  const titleOf = useTeamTitles(
    first.scope === 'team' && first.subject ? [first.subject] : [],
  );
  const subject = first.subject ?? '';
  // What is stopped is a campaign that nobody knows by its id; its page says all.
  const campaign =
    brakes.length === 1 && first.scope === 'campaign' ? subject : undefined;
  const target = campaign
    ? t('brake.anyTarget.campaign')
    : t(`brake.target.${first.scope}`, {
        name: first.scope === 'team' ? titleOf(subject) : subject,
      });
  return (
    <Link
      to={campaign ? toCampaign({ campaignId: campaign }) : toQueue()}
      underline="none"
      className={classes.root}
      title={brakes.map(brake => brake.reason).join('\n')}
    >
      {brakes.length > 1
        ? t('brake.chipMany', { count: brakes.length })
        : t('brake.chip', { target })}
    </Link>
  );
}
