import { agentTaskAuditReadPermission } from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { agentTasksApiRef } from '../api';
import { useLiveResource } from '../live/useLiveResource';
import { describeError } from '../states/describeError';
import { ProblemPanel } from '../states/ProblemPanel';
import { ResourceView } from '../states/ResourceView';
import { Paging } from '../tasks/Paging';
import { TaskTableSkeleton } from '../tasks/TaskTableSkeleton';
import { agentTasksTranslationRef } from '../translation';
import { AuditFilters } from './AuditFilters';
import { AuditTable } from './AuditTable';
import {
  isNarrowed,
  toAuditQuery,
  useAuditParameters,
} from './useAuditParameters';

const useStyles = makeStyles(
  theme => ({
    intro: { marginBottom: theme.spacing(2) },
  }),
  { name: 'AgentTasksAuditPage' },
);

/** All that happened in the portal, for those who may read it. */
export function AuditPage() {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const api = useApi(agentTasksApiRef);
  const { parameters, setFilters, setCursor, setLimit } = useAuditParameters();
  const query = toAuditQuery(parameters);

  const list = useLiveResource({
    key: JSON.stringify(query),
    load: signal => api.listEvents(query, { signal }),
    // What is new comes to the first page; what stands on the others never changes.
    isConcerned: () => !parameters.cursor,
    keepPrevious: true,
  });
  const isForbidden = list.error && describeError(list.error).status === 403;
  const actors = new Set(list.value?.items.map(event => event.actor));

  return (
    <>
      <Typography variant="h5" component="h2">
        {t('audit.heading')}
      </Typography>
      <Typography
        variant="body2"
        color="textSecondary"
        className={classes.intro}
      >
        {t('audit.intro')}
      </Typography>
      {!isForbidden && (
        <AuditFilters
          filters={parameters.filters}
          actors={[...actors].sort()}
          onChange={setFilters}
        />
      )}
      <ResourceView
        resource={list}
        what="audit"
        permission={agentTaskAuditReadPermission.name}
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
        {({ items, nextCursor }) => {
          if (items.length === 0 && !parameters.cursor && !list.isPrevious) {
            const narrowed = isNarrowed(parameters.filters);
            return (
              <ProblemPanel
                role="status"
                title={t(narrowed ? 'audit.noMatch' : 'audit.empty')}
                lines={[t(narrowed ? 'audit.noMatchText' : 'audit.emptyText')]}
              />
            );
          }
          return (
            <>
              <AuditTable events={items} isStale={list.isPrevious} />
              <Paging
                label={t('audit.pages')}
                isForwardOnly
                nextCursor={nextCursor}
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
