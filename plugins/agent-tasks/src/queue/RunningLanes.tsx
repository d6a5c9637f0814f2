import {
  agentTaskReadPermission,
  type RunningTask,
  type RunningTaskList,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import classNames from 'classnames';
import { memo } from 'react';
import { agentTasksApiRef } from '../api';
import { repositoryName } from '../links/RepositoryLink';
import { TaskLink } from '../links/TaskLink';
import { TeamLink } from '../links/TeamLink';
import { useLiveResource } from '../live/useLiveResource';
import { ResourceView } from '../states/ResourceView';
import { TaskTableSkeleton } from '../tasks/TaskTableSkeleton';
import { Panel } from '../task/Panel';
import { formatDuration } from '../time/formatTime';
import { useNow } from '../time/useNow';
import { agentTasksTranslationRef } from '../translation';
import { Pages } from './Pages';

const LANES_PER_PAGE = 10;
const MOST_TASKS = 200;

/** From here on a run takes so long that somebody should look. */
const BEYOND = 2;

const useStyles = makeStyles(
  theme => ({
    legend: { marginBottom: theme.spacing(1) },
    list: {
      margin: 0,
      padding: 0,
      listStyle: 'none',
      '& li': {
        display: 'grid',
        gridTemplateColumns:
          'minmax(0, 3fr) minmax(0, 1fr) minmax(0, 3fr) 320px',
        alignItems: 'center',
        gap: theme.spacing(0, 2),
        minHeight: 40,
        borderBottom: `1px solid ${theme.palette.divider}`,
        [theme.breakpoints.down('sm')]: {
          gridTemplateColumns: 'minmax(0, 1fr) auto',
          padding: theme.spacing(1, 0),
          gap: theme.spacing(0.5, 2),
        },
      },
      '& li:last-child': { borderBottom: 0 },
    },
    name: {
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
    },
    lane: {
      position: 'relative',
      height: 14,
      borderRadius: 2,
      backgroundColor: theme.palette.action.hover,
      [theme.breakpoints.down('sm')]: { gridColumn: '1 / -1' },
    },
    fill: {
      height: '100%',
      minWidth: 2,
      borderRadius: 2,
      backgroundColor: theme.palette.primary.main,
    },
    beyond: { backgroundColor: theme.palette.warning.main },
    mark: {
      position: 'absolute',
      top: -3,
      width: 2,
      height: 20,
      marginLeft: -1,
      backgroundColor: theme.palette.text.primary,
    },
    words: {
      textAlign: 'right',
      fontVariantNumeric: 'tabular-nums',
      whiteSpace: 'nowrap',
      [theme.breakpoints.down('sm')]: { gridColumn: '1 / -1' },
    },
    late: { fontWeight: 600 },
  }),
  { name: 'AgentTasksRunningLanes' },
);

/** What agents work on, each as a lane: how long it has, beside how long its template usually takes. */
export const RunningLanes = memo(function RunningLanesView() {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const api = useApi(agentTasksApiRef);
  const running = useLiveResource({
    key: 'running',
    load: signal => api.listRunningTasks({ limit: MOST_TASKS }, { signal }),
    isUnsettled: ({ items }) => items.length > 0,
  });
  return (
    <Panel heading={t('queue.lanes.heading')}>
      <ResourceView
        resource={running}
        what="running"
        permission={agentTaskReadPermission.name}
        skeleton={<TaskTableSkeleton rows={3} />}
      >
        {list => <Lanes list={list} readAt={running.updatedAt ?? Date.now()} />}
      </ResourceView>
    </Panel>
  );
});

function Lanes(props: { list: RunningTaskList; readAt: number }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { list, readAt } = props;
  const now = useNow();
  // Reckoned on from what the backend said, so that the clock of the browser does not matter.
  const sinceRead = Math.max(0, now - readAt) / 1000;
  const lanes = list.items.map(task => ({
    task,
    elapsed: task.elapsedSeconds + sinceRead,
  }));
  const longest = Math.max(
    1,
    ...lanes.map(({ task, elapsed }) =>
      Math.max(elapsed, task.medianSeconds ?? 0),
    ),
  );
  if (lanes.length === 0) {
    return (
      <Typography variant="body2" color="textSecondary">
        {t('queue.lanes.none')}
      </Typography>
    );
  }
  return (
    <>
      <Typography
        variant="caption"
        component="p"
        color="textSecondary"
        className={classes.legend}
      >
        {t('queue.lanes.legend')}
        {list.nextCursor &&
          ` ${t('queue.lanes.more', { number: String(lanes.length) })}`}
      </Typography>
      <Pages
        label={t('queue.lanes.pages')}
        items={lanes}
        perPage={LANES_PER_PAGE}
      >
        {shown => (
          <ol className={classes.list} aria-label={t('queue.lanes.label')}>
            {shown.map(({ task, elapsed }) => (
              <Lane
                key={task.id}
                task={task}
                elapsed={elapsed}
                longest={longest}
              />
            ))}
          </ol>
        )}
      </Pages>
    </>
  );
}

function Lane(props: { task: RunningTask; elapsed: number; longest: number }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { task, elapsed, longest } = props;
  const median = task.medianSeconds;
  const factor = median ? elapsed / median : 0;
  const isLate = factor >= BEYOND;
  const toWidth = (seconds: number) =>
    `${Math.min(1, seconds / longest) * 100}%`;
  const words = formatDuration({ milliseconds: elapsed * 1000 });
  return (
    <li>
      <span className={classes.name}>
        <TaskLink taskId={task.id}>
          {task.template.title} ·{' '}
          {repositoryName({ repositoryRef: task.repository.ref })}
        </TaskLink>
      </span>
      <span className={classes.name}>
        <TeamLink team={task.team} />
      </span>
      <span aria-hidden="true" className={classes.lane}>
        <span
          className={classNames(classes.fill, { [classes.beyond]: isLate })}
          style={{ display: 'block', width: toWidth(elapsed) }}
        />
        {median !== undefined && (
          <span className={classes.mark} style={{ left: toWidth(median) }} />
        )}
      </span>
      <span className={classes.words}>
        {median === undefined
          ? t('queue.lanes.elapsedNew', { elapsed: words })
          : t('queue.lanes.elapsed', {
              elapsed: words,
              median: formatDuration({ milliseconds: median * 1000 }),
            })}
        {isLate && (
          <span className={classes.late}>
            {' · '}
            {t('queue.lanes.beyond', { factor: factor.toFixed(1) })}
          </span>
        )}
      </span>
    </li>
  );
}
