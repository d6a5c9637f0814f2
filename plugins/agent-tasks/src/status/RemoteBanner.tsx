import type { Status } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { formatClock } from '../time/formatTime';
import { useLanguage } from '../time/useLanguage';
import { useNow } from '../time/useNow';
import { agentTasksTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: {
      marginBottom: theme.spacing(2),
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'AgentTasksRemoteBanner' },
);

/** Says which agent or code host does not answer, and that everything catches up by itself. */
export function RemoteBanner(props: { status: Status | undefined }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const locale = useLanguage();
  const now = useNow();
  const silent =
    props.status?.remotes.filter(remote => remote.state === 'unavailable') ??
    [];
  return (
    <>
      {silent.map(remote => (
        <Alert
          key={remote.id}
          severity="warning"
          role="status"
          className={classes.root}
        >
          <strong>
            {remote.since
              ? t('status.unavailable', {
                  title: remote.title,
                  since: formatClock({ at: remote.since, now, locale }),
                })
              : t('status.unavailableUnknownSince', { title: remote.title })}
          </strong>{' '}
          {remote.message && <>{remote.message} </>}
          {remote.role === 'provider'
            ? t('status.providerCatchesUp')
            : t('status.codeHostCatchesUp')}
        </Alert>
      ))}
    </>
  );
}
