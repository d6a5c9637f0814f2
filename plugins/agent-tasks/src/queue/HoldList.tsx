import type { Queue } from '@agent-tasks/plugin-agent-tasks-common';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { EntityLink } from '../links/EntityLink';
import { repositoryName } from '../links/RepositoryLink';
import { tasksRouteRef } from '../routes';
import { agentTasksTranslationRef } from '../translation';
import { toHoldReason } from './holdReasons';
import { Pages } from './Pages';
import { type BrakeTargets, isBrakeOn } from './useBrakeTargets';
import { useHoldStyles } from './useHoldStyles';

const HOLDS_PER_PAGE = 10;

type QueueHold = Queue['holds'][number];

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
        gap: theme.spacing(1),
        padding: theme.spacing(0.75, 0),
        borderBottom: `1px solid ${theme.palette.divider}`,
        overflowWrap: 'anywhere',
      },
      '& li:last-child': { borderBottom: 0 },
    },
    mark: { width: 12, height: 12, borderRadius: 2 },
    tasks: { fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
  }),
  { name: 'AgentTasksHoldList' },
);

/** What holds the queue, most first: each limit, remote or brake with how many tasks wait for it. */
export function HoldList(props: { queue: Queue; targets: BrakeTargets }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const colours = useHoldStyles();
  const { queue, targets } = props;
  return (
    <Pages
      label={t('queue.holdPages')}
      items={queue.holds}
      perPage={HOLDS_PER_PAGE}
    >
      {shown => (
        <ul className={classes.root} aria-label={t('queue.holds')}>
          {shown.map(hold => (
            <li key={`${hold.limit} ${hold.subject ?? ''}`}>
              <span
                aria-hidden="true"
                className={`${classes.mark} ${colours[toHoldReason(hold.limit)]}`}
              />
              <span>
                <HoldWords hold={hold} queue={queue} targets={targets} />
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

function HoldWords(props: {
  hold: QueueHold;
  queue: Queue;
  targets: BrakeTargets;
}): ReactNode {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const { hold, queue, targets } = props;
  const subject = hold.subject ?? '';
  const teamLink = <EntityLink entityRef={subject} />;
  const repository = repositoryName({ repositoryRef: subject });
  const reason = toHoldReason(hold.limit);
  if (reason === 'team-running' || reason === 'team-changes') {
    const team = queue.teams.find(one => one.team === subject);
    if (!team) {
      return (
        <>
          {t(`queue.reason.${reason}`)} {teamLink}
        </>
      );
    }
    return reason === 'team-running'
      ? t('queue.hold.teamRunning', {
          team: teamLink,
          max: String(team.running.max),
        })
      : t('queue.hold.teamChanges', {
          team: teamLink,
          used: String(team.changes.used),
          max: String(team.changes.max),
        });
  }
  switch (reason) {
    case 'portal-running':
      return t('queue.hold.portalRunning', { count: queue.running.max });
    case 'repository-running':
      return t('queue.hold.repositoryRunning', { repository });
    case 'repository-changes':
      return t('queue.hold.repositoryChanges', { repository });
    case 'provider-unavailable':
      return t('queue.hold.providerUnavailable', {
        provider: targets.describe({ scope: 'provider', subject }),
      });
    case 'brake': {
      const brake = queue.brakes.find(one => isBrakeOn(one, hold.subject));
      return brake
        ? t('queue.hold.brake', { target: targets.describe(brake) })
        : t('queue.hold.brakeUnnamed');
    }
    default:
      return subject ? `${hold.limit}: ${subject}` : hold.limit;
  }
}
