import { agentTaskTriggerReadPermission } from '@agent-tasks/plugin-agent-tasks-common';
import { LinkButton } from '@backstage/core-components';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { agentTasksApiRef } from '../api';
import { useLiveResource } from '../live/useLiveResource';
import { newTriggerRouteRef } from '../routes';
import { ProblemPanel } from '../states/ProblemPanel';
import { ResourceView } from '../states/ResourceView';
import { Panel } from '../task/Panel';
import { TaskTableSkeleton } from '../tasks/TaskTableSkeleton';
import { agentTasksTranslationRef } from '../translation';
import { TriggersTable } from './TriggersTable';

const useStyles = makeStyles(
  theme => ({
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(1, 2),
      marginBottom: theme.spacing(2),
    },
  }),
  { name: 'AgentTasksTriggersPage' },
);

/** What launches by itself, with how the last run of each ended. */
export function TriggersPage() {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const api = useApi(agentTasksApiRef);
  const toNew = useRouteRef(newTriggerRouteRef);
  const resource = useLiveResource({
    key: 'triggers',
    load: signal => api.listTriggers({ signal }),
    isUnsettled: ({ items }) =>
      items.some(({ lastRun }) => lastRun?.outcome === 'pending'),
  });
  return (
    <>
      <div className={classes.head}>
        <div>
          <Typography variant="h5" component="h2">
            {t('trigger.heading')}
          </Typography>
          <Typography variant="body2" color="textSecondary">
            {t('trigger.intro')}
          </Typography>
        </div>
        {resource.value?.mayCreate && (
          <LinkButton to={toNew()} variant="contained" color="primary">
            {t('trigger.create')}
          </LinkButton>
        )}
      </div>
      <ResourceView
        resource={resource}
        what="triggers"
        permission={agentTaskTriggerReadPermission.name}
        skeleton={<TaskTableSkeleton rows={4} />}
      >
        {({ items }) =>
          items.length === 0 ? (
            <ProblemPanel
              role="status"
              title={t('trigger.empty')}
              lines={[t('trigger.emptyText')]}
            />
          ) : (
            <Panel heading={t('trigger.table')}>
              <TriggersTable triggers={items} />
            </Panel>
          )
        }
      </ResourceView>
    </>
  );
}
