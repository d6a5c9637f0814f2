import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { tasksRouteRef } from '../routes';
import { agentTasksTranslationRef } from '../translation';
import type { HeldTasks } from './holdReasons';
import { useHoldStyles } from './useHoldStyles';

const useStyles = makeStyles(
  theme => ({
    track: {
      display: 'block',
      minWidth: 120,
      padding: theme.spacing(0.5, 0),
      borderRadius: 2,
    },
    bar: {
      display: 'flex',
      gap: 1,
      height: 16,
      // So that one task beside a thousand can still be seen and hit.
      minWidth: 8,
    },
    part: {
      minWidth: 4,
      '&:first-child': { borderRadius: '2px 0 0 2px' },
      '&:last-child': { borderRadius: '0 2px 2px 0' },
      '&:only-child': { borderRadius: 2 },
    },
  }),
  { name: 'AgentTasksHoldBar' },
);

/** A team's queue as a bar, by what holds it; it leads to these tasks. */
export function HoldBar(props: {
  team: string;
  /** The team's name in words. */
  title: string;
  queued: number;
  held: HeldTasks[];
  /** The queue that a bar of full width stands for. */
  longest: number;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const colours = useHoldStyles();
  const toTasks = useRouteRef(tasksRouteRef);
  const search = new URLSearchParams({ team: props.team, state: 'queued' });
  const parts = props.held.map(({ reason, tasks }) =>
    t('queue.part', {
      tasks: String(tasks),
      reason: t(`queue.reason.${reason}`),
    }),
  );
  return (
    <Link
      to={`${toTasks()}?${search}`}
      underline="none"
      className={classes.track}
      aria-label={t('queue.bar', {
        count: props.queued,
        team: props.title,
        parts: parts.join(', '),
      })}
    >
      <span
        aria-hidden="true"
        className={classes.bar}
        style={{
          width: `${(props.queued / Math.max(1, props.longest)) * 100}%`,
        }}
      >
        {props.held.map(({ reason, tasks }, index) => (
          <span
            key={reason}
            className={`${classes.part} ${colours[reason]}`}
            style={{ flexGrow: tasks, flexBasis: 0 }}
            title={parts[index]}
          />
        ))}
      </span>
    </Link>
  );
}
