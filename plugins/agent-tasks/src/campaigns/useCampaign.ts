import type { Campaign } from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { agentTasksApiRef } from '../api';
import { type LiveResource, useLiveResource } from '../live/useLiveResource';
import { isOver } from './campaignProgress';

/** Whether a change of these tasks can concern a campaign, of which the first tasks alone are named. */
export function concernsCampaign(
  taskIds: string[],
  campaign: Campaign | undefined,
): boolean {
  return (
    !campaign ||
    taskIds.length === 0 ||
    campaign.taskCount > campaign.tasks.length ||
    campaign.tasks.some(id => taskIds.includes(id))
  );
}

/** A campaign, kept current. */
export function useCampaign(campaignId: string): LiveResource<Campaign> {
  const api = useApi(agentTasksApiRef);
  return useLiveResource({
    key: campaignId,
    load: signal => api.getCampaign(campaignId, { signal }),
    isConcerned: concernsCampaign,
    isUnsettled: campaign => !isOver(campaign),
  });
}
