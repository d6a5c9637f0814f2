import { agentTaskReadPermission } from '@agent-tasks/plugin-agent-tasks-common';
import { Link } from '@backstage/core-components';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { agentTasksApiRef } from '../api';
import { useLiveResource } from '../live/useLiveResource';
import { launchRouteRef } from '../routes';
import { describeError } from '../states/describeError';
import { ProblemPanel } from '../states/ProblemPanel';
import { ResourceView } from '../states/ResourceView';
import { RemoteBanner } from '../status/RemoteBanner';
import { usePortalStatus } from '../status/usePortalStatus';
import { Paging } from '../tasks/Paging';
import { TaskTableSkeleton } from '../tasks/TaskTableSkeleton';
import { agentTasksTranslationRef } from '../translation';
import { CampaignFilters } from './CampaignFilters';
import { isOver } from './campaignProgress';
import { CampaignTable } from './CampaignTable';
import { useCampaignListParameters } from './useCampaignListParameters';

const useStyles = makeStyles(
  theme => ({ heading: { marginBottom: theme.spacing(2) } }),
  { name: 'AgentTasksCampaignsPage' },
);

/** The list of all campaigns that the person may see, newest first. */
export function CampaignsPage() {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const api = useApi(agentTasksApiRef);
  const toLaunch = useRouteRef(launchRouteRef);
  const status = usePortalStatus();
  const { filters, cursor, query, setFilters, setCursor } =
    useCampaignListParameters();
  const isFiltered = Object.values(filters).some(values => values.length > 0);
  const list = useLiveResource({
    key: JSON.stringify(query),
    load: signal => api.listCampaigns(query, { signal }),
    isUnsettled: value => value.items.some(one => !isOver(one)),
    keepPrevious: true,
  });
  return (
    <>
      <RemoteBanner status={status.value} />
      <Typography variant="h5" component="h2" className={classes.heading}>
        {t('campaign.heading')}
      </Typography>
      <CampaignFilters
        filters={filters}
        requesters={list.value?.items.map(one => one.requester) ?? []}
        onChange={setFilters}
      />
      <ResourceView
        resource={list}
        what="campaigns"
        permission={agentTaskReadPermission.name}
        skeleton={<TaskTableSkeleton />}
        renderError={error =>
          cursor && describeError(error).status === 400 ? (
            <ProblemPanel
              role="alert"
              title={t('tasksPage.pageGone')}
              lines={[describeError(error).message]}
              action={{
                label: t('paging.first'),
                onClick: () => setCursor(undefined),
              }}
            />
          ) : undefined
        }
      >
        {({ items, nextCursor }) => {
          if (items.length === 0 && !cursor && !list.isPrevious) {
            return (
              <ProblemPanel
                role="status"
                title={t(isFiltered ? 'campaign.noMatch' : 'campaign.empty')}
                lines={[
                  t(isFiltered ? 'campaign.noMatchText' : 'campaign.emptyText'),
                ]}
                link={
                  isFiltered ? undefined : (
                    <Link to={toLaunch()}>{t('campaign.emptyAction')}</Link>
                  )
                }
              />
            );
          }
          return (
            <>
              <CampaignTable campaigns={items} isStale={list.isPrevious} />
              <Paging
                label={t('campaign.paging')}
                isForwardOnly
                nextCursor={nextCursor}
                isFirst={!cursor}
                onCursor={setCursor}
              />
            </>
          );
        }}
      </ResourceView>
    </>
  );
}
