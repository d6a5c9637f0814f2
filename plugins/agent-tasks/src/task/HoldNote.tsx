import type { Hold } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { EntityLink } from '../links/EntityLink';
import { repositoryName } from '../links/RepositoryLink';
import { TaskLink } from '../links/TaskLink';
import { RelativeTime } from '../time/RelativeTime';
import { agentTasksTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    meta: {
      color: theme.palette.text.secondary,
      fontSize: theme.typography.body2.fontSize,
      margin: theme.spacing(0.5, 0),
    },
    holders: {
      margin: theme.spacing(0.5, 0, 0),
      paddingLeft: theme.spacing(2.5),
      fontSize: theme.typography.body2.fontSize,
    },
    heading: {
      marginTop: theme.spacing(1),
      fontSize: theme.typography.caption.fontSize,
      fontWeight: 600,
      color: theme.palette.text.secondary,
    },
  }),
  { name: 'AgentTasksHoldNote' },
);

/** Why a task does not start: the limit, who holds it, and the place in line. */
export function HoldNote(props: { hold: Hold }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { hold } = props;
  return (
    <>
      <Typography variant="body2">{hold.message}</Typography>
      <div className={classes.meta}>
        {hold.position !== undefined && (
          <>
            {hold.position === 1
              ? t('hold.next')
              : t('hold.position', { position: String(hold.position) })}{' '}
          </>
        )}
        {hold.used !== undefined && hold.max !== undefined && (
          <>
            {t('hold.used', {
              used: String(hold.used),
              max: String(hold.max),
            })}
            {'. '}
          </>
        )}
        {hold.until &&
          t('hold.until', { time: <RelativeTime at={hold.until} /> })}
      </div>
      {hold.holders && hold.holders.length > 0 && (
        <>
          <div className={classes.heading}>{t('hold.holders')}</div>
          <ul className={classes.holders}>
            {hold.holders.map(holder => (
              <li key={holder.taskId}>
                <TaskLink taskId={holder.taskId}>
                  {repositoryName({ repositoryRef: holder.repository })}
                </TaskLink>
                {' · '}
                <EntityLink entityRef={holder.team} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
