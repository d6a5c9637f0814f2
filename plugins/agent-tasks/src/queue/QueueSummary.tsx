import type { Queue, Status } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import classNames from 'classnames';
import type { ReactNode } from 'react';
import { RelativeTime } from '../time/RelativeTime';
import { agentTasksTranslationRef } from '../translation';
import { Bullet } from './Bullet';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'repeat(3, minmax(0, 1fr))',
      gap: theme.spacing(2),
      marginBottom: theme.spacing(2),
      [theme.breakpoints.down('xs')]: {
        gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
        '& > :last-child': { gridColumn: '1 / -1' },
      },
    },
    figure: {
      padding: theme.spacing(1.5, 2),
      fontVariantNumeric: 'tabular-nums',
      '& h3': {
        margin: 0,
        fontSize: theme.typography.caption.fontSize,
        fontWeight: 600,
        color: theme.palette.text.secondary,
      },
    },
    number: {
      fontSize: theme.typography.h5.fontSize,
      fontWeight: 600,
      lineHeight: 1.4,
      marginBottom: theme.spacing(0.5),
    },
    muted: { color: theme.palette.text.secondary },
    remotes: {
      margin: theme.spacing(0.75, 0, 0),
      padding: 0,
      listStyle: 'none',
      '& li': { display: 'flex', alignItems: 'baseline', gap: 8 },
    },
    mark: {
      width: 10,
      height: 10,
      flex: 'none',
      borderRadius: '50%',
      boxSizing: 'border-box',
      border: `2px solid ${theme.palette.text.secondary}`,
    },
    available: {
      borderColor: theme.palette.success.main,
      backgroundColor: theme.palette.success.main,
    },
    unavailable: {
      borderColor: theme.palette.error.main,
      backgroundColor: theme.palette.error.main,
      borderRadius: 2,
    },
    unknown: {},
  }),
  { name: 'AgentTasksQueueSummary' },
);

/** The queue in three figures: what runs, what waits, and whether agents answer. */
export function QueueSummary(props: {
  queue: Queue;
  status: Status | undefined;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { queue, status } = props;
  const waiting = queue.teams.filter(team => team.queued > 0);
  const queued = waiting.reduce((sum, team) => sum + team.queued, 0);
  const oldest = waiting
    .flatMap(team => team.oldestQueuedAt ?? [])
    .sort()
    .at(0);
  return (
    <div className={classes.root}>
      <Figure heading={t('queue.running')}>
        <div className={classes.number}>
          {t('queue.slots', {
            used: String(queue.running.used),
            max: String(queue.running.max),
          })}
        </div>
        <Bullet slots={queue.running} isWide />
      </Figure>
      <Figure heading={t('queue.queued')}>
        <div className={classes.number}>{queued}</div>
        <div className={classes.muted}>
          {queued === 0 ? (
            t('queue.nothingWaits')
          ) : (
            <>
              {t('queue.ofTeams', { count: waiting.length })}
              {oldest && (
                <>
                  {' · '}
                  {t('queue.oldest', { time: <RelativeTime at={oldest} /> })}
                </>
              )}
            </>
          )}
        </div>
      </Figure>
      <Figure heading={t('queue.remotes')}>
        <ul className={classes.remotes}>
          {status?.remotes.map(remote => (
            <li key={remote.id}>
              <span
                aria-hidden="true"
                className={classNames(classes.mark, classes[remote.state])}
              />
              <span>
                {remote.title}{' '}
                <span className={classes.muted}>
                  {t(`queue.remoteState.${remote.state}`)}
                  {remote.since && remote.state === 'unavailable' && (
                    <>
                      {' · '}
                      <RelativeTime at={remote.since} />
                    </>
                  )}
                </span>
              </span>
            </li>
          ))}
        </ul>
      </Figure>
    </div>
  );
}

function Figure(props: { heading: string; children: ReactNode }) {
  const classes = useStyles();
  return (
    <Paper
      variant="outlined"
      component="section"
      aria-label={props.heading}
      className={classes.figure}
    >
      <h3>{props.heading}</h3>
      {props.children}
    </Paper>
  );
}
