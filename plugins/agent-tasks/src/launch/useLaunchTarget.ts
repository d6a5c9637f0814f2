import type {
  Campaign,
  Template,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import type { JsonObject } from '@backstage/types';
import { agentTasksApiRef } from '../api';
import { type LiveResource, useLiveResource } from '../live/useLiveResource';
import type { LaunchParameters } from './launchParameters';

/** What is launched: a template, or more of a campaign. */
export interface LaunchTarget {
  /** The template that is chosen; absent where none is, or where there is none of this name. */
  template?: Template;
  /** The schema of its parameters, in the revision that is launched. */
  schema?: JsonObject;
  /** The revision that is asked for, where it is not the current one. */
  revision?: number;
  /** The campaign that components are added to. */
  campaign?: Campaign;
}

/** Reads what the address names: the template, a revision of it that is not the current one, the campaign. */
export function useLaunchTarget(
  parameters: Pick<LaunchParameters, 'template' | 'revision' | 'campaign'>,
): LiveResource<LaunchTarget> {
  const api = useApi(agentTasksApiRef);
  const { template: name, revision, campaign: campaignId } = parameters;
  return useLiveResource<LaunchTarget>({
    key: JSON.stringify(['launch target', name, revision, campaignId]),
    load: async signal => {
      if (campaignId) {
        const campaign = await api.getCampaign(campaignId, { signal });
        return { campaign };
      }
      if (!name) {
        return {};
      }
      const { items } = await api.listTemplates({ signal });
      const template = items.find(one => one.name === name);
      if (!template) {
        return {};
      }
      if (revision === undefined || revision === template.revision) {
        return { template, schema: template.parameters as JsonObject };
      }
      const older = await api.getTemplateRevision(name, revision, { signal });
      return { template, schema: older.parameters as JsonObject, revision };
    },
    isConcerned: () => false,
  });
}
