import type { TeamDetails } from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { useState } from 'react';
import { agentTasksApiRef } from '../api';
import { ActorName } from '../links/ActorName';
import { TeamLink } from '../links/TeamLink';
import { describeError } from '../states/describeError';
import { RelativeTime } from '../time/RelativeTime';
import { agentTasksTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: {
      marginBottom: theme.spacing(2),
      overflowWrap: 'anywhere',
      [theme.breakpoints.down('xs')]: { flexWrap: 'wrap' },
    },
    resume: { whiteSpace: 'nowrap' },
  }),
  { name: 'AgentTasksPauseNote' },
);

/** Says that a team takes nothing in, why, by whom and until when, with the way to end it; nothing where none is on. */
export function PauseNote(props: { team: TeamDetails; onResumed: () => void }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const api = useApi(agentTasksApiRef);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const { team } = props;
  const { pause } = team;
  const above = team.parents.filter(({ paused }) => paused);

  const resume = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await api.resumeTeam(team.team);
      props.onResumed();
    } catch (failure) {
      setError(failure as Error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <>
      {pause && (
        <Alert
          severity="warning"
          role="status"
          className={classes.root}
          action={
            pause.mayResume && (
              <Button
                color="inherit"
                size="small"
                variant="outlined"
                className={classes.resume}
                disabled={isBusy}
                onClick={resume}
              >
                {t('team.pause.resume')}
              </Button>
            )
          }
        >
          <strong>{pause.reason}</strong>{' '}
          {t('team.pausedSince', {
            since: <RelativeTime at={pause.at} />,
            who: <ActorName actor={pause.by} />,
          })}{' '}
          {pause.until
            ? t('team.pausedUntil', { time: <RelativeTime at={pause.until} /> })
            : t('team.pausedForGood')}{' '}
          {!pause.mayResume &&
            team.permissions.pause &&
            t('team.pause.resumeForbidden')}
        </Alert>
      )}
      {above.map(parent => (
        <Alert
          key={parent.team}
          severity="warning"
          role="status"
          className={classes.root}
        >
          {t('team.pausedAbove', {
            team: <TeamLink team={parent.team}>{parent.title}</TeamLink>,
          })}
        </Alert>
      ))}
      {error && (
        <Alert severity="error" className={classes.root}>
          {t('team.pause.resumeFailed', {
            message: describeError(error).message,
          })}
        </Alert>
      )}
    </>
  );
}
