import {
  agentTaskLimitsLowerPermission,
  type TeamDetails,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import { startTransition, useState } from 'react';
import { agentTasksTranslationRef } from '../translation';
import { LimitsDialog } from './LimitsDialog';
import { PauseTeamDialog } from './PauseTeamDialog';

const useStyles = makeStyles(
  theme => ({
    buttons: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
    news: { marginTop: theme.spacing(1) },
  }),
  { name: 'AgentTasksTeamActions' },
);

/** What the person may do about a team: edit its limits, pause its intake; or who may. */
export function TeamActions(props: {
  team: TeamDetails;
  title: string;
  onChanged: () => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { team, title, onChanged } = props;
  const { permissions } = team;
  const [open, setOpen] = useState<'limits' | 'pause'>();
  const [news, setNews] = useState<'limits' | 'pause'>();
  // A form takes a while to draw, and the button answers at once.
  const ask = (what: 'limits' | 'pause') =>
    startTransition(() => setOpen(what));
  const close = () => setOpen(undefined);
  const finish = (done: 'limits' | 'pause') => {
    close();
    setNews(done);
    onChanged();
  };

  const mayEdit = permissions.lower || permissions.raise;
  if (!mayEdit && !permissions.pause) {
    return (
      <Typography variant="caption" color="textSecondary">
        {t('team.forbiddenActions', {
          permission: agentTaskLimitsLowerPermission.name,
        })}
      </Typography>
    );
  }
  return (
    <>
      <div className={classes.buttons}>
        {mayEdit && (
          <Button
            variant="outlined"
            size="small"
            aria-haspopup="dialog"
            onClick={() => ask('limits')}
          >
            {t('team.limits.edit')}
          </Button>
        )}
        {permissions.pause && !team.pause && (
          <Button
            variant="outlined"
            size="small"
            aria-haspopup="dialog"
            onClick={() => ask('pause')}
          >
            {t('team.pause.action')}
          </Button>
        )}
      </div>
      {news && (
        <Alert
          severity="success"
          role="status"
          className={classes.news}
          closeText={t('action.close')}
          onClose={() => setNews(undefined)}
        >
          {t(news === 'limits' ? 'team.limits.done' : 'team.pause.done')}
        </Alert>
      )}
      {open === 'limits' && (
        <LimitsDialog
          team={team}
          title={title}
          onClose={close}
          onSet={() => finish('limits')}
          onConflict={onChanged}
        />
      )}
      {open === 'pause' && (
        <PauseTeamDialog
          team={team}
          title={title}
          onClose={close}
          onPaused={() => finish('pause')}
        />
      )}
    </>
  );
}
