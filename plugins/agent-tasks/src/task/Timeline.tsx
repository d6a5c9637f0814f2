import {
  isSettled,
  type Task,
  type TaskEvent,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import classNames from 'classnames';
import { ActorName } from '../links/ActorName';
import { needsPerson } from '../tasks/stateGroups';
import { formatDuration } from '../time/formatTime';
import { RelativeTime } from '../time/RelativeTime';
import { useNow } from '../time/useNow';
import { agentTasksTranslationRef } from '../translation';
import { JsonFacts } from './JsonFacts';

/** A gap is told where it is long enough to ask why. */
const GAP_WORTH_TELLING_MS = 2_000;

const useStyles = makeStyles(
  theme => ({
    list: {
      listStyle: 'none',
      margin: 0,
      padding: 0,
      '& > li:last-child $item::before': { display: 'none' },
    },
    item: {
      position: 'relative',
      paddingLeft: 28,
      paddingBottom: theme.spacing(2),
      '&::before': {
        content: '""',
        position: 'absolute',
        left: 7,
        top: 16,
        bottom: -6,
        width: 2,
        backgroundColor: theme.palette.divider,
      },
    },
    dot: {
      position: 'absolute',
      left: 2,
      top: 4,
      width: 12,
      height: 12,
      borderRadius: '50%',
      border: `2px solid ${theme.palette.divider}`,
      backgroundColor: theme.palette.background.paper,
    },
    milestone: {
      borderColor: theme.palette.primary.main,
      backgroundColor: theme.palette.primary.main,
    },
    now: { borderColor: theme.palette.primary.main },
    nowPerson: {
      borderColor: theme.palette.error.main,
      backgroundColor: theme.palette.error.main,
    },
    gap: {
      paddingLeft: 28,
      paddingBottom: theme.spacing(1),
      position: 'relative',
      fontSize: theme.typography.caption.fontSize,
      color: theme.palette.text.secondary,
      '&::before': {
        content: '""',
        position: 'absolute',
        left: 7,
        top: -8,
        bottom: -6,
        borderLeft: `2px dashed ${theme.palette.divider}`,
        backgroundColor: theme.palette.background.paper,
      },
    },
    message: { overflowWrap: 'anywhere' },
    meta: {
      color: theme.palette.text.secondary,
      fontSize: theme.typography.caption.fontSize,
    },
    details: {
      marginTop: theme.spacing(0.5),
      fontSize: theme.typography.body2.fontSize,
      '& summary': {
        cursor: 'pointer',
        width: 'fit-content',
        fontSize: theme.typography.caption.fontSize,
        color: theme.palette.text.secondary,
      },
      '& dl': { marginTop: theme.spacing(1) },
    },
    running: { fontWeight: 600 },
    person: { fontWeight: 600, color: theme.palette.error.main },
  }),
  { name: 'AgentTasksTimeline' },
);

/** What happened to a task, oldest first, in plain sentences with the time between them. */
export function Timeline(props: {
  task: Task;
  events: TaskEvent[];
  isTruncated?: boolean;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { task, events } = props;

  if (events.length === 0) {
    return <Typography color="textSecondary">{t('timeline.empty')}</Typography>;
  }
  return (
    <>
      <ol className={classes.list} aria-label={t('timeline.label')}>
        {events.map((event, index) => (
          <TimelineEntry
            key={event.id}
            event={event}
            previous={events[index - 1]}
          />
        ))}
        {!isSettled(task.state) && !props.isTruncated && (
          <TimelineNow task={task} />
        )}
      </ol>
      {props.isTruncated && (
        <Typography variant="body2" color="textSecondary">
          {t('timeline.truncated', { number: String(events.length) })}
        </Typography>
      )}
    </>
  );
}

function TimelineEntry(props: { event: TaskEvent; previous?: TaskEvent }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { event, previous } = props;
  const gap = previous ? Date.parse(event.at) - Date.parse(previous.at) : 0;
  const hasDetails = Object.keys(event.details).length > 0;
  const isMilestone =
    event.toState !== undefined && event.toState !== event.fromState;
  return (
    <li>
      {gap >= GAP_WORTH_TELLING_MS && (
        <div className={classes.gap}>
          {t('timeline.gap', {
            duration: formatDuration({ milliseconds: gap }),
          })}
        </div>
      )}
      <div className={classes.item}>
        <span
          aria-hidden="true"
          className={classNames(classes.dot, {
            [classes.milestone]: isMilestone,
          })}
        />
        <Typography variant="body2" className={classes.message}>
          {event.message}
        </Typography>
        <div className={classes.meta}>
          <ActorName actor={event.actor} /> · <RelativeTime at={event.at} />
        </div>
        {hasDetails && (
          <details className={classes.details}>
            <summary
              aria-label={t('timeline.detailsOf', { message: event.message })}
            >
              {t('timeline.details')}
            </summary>
            <JsonFacts value={event.details} />
          </details>
        )}
      </div>
    </li>
  );
}

function TimelineNow(props: { task: Task }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const now = useNow();
  const { task } = props;
  const isPerson = needsPerson(task.state);
  return (
    <li>
      <div className={classes.item}>
        <span
          aria-hidden="true"
          className={classNames(
            classes.dot,
            isPerson ? classes.nowPerson : classes.now,
          )}
        />
        <Typography
          variant="body2"
          className={isPerson ? classes.person : classes.running}
        >
          {t('timeline.now', {
            state: t(`state.${task.state}`),
            duration: formatDuration({
              milliseconds: now - Date.parse(task.stateSince),
            }),
          })}
        </Typography>
        {task.stateReason && (
          <div className={classes.meta}>{task.stateReason}</div>
        )}
      </div>
    </li>
  );
}
