import {
  agentTaskReadPermission,
  type Queue,
  type QueueTeam,
  type TaskDetails,
} from '@agent-tasks/plugin-agent-tasks-common';
import { Link } from '@backstage/core-components';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import { agentTasksApiRef } from '../api';
import { repositoryName } from '../links/RepositoryLink';
import { TaskLink } from '../links/TaskLink';
import { TeamLink } from '../links/TeamLink';
import { useLiveResource } from '../live/useLiveResource';
import { tasksRouteRef } from '../routes';
import { ResourceView } from '../states/ResourceView';
import { RelativeTime } from '../time/RelativeTime';
import { agentTasksTranslationRef } from '../translation';
import { HoldList } from './HoldList';
import type { BrakeTargets } from './useBrakeTargets';

/** Enough to see a pattern; the list of tasks has all. */
const SHOWN_TASKS = 3;

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
      gap: theme.spacing(1, 4),
      padding: theme.spacing(1, 0, 2),
      whiteSpace: 'normal',
      textAlign: 'left',
      [theme.breakpoints.down('sm')]: {
        gridTemplateColumns: 'minmax(0, 1fr)',
      },
      '& h4': {
        margin: theme.spacing(0, 0, 0.5),
        fontSize: theme.typography.caption.fontSize,
        color: theme.palette.text.secondary,
      },
    },
    tasks: {
      margin: 0,
      padding: 0,
      listStyle: 'none',
      overflowWrap: 'anywhere',
      '& li': { padding: theme.spacing(0.5, 0) },
    },
    muted: { color: theme.palette.text.secondary },
    foot: {
      gridColumn: '1 / -1',
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.5, 3),
    },
  }),
  { name: 'AgentTasksWhyPanel' },
);

/** Why the tasks of a team wait: each limit that holds some of them, and what its newest tasks say themselves. */
export function WhyPanel(props: {
  team: QueueTeam;
  title: string;
  queue: Queue;
  targets: BrakeTargets;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const api = useApi(agentTasksApiRef);
  const toTasks = useRouteRef(tasksRouteRef);
  const { team, title, queue, targets } = props;
  const newest = useLiveResource({
    key: `why ${team.team}`,
    load: async signal => {
      const { items } = await api.listTasks(
        { team: [team.team], state: ['queued'], limit: SHOWN_TASKS },
        { signal },
      );
      return Promise.all(items.map(({ id }) => api.getTask(id, { signal })));
    },
    isUnsettled: tasks => tasks.length > 0,
  });
  const search = new URLSearchParams({ team: team.team, state: 'queued' });
  return (
    <div className={classes.root}>
      <div>
        <h4>{t('queue.whyPanel.limits')}</h4>
        {team.queued === 0 ? (
          t('queue.whyPanel.none')
        ) : (
          <HoldList
            label={t('queue.whyPanel.limits')}
            holds={holdsOfTeam({ team, queue })}
            brakes={queue.brakes}
            targets={targets}
          />
        )}
      </div>
      <div>
        <h4>{t('queue.whyPanel.line')}</h4>
        <ResourceView
          resource={newest}
          what="why"
          permission={agentTaskReadPermission.name}
          skeleton={<Skeleton height={60} />}
        >
          {tasks =>
            tasks.length > 0 ? (
              <ul className={classes.tasks}>
                {tasks.map(details => (
                  <TaskWhy key={details.task.id} details={details} />
                ))}
              </ul>
            ) : (
              <span className={classes.muted}>
                {t('queue.whyPanel.lineNone')}
              </span>
            )
          }
        </ResourceView>
      </div>
      <div className={classes.foot}>
        {team.queued > 0 && (
          <Link to={`${toTasks()}?${search}`}>
            {t('queue.whyPanel.all', { count: team.queued })}
          </Link>
        )}
        <TeamLink team={team.team}>
          {t('queue.whyPanel.toTeam', { team: title })}
        </TeamLink>
      </div>
    </div>
  );
}

function TaskWhy(props: { details: TaskDetails }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { task, hold } = props.details;
  return (
    <li>
      <TaskLink
        taskId={task.id}
        aria-label={t('queue.whyPanel.toTask', {
          template: task.template.title,
          repository: repositoryName({ repositoryRef: task.repository.ref }),
        })}
      >
        {task.template.title} ·{' '}
        {repositoryName({ repositoryRef: task.repository.ref })}
      </TaskLink>
      <div className={classes.muted}>
        {hold?.message}{' '}
        {hold?.expectedStart?.at &&
          t('queue.whyPanel.expected', {
            time: <RelativeTime at={hold.expectedStart.at} />,
          })}
      </div>
    </li>
  );
}

/** What holds a team's tasks, with how full it is where the queue knows that of exactly one such limit. */
export function holdsOfTeam(options: {
  team: QueueTeam;
  queue: Pick<Queue, 'holds' | 'running'>;
}): Queue['holds'] {
  const { team, queue } = options;
  return Object.entries(team.holds)
    .filter(([limit]) => limit !== 'next')
    .map(([limit, tasks]) => {
      const named = queue.holds.filter(hold => hold.limit === limit);
      const own =
        named.find(hold => hold.subject === team.team) ??
        (named.length === 1 ? named[0] : undefined);
      return {
        limit: limit as Queue['holds'][number]['limit'],
        ...(own ?? (limit.startsWith('team-') && { subject: team.team })),
        tasks,
      };
    })
    .sort((one, other) => other.tasks - one.tasks);
}
