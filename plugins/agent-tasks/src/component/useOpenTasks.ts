import {
  isSettled,
  type Task,
  taskStates,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { agentTasksApiRef } from '../api';
import { type LiveResource, useLiveResource } from '../live/useLiveResource';

const openStates = taskStates.filter(state => !isSettled(state));

/** The most tasks of one component that can be under way in sight; the limits of a repository are far below. */
const MOST_OPEN_TASKS = 200;

/** The tasks of a component that are under way, newest first. */
export function useOpenTasks(componentRef: string): LiveResource<Task[]> {
  const api = useApi(agentTasksApiRef);
  return useLiveResource({
    key: componentRef,
    load: async signal => {
      const { items } = await api.listTasks(
        {
          component: [componentRef],
          state: openStates,
          limit: MOST_OPEN_TASKS,
        },
        { signal },
      );
      return items;
    },
    isUnsettled: tasks => tasks.length > 0,
  });
}

/** The tasks with a pull request that is neither merged nor closed. */
export function withOpenChange(
  tasks: Task[],
): (Task & { change: NonNullable<Task['change']> })[] {
  return tasks.filter(
    (task): task is Task & { change: NonNullable<Task['change']> } =>
      task.change?.state === 'open' || task.change?.state === 'found',
  );
}
