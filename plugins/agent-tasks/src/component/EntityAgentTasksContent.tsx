import { agentTaskReadPermission } from '@agent-tasks/plugin-agent-tasks-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useEntity } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { ResourceView } from '../states/ResourceView';
import { RemoteBanner } from '../status/RemoteBanner';
import { usePortalStatus } from '../status/usePortalStatus';
import { Surface } from '../Surface';
import { agentTasksTranslationRef } from '../translation';
import { EntityTaskList } from './EntityTaskList';
import { LaunchButton } from './LaunchButton';
import { OpenChanges } from './OpenChanges';
import { useOpenTasks, withOpenChange } from './useOpenTasks';

const useStyles = makeStyles(
  theme => ({
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'flex-start',
      justifyContent: 'space-between',
      gap: theme.spacing(1, 2),
      marginBottom: theme.spacing(2),
    },
    section: { marginBottom: theme.spacing(3) },
    heading: {
      fontSize: theme.typography.h6.fontSize,
      marginBottom: theme.spacing(1),
    },
  }),
  { name: 'AgentTasksEntityContent' },
);

/** The tab of a component: its open changes, its tasks, and Launch. */
export function EntityAgentTasksContent() {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { entity } = useEntity();
  const componentRef = stringifyEntityRef(entity);
  const status = usePortalStatus();
  const open = useOpenTasks(componentRef);
  const count = open.value && withOpenChange(open.value).length;
  return (
    <Surface>
      <RemoteBanner status={status.value} />
      <div className={classes.head}>
        <Typography variant="h5" component="h2">
          {t('component.tab')}
        </Typography>
        <LaunchButton entity={entity} />
      </div>
      <section className={classes.section}>
        <Typography variant="h6" component="h3" className={classes.heading}>
          {t('component.openChanges')}
          {count ? ` (${count})` : ''}
        </Typography>
        <ResourceView
          resource={open}
          what="changes"
          permission={agentTaskReadPermission.name}
          skeleton={<Skeleton variant="rect" height={64} />}
        >
          {tasks => <OpenChanges tasks={tasks} />}
        </ResourceView>
      </section>
      <section className={classes.section}>
        <Typography variant="h6" component="h3" className={classes.heading}>
          {t('component.tasks')}
        </Typography>
        <EntityTaskList key={componentRef} componentRef={componentRef} />
      </section>
    </Surface>
  );
}
