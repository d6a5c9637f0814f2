import {
  agentTaskReadPermission,
  type Campaign,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { TaskLink } from '../links/TaskLink';
import { ResourceView } from '../states/ResourceView';
import { ChangeFacts } from '../task/ChangeFacts';
import { HoldNote } from '../task/HoldNote';
import { Panel } from '../task/Panel';
import { StateAnnouncer } from '../task/StateAnnouncer';
import { Timeline } from '../task/Timeline';
import { useTask } from '../task/useTask';
import { StateLabel } from '../tasks/StateLabel';
import { agentTasksTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    intro: { marginBottom: theme.spacing(2) },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      justifyContent: 'space-between',
      gap: theme.spacing(1),
      marginBottom: theme.spacing(2),
    },
  }),
  { name: 'AgentTasksLaunchedTasks' },
);

/** What came of a launch: the live timeline of its task, or the list of its tasks where there are several. */
export function LaunchedTasks(props: {
  campaign: Campaign;
  onAnother: () => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { tasks } = props.campaign;
  return (
    <>
      <Typography className={classes.intro} role="status">
        {t('launch.launched', { count: tasks.length })}
      </Typography>
      {tasks.length === 1 ? (
        <LaunchedTask taskId={tasks[0]} />
      ) : (
        <ul>
          {tasks.map(taskId => (
            <li key={taskId}>
              <TaskLink taskId={taskId}>{taskId}</TaskLink>
            </li>
          ))}
        </ul>
      )}
      <Button onClick={props.onAnother}>{t('launch.another')}</Button>
    </>
  );
}

function LaunchedTask(props: { taskId: string }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const story = useTask(props.taskId);
  return (
    <ResourceView
      resource={story}
      what="task"
      permission={agentTaskReadPermission.name}
      skeleton={<Skeleton variant="rect" height={240} />}
    >
      {({ details, events, isTruncated }) => (
        <>
          <StateAnnouncer state={details.task.state} />
          <div className={classes.head}>
            <StateLabel state={details.task.state} />
            <TaskLink taskId={props.taskId}>{t('launch.openTask')}</TaskLink>
          </div>
          {details.hold && (
            <Panel heading={t('hold.heading')}>
              <HoldNote hold={details.hold} />
            </Panel>
          )}
          {details.task.change && (
            <Panel heading={t('change.heading')}>
              <ChangeFacts change={details.task.change} />
            </Panel>
          )}
          <Panel heading={t('taskPage.timeline')}>
            <Timeline
              task={details.task}
              events={events}
              isTruncated={isTruncated}
            />
          </Panel>
        </>
      )}
    </ResourceView>
  );
}
