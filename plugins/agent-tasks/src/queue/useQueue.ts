import type { BrakeList, Queue } from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { agentTasksApiRef } from '../api';
import { type LiveResource, useLiveResource } from '../live/useLiveResource';
import { useBrakeChanges } from './brakeChanges';

/** The queue, and what the person may do about it. */
export interface QueueView {
  queue: Queue;
  mayPull: BrakeList['mayPull'];
}

/** The queue, kept current. */
export function useQueue(): LiveResource<QueueView> {
  const api = useApi(agentTasksApiRef);
  const resource = useLiveResource<QueueView>({
    key: 'queue',
    load: async signal => {
      const [queue, { mayPull }] = await Promise.all([
        api.getQueue({ signal }),
        api.listBrakes({ signal }),
      ]);
      return { queue, mayPull };
    },
    isUnsettled: ({ queue }) =>
      !queue.known || queue.running.used > 0 || queue.teams.some(hasQueued),
  });
  useBrakeChanges(resource.refresh);
  return resource;
}

function hasQueued(team: Queue['teams'][number]): boolean {
  return team.queued > 0;
}
