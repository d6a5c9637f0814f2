import type { Status } from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { agentTasksApiRef } from '../api';
import { type LiveResource, useLiveResource } from '../live/useLiveResource';

/** Whether remotes answer and how full the queue is, kept current. */
export function usePortalStatus(): LiveResource<Status> {
  const api = useApi(agentTasksApiRef);
  return useLiveResource({
    key: 'status',
    load: signal => api.getStatus({ signal }),
  });
}
