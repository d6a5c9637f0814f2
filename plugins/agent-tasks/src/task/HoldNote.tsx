import type { Hold } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { repositoryName } from '../links/RepositoryLink';
import { TaskLink } from '../links/TaskLink';
import { TeamLink } from '../links/TeamLink';
import { Bullet } from '../queue/Bullet';
import { RelativeTime } from '../time/RelativeTime';
import { agentTasksTranslationRef } from '../translation';
import { StartForecast } from './StartForecast';

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
    limits: {
      margin: theme.spacing(0.5, 0, 0),
      padding: 0,
      listStyle: 'none',
      fontSize: theme.typography.body2.fontSize,
      '& > li': {
        padding: theme.spacing(0.75, 0),
        borderTop: `1px solid ${theme.palette.divider}`,
      },
    },
    limit: {
      display: 'flex',
      flexWrap: 'wrap',
      justifyContent: 'space-between',
      gap: theme.spacing(0.25, 2),
    },
    unknown: { color: theme.palette.text.secondary },
    heading: {
      marginTop: theme.spacing(1),
      fontSize: theme.typography.caption.fontSize,
      fontWeight: 600,
      color: theme.palette.text.secondary,
    },
  }),
  { name: 'AgentTasksHoldNote' },
);

/** Why a task does not start: each limit that holds it with who has its slots, its place, and when it is expected to. */
export function HoldNote(props: { hold: Hold }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { hold } = props;
  // Of an older backend: the first limit alone.
  const limits = hold.limits?.length ? hold.limits : undefined;
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
        {!limits && hold.used !== undefined && hold.max !== undefined && (
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
      {hold.expectedStart && <StartForecast forecast={hold.expectedStart} />}
      {limits ? (
        <>
          <div className={classes.heading}>{t('hold.limits')}</div>
          <ul className={classes.limits} aria-label={t('hold.limits')}>
            {limits.map(limit => (
              <li key={`${limit.limit} ${limit.subject ?? ''}`}>
                <div className={classes.limit}>
                  <span>{limit.message}</span>
                  {limit.used === undefined ? (
                    <span className={classes.unknown}>
                      {t('hold.usedUnknown', { max: String(limit.max) })}
                    </span>
                  ) : (
                    <Bullet slots={{ used: limit.used, max: limit.max }} />
                  )}
                </div>
                <Holders
                  holders={limit.holders ?? []}
                  label={t('hold.holdersOf', { limit: limit.message })}
                />
              </li>
            ))}
          </ul>
        </>
      ) : (
        <>
          {hold.holders && hold.holders.length > 0 && (
            <div className={classes.heading}>{t('hold.holders')}</div>
          )}
          <Holders holders={hold.holders ?? []} label={t('hold.holders')} />
        </>
      )}
    </>
  );
}

function Holders(props: {
  holders: NonNullable<Hold['holders']>;
  label: string;
}) {
  const classes = useStyles();
  return props.holders.length === 0 ? null : (
    <ul className={classes.holders} aria-label={props.label}>
      {props.holders.map(holder => (
        <li key={holder.taskId}>
          <TaskLink taskId={holder.taskId}>
            {repositoryName({ repositoryRef: holder.repository })}
          </TaskLink>
          {' · '}
          <TeamLink team={holder.team} />
        </li>
      ))}
    </ul>
  );
}
