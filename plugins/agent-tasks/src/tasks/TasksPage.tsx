import {
  agentTaskReadPermission,
  isSettled,
} from '@agent-tasks/plugin-agent-tasks-common';
import { Link } from '@backstage/core-components';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { agentTasksApiRef } from '../api';
import { catalogIndexRouteRef } from '../routes';
import { useLiveResource } from '../live/useLiveResource';
import { describeError } from '../states/describeError';
import { ProblemPanel } from '../states/ProblemPanel';
import { ResourceView } from '../states/ResourceView';
import { RemoteBanner } from '../status/RemoteBanner';
import { usePortalStatus } from '../status/usePortalStatus';
import { agentTasksTranslationRef } from '../translation';
import { Paging } from './Paging';
import { TaskFilters } from './TaskFilters';
import { TaskTable } from './TaskTable';
import { TaskTableSkeleton } from './TaskTableSkeleton';
import {
  toTaskListQuery,
  useTaskListParameters,
} from './useTaskListParameters';

const useStyles = makeStyles(
  theme => ({
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      justifyContent: 'space-between',
      gap: theme.spacing(1),
      marginBottom: theme.spacing(2),
    },
  }),
  { name: 'AgentTasksTasksPage' },
);

/** The list of all tasks that the person may see. */
export function TasksPage() {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const api = useApi(agentTasksApiRef);
  const toCatalog = useRouteRef(catalogIndexRouteRef);
  const status = usePortalStatus();
  const { parameters, setFilters, setCursor, setLimit } =
    useTaskListParameters();
  const query = toTaskListQuery(parameters);
  const isFiltered = Object.values(parameters.filters).some(
    values => values.length > 0,
  );

  const list = useLiveResource({
    key: JSON.stringify(query),
    load: signal => api.listTasks(query, { signal }),
    // New tasks come to the first page; on the others only what stands there can change.
    isConcerned: (taskIds, value) =>
      !parameters.cursor ||
      !value ||
      value.items.some(task => taskIds.includes(task.id)),
    isUnsettled: value => value.items.some(task => !isSettled(task.state)),
    keepPrevious: true,
  });

  return (
    <>
      <RemoteBanner status={status.value} />
      <div className={classes.head}>
        <Typography variant="h5" component="h2">
          {t('tasksPage.heading')}
        </Typography>
        {status.value && (
          <Typography variant="body2" color="textSecondary">
            {t('status.queue', {
              running: String(status.value.queue.running),
              limit: String(status.value.queue.limit),
              queued: String(status.value.queue.queued),
            })}
          </Typography>
        )}
      </div>
      <TaskFilters filters={parameters.filters} onChange={setFilters} />
      <ResourceView
        resource={list}
        what="tasks"
        permission={agentTaskReadPermission.name}
        skeleton={<TaskTableSkeleton />}
        renderError={error =>
          // A cursor that the backend does not know came from an old address.
          parameters.cursor && describeError(error).status === 400 ? (
            <ProblemPanel
              role="alert"
              title={t('tasksPage.pageGone')}
              lines={[describeError(error).message]}
              action={{
                label: t('tasksPage.toFirstPage'),
                onClick: () => setCursor(undefined),
              }}
            />
          ) : undefined
        }
      >
        {({ items, nextCursor, previousCursor }) => {
          if (items.length === 0 && !parameters.cursor && !list.isPrevious) {
            return isFiltered ? (
              <ProblemPanel
                role="status"
                title={t('tasksPage.noMatch')}
                lines={[t('tasksPage.noMatchText')]}
              />
            ) : (
              <ProblemPanel
                role="status"
                title={t('tasksPage.empty')}
                lines={[t('tasksPage.emptyText')]}
                link={
                  toCatalog && (
                    <Link to={toCatalog()}>{t('tasksPage.emptyAction')}</Link>
                  )
                }
              />
            );
          }
          return (
            <>
              <TaskTable tasks={items} isStale={list.isPrevious} />
              <Paging
                nextCursor={nextCursor}
                previousCursor={previousCursor}
                isFirst={!parameters.cursor}
                limit={parameters.limit}
                onCursor={setCursor}
                onLimit={setLimit}
              />
            </>
          );
        }}
      </ResourceView>
    </>
  );
}
