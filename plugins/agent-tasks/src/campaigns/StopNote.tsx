import {
  agentTaskApprovePermission,
  type Campaign,
  type CampaignStop,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { useState } from 'react';
import { agentTasksApiRef } from '../api';
import { repositoryName } from '../links/RepositoryLink';
import { TaskLink } from '../links/TaskLink';
import { agentTasksTranslationRef } from '../translation';
import { ReasonDialog } from './ReasonDialog';

const useStyles = makeStyles(
  theme => ({
    root: { marginBottom: theme.spacing(2), overflowWrap: 'anywhere' },
    list: {
      margin: theme.spacing(0.5, 0),
      paddingLeft: theme.spacing(2.5),
      // Within red text colour alone does not tell a link.
      '& a': { textDecoration: 'underline' },
    },
    button: { marginTop: theme.spacing(1) },
    evidence: { marginTop: theme.spacing(1), fontWeight: 600 },
  }),
  { name: 'AgentTasksStopNote' },
);

/** Why a rule stopped the campaign, with the tasks that it was for, and the way to go on in spite of it. */
export function StopNote(props: {
  campaign: Campaign;
  stop: CampaignStop;
  onChanged: () => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const api = useApi(agentTasksApiRef);
  const [isAsked, setAsked] = useState(false);
  const { campaign, stop } = props;
  const held = campaign.states.held ?? 0;
  return (
    <Alert severity="error" role="status" className={classes.root}>
      <AlertTitle>{t('campaign.stop.heading')}</AlertTitle>
      {stop.message}{' '}
      {t('campaign.stop.share', {
        actual: formatPercent(stop.actualPercent),
        counted: String(stop.counted),
        limit: formatPercent(stop.limitPercent),
      })}{' '}
      {held > 0 && t('campaign.stop.held', { count: held })}
      {stop.evidence.length > 0 && (
        <>
          <div className={classes.evidence}>{t('campaign.stop.evidence')}</div>
          <ul className={classes.list} aria-label={t('campaign.stop.evidence')}>
            {stop.evidence.map(({ taskId, repository, what }) => (
              <li key={taskId}>
                <TaskLink taskId={taskId}>
                  {repositoryName({ repositoryRef: repository })}
                </TaskLink>
                : {what}
              </li>
            ))}
          </ul>
        </>
      )}
      {campaign.can.approve ? (
        <Button
          variant="outlined"
          color="inherit"
          size="small"
          className={classes.button}
          aria-haspopup="dialog"
          onClick={() => setAsked(true)}
        >
          {t('campaign.stop.goOn')}
        </Button>
      ) : (
        <Typography variant="body2">
          {t('campaign.waves.approveForbidden', {
            permission: agentTaskApprovePermission.name,
          })}
        </Typography>
      )}
      {isAsked && (
        <ReasonDialog
          title={t('campaign.stop.goOnTitle')}
          text={t('campaign.stop.goOnText')}
          confirm={t('campaign.stop.goOnConfirm')}
          reason="required"
          describeFailure={message =>
            t('campaign.stop.goOnFailed', { message })
          }
          onClose={() => setAsked(false)}
          onConfirm={async reason => {
            await api.continueCampaign(campaign.id, { reason });
            setAsked(false);
            props.onChanged();
          }}
        />
      )}
    </Alert>
  );
}

/** With one digit behind the point at most. */
export function formatPercent(percent: number): string {
  return String(Math.round(percent * 10) / 10);
}
