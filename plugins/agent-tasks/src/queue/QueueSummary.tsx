import type {
  ForecastScore,
  Queue,
  Status,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import classNames from 'classnames';
import type { ReactNode } from 'react';
import { formatDuration } from '../time/formatTime';
import { RelativeTime } from '../time/RelativeTime';
import { useLanguage } from '../time/useLanguage';
import { agentTasksTranslationRef } from '../translation';
import { Bullet } from './Bullet';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'repeat(5, minmax(0, 1fr))',
      gap: theme.spacing(2),
      marginBottom: theme.spacing(2),
      [theme.breakpoints.down('md')]: {
        gridTemplateColumns: 'repeat(3, minmax(0, 1fr))',
      },
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
      lineHeight: 1.3,
      marginBottom: theme.spacing(0.5),
    },
    unit: {
      fontSize: theme.typography.body2.fontSize,
      fontWeight: 'normal',
    },
    below: { marginTop: theme.spacing(0.75) },
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

/** The queue in five figures: what runs, what waits, how fast it goes, how good forecasts are, and whether agents answer. */
export function QueueSummary(props: {
  queue: Queue;
  status: Status | undefined;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const locale = useLanguage();
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
        <div className={classNames(classes.muted, classes.below)}>
          {queue.checks.max === undefined
            ? t('queue.checks', { pending: String(queue.checks.pending) })
            : t('queue.checksOf', {
                pending: String(queue.checks.pending),
                max: String(queue.checks.max),
              })}
        </div>
      </Figure>
      <Figure heading={t('queue.queued')}>
        <div className={classes.number}>{queued.toLocaleString(locale)}</div>
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
      <Figure heading={t('queue.throughput')}>
        <Throughput throughput={queue.throughput} />
      </Figure>
      <Figure heading={t('queue.score')}>
        <Score score={queue.forecastScore} />
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

/** Whether two rates differ enough to be told. */
const SAME_RATE = 0.05;

/** From this on percents say less than how many times as much it is. */
const MANY_TIMES = 2;

function Throughput(props: { throughput: Queue['throughput'] }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const locale = useLanguage();
  const { lastHour, lastDay } = props.throughput;
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const change =
    lastDay.settledPerHour > 0
      ? lastHour.settledPerHour / lastDay.settledPerHour - 1
      : undefined;
  const percent = String(Math.round(Math.abs(change ?? 0) * 100));
  let comparison: string = t('queue.thanDay.fresh');
  if (change !== undefined && Math.abs(change) <= SAME_RATE) {
    comparison = t('queue.thanDay.same');
  } else if (change !== undefined && change >= MANY_TIMES) {
    comparison = t('queue.thanDay.times', {
      times: String(Math.round(change + 1)),
    });
  } else if (change !== undefined) {
    comparison = t(change > 0 ? 'queue.thanDay.more' : 'queue.thanDay.less', {
      percent,
    });
  }
  return (
    <>
      <div className={classes.number}>
        {format.format(lastHour.settledPerHour)}{' '}
        <span className={classes.unit}>{t('queue.settledPerHour')}</span>
      </div>
      <div className={classes.muted}>
        {comparison} ·{' '}
        {t('queue.startedPerHour', {
          number: format.format(lastHour.startedPerHour),
        })}
      </div>
    </>
  );
}

function Score(props: { score: ForecastScore }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { days, starts, withinInterval, medianErrorSeconds } = props.score;
  if (withinInterval === undefined || medianErrorSeconds === undefined) {
    return (
      <>
        <div className={classes.number}>{t('queue.scoreNone')}</div>
        <div className={classes.muted}>{t('queue.scoreNoneText')}</div>
      </>
    );
  }
  return (
    <>
      <div className={classes.number}>
        {t('queue.percent', {
          percent: String(Math.round(withinInterval * 100)),
        })}{' '}
        <span className={classes.unit}>{t('queue.scoreWithin')}</span>
      </div>
      <div className={classes.muted}>
        {t('queue.scoreText', {
          count: starts,
          days: String(days),
          error: formatDuration({ milliseconds: medianErrorSeconds * 1000 }),
        })}
      </div>
    </>
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
