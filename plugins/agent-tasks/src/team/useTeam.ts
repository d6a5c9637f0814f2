import type { TeamDetails } from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { agentTasksApiRef } from '../api';
import { type LiveResource, useLiveResource } from '../live/useLiveResource';

/** The limits of a group and what is taken of them, kept current. */
export function useTeam(team: string): LiveResource<TeamDetails> {
  const api = useApi(agentTasksApiRef);
  return useLiveResource({
    key: team,
    load: signal => api.getTeam(team, { signal }),
    isUnsettled: ({ known, queued, running }) =>
      !known || queued > 0 || running.used > 0,
  });
}
