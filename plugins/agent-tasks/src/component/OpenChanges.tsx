import type { Task } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { TaskLink } from '../links/TaskLink';
import { ChangeFacts } from '../task/ChangeFacts';
import { StateLabel } from '../tasks/StateLabel';
import { RelativeTime } from '../time/RelativeTime';
import { agentTasksTranslationRef } from '../translation';
import { withOpenChange } from './useOpenTasks';

const useStyles = makeStyles(
  theme => ({
    list: { listStyle: 'none', margin: 0, padding: 0 },
    item: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr) auto',
      gap: theme.spacing(0.5, 2),
      padding: theme.spacing(1.5),
      '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
      [theme.breakpoints.down('xs')]: {
        gridTemplateColumns: 'minmax(0, 1fr)',
      },
    },
    state: {
      display: 'flex',
      flexDirection: 'column',
      alignItems: 'flex-end',
      fontSize: theme.typography.body2.fontSize,
      [theme.breakpoints.down('xs')]: {
        flexDirection: 'row',
        gap: theme.spacing(2),
        alignItems: 'baseline',
        order: -1,
      },
    },
    since: { color: theme.palette.text.secondary },
    none: { padding: theme.spacing(1.5) },
  }),
  { name: 'AgentTasksOpenChanges' },
);

/** The pull requests of agents that wait to be merged or closed. */
export function OpenChanges(props: { tasks: Task[] }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const open = withOpenChange(props.tasks);
  return (
    <Paper variant="outlined">
      {open.length === 0 ? (
        <Typography
          variant="body2"
          color="textSecondary"
          className={classes.none}
        >
          {t('component.noOpenChanges')}
        </Typography>
      ) : (
        <ul aria-label={t('component.openChanges')} className={classes.list}>
          {open.map(task => (
            <li key={task.id} className={classes.item}>
              <div>
                <ChangeFacts change={task.change} />
              </div>
              <div className={classes.state}>
                <TaskLink taskId={task.id}>
                  <StateLabel state={task.state} />
                </TaskLink>
                <span className={classes.since}>
                  <RelativeTime at={task.stateSince} />
                </span>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Paper>
  );
}
