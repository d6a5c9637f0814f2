import {
  agentTaskReadPermission,
  type Task,
} from '@agent-tasks/plugin-agent-tasks-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { tasksRouteRef } from '../routes';
import { ResourceView } from '../states/ResourceView';
import { ChangeFacts } from '../task/ChangeFacts';
import { groupOfState, needsPerson } from '../tasks/stateGroups';
import { Surface } from '../Surface';
import { agentTasksTranslationRef } from '../translation';
import { LaunchButton } from './LaunchButton';
import { useOpenTasks, withOpenChange } from './useOpenTasks';

/** A card has room for so many changes. */
const SHOWN_CHANGES = 3;

const useStyles = makeStyles(
  theme => ({
    counts: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0, 3),
      margin: theme.spacing(0, 0, 1.5),
    },
    count: {
      fontSize: theme.typography.h5.fontSize,
      fontVariantNumeric: 'tabular-nums',
      marginRight: theme.spacing(0.75),
    },
    person: { color: theme.palette.error.main },
    list: { listStyle: 'none', margin: 0, padding: 0 },
    item: { marginBottom: theme.spacing(1.5) },
    foot: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(1, 2),
      marginTop: theme.spacing(1),
    },
  }),
  { name: 'AgentTasksEntityCard' },
);

/** The card on a component's overview: what agents do here now, and Launch. */
export function EntityAgentTasksCard() {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { entity } = useEntity();
  const toTasks = useRouteRef(tasksRouteRef);
  const componentRef = stringifyEntityRef(entity);
  const open = useOpenTasks(componentRef);
  return (
    <EntityInfoCard title={t('card.title')}>
      <Surface>
        <ResourceView
          resource={open}
          what="changes"
          permission={agentTaskReadPermission.name}
          skeleton={
            <>
              <Skeleton width="60%" height={40} />
              <Skeleton width="90%" />
              <Skeleton width="75%" />
            </>
          }
        >
          {tasks => <OpenTasksBrief tasks={tasks} />}
        </ResourceView>
        <div className={classes.foot}>
          <Link
            to={`${toTasks()}?${new URLSearchParams({ component: componentRef })}`}
          >
            {t('card.all')}
          </Link>
          <LaunchButton entity={entity} size="small" />
        </div>
      </Surface>
    </EntityInfoCard>
  );
}

function OpenTasksBrief(props: { tasks: Task[] }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { tasks } = props;
  const count = (isCounted: (task: Task) => boolean) =>
    tasks.filter(isCounted).length;
  const changes = withOpenChange(tasks);
  const counts = [
    {
      name: t('card.needsPerson'),
      number: count(task => needsPerson(task.state)),
      isPerson: true,
    },
    {
      name: t('card.inReview'),
      number: count(task => task.state === 'in_review'),
    },
    {
      name: t('card.working'),
      number: count(
        task =>
          groupOfState(task.state) === 'working' && !needsPerson(task.state),
      ),
    },
    {
      name: t('card.waiting'),
      number: count(
        task =>
          groupOfState(task.state) === 'waiting' && !needsPerson(task.state),
      ),
    },
  ].filter(({ number }) => number > 0);

  if (counts.length === 0) {
    return (
      <Typography variant="body2" color="textSecondary">
        {t('card.none')}
      </Typography>
    );
  }
  return (
    <>
      <p className={classes.counts}>
        {counts.map(({ name, number, isPerson }) => (
          <span key={name} className={isPerson ? classes.person : undefined}>
            <span className={classes.count}>{number}</span>
            {name}
          </span>
        ))}
      </p>
      {changes.length > 0 && (
        <ul aria-label={t('component.openChanges')} className={classes.list}>
          {changes.slice(0, SHOWN_CHANGES).map(task => (
            <li key={task.id} className={classes.item}>
              <ChangeFacts change={task.change} />
            </li>
          ))}
        </ul>
      )}
      {changes.length > SHOWN_CHANGES && (
        <Typography variant="body2" color="textSecondary">
          {t('card.more', { count: changes.length - SHOWN_CHANGES })}
        </Typography>
      )}
    </>
  );
}
