import {
  agentTaskReadPermission,
  type Campaign,
  type CampaignBurndown,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { memo, useMemo } from 'react';
import { agentTasksApiRef } from '../api';
import { useCalm } from '../live/useCalm';
import { useLiveResource } from '../live/useLiveResource';
import { ResourceView } from '../states/ResourceView';
import { Panel } from '../task/Panel';
import { agentTasksTranslationRef } from '../translation';
import { BurndownChart } from './BurndownChart';
import { toBurndownRows } from './burndownRows';
import { isOver } from './campaignProgress';
import { concernsCampaign } from './useCampaign';

/** The lines need not follow each signal: nobody sees a single task in a day. */
const DRAW_EVERY_MS = 10_000;

/** How a campaign burns down: planned, actual, forecast. */
export const BurndownPanel = memo(function BurndownPanelView(props: {
  campaign: Campaign;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const api = useApi(agentTasksApiRef);
  const { campaign } = props;
  const burndown = useLiveResource({
    key: `burndown ${campaign.id}`,
    load: signal => api.getCampaignBurndown(campaign.id, { signal }),
    isConcerned: taskIds => concernsCampaign(taskIds, campaign),
    isUnsettled: () => !isOver(campaign),
  });
  return (
    <Panel heading={t('campaign.burndown.heading')}>
      <ResourceView
        resource={burndown}
        what="burndown"
        permission={agentTaskReadPermission.name}
        skeleton={<Skeleton variant="rect" height={280} />}
      >
        {value => <CalmChart burndown={value} />}
      </ResourceView>
    </Panel>
  );
});

function CalmChart(props: { burndown: CampaignBurndown }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const calm = useCalm(props.burndown, DRAW_EVERY_MS);
  const rows = useMemo(() => toBurndownRows(calm), [calm]);
  return rows.length > 1 ? (
    <BurndownChart rows={rows} />
  ) : (
    <Typography variant="body2" color="textSecondary">
      {t('campaign.burndown.empty')}
    </Typography>
  );
}
