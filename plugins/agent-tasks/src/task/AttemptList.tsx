import type { Attempt } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ExternalLink } from '../links/ExternalLink';
import { safeHref } from '../links/safeHref';
import { formatDuration } from '../time/formatTime';
import { RelativeTime } from '../time/RelativeTime';
import { agentTasksTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    list: { listStyle: 'none', margin: 0, padding: 0 },
    item: {
      fontSize: theme.typography.body2.fontSize,
      '& + &': { marginTop: theme.spacing(1.5) },
    },
    meta: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0, 2),
      color: theme.palette.text.secondary,
    },
  }),
  { name: 'AgentTasksAttemptList' },
);

/** Each start of a task, with the link to the agent's own page of it. */
export function AttemptList(props: { attempts: Attempt[] }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  if (props.attempts.length === 0) {
    return (
      <Typography variant="body2" color="textSecondary">
        {t('attempts.none')}
      </Typography>
    );
  }
  return (
    <ol className={classes.list}>
      {props.attempts.map(attempt => {
        const startedAt = attempt.confirmedAt ?? attempt.createdAt;
        return (
          <li key={attempt.id} className={classes.item}>
            <div>
              <strong>
                {t('attempts.number', { number: String(attempt.number) })}
              </strong>
              {' · '}
              {t(`attempts.state.${attempt.state}`)}
            </div>
            <div className={classes.meta}>
              <RelativeTime at={startedAt} />
              {attempt.endedAt && attempt.confirmedAt && (
                <span>
                  {t('attempts.ran', {
                    duration: formatDuration({
                      milliseconds:
                        Date.parse(attempt.endedAt) - Date.parse(startedAt),
                    }),
                  })}
                </span>
              )}
              {attempt.requests !== undefined && attempt.requests > 1 && (
                <span>
                  {t('attempts.requests', { count: attempt.requests })}
                </span>
              )}
              {attempt.aiCredits !== undefined && (
                <span>
                  {t('attempts.credits', {
                    credits: String(Math.round(attempt.aiCredits * 100) / 100),
                  })}
                </span>
              )}
            </div>
            {attempt.problem && <div>{attempt.problem}</div>}
            {safeHref(attempt.url) && (
              <ExternalLink to={attempt.url}>{t('attempts.page')}</ExternalLink>
            )}
          </li>
        );
      })}
    </ol>
  );
}
