import type { Queue, QueueHold } from '@agent-tasks/plugin-agent-tasks-common';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { tasksRouteRef } from '../routes';
import { agentTasksTranslationRef } from '../translation';
import { Bullet } from './Bullet';
import { HoldWords } from './HoldWords';
import { toHoldReason, waitsForReview } from './holdReasons';
import { Pages } from './Pages';
import type { BrakeTargets } from './useBrakeTargets';
import { useHoldStyles } from './useHoldStyles';

/** As high as the curve beside it. */
const HOLDS_PER_PAGE = 6;

const useStyles = makeStyles(
  theme => ({
    root: {
      margin: 0,
      padding: 0,
      listStyle: 'none',
      '& li': {
        display: 'grid',
        gridTemplateColumns: 'auto minmax(0, 1fr) auto',
        alignItems: 'baseline',
        gap: theme.spacing(0.25, 1),
        padding: theme.spacing(0.75, 0),
        borderBottom: `1px solid ${theme.palette.divider}`,
        overflowWrap: 'anywhere',
      },
      '& li:last-child': { borderBottom: 0 },
    },
    mark: { width: 12, height: 12, borderRadius: 2 },
    slots: { display: 'block' },
    tasks: { fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
  }),
  { name: 'AgentTasksHoldList' },
);

/** What holds the queue, most first: each limit with how full it is, each remote or brake, and how many tasks wait. */
export function HoldList(props: {
  holds: QueueHold[];
  brakes: Queue['brakes'];
  targets: BrakeTargets;
  label: string;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const colours = useHoldStyles();
  const { holds, brakes, targets } = props;
  return (
    <Pages label={t('queue.holdPages')} items={holds} perPage={HOLDS_PER_PAGE}>
      {shown => (
        <ul className={classes.root} aria-label={props.label}>
          {shown.map(hold => (
            <li key={`${hold.limit} ${hold.subject ?? ''}`}>
              <span
                aria-hidden="true"
                className={`${classes.mark} ${colours[toHoldReason(hold.limit)]}`}
              />
              <span>
                <HoldWords hold={hold} brakes={brakes} targets={targets} />
                {hold.used !== undefined && hold.max !== undefined && (
                  <span className={classes.slots}>
                    <Bullet
                      slots={{ used: hold.used, max: hold.max }}
                      isUrgent={waitsForReview({ [hold.limit]: hold.tasks })}
                    />
                  </span>
                )}
              </span>
              <span className={classes.tasks}>
                <HeldTasksLink hold={hold} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Pages>
  );
}

/** Leads to the tasks that are held, as closely as the list of tasks can be filtered. */
function HeldTasksLink(props: { hold: QueueHold }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const toTasks = useRouteRef(tasksRouteRef);
  const { limit, subject, tasks } = props.hold;
  const search = new URLSearchParams({ state: 'queued' });
  if (limit.startsWith('team-') && subject) {
    search.set('team', subject);
  }
  return (
    <Link to={`${toTasks()}?${search}`}>
      {t('queue.tasksWait', { count: tasks })}
    </Link>
  );
}
