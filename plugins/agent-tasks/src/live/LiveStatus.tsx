import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { describeError } from '../states/describeError';
import { formatClock } from '../time/formatTime';
import { useLanguage } from '../time/useLanguage';
import { useNow } from '../time/useNow';
import { agentTasksTranslationRef } from '../translation';
import type { LiveResource } from './useLiveResource';

const useStyles = makeStyles(
  theme => ({ root: { marginBottom: theme.spacing(2) } }),
  { name: 'AgentTasksLiveStatus' },
);

/** Says that what is shown may be old, and since when. */
export function LiveStatus(props: { resource: LiveResource<unknown> }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const locale = useLanguage();
  const now = useNow();
  const { error, updatedAt, refresh } = props.resource;
  if (!error || updatedAt === undefined) {
    return null;
  }
  return (
    <Alert
      severity="warning"
      role="status"
      className={classes.root}
      action={
        <Button color="inherit" size="small" onClick={refresh}>
          {t('action.retry')}
        </Button>
      }
    >
      {t('live.interrupted', {
        time: formatClock({ at: updatedAt, now, locale }),
      })}{' '}
      {t('live.reason', { message: describeError(error).message })}
    </Alert>
  );
}
