import type {
  Campaign,
  Plan,
  PlanRequest,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useCallback, useRef } from 'react';
import { agentTasksApiRef } from '../api';
import { createIdempotencyKey } from './createIdempotencyKey';

/**
 * Launches what a plan shows, or adds it to a campaign. One key for one plan that somebody saw: a second click, or a try
 * after a lost answer, is the same launch.
 */
export function useLaunchOfPlan() {
  const api = useApi(agentTasksApiRef);
  const keys = useRef(new WeakMap<Plan, string>());
  return useCallback(
    async (options: {
      plan: Plan;
      /** What the plan was made of. */
      request: PlanRequest;
      /** The campaign that it is added to; absent for a launch of its own. */
      campaign?: Pick<Campaign, 'id' | 'template'>;
    }): Promise<Campaign> => {
      const { plan, request, campaign } = options;
      const key = keys.current.get(plan) ?? createIdempotencyKey();
      keys.current.set(plan, key);
      const { promptsFor, ...launched } = request;
      const seen = { expected: plan.outline, acceptChanges: false };
      if (campaign === undefined) {
        return api.launch({ ...launched, ...seen }, key);
      }
      const { components, selection } = launched;
      return api.addCampaignComponents(
        campaign.id,
        {
          ...(components && { components }),
          ...(selection && { selection }),
          ...seen,
          // What is added has the revision of the campaign, whichever the template is at by now.
          expected: {
            ...plan.outline,
            templateRevision: campaign.template.revision,
          },
        },
        key,
      );
    },
    [api],
  );
}
