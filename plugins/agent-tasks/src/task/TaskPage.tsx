import { agentTaskReadPermission } from '@agent-tasks/plugin-agent-tasks-common';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { useParams } from 'react-router-dom';
import { RepositoryLink } from '../links/RepositoryLink';
import { tasksRouteRef } from '../routes';
import { describeError } from '../states/describeError';
import { ProblemPanel } from '../states/ProblemPanel';
import { ResourceView } from '../states/ResourceView';
import { RemoteBanner } from '../status/RemoteBanner';
import { usePortalStatus } from '../status/usePortalStatus';
import { agentTasksTranslationRef } from '../translation';
import { Panel } from './Panel';
import { StateAnnouncer } from './StateAnnouncer';
import { TaskSide } from './TaskSide';
import { Timeline } from './Timeline';
import { useTask } from './useTask';

const useStyles = makeStyles(
  theme => ({
    back: { display: 'inline-block', marginBottom: theme.spacing(1) },
    heading: { overflowWrap: 'anywhere', marginBottom: theme.spacing(2) },
    on: { color: theme.palette.text.secondary, fontWeight: 'normal' },
    columns: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr)',
      alignItems: 'start',
      gap: theme.spacing(0, 3),
      [theme.breakpoints.down('sm')]: {
        gridTemplateColumns: 'minmax(0, 1fr)',
        // On one column the state comes before the story.
        '& > :last-child': { order: -1 },
      },
    },
  }),
  { name: 'AgentTasksTaskPage' },
);

/** One task: left what happened, right what it is. */
export function TaskPage() {
  const { taskId = '' } = useParams();
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const toTasks = useRouteRef(tasksRouteRef);
  const status = usePortalStatus();
  const story = useTask(taskId);
  return (
    <>
      <RemoteBanner status={status.value} />
      <Link to={toTasks()} className={classes.back}>
        ← {t('taskPage.back')}
      </Link>
      <ResourceView
        resource={story}
        what="task"
        permission={agentTaskReadPermission.name}
        skeleton={<TaskPageSkeleton />}
        renderError={error =>
          describeError(error).status === 404 ? (
            <ProblemPanel
              role="alert"
              title={t('problem.notFoundTitle')}
              lines={[t('problem.notFound', { taskId })]}
              link={<Link to={toTasks()}>{t('problem.toTasks')}</Link>}
            />
          ) : undefined
        }
      >
        {({ details, events, isTruncated }) => (
          <>
            <StateAnnouncer key={taskId} state={details.task.state} />
            <Typography variant="h5" component="h2" className={classes.heading}>
              {details.task.template.title}{' '}
              <span className={classes.on}>
                {t('taskPage.on', {
                  repository: (
                    <RepositoryLink repository={details.task.repository} />
                  ),
                })}
              </span>
            </Typography>
            <div className={classes.columns}>
              <div>
                <Panel heading={t('taskPage.timeline')}>
                  <Timeline
                    task={details.task}
                    events={events}
                    isTruncated={isTruncated}
                  />
                </Panel>
              </div>
              <div>
                <TaskSide details={details} onChanged={story.refresh} />
              </div>
            </div>
          </>
        )}
      </ResourceView>
    </>
  );
}

function TaskPageSkeleton() {
  const classes = useStyles();
  return (
    <div aria-hidden="true">
      <Skeleton variant="text" width="60%" height={40} />
      <div className={classes.columns}>
        <Skeleton variant="rect" height={420} />
        <div>
          <Skeleton variant="rect" height={120} />
          <Skeleton variant="rect" height={160} style={{ marginTop: 16 }} />
          <Skeleton variant="rect" height={240} style={{ marginTop: 16 }} />
        </div>
      </div>
    </div>
  );
}
